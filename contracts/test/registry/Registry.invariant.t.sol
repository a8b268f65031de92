// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../TestBase.sol";
import {RegistryHandler} from "./RegistryHandler.sol";

contract RegistryInvariantTest is TestBase {
    RegistryHandler private handler;

    function setUp() public {
        handler = new RegistryHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One function, since each has a campaign of its own: all must hold after every call.
    function invariant_KeysAndFeesAreConserved() public view {
        (uint256 booked, uint256 held, uint256 paid) = handler.booksAndHoldings();
        assertEq(booked, held, "accounts and remainder are what the registry holds");
        assertEq(paid + (held >> 32), handler.feeShares(), "every share is paid or held");
        assertEq(handler.earningEther(), handler.stakedEther(), "ether that earns, operator by operator");
        (uint256 bondsWei, uint256 heldWei, bool covered) = handler.bonds();
        assertEq(bondsWei, heldWei, "the registry holds the bonds");
        assertEq(bondsWei, handler.bondWei(), "bonds are what was paid in and not lost");
        assertEq(handler.paidToPoolWei(), handler.lostWei(), "the pool has what was lost");
        assertTrue(covered, "a bond covers every key that binds it");
        assertTrue(!handler.hasRepeatedKey(), "no key stands twice");
        assertEq(handler.wrongKeys(), 0, "no key is taken twice");
        assertEq(handler.availableKeys(), handler.roomByRule(), "available keys follow their rule");
        assertEq(handler.surprises(), 0, "nothing right is refused and nothing wrong taken");
    }

    /// @dev At the end of every run: each action had its effect at least once.
    function afterInvariant() public view {
        for (uint256 i = 0; i < handler.ACTIONS(); ++i) {
            assertTrue(handler.reached(i) > 0, "an action was never reached");
        }
    }
}
