// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../TestBase.sol";

/// @notice Adds byte strings to the assertions.
abstract contract ByteAssertions is TestBase {
    error NotEqualBytes(string what, bytes a, bytes b);

    function assertEq(bytes memory a, bytes memory b, string memory what) internal pure {
        if (keccak256(a) != keccak256(b)) revert NotEqualBytes(what, a, b);
    }
}
