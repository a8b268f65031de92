// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../TestBase.sol";
import {Ledger} from "./Ledger.sol";
import {SystemHandler} from "./SystemHandler.sol";

contract SystemInvariantTest is TestBase {
    SystemHandler private handler;

    function setUp() public {
        handler = new SystemHandler();
        handler.begin();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](1);
        targets[0].selectors[0] = SystemHandler.step.selector;
    }

    function test_theStartIsSoundAndCanBeWoundUp() public {
        handler.check();
        handler.windUp();
    }

    /// @dev Each action has its effect from any state that the others leave: in order, and in the order back.
    function test_everyActionHasItsEffect() public {
        uint256 actions = handler.ACTIONS();
        for (uint256 i = 0; i < actions; ++i) {
            handler.step(actions - 1 - i, uint256(keccak256(abi.encode(i))));
            handler.check();
        }
        _requireAllReached(2);
        handler.windUp();
    }

    /// @dev One function, since each has a campaign of its own: all must hold after every call. A run takes seconds: each of its calls is two actions
    /// of whole reports.
    /// forge-config: default.invariant.runs = 20
    /// forge-config: long.invariant.runs = 1000
    function invariant_sharesEtherAndQueueAddUp() public view {
        handler.check();
    }

    /// @dev At the end of every run: each action had its effect, and everything can be wound up. A run of fewer calls than there are
    /// actions is one that forge shrinks to show a failure.
    function afterInvariant() public {
        if (handler.turn() >= handler.ACTIONS()) _requireAllReached(1);
        handler.windUp();
    }

    function _requireAllReached(uint256 times) private view {
        for (uint256 i = 0; i < handler.ACTIONS(); ++i) {
            assertTrue(
                handler.reached(Ledger.Effect(i)) >= times, string.concat("never reached: action ", vm.toString(i))
            );
        }
    }
}
