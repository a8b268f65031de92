// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {Committee} from "./Committee.sol";

/// @notice A pool with a hundred real validators, and short words for what happens to it. `report` is the report under way: quiet, until a
/// test says something in it.
abstract contract Ground is Committee {
    address internal constant ALICE = address(0xA11CE);
    address internal constant MALLORY = address(0xBAD);
    uint256 internal constant KEYS = 100;
    uint64 internal constant PRINCIPAL_GWEI = 3_200e9;
    uint256 internal constant FRAME_SECONDS = FRAME_SLOTS * SECONDS_PER_SLOT;
    /// @dev Flags of the pool's head.
    uint8 internal constant CLEAR = 1;
    uint8 internal constant BUNKER = 2;
    uint8 internal constant HELD = 4;
    uint8 internal constant UNCONFIRMED = 8;
    uint8 internal constant FALSE = 32;
    /// @dev Losses of the last sixteen reports are remembered: no doubt by itself.
    uint8 internal constant LOSSES = 128;

    uint64 internal refSlot;
    BlockProof internal proof;
    Report internal report;

    /// @dev Alice deposits `weiAmount`, 3,200 ether of it go to a hundred validators, and a report counts them: without the deposits the
    /// validators would be a gain beyond every bound.
    function _ground(uint256 weiAmount) internal {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 1_000_000 ether);
        vm.deal(MALLORY, 1_000_000 ether);
        _deposit(ALICE, weiAmount);
        _giveKeysAndFund(KEYS);
        _next();
        (report.depositedWei, report.clValidatorsGwei, report.validators) =
        (uint128(KEYS * 32 ether), PRINCIPAL_GWEI, uint32(KEYS));
        assertTrue(submit(report, proof), "ground");
    }

    function _deposit(address who, uint256 weiAmount) internal returns (uint256) {
        vm.prank(who);
        return pool.deposit{value: weiAmount}(who, 0);
    }

    /// @dev Puts `n` requests of `eachWei` into the queue.
    /// @return lastId The last of them.
    function _request(address who, uint256 n, uint256 eachWei) internal returns (uint64 lastId) {
        uint256[] memory amounts = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            amounts[i] = eachWei;
        }
        vm.startPrank(who);
        token.approve(address(queue), n * eachWei);
        uint256[] memory ids = queue.request(amounts, who);
        vm.stopPrank();
        return uint64(ids[n - 1]);
    }

    /// @dev Opens the next frame with a quiet report.
    function _next() internal {
        (uint64 slot, BlockProof memory p) = openFrame(0, 0);
        refSlot = slot;
        keep(proof, p);
        report = quietReport(slot, p);
    }

    /// @dev The next frame's report says that the consensus layer has this much.
    function _nextWith(uint64 clGwei) internal {
        _next();
        report.clValidatorsGwei = clGwei;
    }

    function _submit() internal {
        assertTrue(submit(report, proof), "accepted");
    }

    function _submitHeld() internal returns (bytes32 digest) {
        assertTrue(!submit(report, proof), "held");
        return oracle.digest(report);
    }

    function _accept() internal {
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(report);
    }

    /// @dev Time stands in the first slot in which requests may be finalized without a report, of the frame that is open at `timestamp`.
    function _toSilence(uint256 timestamp) internal {
        vm.warp(timestamp);
        toSlot(nextRefSlot() - CLOSE_SLOTS);
        // The window of that frame may have been passed at `timestamp`.
        if (block.timestamp < timestamp) toSlot(nextRefSlot() + FRAME_SLOTS - CLOSE_SLOTS);
    }

    function _flagged(uint8 flag) internal view returns (bool) {
        return more.head().flags & flag != 0;
    }

    /// @dev Mallory wants to deposit and is told why not.
    function _depositsAreClosed(uint8 flags) internal {
        bytes32 before = fingerprint();
        vm.prank(MALLORY);
        vm.expectRevert(abi.encodeWithSelector(StakingPool.DepositsClosed.selector, flags));
        pool.deposit{value: 100_000 ether}(MALLORY, 0);
        assertEq(fingerprint(), before, "moved");
    }

    /// @dev Wei for 1e18 shares.
    function _rate() internal view returns (uint256) {
        (uint256 pooledWei, uint256 shares) = token.totals();
        return pooledWei * 1e18 / shares;
    }

    function _list(uint256 x) internal pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = x;
    }
}
