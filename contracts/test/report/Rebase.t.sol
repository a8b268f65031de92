// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RebaseInput, RebaseMath, RebaseOutput} from "../../src/lib/RebaseMath.sol";
import {TestBase} from "../TestBase.sol";

/// @notice The rebase at its edges, and what it must satisfy for every input. That Go computes the same is tested in contracts/difftest.
contract RebaseTest is TestBase {
    function quiet() private pure returns (RebaseInput memory i) {
        (i.totalPooledWei, i.totalShares) = (1000 ether, 800 ether);
        i.bufferedWei = 100 ether;
        (i.lastClWei, i.clWei) = (900 ether, 900 ether);
        (i.maxPositiveRebasePpb, i.feeBps) = (1e6, 1000);
    }

    function compute(RebaseInput memory i) external pure returns (RebaseOutput memory) {
        return RebaseMath.compute(i);
    }

    function test_nothingHappenedMeansNothingHappens() external pure {
        RebaseOutput memory o = RebaseMath.compute(quiet());
        assertTrue(o.pooledWei == 1000 ether && o.shares == 800 ether, "as it was");
        assertEq(o.burnShares + o.feeShares + o.lockWei + o.pendingBurnShares, 0, "nothing else");
    }

    function test_aPoolOfNothingTakesAReport() external pure {
        RebaseInput memory i;
        i.maxPositiveRebasePpb = 1e6;
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (1 ether, 1 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.pooledWei + o.shares + o.fromWithdrawalsWei + o.fromRewardsWei, 0, "no share, no room");
    }

    function test_aLossMakesRoomForWhatTheVaultsHold() external pure {
        RebaseInput memory i = quiet();
        i.clWei -= 50 ether;
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (50 ether, 5 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.fromWithdrawalsWei, 50 ether, "the sweep comes whole");
        assertEq(o.fromRewardsWei, 1 ether, "then the cap");
        assertEq(o.feeWei, 0, "a sweep alone is no profit, and no fee is on the rest");
        assertEq(o.pooledWei, 1001 ether, "pooled");
    }

    function test_aGainBeyondTheCapLeavesNoRoomAndIsTaken() external pure {
        RebaseInput memory i = quiet();
        i.clWei += 2 ether;
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (5 ether, 5 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.fromWithdrawalsWei + o.fromRewardsWei, 0, "no room");
        assertEq(o.pooledWei, 1002 ether, "the consensus layer is what it is");
        assertEq(o.feeWei, 0.2 ether, "fee");
    }

    function test_oneWeiOfGainTurnsTheFeeOn() external pure {
        RebaseInput memory i = quiet();
        i.elRewardsVaultWei = 1 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0, "execution rewards alone pay no fee");
        i.withdrawalVaultWei = 1;
        assertEq(RebaseMath.compute(i).feeWei, 0.1 ether, "with a gain of one wei they do");
        i.clWei -= 1;
        assertEq(RebaseMath.compute(i).feeWei, 0, "and not when it is zero");
    }

    function test_theLastWeiCanBeLostAndNotMore() external {
        RebaseInput memory i = quiet();
        (i.bufferedWei, i.lastClWei, i.clWei) = (0, 1000 ether, 0);
        i.maxPositiveRebasePpb = 0;
        (i.demandWei, i.demandShares) = (1 ether, 1 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.pooledWei, 0, "all is lost");
        assertTrue(!o.finalized && o.burnShares == 0, "and nothing is finalized at no value");
        i.lastClWei += 1;
        vm.expectRevert(RebaseMath.NegativePool.selector);
        this.compute(i);
    }

    function test_theLockFitsToTheWei() external pure {
        RebaseInput memory i = quiet();
        (i.demandWei, i.demandShares) = (100 ether, 80 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.finalized && o.lockWei == 100 ether && o.burnShares == 80 ether, "the whole buffer");
        i.bufferedWei -= 1;
        o = RebaseMath.compute(i);
        assertTrue(!o.finalized && o.lockWei == 0 && o.burnShares == 0 && o.pooledWei == 1000 ether, "one wei short");
        i.elRewardsVaultWei = 1;
        assertTrue(RebaseMath.compute(i).finalized, "and it comes from the vault");
    }

    function test_burnsBeyondTheCapWaitAndComeLater() external pure {
        RebaseInput memory i = quiet();
        (i.demandWei, i.demandShares) = (50 ether, 80 ether); // asked for when a share was worth half
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.lockWei, 50 ether, "value at request");
        assertTrue(o.pendingBurnShares > 0 && o.burnShares + o.pendingBurnShares == 80 ether, "some wait");
        uint256 reports = 0;
        while (o.pendingBurnShares > 0) {
            (i.totalPooledWei, i.totalShares, i.bufferedWei) = (o.pooledWei, o.shares, 50 ether);
            (i.demandWei, i.demandShares, i.pendingBurnShares) = (0, 0, o.pendingBurnShares);
            uint256 before = o.pendingBurnShares;
            o = RebaseMath.compute(i);
            assertLe(o.pendingBurnShares + 1, before, "each report burns some");
            assertLe(o.pooledWei * i.totalShares * 1e9, i.totalPooledWei * o.shares * (1e9 + 1e6), "within the cap");
            ++reports;
        }
        assertEq(o.shares, 720 ether, "in the end all are burned");
        assertLe(reports, 60, "in bounded time"); // five per cent at 0.1 per cent each
    }

    function test_theFeeIsNeverMoreThanHalfOfThePool() external pure {
        RebaseInput memory i = quiet();
        (i.totalPooledWei, i.bufferedWei, i.lastClWei) = (1, 1, 0);
        i.clWei = 100 ether;
        i.feeBps = 10_000;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.feeWei, o.pooledWei / 2, "half");
        assertClose(o.feeShares, 800 ether, 100, "as many shares again");
    }

    /// @dev Amounts up to 10 million ether, of any proportion.
    function any(uint256[12] memory s) private pure returns (RebaseInput memory i) {
        uint256 most = 1e7 ether;
        i.lastDepositedWei = bound(s[0], 0, most);
        i.depositedWei = i.lastDepositedWei + bound(s[1], 0, most);
        i.lastClWei = bound(s[2], 0, most);
        i.bufferedWei = bound(s[3], 1, most);
        i.totalPooledWei = i.bufferedWei + i.lastClWei + i.depositedWei - i.lastDepositedWei;
        i.totalShares = bound(s[4], i.totalPooledWei / 2 + 1, i.totalPooledWei * 2);
        i.clWei = bound(s[5], 0, 2 * most);
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (bound(s[6], 0, most), bound(s[7], 0, most));
        (i.maxPositiveRebasePpb, i.feeBps) = (bound(s[8], 0, 1e8), bound(s[8] >> 64, 0, 5000));
        i.pendingBurnShares = bound(s[9], 0, i.totalShares / 4);
        i.demandShares = bound(s[10], 0, i.totalShares / 4);
        i.demandWei = i.demandShares == 0 ? 0 : bound(s[11], 1, most);
    }

    function testFuzz_everyWeiAndShareIsAccountedFor(uint256[12] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertLe(o.fromWithdrawalsWei, i.withdrawalVaultWei, "pulled more than reported");
        assertLe(o.fromRewardsWei, i.elRewardsVaultWei, "pulled more than reported");
        uint256 pulled = o.fromWithdrawalsWei + o.fromRewardsWei;
        uint256 buffer = i.bufferedWei + pulled;
        assertLe(o.lockWei, buffer, "the buffer carries the lock");
        assertEq(o.pooledWei, buffer - o.lockWei + i.clWei, "the buckets after it");
        assertEq(o.shares, i.totalShares - o.burnShares + o.feeShares, "shares");
        uint256 toBurn = i.pendingBurnShares + (o.finalized ? i.demandShares : 0);
        assertEq(o.burnShares + o.pendingBurnShares, toBurn, "what is not burned waits");
        assertLe(o.lockWei, i.demandWei, "never more than was asked for");
    }

    function testFuzz_theCapHoldsUnlessTheConsensusLayerAlonePassesIt(uint256[12] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        if (o.clChangeWei > int256(i.totalPooledWei * i.maxPositiveRebasePpb / 1e9)) {
            assertEq(o.fromWithdrawalsWei + o.fromRewardsWei, 0, "no room");
            return;
        }
        if (o.shares == 0) return;
        assertLe(
            o.pooledWei * i.totalShares * 1e9,
            i.totalPooledWei * o.shares * (1e9 + i.maxPositiveRebasePpb) + i.totalShares * 1e9,
            "the rate passed the cap"
        );
    }

    function testFuzz_theFeeIsOnProfitOnly(uint256[12] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        int256 gain = o.clChangeWei + int256(o.fromWithdrawalsWei);
        if (gain <= 0) {
            assertEq(o.feeShares, 0, "no profit, no fee");
        } else {
            assertLe(
                o.feeShares * o.pooledWei / (o.shares == 0 ? 1 : o.shares),
                (uint256(gain) + o.fromRewardsWei) * i.feeBps / 10_000,
                "worth no more than its part"
            );
        }
    }
}
