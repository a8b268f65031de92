// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {TimedPause} from "../../src/lib/TimedPause.sol";
import {Ground} from "./Ground.sol";

/// @notice Who can pause can hold up, for a time, and not again at once.
contract PausesTest is Ground {
    address private constant SECOND = address(0x9A2);

    function setUp() public {
        _ground(4_200 ether);
    }

    function _parts() private view returns (TimedPause[2] memory) {
        return [TimedPause(oracle), TimedPause(queue)];
    }

    function _pause(TimedPause part, address who) private {
        vm.expectEmit();
        emit TimedPause.PauseEnds(block.timestamp + MAX_PAUSE_SECONDS);
        vm.prank(who);
        part.pause();
        assertTrue(part.paused(), "paused");
        assertEq(part.pausedUntil(), block.timestamp + MAX_PAUSE_SECONDS, "until");
    }

    function _pauseIsRefused(TimedPause part, address who, bytes memory reason) private {
        vm.prank(who);
        vm.expectRevert(reason);
        part.pause();
    }

    function _lately(uint256 from) private pure returns (bytes memory) {
        return abi.encodeWithSelector(TimedPause.PausedLately.selector, PAUSER, from);
    }

    function test_aPauseEndsByItself() external {
        uint256 until = block.timestamp + MAX_PAUSE_SECONDS;
        for (uint256 i = 0; i < 2; ++i) {
            TimedPause part = _parts()[i];
            uint256 snapshot = vm.snapshotState();
            _pause(part, PAUSER);
            vm.warp(until - 1);
            assertTrue(part.paused(), "to the last second");
            vm.warp(until);
            assertTrue(!part.paused(), "no longer");
            vm.prank(RESUMER);
            vm.expectRevert(Pausable.ExpectedPause.selector);
            part.unpause();
            vm.revertToState(snapshot);
        }
        _pause(oracle, PAUSER);
        assertEq(more.head().pausedUntil, until, "the pool knows");
        _pause(queue, PAUSER);
        vm.warp(until);
        _next();
        _submit();
        uint64 id = _request(ALICE, 1, 1 ether);
        _next();
        _submit();
        _next();
        report.finalizeUpTo = id;
        _submit();
        assertEq(queue.payoutOf(id), 1 ether, "everything goes on");
    }

    /// @dev A pause that ran to its end: not again for as long.
    function test_whoPausedCannotPauseAgainForAsLong() external {
        for (uint256 i = 0; i < 2; ++i) {
            TimedPause part = _parts()[i];
            uint256 from = block.timestamp + 2 * uint256(MAX_PAUSE_SECONDS);
            _pause(part, PAUSER);
            assertEq(part.mayPauseFrom(PAUSER), from, "when");
            vm.warp(from - MAX_PAUSE_SECONDS);
            _pauseIsRefused(part, PAUSER, _lately(from));
            vm.warp(from - 1);
            _pauseIsRefused(part, PAUSER, _lately(from));
            vm.warp(from);
            _pause(part, PAUSER);
            vm.warp(from + 3 * uint256(MAX_PAUSE_SECONDS));
        }
    }

    /// @dev A pause that was ended after an hour: not again for an hour.
    function test_whatWasEndedEarlyCountsAsLongAsItLasted() external {
        for (uint256 i = 0; i < 2; ++i) {
            TimedPause part = _parts()[i];
            uint256 start = block.timestamp;
            _pause(part, PAUSER);
            vm.warp(start + 1 hours);
            vm.prank(RESUMER);
            part.unpause();
            assertTrue(!part.paused(), "ended");
            _pauseIsRefused(part, PAUSER, _lately(start + 2 hours));
            vm.warp(start + 2 hours - 1);
            _pauseIsRefused(part, PAUSER, _lately(start + 2 hours));
            vm.warp(start + 2 hours);
            _pause(part, PAUSER);
            vm.prank(RESUMER);
            part.unpause();
        }
    }

    function test_onePauserDoesNotBindAnotherAndTheTimelockIsNotBound() external {
        bytes32 role = oracle.PAUSER_ROLE();
        uint256 from = block.timestamp + 2 * uint256(MAX_PAUSE_SECONDS);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(ADMIN);
            _parts()[i].grantRole(role, SECOND);
            _pause(_parts()[i], PAUSER);
        }
        vm.warp(block.timestamp + MAX_PAUSE_SECONDS);
        for (uint256 i = 0; i < 2; ++i) {
            TimedPause part = _parts()[i];
            _pauseIsRefused(part, PAUSER, _lately(from));
            _pause(part, SECOND);
            vm.prank(RESUMER);
            part.unpause();
            for (uint256 k = 0; k < 3; ++k) {
                _pause(part, ADMIN);
                vm.prank(RESUMER);
                part.unpause();
            }
            _pause(part, ADMIN);
            _pauseIsRefused(part, ADMIN, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        }
    }

    function test_pausesAreByRole() external {
        for (uint256 i = 0; i < 2; ++i) {
            TimedPause part = _parts()[i];
            _pauseIsRefused(
                part,
                RESUMER,
                abi.encodeWithSelector(
                    IAccessControl.AccessControlUnauthorizedAccount.selector, RESUMER, part.PAUSER_ROLE()
                )
            );
            _pause(part, PAUSER);
            bytes memory denied = abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, PAUSER, part.RESUMER_ROLE()
            );
            vm.prank(PAUSER);
            vm.expectRevert(denied);
            part.unpause();
        }
    }
}
