// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Batch} from "../interfaces/Types.sol";

/// @notice What a rebase depends on. Wei and shares; every value fits 128 bits.
struct RebaseInput {
    /// @dev Recognised ether (the token's) and shares before the report.
    uint256 totalPooledWei;
    uint256 totalShares;
    /// @dev Ether that the pool holds and has not sent to the beacon chain.
    uint256 bufferedWei;
    /// @dev What the pool's buckets sum up to: buffer, consensus-layer ether of the last report, deposits since. Never below the recognised ether.
    uint256 bookedWei;
    /// @dev Consensus-layer ether, cumulative deposits and what stayed in the withdrawal vault, of the last report.
    uint256 lastClWei;
    uint256 lastDepositedWei;
    uint256 lastVaultLeftWei;
    /// @dev Consensus-layer ether, cumulative deposits and vault balances of this report.
    uint256 clWei;
    uint256 depositedWei;
    uint256 withdrawalVaultWei;
    uint256 elRewardsVaultWei;
    /// @dev From the reference slot of the last report to that of this one.
    uint256 elapsedSeconds;
    /// @dev Fastest rise of the share rate, in parts per 10,000 a year.
    uint256 maxRiseBps;
    /// @dev What the bucket gives on top of it; 0 for a report that a guardian accepted.
    uint256 bucketWei;
    /// @dev What a loss took that the next report may take back.
    uint256 unconfirmedWei;
    /// @dev Reports in a row, up to the last one, that lost more than noise.
    uint256 lossesInRow;
    /// @dev A loss above this is more than noise, in hundred-thousandths of the recognised ether.
    uint256 noisePcm;
    /// @dev What consensus-layer ether earns normally, in parts per 10,000 a year: more pays no fee.
    uint256 normalRewardBps;
    /// @dev Fee on profit, in parts per 10,000.
    uint256 feeBps;
    /// @dev The requests to finalize; all zero for none.
    Batch batch;
}

/// @notice Why requests that a report names are not finalized.
enum Skip {
    None,
    /// @dev The queue is paused.
    Paused,
    /// @dev The report loses more than noise: the next one takes it back or confirms it.
    Loss,
    /// @dev The pool has no ether.
    Empty,
    /// @dev The batch has requests from before and after a fall of the rate.
    SpansFall,
    /// @dev The first request is worth less than its shares at this rate, the last one more.
    Mixed,
    /// @dev The buffer cannot carry the lock.
    Buffer
}

/// @notice What a rebase does.
struct RebaseOutput {
    int256 clChangeWei;
    uint256 fromWithdrawalsWei;
    uint256 fromRewardsWei;
    /// @dev Recognised ether after the change and the pulls: over `totalShares` it is the rate of the finalized batch.
    uint256 rebasedPooledWei;
    /// @dev Part of an unconfirmed loss that came back.
    uint256 regainedWei;
    /// @dev What the recognised ether fell by or, when that is more, what the consensus layer lost; and whether it is more than noise.
    uint256 lostWei;
    bool beyondNoise;
    bool finalized;
    Skip skip;
    uint256 lockWei;
    uint256 burnShares;
    uint256 feeWei;
    uint256 feeShares;
    /// @dev What was taken of `bucketWei`.
    uint256 bucketUsedWei;
    /// @dev What the buckets sum up to at the end; what exceeds `pooledWei` is recognised later.
    uint256 bookedWei;
    /// @dev Recognised ether and shares at the end.
    uint256 pooledWei;
    uint256 shares;
}

