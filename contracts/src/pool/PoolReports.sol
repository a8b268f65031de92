// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakingPool} from "../interfaces/IStakingPool.sol";
import {LastReport, Report} from "../interfaces/Types.sol";
import {RebaseInput, RebaseMath, RebaseOutput} from "../lib/RebaseMath.sol";
import {PoolBase} from "./PoolBase.sol";

/// @title Reports
/// @notice Applies accepted reports: the change of the consensus layer, pulls from the vaults, finalization, burning and fee.
abstract contract PoolReports is PoolBase {
    using SafeCast for uint256;

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
    /// @notice The requests up to `upTo` wait for a later report: the queue is paused or the buffer cannot carry them.
    event FinalizationSkipped(uint64 upTo, bool queuePaused, uint256 demandWei, uint256 bufferedWei);
    /// @notice Requests were finalized from the buffer because no report came for long.
    event FinalizedWithoutReport(uint64 upTo, uint256 lockWei, uint256 burnShares);
    /// @notice Losses are in progress, or no longer.
    event BunkerSet(bool bunker);

    /// @notice The report is not newer than the last applied one.
    error RefSlotNotNewer(uint64 refSlot, uint64 lastRefSlot);
    /// @notice The caller is not one of the vaults.
    error OnlyVault(address caller);
    /// @notice A report came recently enough.
    error OracleNotStale(uint256 nowSeconds, uint256 staleAtSeconds);
    /// @notice The request is too young to be finalized without a report.
    error RequestTooYoung(uint64 id, uint256 ripeAtSeconds);
    /// @notice No request can be finalized now: none waits, the queue is paused, or the buffer cannot carry them.
    error NothingToFinalize(uint64 upTo, uint256 demandWei, uint256 bufferedWei);

    /// @inheritdoc IStakingPool
    function applyReport(Report calldata report, uint256 lossWindow) external onlyRole(ORACLE_ROLE) {
        if (report.refSlot <= _last.refSlot) revert RefSlotNotNewer(report.refSlot, _last.refSlot);

        RebaseInput memory i = _present();
        i.clWei = (uint256(report.clValidatorsGwei) + report.clPendingGwei) * 1 gwei;
        i.depositedWei = report.depositedWei;
        i.withdrawalVaultWei = report.withdrawalVaultWei;
        i.elRewardsVaultWei = report.elRewardsVaultWei;
        i.maxPositiveRebasePpb = _terms.maxPositiveRebasePpb;
        i.feeBps = _terms.feeBps;
        bool queuePaused = _readDemand(i, report.finalizeUpTo);
        RebaseOutput memory o = RebaseMath.compute(i);

        _remember(report, lossWindow, o);
        _pull(o);
        _lock(report.finalizeUpTo, i, o);
        _mintAndBurn(o);
        if (!o.finalized && report.finalizeUpTo > 0 && (queuePaused || i.demandShares > 0)) {
            emit FinalizationSkipped(report.finalizeUpTo, queuePaused, i.demandWei, _bufferedWei);
        }
        _emitRebased(report.refSlot, i, o);
    }

    /// @notice Finalizes the requests up to `upTo` from the buffer at the present rate when no report has come for
    /// `staleAfterSeconds`, and the requests have waited that long too. Anyone may call.
    function finalizeWithoutReport(uint64 upTo) external {
        uint256 staleAt = _lastReportAt + staleAfterSeconds;
        if (block.timestamp <= staleAt) revert OracleNotStale(block.timestamp, staleAt);
        uint256 ripeAt = queue.createdAt(upTo) + staleAfterSeconds;
        if (block.timestamp <= ripeAt) revert RequestTooYoung(upTo, ripeAt);

        RebaseInput memory i = _present();
        (i.clWei, i.depositedWei) = (i.lastClWei, i.lastDepositedWei);
        // The least room: burning rounds so that the rate never falls, and what waiting requests leave behind comes with a report.
        i.maxPositiveRebasePpb = 1;
        _readDemand(i, upTo);
        RebaseOutput memory o = RebaseMath.compute(i);
        if (!o.finalized) revert NothingToFinalize(upTo, i.demandWei, i.bufferedWei);

        _pendingBurnShares = o.pendingBurnShares.toUint96();
        _lock(upTo, i, o);
        _mintAndBurn(o);
        emit FinalizedWithoutReport(upTo, o.lockWei, o.burnShares);
    }

    /// @inheritdoc IStakingPool
    function receiveFromVault() external payable {
        if (msg.sender != address(withdrawalVault) && msg.sender != address(elRewardsVault)) {
            revert OnlyVault(msg.sender);
        }
    }

    /// @notice Ether in the buffer that no unfinalized request needs at the present rate, in wei.
    function freeWei() public view returns (uint256) {
        (uint64 lastRequestId,) = queue.bounds();
        (uint256 demandWei, uint256 demandShares) = queue.demand(lastRequestId);
        uint256 neededWei = Math.min(demandWei, token.weiForSharesUp(demandShares));
        return _bufferedWei > neededWei ? _bufferedWei - neededWei : 0;
    }

    /// @dev What the pool and the token know before a report.
    function _present() private view returns (RebaseInput memory i) {
        (i.totalPooledWei, i.totalShares) = token.totals();
        i.bufferedWei = _bufferedWei;
        i.lastClWei = (uint256(_last.clValidatorsGwei) + _last.clPendingGwei) * 1 gwei;
        i.lastDepositedWei = _last.depositedWei;
        i.pendingBurnShares = _pendingBurnShares;
    }

    /// @dev A paused queue is left as it is: the report is applied without finalization.
    function _readDemand(RebaseInput memory i, uint64 upTo) private view returns (bool queuePaused) {
        if (upTo == 0) return false;
        if (queue.paused()) return true;
        (i.demandWei, i.demandShares) = queue.demand(upTo);
    }

    function _remember(Report calldata report, uint256 lossWindow, RebaseOutput memory o) private {
        _last = LastReport({
            refSlot: report.refSlot,
            clValidatorsGwei: report.clValidatorsGwei,
            clPendingGwei: report.clPendingGwei,
            validators: report.validators,
            exited: report.exited,
            depositedWei: report.depositedWei,
            withdrawalVaultLeftWei: report.withdrawalVaultWei - uint128(o.fromWithdrawalsWei),
            lossWindow: lossWindow
        });
        _lastReportAt = uint40(block.timestamp);
        if (_bunker != report.bunker) {
            _bunker = report.bunker;
            emit BunkerSet(report.bunker);
        }
        if (_pendingBurnShares != o.pendingBurnShares) _pendingBurnShares = o.pendingBurnShares.toUint96();
    }

    function _pull(RebaseOutput memory o) private {
        if (o.fromWithdrawalsWei > 0) withdrawalVault.pull(o.fromWithdrawalsWei);
        if (o.fromRewardsWei > 0) elRewardsVault.pull(o.fromRewardsWei);
        _bufferedWei += (o.fromWithdrawalsWei + o.fromRewardsWei).toUint96();
    }

    function _lock(uint64 upTo, RebaseInput memory i, RebaseOutput memory o) private {
        if (!o.finalized) return;
        _bufferedWei -= o.lockWei.toUint96();
        queue.finalize{value: o.lockWei}(upTo, o.rebasedPooledWei.toUint128(), i.totalShares.toUint128());
    }

    function _mintAndBurn(RebaseOutput memory o) private {
        uint256 operatorsShares = 0;
        if (o.feeShares > 0 && _terms.operatorsBps > 0 && _registry.activeKeys() > 0) {
            operatorsShares = o.feeShares * _terms.operatorsBps / BPS;
        }
        token.applyRebase(
            o.pooledWei,
            address(queue),
            o.burnShares,
            [_terms.treasury, address(_registry)],
            [o.feeShares - operatorsShares, operatorsShares]
        );
        if (operatorsShares > 0) _registry.accrueFee(operatorsShares);
    }

    function _emitRebased(uint64 refSlot, RebaseInput memory i, RebaseOutput memory o) private {
        emit Rebased(
            refSlot,
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
}
