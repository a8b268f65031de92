// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../src/interfaces/Types.sol";
import {Ledger} from "./Ledger.sol";

/// @notice Says what a report must do before it is applied, and compares. Pulls and locks are computed; burns and fees are judged by what
/// they must satisfy (the most that the cap, or the fee's part, leaves room for), not by the contract's formula.
abstract contract Forecast is Ledger {
    struct Next {
        int256 changeWei;
        uint256 fromWithdrawalsWei;
        uint256 fromRewardsWei;
        uint256 rebasedWei;
        bool finalized;
        uint256 lockWei;
        uint256 toBurn;
        uint256 feeWei;
        uint256 pooledWei;
    }

    /// @dev Applies a report by `apply_` and holds it against the forecast.
    function follow(Report memory r, function() internal apply_) internal {
        Next memory n = _forecast(r);
        uint256[3] memory before =
            [address(withdrawalVault).balance, address(rewardsVault).balance, uint256(pool.lastReport().refSlot)];
        uint256 locked = queue.lockedWei();
        apply_();
        expect(before[0] - address(withdrawalVault).balance == n.fromWithdrawalsWei, "withdrawals pulled otherwise");
        expect(before[1] - address(rewardsVault).balance == n.fromRewardsWei, "rewards pulled otherwise");
        expect(queue.lockedWei() - locked == n.lockWei, "locked otherwise");
        expect(pool.lastReport().refSlot == r.refSlot && r.refSlot > before[2], "last ref slot grows");
        pulledWei += n.fromWithdrawalsWei + n.fromRewardsWei;
        allowedWei += r.withdrawalVaultWei + r.elRewardsVaultWei;
        (reportedClGwei, reportedDepositedWei) = (r.clValidatorsGwei, r.depositedWei);
        ledgerBufferWei = ledgerBufferWei + n.fromWithdrawalsWei + n.fromRewardsWei - n.lockWei;
        if (n.finalized) freeze(r.finalizeUpTo, n.rebasedWei, ledgerShares);
        _book(n, CAP_PPB);
    }

    /// @dev Finalizes without a report and holds it against the forecast.
    function followSilence(uint64 upTo) internal {
        Next memory n;
        n.rebasedWei = ledgerWei;
        _lock(n, upTo);
        expect(n.finalized, "there is nothing to finalize");
        uint256 locked = queue.lockedWei();
        pool.finalizeWithoutReport(upTo);
        expect(queue.lockedWei() - locked == n.lockWei, "locked otherwise without a report");
        ledgerBufferWei -= n.lockWei;
        freeze(upTo, ledgerWei, ledgerShares);
        _book(n, 1);
    }

    function _forecast(Report memory r) private view returns (Next memory n) {
        n.changeWei = int256(uint256(r.clValidatorsGwei) * 1 gwei)
            - int256(reportedClGwei * 1 gwei + r.depositedWei - reportedDepositedWei);
        int256 room = int256(ledgerWei * CAP_PPB / 1e9) - n.changeWei;
        if (room > 0) {
            n.fromWithdrawalsWei = _less(r.withdrawalVaultWei, uint256(room));
            n.fromRewardsWei = _less(r.elRewardsVaultWei, uint256(room) - n.fromWithdrawalsWei);
        }
        n.rebasedWei = uint256(int256(ledgerWei + n.fromWithdrawalsWei + n.fromRewardsWei) + n.changeWei);
        _lock(n, queue.paused() ? 0 : r.finalizeUpTo);
        int256 gainWei = n.changeWei + int256(n.fromWithdrawalsWei);
        if (gainWei <= 0) return n;
        n.feeWei = _less((uint256(gainWei) + n.fromRewardsWei) * FEE_BPS / 10_000, n.pooledWei / 2);
    }

    function _lock(Next memory n, uint64 upTo) private view {
        (uint256 demandWei, uint256 demandShares) = openDemand(upTo);
        n.pooledWei = n.rebasedWei;
        n.toBurn = ledgerPendingBurn;
        if (demandShares == 0 || n.rebasedWei == 0) return;
        uint256 lockWei = _less(demandWei, demandShares * n.rebasedWei / ledgerShares);
        if (lockWei > ledgerBufferWei + n.fromWithdrawalsWei + n.fromRewardsWei) return;
        (n.finalized, n.lockWei) = (true, lockWei);
        n.pooledWei -= lockWei;
        n.toBurn += demandShares;
    }

    /// @dev Takes burn and fee from the token, judges both, and books them.
    function _book(Next memory n, uint256 capPpb) private {
        (uint256 pooledWei, uint256 shares) = token.totals();
        expect(pooledWei == n.pooledWei, "rebased otherwise");
        uint256 burned = n.toBurn - pool.pendingBurnShares();
        uint256 left = ledgerShares - burned;
        uint256 minted = shares - left;
        // No burn passes the cap, and one share more would.
        uint256 capped = ledgerWei * (1e9 + capPpb);
        expect(burned == 0 || pooledWei * 1e9 * ledgerShares <= capped * left, "burned beyond the cap");
        expect(burned == n.toBurn || pooledWei * 1e9 * ledgerShares > capped * (left - 1), "burned too little");
        // The new shares are worth the fee at most, and one more would be worth more. No fee without a profit.
        expect(minted * pooledWei <= n.feeWei * (left + minted), "fee above its part of the profit");
        expect(n.feeWei == 0 || (minted + 1) * pooledWei > n.feeWei * (left + minted + 1), "fee too small");
        // Who stays loses nothing by a report of a gain (with finalization at less than the value asked for, see the fee's tests).
        if (n.changeWei + int256(n.fromWithdrawalsWei) >= 0 && !n.finalized) {
            expect(pooledWei * ledgerShares >= ledgerWei * shares, "the rate fell on a gain");
        }
        if (n.changeWei <= int256(ledgerWei * capPpb / 1e9)) {
            expect(pooledWei * 1e9 * ledgerShares <= capped * shares, "the rate passed the cap");
        }
        uint256 operators = registry.activeKeys() == 0 ? 0 : minted * OPERATORS_BPS / 10_000;
        sharesBy[address(queue)] -= burned;
        sharesBy[TREASURY] += minted - operators;
        sharesBy[address(registry)] += operators;
        (ledgerPendingBurn, ledgerShares, ledgerWei) = (n.toBurn - burned, shares, n.pooledWei);
    }

    function _less(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
