// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../src/interfaces/Types.sol";
import {Sanity} from "../../src/lib/Sanity.sol";
import {Ledger} from "./Ledger.sol";

/// @notice Says what a report must do before it is applied, and compares. Written apart from the contract's formulas: amounts here are small
/// enough for plain products.
abstract contract Forecast is Ledger {
    uint256 private constant YEAR = 365 days;

    struct Next {
        int256 changeWei;
        uint256 regainedWei;
        uint256 freeWei;
        uint256 boundWei;
        uint256 fromWithdrawalsWei;
        uint256 fromRewardsWei;
        uint256 bookedWei;
        uint256 rebasedWei;
        uint256 lostWei;
        uint256 fellWei;
        bool finalized;
        uint256 lockWei;
        uint256 burned;
        uint256 feeWei;
        uint256 bucketGwei;
        bool bucketUsed;
    }

    /// @dev Applies a report by `apply_` and holds it against the forecast.
    function follow(Report memory r, bool byGuardian, function() internal apply_) internal {
        Next memory n = forecast(r, byGuardian);
        uint256[2] memory before = [address(withdrawalVault).balance, address(rewardsVault).balance];
        uint256 locked = queue.lockedWei();
        uint256 valueRate = requestRate();
        apply_();
        expect(before[0] - address(withdrawalVault).balance == n.fromWithdrawalsWei, "withdrawals pulled otherwise");
        expect(before[1] - address(rewardsVault).balance == n.fromRewardsWei, "rewards pulled otherwise");
        expect(queue.lockedWei() - locked == n.lockWei, "locked otherwise");
        expect(more.lastReport().refSlot == r.refSlot && r.refSlot > reportedRefSlot, "last ref slot grows");
        expect(more.head().bucketGwei == n.bucketGwei, "the bucket is otherwise");
        pulledWei += n.fromWithdrawalsWei + n.fromRewardsWei;
        allowedWei += r.withdrawalVaultWei + r.elRewardsVaultWei;
        (reportedRefSlot, reportedClGwei, reportedDepositedWei) = (r.refSlot, clWeiOf(r) / 1 gwei, r.depositedWei);
        reportedLeftWei = (r.withdrawalVaultWei - n.fromWithdrawalsWei) / 1 gwei * 1 gwei;
        ledgerBufferWei = ledgerBufferWei + n.fromWithdrawalsWei + n.fromRewardsWei - n.lockWei;
        if (n.bucketUsed) reach(Effect.Bucket);
        ledgerBucketGwei = n.bucketGwei;
        if (n.finalized) freeze(r.finalizeUpTo, n.rebasedWei, ledgerShares);
        _bookDoubt(n);
        _bookToken(n);
        ledgerRateBefore = ledgerRound == 0 ? 0 : ledgerRate;
        ++ledgerRound;
        ledgerRate = ledgerWei * 1e18 / ledgerShares;
        (ledgerFalse, ledgerHeldRate, ledgerHomeGwei) = (false, 0, 0);
        if (requestRate() < valueRate) ++ledgerFalls;
    }

    /// @dev On validators and on the way from them to the vault.
    function clWeiOf(Report memory r) internal pure returns (uint256) {
        return (uint256(r.clValidatorsGwei) + r.clPendingGwei + r.clInFlightGwei - r.unprovenGwei) * 1 gwei;
    }

    /// @dev What the report does, by this ledger.
    function forecast(Report memory r, bool byGuardian) internal view returns (Next memory n) {
        uint256 elapsed = (r.refSlot - reportedRefSlot) * SECONDS_PER_SLOT;
        uint256 haveGwei = _less(BUCKET_GWEI, ledgerBucketGwei + uint256(BUCKET_GWEI) * elapsed / BUCKET_SECONDS);
        uint256 principalWei = reportedClGwei * 1 gwei + r.depositedWei - reportedDepositedWei;
        n.changeWei = int256(clWeiOf(r)) - int256(principalWei);
        uint256 booked = uint256(int256(bookedNow()) + n.changeWei);
        uint256 nowWei = clWeiOf(r) + r.withdrawalVaultWei;
        if (nowWei > principalWei + reportedLeftWei) {
            n.regainedWei = _less(ledgerUnconfirmedGwei * 1 gwei, nowWei - principalWei - reportedLeftWei);
        }
        n.freeWei = ledgerWei + ledgerWei * MAX_RISE_BPS * elapsed / (10_000 * YEAR) + n.regainedWei;
        n.boundWei = n.freeWei + (byGuardian ? 0 : haveGwei * 1 gwei);
        if (n.boundWei > booked) {
            n.fromWithdrawalsWei = _less(r.withdrawalVaultWei, n.boundWei - booked);
            n.fromRewardsWei = _less(r.elRewardsVaultWei, n.boundWei - booked - n.fromWithdrawalsWei);
        }
        n.bookedWei = booked + n.fromWithdrawalsWei + n.fromRewardsWei;
        n.rebasedWei = _less(n.bookedWei, n.boundWei);
        if (n.rebasedWei < ledgerWei) n.lostWei = ledgerWei - n.rebasedWei;
        n.fellWei = n.lostWei;
        if (principalWei + reportedLeftWei > nowWei + n.lostWei) n.lostWei = principalWei + reportedLeftWei - nowWei;
        _lock(n, r);
        _charge(n, r, byGuardian, haveGwei, elapsed, principalWei);
        n.feeWei = _fee(n, r, elapsed, principalWei);
    }

    /// @dev Whether only a guardian lets the report through: it follows a false one, gains beyond rate and bucket, or loses beyond the window.
    function needsGuardian(Report memory r) internal view returns (bool) {
        uint256 elapsed = (r.refSlot - reportedRefSlot) * SECONDS_PER_SLOT;
        uint256 haveGwei = _less(BUCKET_GWEI, ledgerBucketGwei + uint256(BUCKET_GWEI) * elapsed / BUCKET_SECONDS);
        uint256 principalWei = reportedClGwei * 1 gwei + r.depositedWei - reportedDepositedWei;
        uint256 nowWei = clWeiOf(r) + r.withdrawalVaultWei;
        uint256 thenWei = principalWei + reportedLeftWei;
        uint256 mostWei = thenWei + principalWei * softLimits().annualGainBps * elapsed / (10_000 * YEAR)
            + (ledgerUnconfirmedGwei + _less(haveGwei, softLimits().giftMarginGwei)) * 1 gwei;
        if (ledgerFalse || nowWei > mostWei) return true;
        if (nowWei >= thenWei) return false;
        uint256 lane = ((thenWei - nowWei) * 100_000 + principalWei - 1) / principalWei;
        return Sanity.windowSum(more.lastReport().lossWindow << 16) + lane > softLimits().lossWindowPcm;
    }

    /// @dev What the pool is worth by a held report: nothing is finalized, and the bucket gives nothing.
    function forecastHeld(Report memory r) internal view returns (uint256) {
        r.finalizeUpTo = 0;
        return forecast(r, true).rebasedWei;
    }

    /// @dev Newest request that the report can finalize: one batch, which spans no fall and mixes nothing, and fits the buffer.
    function chooseUpTo(Report memory r) internal view returns (uint64 upTo) {
        r.finalizeUpTo = 0;
        Next memory n = forecast(r, false);
        uint64 ripe = ripeRequest(r.refSlot);
        for (uint64 id = frozenUpTo + 1; id <= ripe; ++id) {
            if (requestFalls[id] != requestFalls[frozenUpTo + 1]) break;
            if (_below(frozenUpTo + 1, n.rebasedWei) && _above(id, n.rebasedWei)) break;
            upTo = id;
        }
    }

    /// @dev Finalizes without a report and holds it against the ledger: at `rateWei` for `rateShares`, from what is brought home first.
    function followSilence(uint64 upTo, uint256 rateWei, uint256 rateShares) internal {
        uint256 homeGwei = address(withdrawalVault).balance / 1 gwei;
        uint256 left = _less(homeGwei, reportedLeftWei / 1 gwei);
        uint256 rest = _less(homeGwei - left, reportedClGwei);
        (uint256 demandWei, uint256 demandShares) = openDemand(upTo);
        uint256 lockWei = _less(demandWei, demandShares * rateWei / rateShares);
        uint256 locked = queue.lockedWei();
        uint256 vault = address(withdrawalVault).balance;
        uint256 calls = more.lastReport().silentCalls;
        more.finalizeWithoutReport(upTo);
        expect(queue.lockedWei() - locked == lockWei, "locked otherwise without a report");
        expect(vault - address(withdrawalVault).balance == (left + rest) * 1 gwei, "brought home otherwise");
        expect(more.lastReport().silentCalls == calls + 1, "a silent call is not counted");
        pulledWei += (left + rest) * 1 gwei;
        allowedWei += (left + rest) * 1 gwei;
        reportedLeftWei -= left * 1 gwei;
        reportedClGwei -= rest;
        ledgerHomeGwei += rest;
        ledgerBufferWei = ledgerBufferWei + (left + rest) * 1 gwei - lockWei;
        freeze(upTo, rateWei, rateShares);
        ledgerWei -= demandShares * ledgerWei / ledgerShares;
        ledgerShares -= demandShares;
        sharesBy[address(queue)] -= demandShares;
        (uint256 pooledWei, uint256 shares) = token.totals();
        expect(pooledWei == ledgerWei && shares == ledgerShares, "the token is otherwise without a report");
    }

    function _lock(Next memory n, Report memory r) private view {
        if (queue.paused() || r.finalizeUpTo <= frozenUpTo) return;
        (uint256 demandWei, uint256 demandShares) = openDemand(r.finalizeUpTo);
        bool loud = n.lostWei * 100_000 > ledgerWei * NOISE_PCM && ledgerLossesInRow < 3;
        bool spans = requestFalls[r.finalizeUpTo] != requestFalls[frozenUpTo + 1];
        bool mixed = _below(frozenUpTo + 1, n.rebasedWei) && _above(r.finalizeUpTo, n.rebasedWei);
        if (loud || n.rebasedWei == 0 || spans || mixed) return;
        uint256 lockWei = _less(demandWei, demandShares * n.rebasedWei / ledgerShares);
        if (lockWei > ledgerBufferWei + n.fromWithdrawalsWei + n.fromRewardsWei) return;
        (n.finalized, n.lockWei, n.burned) = (true, lockWei, demandShares);
    }

    function _below(uint256 id, uint256 rebasedWei) private view returns (bool) {
        return requestWei[id] <= requestShares[id] * rebasedWei / ledgerShares;
    }

    function _above(uint256 id, uint256 rebasedWei) private view returns (bool) {
        return requestWei[id] > requestShares[id] * rebasedWei / ledgerShares;
    }

    /// @dev A report takes from the bucket the larger of what it recognises beyond the time's rise and of its gain beyond the yearly rate.
    function _charge(
        Next memory n,
        Report memory r,
        bool byGuardian,
        uint256 haveGwei,
        uint256 elapsed,
        uint256 principalWei
    ) private view {
        uint256 left = ledgerShares - n.burned;
        uint256 pooledWei = _less(n.bookedWei - n.lockWei, n.boundWei * left / ledgerShares);
        uint256 freeWei = n.freeWei * left / ledgerShares;
        uint256 usedGwei = pooledWei > freeWei ? (pooledWei - freeWei + 1 gwei - 1) / 1 gwei : 0;
        uint256 nowWei = clWeiOf(r) + r.withdrawalVaultWei;
        uint256 expectedWei = principalWei + reportedLeftWei + principalWei * softLimits().annualGainBps * elapsed
            / (10_000 * YEAR) + ledgerUnconfirmedGwei * 1 gwei;
        if (!byGuardian && nowWei > expectedWei) {
            uint256 gainGwei = (nowWei - expectedWei + 1 gwei - 1) / 1 gwei;
            if (gainGwei > usedGwei) usedGwei = gainGwei;
        }
        n.bucketUsed = usedGwei > 0;
        n.bucketGwei = haveGwei > usedGwei ? haveGwei - usedGwei : 0;
    }

    function _fee(Next memory n, Report memory r, uint256 elapsed, uint256 principalWei)
        private
        view
        returns (uint256)
    {
        int256 earned = int256(clWeiOf(r) + r.withdrawalVaultWei)
            - int256(principalWei + reportedLeftWei + n.regainedWei);
        int256 normal = int256(reportedClGwei * 1 gwei * NORMAL_REWARD_BPS * elapsed / (10_000 * YEAR));
        if (earned > normal) earned = normal;
        int256 profit = earned + int256(n.fromRewardsWei);
        uint256 left = ledgerShares - n.burned;
        uint256 pooledWei = _less(n.bookedWei - n.lockWei, n.boundWei * left / ledgerShares);
        uint256 beforeWei = ledgerWei * left / ledgerShares;
        if (profit <= 0 || pooledWei <= beforeWei) return 0;
        return _less(uint256(profit) * FEE_BPS / 10_000, _less(pooledWei - beforeWei, pooledWei / 2));
    }

    function _bookDoubt(Next memory n) private {
        bool loud = n.lostWei * 100_000 > ledgerWei * NOISE_PCM;
        ledgerUnconfirmedGwei = loud ? (n.lostWei + 1 gwei - 1) / 1 gwei : 0;
        ledgerLossesInRow = loud ? ledgerLossesInRow + 1 : 0;
    }

    /// @dev Takes the fee from the token, judges it, and books it.
    function _bookToken(Next memory n) private {
        (uint256 pooledWei, uint256 shares) = token.totals();
        uint256 left = ledgerShares - n.burned;
        uint256 minted = shares - left;
        expect(pooledWei == _less(n.bookedWei - n.lockWei, n.boundWei * left / ledgerShares), "rebased otherwise");
        // The new shares are worth the fee at most, and one more would be worth more. No fee without a profit.
        expect(minted * pooledWei <= n.feeWei * shares, "fee above its part of the profit");
        expect(n.feeWei == 0 || (minted + 1) * pooledWei > n.feeWei * (shares + 1), "fee too small");
        // The rate falls by losses only, and rises by no more than time and bucket give.
        expect(
            n.lostWei > 0 || pooledWei * ledgerShares + ledgerShares >= ledgerWei * shares, "the rate fell on a gain"
        );
        expect(pooledWei * ledgerShares <= n.boundWei * shares, "the rate passed the bound");
        uint256 operators = registry.earningEther() == 0 ? 0 : minted * OPERATORS_BPS / 10_000;
        sharesBy[address(queue)] -= n.burned;
        sharesBy[address(registry)] += minted;
        ledgerTreasuryShares += minted - operators;
        expect(registry.treasuryShares() == ledgerTreasuryShares, "the treasury is owed otherwise");
        (ledgerShares, ledgerWei) = (shares, pooledWei);
    }

    function _less(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
