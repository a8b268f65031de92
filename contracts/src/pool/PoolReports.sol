// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IPoolReports} from "../interfaces/IStakingPool.sol";
import {Judged, LastReport, Report} from "../interfaces/Types.sol";
import {RebaseInput, RebaseMath, RebaseOutput, Skip} from "../lib/RebaseMath.sol";
import {Schedule, Schedules} from "../lib/Schedule.sol";
import {PoolBook} from "./PoolBook.sol";

/// @title Reports
/// @notice Applies accepted reports: the change of the consensus layer, pulls from the vaults, finalization and fee; and remembers what
/// casts doubt on the rate.
abstract contract PoolReports is IPoolReports, PoolBook {
    using SafeCast for uint256;
    using Schedules for Schedule;

    /// @notice A report was applied: everything an auditor needs to recompute it.
    event Rebased(
        uint64 indexed refSlot,
        uint256 pooledBeforeWei,
        uint256 sharesBefore,
        uint256 pooledAfterWei,
        uint256 sharesAfter,
        int256 clChangeWei,
        uint256 fromWithdrawalsWei,
        uint256 fromRewardsWei,
        uint256 lockWei,
        uint256 burnShares,
        uint256 feeWei,
        uint256 feeShares
    );
    /// @notice The requests up to `upTo` wait for a later report.
    event FinalizationSkipped(uint64 upTo, Skip reason, uint256 demandWei, uint256 bufferedWei);
    /// @notice Losses are in progress, or no longer.
    event BunkerSet(bool bunker);
    /// @notice Ether that is booked and waits to be recognised, after the report of `refSlot`.
    event Unrecognised(uint64 indexed refSlot, uint256 weiAmount);
    /// @notice The report of `refSlot` lost more than noise: deposits wait until the next report confirms it or takes it back.
    event LossUnconfirmed(uint64 indexed refSlot, uint256 lostGwei);
    /// @notice Of an unconfirmed loss the report of `refSlot` took back `regainedGwei` and confirmed the rest.
    event LossEnded(uint64 indexed refSlot, uint256 regainedGwei, uint256 confirmedGwei);
    /// @notice A certified report of `refSlot`, at `rate` wei for 1e18 shares, is held until then: deposits wait for the next applied report.
    event ReportHeld(uint64 indexed refSlot, uint256 rate, uint256 until);

    /// @notice The report is not newer than the last applied one by the least time between reports.
    error ReportTooSoon(uint64 refSlot, uint256 earliestRefSlot);
    /// @notice The report speaks of a slot that has not passed.
    error RefSlotToCome(uint64 refSlot, uint256 slot);
    /// @notice The caller is neither a vault nor the queue.
    error OnlyVault(address caller);
    /// @notice The caller is not the registry in force.
    error OnlyRegistry(address caller);

    /// @inheritdoc IPoolReports
    function applyReport(Report calldata report, Judged calldata judged) external onlyRole(ORACLE_ROLE) {
        uint256 elapsedSeconds = _elapsed(report.refSlot);
        Head memory h = _head;
        uint256 availableGwei = _bucketAt(h, elapsedSeconds);
        RebaseInput memory i = _input(report);
        i.elapsedSeconds = elapsedSeconds;
        i.bucketWei = judged.byGuardian ? 0 : availableGwei * 1 gwei;
        Skip readSkip = _readBatch(i, report.finalizeUpTo);
        uint256 valueRate = _requestRate(i.totalPooledWei, i.totalShares, h);
        RebaseOutput memory o = RebaseMath.compute(i);
        if (readSkip != Skip.None) o.skip = readSkip;

        _remember(report, o);
        _doubtAfter(report, judged, h, o);
        _pull(o);
        _lock(report.finalizeUpTo, o.lockWei, o.finalized, o.rebasedPooledWei, i.totalShares);
        _mintAndBurn(o);
        uint256 usedGwei = (o.bucketUsedWei + 1 gwei - 1) / 1 gwei;
        if (usedGwei < judged.bucketGwei) usedGwei = judged.bucketGwei;
        h.bucketGwei = uint56(usedGwei < availableGwei ? availableGwei - usedGwei : 0);
        _turn(report, h, o, valueRate);
        _tell(report, i, o);
    }

    /// @inheritdoc IPoolReports
    function noteHeld(Report calldata report, uint40 until) external onlyRole(ORACLE_ROLE) {
        RebaseInput memory i = _input(report);
        // Only the worth counts: nothing is finalized, and a report that contradicts the pool's own count is worth what it is at most.
        i.depositedWei = Math.max(i.lastDepositedWei, Math.min(i.depositedWei, _depositedWei()));
        i.elapsedSeconds = (report.refSlot - _last.refSlot) * _secondsPerSlot;
        RebaseOutput memory o = RebaseMath.compute(i);
        uint104 rate = _rateOf(o.rebasedPooledWei, i.totalShares);
        if (o.rebasedPooledWei < i.totalPooledWei) {
            _doubtBegins();
            uint104 lowest = _doubt.lowestHeldRate;
            // A rate of 0 is kept as 1: 0 says that none was held.
            if (rate == 0) rate = 1;
            if (lowest == 0 || rate < lowest) _doubt.lowestHeldRate = rate;
        }
        _head.heldUntil = until;
        _setFlags(FLAG_HELD, 0);
        emit ReportHeld(report.refSlot, rate, until);
    }

    /// @inheritdoc IPoolReports
    function reportBase(uint64 refSlot)
        external
        view
        returns (LastReport memory last, uint256 depositedWei_, uint256 bucketGwei_, bool lastFalse)
    {
        last = _lastReport();
        Head memory h = _head;
        bucketGwei_ = refSlot > last.refSlot ? _bucketAt(h, (refSlot - last.refSlot) * _secondsPerSlot) : h.bucketGwei;
        return (last, _depositedWei(), bucketGwei_, h.flags & FLAG_FALSE != 0);
    }

    /// @inheritdoc IPoolReports
    function receiveFromVault() external payable {
        if (msg.sender != address(withdrawalVault) && msg.sender != address(elRewardsVault)) {
            revert OnlyVault(msg.sender);
        }
    }

    /// @inheritdoc IPoolReports
    /// @dev It enters the buffer and is recognised by later reports.
    function receiveSurplus() external payable {
        if (msg.sender != address(queue)) revert OnlyVault(msg.sender);
        _money.bufferedWei += msg.value.toUint96();
    }

    /// @inheritdoc IPoolReports
    function firstEtherEnded() external payable {
        if (msg.sender != address(_running.registry)) revert OnlyRegistry(msg.sender);
        --_running.unprovenKeys;
        if (msg.value == 0) _money.depositedGwei += uint64(FIRST_WEI / 1 gwei);
        else if (msg.value == FIRST_WEI) _money.bufferedWei += uint96(FIRST_WEI);
        else revert NotFirstEther(msg.value);
    }

    /// @inheritdoc IPoolReports
    function requestValue(uint256 shares) external view returns (uint256) {
        (uint256 pooledWei, uint256 totalShares) = token.totals();
        Head memory h = _head;
        if (h.flags & (FLAG_UNCONFIRMED | FLAG_FALSE) == 0) return shares * pooledWei / totalShares;
        return shares * _requestRate(pooledWei, totalShares, h) / RATE_SHARES;
    }

    /// @dev Time between the reference slots, on the pool's own clock. Slots that have passed and follow each other bound the sum of all
    /// these times by the time that really passed, whoever has the oracle's role.
    function _elapsed(uint64 refSlot) private view returns (uint256 elapsedSeconds) {
        uint256 lastRefSlot = _last.refSlot;
        elapsedSeconds = refSlot > lastRefSlot ? (refSlot - lastRefSlot) * _secondsPerSlot : 0;
        if (elapsedSeconds < _minReportSeconds) {
            revert ReportTooSoon(refSlot, lastRefSlot + (_minReportSeconds + _secondsPerSlot - 1) / _secondsPerSlot);
        }
        if (_timeOf(refSlot) > block.timestamp) revert RefSlotToCome(refSlot, schedule().slotAt(block.timestamp));
    }

    function _remember(Report calldata report, RebaseOutput memory o) private {
        _last = Last({
            refSlot: uint40(report.refSlot),
            clValidatorsGwei: _gwei56(report.clValidatorsGwei),
            clPendingGwei: _gwei56(report.clPendingGwei),
            unprovenGwei: uint40(report.unprovenGwei),
            validators: report.validators,
            exited: report.exited
        });
        _lastMore = LastMore({
            depositedGwei: uint64(report.depositedWei / 1 gwei),
            withdrawalVaultLeftGwei: _gwei56((report.withdrawalVaultWei - o.fromWithdrawalsWei) / 1 gwei),
            clInFlightGwei: _gwei56(report.clInFlightGwei),
            pulledGwei: (_lastMore.pulledGwei + o.fromWithdrawalsWei / 1 gwei).toUint64(),
            silentCalls: 0
        });
    }

    /// @dev The one number: what this report lost beyond noise. What the one before lost is taken back or confirmed now.
    function _doubtAfter(Report calldata report, Judged calldata judged, Head memory h, RebaseOutput memory o) private {
        Doubt memory d;
        if (h.flags & FLAG_DOUBT != 0) d = _doubt;
        // Rounded up: with it a request is valued no lower than before the loss.
        uint64 lostGwei = o.beyondNoise ? ((o.lostWei + 1 gwei - 1) / 1 gwei).toUint64() : 0;
        uint8 kept = _keepLosses(report.refSlot, judged, h, d.unconfirmedGwei, uint64(o.regainedWei / 1 gwei));
        if (lostGwei != 0) emit LossUnconfirmed(report.refSlot, lostGwei);
        uint8 flags = FLAG_SET | (report.bunker ? FLAG_BUNKER : 0) | (lostGwei != 0 ? FLAG_UNCONFIRMED : 0);
        if (flags != FLAG_SET) {
            uint8 losses = lostGwei == 0 ? 0 : d.lossesInRow < type(uint8).max ? d.lossesInRow + 1 : d.lossesInRow;
            Doubt memory next = Doubt(lostGwei, 0, d.since != 0 ? d.since : uint40(block.timestamp), losses);
            if (h.flags & FLAG_DOUBT == 0 || keccak256(abi.encode(next)) != keccak256(abi.encode(d))) _doubt = next;
            flags |= FLAG_DOUBT;
        }
        h.flags = flags | kept;
    }

    /// @dev The loss window, losses that are confirmed now, and those that a guardian let come back. The two words are left alone while
    /// there is nothing to write: without the flag they hold what earlier losses left there.
    function _keepLosses(uint64 refSlot, Judged calldata judged, Head memory h, uint64 endedGwei, uint64 regainedGwei)
        private
        returns (uint8 flag)
    {
        if (endedGwei != 0) emit LossEnded(refSlot, regainedGwei, endedGwei - regainedGwei);
        bool had = h.flags & FLAG_LOSSES != 0;
        uint64 hadGwei = _confirmedGwei(h);
        uint64 leftGwei = hadGwei + endedGwei - regainedGwei;
        leftGwei = leftGwei > judged.confirmedGwei ? leftGwei - judged.confirmedGwei : 0;
        if (!had && leftGwei == 0 && judged.lossWindow == 0) return 0;
        if (!had || _lossWindow != judged.lossWindow) _lossWindow = judged.lossWindow;
        // Their time runs from the report that confirmed the last of them.
        if (leftGwei > hadGwei || !had) _confirmed = Confirmed(leftGwei, h.round + 1, 0);
        else if (leftGwei < hadGwei) _confirmed.lossGwei = leftGwei;
        return leftGwei == 0 && judged.lossWindow == 0 ? 0 : FLAG_LOSSES;
    }

    function _pull(RebaseOutput memory o) private {
        if (o.fromWithdrawalsWei > 0) withdrawalVault.pull(o.fromWithdrawalsWei);
        if (o.fromRewardsWei > 0) elRewardsVault.pull(o.fromRewardsWei);
        _money.bufferedWei = (_money.bufferedWei + o.fromWithdrawalsWei + o.fromRewardsWei).toUint96();
        _money.acceptedAt = uint40(block.timestamp);
        _money.freshGwei = 0;
    }

    /// @dev One account holds the fee of all: its book is one word, and each claims.
    function _mintAndBurn(RebaseOutput memory o) private {
        IOperatorRegistry registry_ = _running.registry;
        token.applyRebase(o.pooledWei, address(queue), o.burnShares, address(registry_), o.feeShares);
        if (o.feeShares > 0) registry_.accrueFee(o.feeShares, _running.operatorsBps);
    }

    /// @dev Begins the next round, last of all: nobody sees the new time with the old rate. When what a request is valued at has fallen,
    /// requests made from now on stand in another batch than those before.
    function _turn(Report calldata report, Head memory h, RebaseOutput memory o, uint256 valueRate) private {
        uint8 flags = h.flags;
        uint8 before = _head.flags;
        h.heldUntil = 0;
        ++h.round;
        uint104 rate = _rateOf(o.pooledWei, o.shares);
        _rounds[h.round % ROUNDS] = uint256(rate) << 152 | uint256(_genesisTime + report.refSlot * _secondsPerSlot)
            << 104 | block.timestamp << 56 | uint256(h.round) << 8 | flags;
        _head = h;
        if ((before ^ flags) & FLAG_BUNKER != 0) emit BunkerSet(report.bunker);
        if (_requestRate(o.pooledWei, o.shares, h) < valueRate) queue.rateFell();
    }

    function _tell(Report calldata report, RebaseInput memory i, RebaseOutput memory o) private {
        if (o.skip != Skip.None) {
            emit FinalizationSkipped(report.finalizeUpTo, o.skip, i.batch.demandWei, _money.bufferedWei);
        }
        if (o.bookedWei > o.pooledWei) emit Unrecognised(report.refSlot, o.bookedWei - o.pooledWei);
        emit Rebased(
            report.refSlot,
            i.totalPooledWei,
            i.totalShares,
            o.pooledWei,
            o.shares,
            o.clChangeWei,
            o.fromWithdrawalsWei,
            o.fromRewardsWei,
            o.lockWei,
            o.burnShares,
            o.feeWei,
            o.feeShares
        );
    }

    function _gwei56(uint256 amountGwei) private pure returns (uint56) {
        return SafeCast.toUint56(amountGwei);
    }
}
