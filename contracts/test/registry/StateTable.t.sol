// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {StateLayout} from "../../src/lib/StateLayouts.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ByteAssertions} from "./ByteAssertions.sol";

/// @notice The table of layouts: what its owner can change, and what nobody can.
contract StateTableTest is ByteAssertions {
    address private constant OWNER = address(0xad);
    uint64 private constant GENESIS_TIME = 1_600_000_000;
    uint64 private constant GLOAS_SLOT = 600;
    uint64 private constant UNKNOWN = type(uint64).max;

    StateProofs private states;

    function setUp() public {
        vm.warp(GENESIS_TIME);
        states = _make(GLOAS_SLOT);
    }

    function test_ElectraAndGloasAreInItFromTheStart() public view {
        assertEq(states.entryCount(), 2, "entries");
        _isElectra(states.entryOf(0));
        _isGloas(states.entryOf(1), GLOAS_SLOT);
        _isElectra(states.layoutOf(0));
        _isElectra(states.layoutOf(GLOAS_SLOT - 1));
        _isGloas(states.layoutOf(GLOAS_SLOT), GLOAS_SLOT);
        _isGloas(states.layoutOf(type(uint64).max), GLOAS_SLOT);
    }

    function test_AChainMayBeginWithGloasOrNotKnowItsSlot() public {
        _isGloas(_make(0).layoutOf(0), 0);
        StateProofs unknown = _make(UNKNOWN);
        _isElectra(unknown.layoutOf(UNKNOWN - 1));
        _toSlot(1000);
        vm.prank(OWNER);
        unknown.replace(1, _gloas(2000));
        _isElectra(unknown.layoutOf(1999));
        _isGloas(unknown.layoutOf(2000), 2000);
    }

    function test_AForkIsPostponedUntilItsSlotBegins() public {
        _toSlot(GLOAS_SLOT - 1);
        vm.expectEmit();
        emit StateProofs.LayoutSet(1, _gloas(900));
        vm.prank(OWNER);
        states.replace(1, _gloas(900));
        _isElectra(states.layoutOf(899));
        _isGloas(states.layoutOf(900), 900);
        assertEq(states.entryCount(), 2, "in its place");
        _toSlot(900);
        _refusedFor(OWNER, 1, _gloas(2000), _inForce(900, 900));
    }

    function test_NothingThatHasBegunCanBeChanged() public {
        _toSlot(GLOAS_SLOT);
        _refusedFor(OWNER, 0, _gloas(2000), _inForce(0, GLOAS_SLOT));
        _refusedFor(OWNER, 1, _gloas(2000), _inForce(GLOAS_SLOT, GLOAS_SLOT));
        vm.expectRevert(_inForce(GLOAS_SLOT, GLOAS_SLOT));
        vm.prank(OWNER);
        states.append(_gloas(GLOAS_SLOT));
    }

    /// @dev Not even by an entry that is to come: else one could be moved back over states that were read already.
    function test_AForkCannotBeMovedToASlotThatHasBegun() public {
        _toSlot(500);
        _refusedFor(OWNER, 1, _gloas(500), _inForce(500, 500));
        vm.prank(OWNER);
        states.replace(1, _gloas(501));
        _isGloas(states.layoutOf(501), 501);
    }

    function test_EntriesFollowEachOther() public {
        StateLayout memory next = StateLayout(GLOAS_SLOT, 900, 901, 902, 903, true);
        vm.expectRevert(abi.encodeWithSelector(StateProofs.LayoutOutOfOrder.selector, GLOAS_SLOT));
        vm.prank(OWNER);
        states.append(next);
        next.fromSlot = GLOAS_SLOT + 1;
        vm.expectEmit();
        emit StateProofs.LayoutSet(2, next);
        vm.prank(OWNER);
        states.append(next);
        assertEq(abi.encode(states.layoutOf(GLOAS_SLOT + 1)), abi.encode(next), "appended");
        _refusedFor(
            OWNER,
            1,
            _gloas(GLOAS_SLOT + 1),
            abi.encodeWithSelector(StateProofs.LayoutOutOfOrder.selector, GLOAS_SLOT + 1)
        );
        _refusedFor(OWNER, 3, next, abi.encodeWithSelector(StateProofs.UnknownEntry.selector, 3));
        // A fork with an unknown slot can only be the last.
        next.fromSlot = UNKNOWN;
        vm.prank(OWNER);
        states.replace(2, next);
        vm.expectRevert(abi.encodeWithSelector(StateProofs.LayoutOutOfOrder.selector, UNKNOWN));
        vm.prank(OWNER);
        states.append(next);
    }

    function test_OnlyTheOwnerWritesIt() public {
        bytes memory denied =
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), bytes32(0));
        _refusedFor(address(this), 1, _gloas(900), denied);
        vm.expectRevert(denied);
        states.append(_gloas(900));
        assertTrue(!states.hasRole(bytes32(0), address(this)), "its maker is no owner");
    }

    function test_AnEntryNamesItsFields() public {
        for (uint256 i = 0; i < 10; ++i) {
            StateLayout memory l = _gloas(900);
            if (i == 0) l.validators = 1;
            if (i == 1) l.balances = 0;
            if (i == 2) l.blockRoots = 1;
            if (i == 3) l.validators = l.balances;
            if (i == 4) l.validators = l.blockRoots;
            if (i == 5) l.balances = l.blockRoots;
            if (i == 6) l.builders = 1;
            if (i == 7) l.builders = l.validators;
            if (i == 8) l.builders = l.balances;
            if (i == 9) l.builders = l.blockRoots;
            _refusedFor(OWNER, 1, l, abi.encodeWithSelector(StateProofs.InvalidLayout.selector));
        }
    }

    function test_ANetworkHasSlotsAndBlockRoots() public {
        vm.expectRevert(StateProofs.ImpossibleNetwork.selector);
        new StateProofs(OWNER, GENESIS_TIME, 0, 8192, UNKNOWN);
        vm.expectRevert(StateProofs.ImpossibleNetwork.selector);
        new StateProofs(OWNER, GENESIS_TIME, 12, 0, UNKNOWN);
    }

    function test_BeforeGenesisAllForksAreToCome() public {
        vm.warp(GENESIS_TIME - 1);
        vm.prank(OWNER);
        states.replace(1, _gloas(1));
        _isGloas(states.layoutOf(1), 1);
        _refusedFor(OWNER, 1, _gloas(0), _inForce(0, 0));
    }

    function _make(uint64 gloasSlot) private returns (StateProofs) {
        return new StateProofs(OWNER, GENESIS_TIME, 12, 8192, gloasSlot);
    }

    function _toSlot(uint256 slot) private {
        vm.warp(GENESIS_TIME + slot * 12);
    }

    function _gloas(uint64 fromSlot) private pure returns (StateLayout memory) {
        return StateLayout(fromSlot, 358, 359, 352, 2961, true);
    }

    function _isGloas(StateLayout memory l, uint64 fromSlot) private pure {
        assertEq(abi.encode(l), abi.encode(_gloas(fromSlot)), "Gloas");
    }

    function _isElectra(StateLayout memory l) private pure {
        assertEq(abi.encode(l), abi.encode(StateLayout(0, 75, 76, 69, 0, false)), "Electra");
    }

    function _inForce(uint64 fromSlot, uint256 current) private pure returns (bytes memory) {
        return abi.encodeWithSelector(StateProofs.LayoutInForce.selector, fromSlot, current);
    }

    function _refusedFor(address who, uint256 index, StateLayout memory entry, bytes memory reason) private {
        StateLayout memory before = states.entryOf(1);
        vm.expectRevert(reason);
        vm.prank(who);
        states.replace(index, entry);
        assertEq(abi.encode(states.entryOf(1)), abi.encode(before), "changed");
    }
}
