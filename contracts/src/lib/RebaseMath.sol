// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice What a rebase depends on. Wei and shares; every value fits 128 bits.
struct RebaseInput {
    /// @dev Pooled ether and shares before the report.
    uint256 totalPooledWei;
    uint256 totalShares;
    /// @dev Ether that the pool holds and has not sent to the beacon chain.
    uint256 bufferedWei;
    /// @dev Consensus-layer ether and cumulative deposits of the last report.
    uint256 lastClWei;
    uint256 lastDepositedWei;
    /// @dev The same of this report.
    uint256 clWei;
    uint256 depositedWei;
    /// @dev Reported vault balances.
    uint256 withdrawalVaultWei;
    uint256 elRewardsVaultWei;
    /// @dev Largest rise of the share rate by one report, in parts per 1e9.
    uint256 maxPositiveRebasePpb;
    /// @dev Fee on profit, in parts per 10,000.
    uint256 feeBps;
    /// @dev Ether (value at request) and shares of the requests to finalize; 0, 0 for none.
    uint256 demandWei;
    uint256 demandShares;
    /// @dev Shares of finalized requests that earlier reports had no room to burn.
    uint256 pendingBurnShares;
}

/// @notice What a rebase does.
struct RebaseOutput {
    int256 clChangeWei;
    uint256 fromWithdrawalsWei;
    uint256 fromRewardsWei;
    /// @dev Pooled ether after the change and the pulls: over `totalShares` it is the rate of the finalized batch.
    uint256 rebasedPooledWei;
    bool finalized;
    uint256 lockWei;
    uint256 burnShares;
    /// @dev Shares still to be burned by later reports.
    uint256 pendingBurnShares;
    uint256 feeWei;
    uint256 feeShares;
    /// @dev Pooled ether and shares at the end.
    uint256 pooledWei;
    uint256 shares;
}

/// @title Rebase arithmetic
/// @notice Turns a report into its effect on pooled ether and shares. `report.Rebase` in Go is the same function.
/// @dev Order: consensus-layer change, withdrawals, execution rewards, finalization and burning, fee. The cap bounds the
/// share rate; what does not fit stays in the vaults, or as shares still to be burned.
library RebaseMath {
    uint256 internal constant PPB = 1e9;
    uint256 internal constant BPS = 10_000;

    /// @notice The report would make the pool's ether negative. It cannot follow from a consistent input.
    error NegativePool();

    /// @notice Computes the effect of a report. Divisions round down unless said.
    function compute(RebaseInput memory i) internal pure returns (RebaseOutput memory o) {
        _pull(i, o);
        _finalize(i, o);
        _burn(i, o);
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

    /// @dev Consensus-layer change and what the cap lets out of the vaults.
    function _pull(RebaseInput memory i, RebaseOutput memory o) private pure {
        o.clChangeWei = int256(i.clWei) - int256(i.lastClWei + i.depositedWei - i.lastDepositedWei);
        int256 room = int256(i.totalPooledWei * i.maxPositiveRebasePpb / PPB) - o.clChangeWei;
        if (room > 0) {
            o.fromWithdrawalsWei = Math.min(i.withdrawalVaultWei, uint256(room));
            o.fromRewardsWei = Math.min(i.elRewardsVaultWei, uint256(room) - o.fromWithdrawalsWei);
        }
        int256 rebased = int256(i.totalPooledWei + o.fromWithdrawalsWei + o.fromRewardsWei) + o.clChangeWei;
        if (rebased < 0) revert NegativePool();
        o.rebasedPooledWei = uint256(rebased);
    }

    /// @dev Locks ether for the batch when the buffer can carry it; else the requests wait for the next report.
    function _finalize(RebaseInput memory i, RebaseOutput memory o) private pure {
        o.pooledWei = o.rebasedPooledWei;
        if (i.demandShares == 0 || o.rebasedPooledWei == 0) return;
        uint256 lockWei = payout(i.demandWei, i.demandShares, o.rebasedPooledWei, i.totalShares);
        if (lockWei > i.bufferedWei + o.fromWithdrawalsWei + o.fromRewardsWei) return;
        o.finalized = true;
        o.lockWei = lockWei;
        o.pooledWei = o.rebasedPooledWei - lockWei;
    }

    /// @dev Burns as many shares of finalized requests as the cap on the share rate leaves room for.
    function _burn(RebaseInput memory i, RebaseOutput memory o) private pure {
        uint256 toBurn = i.pendingBurnShares + (o.finalized ? i.demandShares : 0);
        uint256 burnable = toBurn;
        if (toBurn > 0 && i.totalPooledWei > 0) {
            uint256 minShares = Math.mulDiv(
                o.pooledWei * PPB, i.totalShares, i.totalPooledWei * (PPB + i.maxPositiveRebasePpb), Math.Rounding.Ceil
            );
            burnable = i.totalShares > minShares ? i.totalShares - minShares : 0;
        }
        o.burnShares = Math.min(toBurn, burnable);
        o.pendingBurnShares = toBurn - o.burnShares;
        o.shares = i.totalShares - o.burnShares;
    }

    /// @dev A fee is new shares worth `feeWei` after the mint. Half of the pool bounds it, so that a pool that is
    /// almost empty cannot mint without limit.
    function _fee(RebaseInput memory i, RebaseOutput memory o) private pure {
        int256 gainWei = o.clChangeWei + int256(o.fromWithdrawalsWei);
        if (gainWei <= 0) return;
        uint256 profitWei = uint256(gainWei) + o.fromRewardsWei;
        o.feeWei = Math.min(profitWei * i.feeBps / BPS, o.pooledWei / 2);
        if (o.feeWei == 0) return;
        o.feeShares = Math.mulDiv(o.feeWei, o.shares, o.pooledWei - o.feeWei);
        o.shares += o.feeShares;
    }
}
