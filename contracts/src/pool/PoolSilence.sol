// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {RebaseInput, RebaseMath, Skip} from "../lib/RebaseMath.sol";
import {Schedule, Schedules} from "../lib/Schedule.sol";
import {PoolBook} from "./PoolBook.sol";

/// @title When the oracle is silent
/// @notice Finalizes old requests from what the pool holds, when no report came for long. In doubt about the rate nobody is paid until a
/// report is applied or very much time has passed.
abstract contract PoolSilence is PoolBook {
    using SafeCast for uint256;
    using Schedules for Schedule;

    /// @notice Requests were finalized without a report, at `rate` wei for 1e18 shares; `broughtHomeWei` came from the withdrawal vault first.
    event FinalizedWithoutReport(
        uint64 upTo, uint256 lockWei, uint256 burnShares, uint256 rate, uint256 broughtHomeWei
    );

    /// @notice A report came recently enough.
    error OracleNotStale(uint256 nowSeconds, uint256 staleAtSeconds);
    /// @notice The rate is in doubt: without a report nothing is finalized before then.
    error RateInDoubt(uint256 nowSeconds, uint256 readyAtSeconds);
    /// @notice The request is too young to be finalized without a report.
    error RequestTooYoung(uint64 id, uint256 ripeAtSeconds);
    /// @notice Between a frame's close and the next reference slot only: elsewhere such calls could refuse a report that is under way.
    error OutsideSilentWindow(uint256 slot, uint256 firstSlot, uint256 lastSlot);
    /// @notice The requests cannot be finalized now, for this reason: see `Skip`. `Skip.None`: none waits.
    error NothingToFinalize(uint64 upTo, Skip reason, uint256 demandWei, uint256 bufferedWei);

    /// @notice Finalizes the requests up to `upTo` when no report has come for `staleAfterSeconds`, and they have waited that long too:
    /// at the rate in force, or, when there are doubts, after `doubtAfterSeconds` at the lowest rate that is known. Anyone may call, from
    /// the close of a frame's submissions to the second last slot before the next reference slot.
    function finalizeWithoutReport(uint64 upTo) external {
        _requireSilence(upTo);
        uint256 homeWei = _bringHome();
        RebaseInput memory i = _present();
        Skip skip = _readBatch(i, upTo);
        (uint256 rateWei, uint256 rateShares) = _knownRate(i);
        if (skip == Skip.None && i.batch.demandShares > 0) {
            skip = rateWei == 0 ? Skip.Empty : RebaseMath.unfit(i.batch, rateWei, rateShares);
        }
        uint256 lockWei = RebaseMath.payout(i.batch.demandWei, i.batch.demandShares, rateWei, rateShares);
        if (skip == Skip.None && lockWei > i.bufferedWei) skip = Skip.Buffer;
        if (skip != Skip.None || i.batch.demandShares == 0) {
            revert NothingToFinalize(upTo, skip, i.batch.demandWei, i.bufferedWei);
        }

        ++_lastMore.silentCalls;
        _lock(upTo, lockWei, true, rateWei, rateShares);
        // The rate of those who stay does not move: what the requests leave behind is recognised by a report.
        uint256 pooledWei = i.totalPooledWei - Math.mulDiv(i.batch.demandShares, i.totalPooledWei, i.totalShares);
        token.applyRebase(pooledWei, address(queue), i.batch.demandShares, address(0), 0);
        emit FinalizedWithoutReport(
            upTo, lockWei, i.batch.demandShares, Math.mulDiv(rateWei, RATE_SHARES, rateShares), homeWei
        );
    }

    /// @notice When requests can be finalized without a report, in seconds: later while the rate is in doubt.
    function silentFrom() public view returns (uint256) {
        return uint256(_money.acceptedAt) + (_inDoubt() ? _doubtAfterSeconds : _staleAfterSeconds);
    }

    function _requireSilence(uint64 upTo) private view {
        Schedule memory s = schedule();
        uint256 slot = s.slotAt(block.timestamp);
        uint256 nextRefSlot = s.nextRefSlot(slot);
        // `nextRefSlot` is this very slot in a reference slot.
        if (slot + s.closeSlots < nextRefSlot || slot + 2 > nextRefSlot) {
            revert OutsideSilentWindow(slot, nextRefSlot - s.closeSlots, nextRefSlot - 2);
        }
        uint256 staleAt = uint256(_money.acceptedAt) + _staleAfterSeconds;
        if (block.timestamp <= staleAt) revert OracleNotStale(block.timestamp, staleAt);
        uint256 readyAt = silentFrom();
        if (block.timestamp <= readyAt) revert RateInDoubt(block.timestamp, readyAt);
        uint256 ripeAt = queue.createdAt(upTo) + _staleAfterSeconds;
        if (block.timestamp <= ripeAt) revert RequestTooYoung(upTo, ripeAt);
    }

    /// @dev Bunker, an unconfirmed loss, a false report, or a certified report with a lower rate that was held since.
    function _inDoubt() internal view returns (bool) {
        return _head.flags & (FLAG_BUNKER | FLAG_UNCONFIRMED | FLAG_FALSE) != 0 || _lowestHeldRate() != 0;
    }

    function _lowestHeldRate() private view returns (uint256) {
        return _head.flags & FLAG_DOUBT == 0 ? 0 : _doubt.lowestHeldRate;
    }

    /// @dev The lowest of the rate in force, those held, and, when the last report is false, the one before.
    function _knownRate(RebaseInput memory i) private view returns (uint256 rateWei, uint256 rateShares) {
        (rateWei, rateShares) = (i.totalPooledWei, i.totalShares);
        uint256 known = _rateOf(rateWei, rateShares);
        uint256 lowest = known;
        uint256 held = _lowestHeldRate();
        if (held != 0 && held < lowest) lowest = held;
        if (_head.flags & FLAG_FALSE != 0) {
            uint256 beforeRate = _rateBefore(_head.round);
            if (beforeRate != 0 && beforeRate < lowest) lowest = beforeRate;
        }
        if (lowest < known) return (lowest, RATE_SHARES);
    }

    /// @dev Brings home what the withdrawal vault holds, without gain: what the last report left there stays unrecognised, the rest is
    /// ether that this report counted on the consensus layer: what was on its way first, then that of validators. What it did not count
    /// waits for a report.
    function _bringHome() private returns (uint256 homeWei) {
        uint256 balanceGwei = address(withdrawalVault).balance / 1 gwei;
        uint256 leftGwei = Math.min(balanceGwei, _lastMore.withdrawalVaultLeftGwei);
        uint256 restGwei = Math.min(balanceGwei - leftGwei, _clGwei());
        uint256 inFlightGwei = Math.min(restGwei, _lastMore.clInFlightGwei);
        // What is left covers the first ether of unproven keys: it is in the sums of both, and does not come home.
        uint256 validatorsGwei = Math.min(restGwei - inFlightGwei, _last.clValidatorsGwei);
        homeWei = (leftGwei + restGwei) * 1 gwei;
        _rememberHome(restGwei);
        if (homeWei == 0) return 0;
        _lastMore.withdrawalVaultLeftGwei -= uint56(leftGwei);
        _lastMore.clInFlightGwei -= uint56(inFlightGwei);
        _lastMore.pulledGwei += uint64(leftGwei + restGwei);
        _last.clValidatorsGwei -= uint56(validatorsGwei);
        _last.clPendingGwei -= uint56(restGwei - inFlightGwei - validatorsGwei);
        _money.bufferedWei = (_money.bufferedWei + homeWei).toUint96();
        withdrawalVault.pull(homeWei);
    }

    /// @dev What came home had earned until then. And what was forced into the vault was no ether of the consensus layer: then the next report
    /// finds that there still, and a guardian can accept it.
    function _rememberHome(uint256 restGwei) private {
        Head memory h = _head;
        bool again = _lastMore.silentCalls != 0;
        if (h.flags & FLAG_LOSSES == 0) _lossWindow = 0;
        _confirmed = Confirmed({
            lossGwei: (_confirmedGwei(h) + restGwei).toUint64(),
            round: h.round,
            homeGwei: ((again ? _confirmed.homeGwei : 0) + restGwei).toUint64()
        });
        _setFlags(FLAG_LOSSES, 0);
    }
}
