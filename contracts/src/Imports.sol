// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Contracts that are deployed as their authors wrote them: named here so that forge compiles them and the Go bindings
// and the deployment find them.
// forge-lint: disable-next-line(unused-import)
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