/// @title Rebase arithmetic
/// @notice Turns a report into its effect on pooled ether and shares. `report.Rebase` in Go is the same function.
/// @dev Order: consensus-layer change, withdrawals, execution rewards, finalization, fee. Certified values are absolute: recognised ether is
/// the lower of what the buckets hold and of what the time since the last report allows the share rate to be. The rest waits in the
/// vaults or, where the buckets have it already, for later reports; a report never lowers the rate by the bound.
library RebaseMath {
    uint256 internal constant BPS = 10_000;
    uint256 internal constant PCM = 100_000;
    uint256 internal constant YEAR_SECONDS = 365 days;
    /// @notice After so many losses beyond noise in a row requests are finalized again.
    uint256 internal constant MAX_LOSSES_IN_ROW = 3;

    /// @notice The report would make the pool's ether negative. It cannot follow from a consistent input.
    error NegativePool();

    /// @notice Computes the effect of a report. Divisions round down unless said.
    function compute(RebaseInput memory i) internal pure returns (RebaseOutput memory o) {
        (uint256 freeWei, uint256 boundWei) = _recognise(i, o);
        _finalize(i, o);
        _settle(i, o, freeWei, boundWei);
        _fee(i, o);
    }

    /// @notice What requests are paid: the lower of their value at request and of their shares at the rate `pooledWei / totalShares`. Of
    /// a whole batch it is the lock, which the payouts of its requests never sum up to more than.
    function payout(uint256 valueWei, uint256 shares, uint256 pooledWei, uint256 totalShares)
        internal
        pure
        returns (uint256)
    {
        return Math.min(valueWei, Math.mulDiv(shares, pooledWei, totalShares));
    }

    /// @notice Why a batch cannot be finalized at a rate, whatever the buffer holds.
    /// @dev Within a batch that spans no fall the rates at request ascend, so the first and the last request tell whether some are paid
    /// their value and others their shares: such a batch would lock more than it pays.
    function unfit(Batch memory b, uint256 pooledWei, uint256 totalShares) internal pure returns (Skip) {
        if (b.spansFall) return Skip.SpansFall;
        bool firstBelow = b.firstWei <= Math.mulDiv(b.firstShares, pooledWei, totalShares);
        bool lastAbove = b.lastWei > Math.mulDiv(b.lastShares, pooledWei, totalShares);
        return firstBelow && lastAbove ? Skip.Mixed : Skip.None;
    }

    /// @dev Consensus-layer change, what the bound lets out of the vaults, and what of it all is recognised.
    /// @return freeWei What the rate may reach without the bucket, in ether of all shares.
    /// @return boundWei The same with the bucket.
    function _recognise(RebaseInput memory i, RebaseOutput memory o)
        private
        pure
        returns (uint256 freeWei, uint256 boundWei)
    {
        o.clChangeWei = int256(i.clWei) - int256(i.lastClWei + i.depositedWei - i.lastDepositedWei);
        int256 booked = int256(i.bookedWei) + o.clChangeWei;
        if (booked < 0) revert NegativePool();
        uint256 bookedWei = uint256(booked);

        int256 earned = _earned(i);
        if (earned > 0) o.regainedWei = Math.min(i.unconfirmedWei, uint256(earned));
        uint256 riseWei = i.totalPooledWei * i.maxRiseBps * i.elapsedSeconds / (BPS * YEAR_SECONDS);
        freeWei = i.totalPooledWei + riseWei + o.regainedWei;
        boundWei = freeWei + i.bucketWei;
        if (boundWei > bookedWei) {
            o.fromWithdrawalsWei = Math.min(i.withdrawalVaultWei, boundWei - bookedWei);
            o.fromRewardsWei = Math.min(i.elRewardsVaultWei, boundWei - bookedWei - o.fromWithdrawalsWei);
        }
        o.bookedWei = bookedWei + o.fromWithdrawalsWei + o.fromRewardsWei;
        o.rebasedPooledWei = Math.min(o.bookedWei, boundWei);
        if (o.rebasedPooledWei < i.totalPooledWei) o.lostWei = i.totalPooledWei - o.rebasedPooledWei;
        // What is due may carry a loss, so that recognised ether does not fall: deposits would get it cheaper all the same.
        if (-earned > int256(o.lostWei)) o.lostWei = uint256(-earned);
        o.beyondNoise = o.lostWei * PCM > i.noisePcm * i.totalPooledWei;
    }

    /// @dev Locks ether for the batch, or says why its requests wait for a later report.
    function _finalize(RebaseInput memory i, RebaseOutput memory o) private pure {
        Batch memory b = i.batch;
        if (b.demandShares == 0) return;
        if (o.beyondNoise && i.lossesInRow < MAX_LOSSES_IN_ROW) o.skip = Skip.Loss;
        else if (o.rebasedPooledWei == 0) o.skip = Skip.Empty;
        else o.skip = unfit(b, o.rebasedPooledWei, i.totalShares);
        if (o.skip != Skip.None) return;
        uint256 lockWei = payout(b.demandWei, b.demandShares, o.rebasedPooledWei, i.totalShares);
        if (lockWei > i.bufferedWei + o.fromWithdrawalsWei + o.fromRewardsWei) {
            o.skip = Skip.Buffer;
            return;
        }
        o.finalized = true;
        o.lockWei = lockWei;
        o.burnShares = b.demandShares;
    }

    /// @dev Ether and shares after the batch has left: what its requests leave behind raises the rate up to the bound, the rest waits.
    function _settle(RebaseInput memory i, RebaseOutput memory o, uint256 freeWei, uint256 boundWei) private pure {
        o.bookedWei -= o.lockWei;
        o.shares = i.totalShares - o.burnShares;
        o.pooledWei = Math.min(o.bookedWei, part(boundWei, o.shares, i.totalShares));
        freeWei = part(freeWei, o.shares, i.totalShares);
        if (o.pooledWei > freeWei) o.bucketUsedWei = o.pooledWei - freeWei;
    }

    /// @dev A fee is new shares worth `feeWei` after the mint. It is due on what the consensus layer earned, up to the normal reward of the
    /// time, and on execution rewards; never more than what those who stay gain by the report, nor half of the pool.
    function _fee(RebaseInput memory i, RebaseOutput memory o) private pure {
        int256 earned = _earned(i) - int256(o.regainedWei);
        int256 normal = int256(i.lastClWei * i.normalRewardBps * i.elapsedSeconds / (BPS * YEAR_SECONDS));
        int256 profit = (earned < normal ? earned : normal) + int256(o.fromRewardsWei);
        uint256 beforeWei = part(i.totalPooledWei, o.shares, i.totalShares);
        if (profit <= 0 || o.pooledWei <= beforeWei) return;
        o.feeWei = Math.min(uint256(profit) * i.feeBps / BPS, Math.min(o.pooledWei - beforeWei, o.pooledWei / 2));
        if (o.feeWei == 0) return;
        o.feeShares = Math.mulDiv(o.feeWei, o.shares, o.pooledWei - o.feeWei);
        o.shares += o.feeShares;
    }

    /// @dev What the consensus layer earned, sweeps counted; negative for a loss.
    function _earned(RebaseInput memory i) private pure returns (int256) {
        return int256(i.clWei + i.withdrawalVaultWei)
            - int256(i.lastClWei + i.depositedWei - i.lastDepositedWei + i.lastVaultLeftWei);
    }

    /// @notice `weiAmount` of `totalShares` shares, for `shares` of them.
    function part(uint256 weiAmount, uint256 shares, uint256 totalShares) internal pure returns (uint256) {
        return shares == totalShares ? weiAmount : Math.mulDiv(weiAmount, shares, totalShares);
    }
}
