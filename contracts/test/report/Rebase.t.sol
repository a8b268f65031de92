// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Batch} from "../../src/interfaces/Types.sol";
import {RebaseInput, RebaseMath, RebaseOutput, Skip} from "../../src/lib/RebaseMath.sol";
import {TestBase} from "../TestBase.sol";

/// @notice The rebase at its edges, and what it must satisfy for every input. That Go computes the same is tested in contracts/difftest.
contract RebaseTest is TestBase {
    uint256 private constant YEAR = 365 days;

    /// @dev 1,000 ether at 1.25 a share; a tenth of a per cent of rise and 5 ether of bucket; nothing happened.
    function quiet() private pure returns (RebaseInput memory i) {
        (i.totalPooledWei, i.totalShares) = (1000 ether, 800 ether);
        (i.bufferedWei, i.bookedWei) = (100 ether, 1000 ether);
        (i.lastClWei, i.clWei) = (900 ether, 900 ether);
        (i.elapsedSeconds, i.maxRiseBps) = (YEAR / 100, 1000);
        (i.bucketWei, i.noisePcm, i.normalRewardBps, i.feeBps) = (5 ether, 20, 300, 1000);
    }

    /// @dev One request for its worth.
    function ask(RebaseInput memory i, uint256 valueWei, uint256 shares) private pure {
        i.batch = Batch(valueWei, shares, valueWei, shares, valueWei, shares, false);
    }

    function compute(RebaseInput memory i) external pure returns (RebaseOutput memory) {
        return RebaseMath.compute(i);
    }

    function test_nothingHappenedMeansNothingHappens() external pure {
        RebaseOutput memory o = RebaseMath.compute(quiet());
        assertTrue(o.pooledWei == 1000 ether && o.shares == 800 ether && o.bookedWei == 1000 ether, "as it was");
        assertEq(o.burnShares + o.feeShares + o.lockWei + o.bucketUsedWei + o.lostWei, 0, "nothing else");
    }

    function test_aPoolOfNothingTakesAReport() external pure {
        RebaseInput memory i;
        i.maxRiseBps = 1000;
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (1 ether, 1 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.pooledWei + o.shares + o.fromWithdrawalsWei + o.fromRewardsWei, 0, "no share, no room");
    }

    function test_theRateRisesByTimeThenByTheBucketAndNoFurther() external pure {
        RebaseInput memory i = quiet();
        i.elRewardsVaultWei = 20 ether;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.fromRewardsWei, 6 ether, "one ether of time, five of bucket");
        assertEq(o.bucketUsedWei, 5 ether, "the bucket is empty");
        assertEq(o.pooledWei, 1006 ether, "the bound");
        (i.elapsedSeconds, i.bucketWei) = (YEAR, 0);
        assertEq(RebaseMath.compute(i).pooledWei, 1020 ether, "in a year all of it");
        assertEq(RebaseMath.compute(i).bucketUsedWei, 0, "by time alone");
    }

    function test_aSweepComesHomeWhole() external pure {
        RebaseInput memory i = quiet();
        i.clWei -= 50 ether;
        i.withdrawalVaultWei = 50 ether;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.fromWithdrawalsWei, 50 ether, "whole");
        assertTrue(o.pooledWei == 1000 ether && o.feeWei == 0 && o.lostWei == 0, "no gain, no loss");
    }

    function test_aGainBeyondTheBoundIsBookedAndRecognisedLater() external pure {
        RebaseInput memory i = quiet();
        i.clWei += 100 ether;
        i.elRewardsVaultWei = 3 ether;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.fromRewardsWei, 0, "no room for more");
        assertEq(o.pooledWei, 1006 ether, "the bound");
        assertEq(o.bookedWei, 1100 ether, "what is certified is booked");
        // The next report says the same: it is let in as time passes, and no report lowers the rate by the bound.
        (i.totalPooledWei, i.totalShares, i.bookedWei) = (o.pooledWei, o.shares, o.bookedWei);
        (i.lastClWei, i.bucketWei, i.elapsedSeconds) = (i.clWei, 0, 0);
        assertEq(RebaseMath.compute(i).pooledWei, 1006 ether, "at once nothing");
        i.elapsedSeconds = YEAR / 2;
        assertEq(RebaseMath.compute(i).pooledWei, 1006 ether * 105 / 100, "in half a year five per cent");
    }

    function test_aLossThatDueCarriesIsSeen() external pure {
        RebaseInput memory i = quiet();
        (i.bookedWei, i.bufferedWei) = (1050 ether, 150 ether);
        i.clWei -= 30 ether;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.pooledWei, 1006 ether, "holders lose nothing");
        assertTrue(o.lostWei == 30 ether && o.beyondNoise, "but deposits would get it cheaper: the loss is seen");
    }

    /// @dev Ether that is swept while a loss is unconfirmed comes back as well.
    function test_anUnconfirmedLossComesBackAlsoByTheVault() external pure {
        RebaseInput memory i = quiet();
        (i.unconfirmedWei, i.bucketWei, i.elapsedSeconds) = (50 ether, 0, 0);
        (i.clWei, i.withdrawalVaultWei) = (550 ether, 400 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.regainedWei == 50 ether && o.pooledWei == 1050 ether, "whole");
    }

    function test_noiseEndsToTheWei() external pure {
        RebaseInput memory i = quiet();
        i.clWei -= 0.2 ether; // 20 hundred-thousandths
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.lostWei == 0.2 ether && !o.beyondNoise, "noise");
        i.clWei -= 1;
        o = RebaseMath.compute(i);
        assertTrue(o.lostWei == 0.2 ether + 1 && o.beyondNoise, "more");
        assertEq(o.pooledWei, 1000 ether - 0.2 ether - 1, "applied at once");
    }

    function test_anUnconfirmedLossComesBackUpToItselfPastTheBound() external pure {
        RebaseInput memory i = quiet();
        (i.unconfirmedWei, i.bucketWei, i.elapsedSeconds) = (50 ether, 0, 0);
        i.clWei += 60 ether;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.regainedWei == 50 ether && o.pooledWei == 1050 ether, "what was lost, at once");
        assertEq(o.feeWei, 0, "without a fee");
        assertEq(o.bookedWei, 1060 ether, "the rest by time");
        i.clWei = 920 ether;
        o = RebaseMath.compute(i);
        assertTrue(o.regainedWei == 20 ether && o.pooledWei == 1020 ether, "a part");
        (i.clWei, i.elRewardsVaultWei) = (900 ether, 10 ether);
        o = RebaseMath.compute(i);
        assertTrue(o.regainedWei == 0 && o.fromRewardsWei == 0, "rewards are none of it");
    }

    function test_aReportWithALossBeyondNoiseFinalizesNothingButTheFourthInARow() external pure {
        RebaseInput memory i = quiet();
        i.clWei -= 50 ether;
        ask(i, 10 ether, 8 ether);
        for (i.lossesInRow = 0; i.lossesInRow < 3; ++i.lossesInRow) {
            RebaseOutput memory o = RebaseMath.compute(i);
            assertTrue(o.skip == Skip.Loss && !o.finalized && o.lockWei + o.burnShares == 0, "waits");
        }
        assertTrue(RebaseMath.compute(i).finalized, "not for ever");
        (i.lossesInRow, i.clWei) = (0, 899.9 ether);
        assertTrue(RebaseMath.compute(i).finalized, "noise is no reason");
    }

    function test_theLastWeiCanBeLostAndNotMore() external {
        RebaseInput memory i = quiet();
        (i.bufferedWei, i.lastClWei, i.clWei, i.lossesInRow) = (0, 1000 ether, 0, 3);
        (i.maxRiseBps, i.bucketWei) = (0, 0);
        ask(i, 1 ether, 1 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.pooledWei, 0, "all is lost");
        assertTrue(o.skip == Skip.Empty && !o.finalized && o.burnShares == 0, "and nothing is finalized at no value");
        i.lastClWei += 1;
        vm.expectRevert(RebaseMath.NegativePool.selector);
        this.compute(i);
    }

    function test_theLockFitsToTheWei() external pure {
        RebaseInput memory i = quiet();
        ask(i, 100 ether, 80 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.finalized && o.lockWei == 100 ether && o.burnShares == 80 ether, "the whole buffer");
        i.bufferedWei -= 1;
        o = RebaseMath.compute(i);
        assertTrue(o.skip == Skip.Buffer && !o.finalized && o.pooledWei == 1000 ether, "one wei short");
        i.elRewardsVaultWei = 1;
        assertTrue(RebaseMath.compute(i).finalized, "and it comes from the vault");
    }

    function test_aBatchSpansNoFallAndMixesNothing() external pure {
        RebaseInput memory i = quiet(); // 1.25 a share
        i.batch = Batch(22 ether, 20 ether, 10 ether, 10 ether, 12.5 ether, 10 ether, false);
        assertTrue(RebaseMath.compute(i).finalized, "all are paid their value");
        i.batch.lastWei += 1;
        assertTrue(RebaseMath.compute(i).skip == Skip.Mixed, "one is paid its value, one its shares");
        i.batch.firstWei = 12.5 ether;
        assertTrue(RebaseMath.compute(i).skip == Skip.Mixed, "as much as its shares is its value");
        i.batch.firstWei += 1;
        assertTrue(RebaseMath.compute(i).finalized, "all are paid their shares");
        i.batch.spansFall = true;
        assertTrue(RebaseMath.compute(i).skip == Skip.SpansFall, "from before and after a fall");
    }

    /// @dev Asked for when a share was worth half: what such requests leave behind raises the rate as far as the bound lets it.
    function test_whatRequestsLeaveBehindIsLetInByTheBound() external pure {
        RebaseInput memory i = quiet();
        ask(i, 50 ether, 80 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.lockWei == 50 ether && o.burnShares == 80 ether, "value at request, all shares burned");
        assertEq(o.pooledWei, uint256(1006 ether) * 720 / 800, "the bound, of the shares that stay");
        assertEq(o.bookedWei, 950 ether, "the rest is booked");
        assertEq(o.bucketUsedWei, uint256(5 ether) * 720 / 800, "as much of the bucket");
    }

    function test_theFeeIsOnTheNormalRewardAndOnExecutionRewards() external pure {
        RebaseInput memory i = quiet();
        i.clWei += 0.1 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0.01 ether, "a tenth of what was earned");
        i.clWei += 0.17 ether; // 900 ether * 3 % / 100
        assertEq(RebaseMath.compute(i).feeWei, 0.027 ether, "at the normal reward");
        i.clWei += 3 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0.027 ether, "more pays none");
        i.elRewardsVaultWei = 1 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0.127 ether, "execution rewards do");
        i.clWei = 899.9 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0.09 ether, "less what was lost");
        i.clWei = 899 ether;
        assertEq(RebaseMath.compute(i).feeWei, 0, "no profit, no fee");
    }

    /// @dev What was left in the vault was there before: pulled now, it is no gain.
    function test_whatStayedInTheVaultPaysNoFee() external pure {
        RebaseInput memory i = quiet();
        (i.lastVaultLeftWei, i.withdrawalVaultWei) = (2 ether, 2 ether);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertTrue(o.fromWithdrawalsWei == 2 ether && o.feeWei == 0, "no fee");
        i.withdrawalVaultWei += 0.1 ether; // a skimmed reward
        assertEq(RebaseMath.compute(i).feeWei, 0.01 ether, "a reward in the vault does");
    }

    function test_theFeeNeverLowersTheRateAndIsNeverMoreThanHalf() external pure {
        RebaseInput memory i = quiet();
        (i.totalPooledWei, i.bookedWei, i.bufferedWei, i.lastClWei) = (1, 1, 1, 0);
        (i.clWei, i.bucketWei, i.elRewardsVaultWei) = (0, 100 ether, 100 ether);
        i.feeBps = 10_000;
        RebaseOutput memory o = RebaseMath.compute(i);
        assertEq(o.feeWei, o.pooledWei / 2, "half");
        assertClose(o.feeShares, 800 ether, 100, "as many shares again");
        i = quiet();
        (i.elRewardsVaultWei, i.feeBps, i.clWei) = (2 ether, 10_000, 899 ether);
        o = RebaseMath.compute(i);
        assertEq(o.feeWei, 1 ether, "all that was gained");
        assertLe(i.totalPooledWei * o.shares, o.pooledWei * i.totalShares + o.shares, "and the rate stays");
    }

    /// @dev Amounts up to 10 million ether, of any proportion.
    function any(uint256[16] memory s) private pure returns (RebaseInput memory i) {
        uint256 most = 1e7 ether;
        i.lastDepositedWei = bound(s[0], 0, most);
        i.depositedWei = i.lastDepositedWei + bound(s[1], 0, most);
        i.lastClWei = bound(s[2], 0, most);
        i.bufferedWei = bound(s[3], 1, most);
        i.bookedWei = i.bufferedWei + i.lastClWei + i.depositedWei - i.lastDepositedWei;
        i.totalPooledWei = bound(s[12], 1, i.bookedWei);
        if (s[12] & 3 != 0) i.totalPooledWei = i.bookedWei;
        i.totalShares = bound(s[4], i.totalPooledWei / 2 + 1, i.totalPooledWei * 2);
        i.clWei = bound(s[5], 0, 2 * most);
        if (s[5] & 1 == 0) i.clWei = bound(s[5], i.lastClWei * 99 / 100, i.lastClWei * 101 / 100);
        (i.withdrawalVaultWei, i.elRewardsVaultWei) = (bound(s[6], 0, most), bound(s[7], 0, most));
        (i.maxRiseBps, i.feeBps, i.normalRewardBps) = (bound(s[8], 0, 1e6), bound(s[8] >> 64, 0, 5000), s[8] >> 200);
        i.normalRewardBps %= 1e5;
        (i.elapsedSeconds, i.bucketWei) = (bound(s[9], 0, YEAR), bound(s[9] >> 128, 0, most / 100));
        (i.unconfirmedWei, i.lossesInRow) = (bound(s[13], 0, most / 10), s[13] >> 253);
        i.noisePcm = bound(s[14], 0, 1000);
        i.lastVaultLeftWei = bound(s[15], 0, most / 10);
        uint256 demandShares = bound(s[10], 0, i.totalShares / 4);
        if (demandShares > 0) ask(i, bound(s[11], 1, most), demandShares);
    }

    function testFuzz_everyWeiAndShareIsAccountedFor(uint256[16] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        assertLe(o.fromWithdrawalsWei, i.withdrawalVaultWei, "pulled more than reported");
        assertLe(o.fromRewardsWei, i.elRewardsVaultWei, "pulled more than reported");
        uint256 buffer = i.bufferedWei + o.fromWithdrawalsWei + o.fromRewardsWei;
        assertLe(o.lockWei, buffer, "the buffer carries the lock");
        assertEq(o.bookedWei, buffer - o.lockWei + i.clWei, "the buckets after it");
        assertLe(o.pooledWei, o.bookedWei, "what is recognised is booked");
        assertEq(o.shares, i.totalShares - o.burnShares + o.feeShares, "shares");
        assertEq(o.burnShares, o.finalized ? i.batch.demandShares : 0, "shares of what is finalized");
        assertLe(o.lockWei, i.batch.demandWei, "never more than was asked for");
        assertTrue(i.batch.demandShares == 0 || o.finalized == (o.skip == Skip.None), "or the reason");
    }

    function testFuzz_theRateNeverPassesTheBoundAndFallsByLossesOnly(uint256[16] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        uint256 freeWei =
            i.totalPooledWei + i.totalPooledWei * i.maxRiseBps * i.elapsedSeconds / (10_000 * YEAR) + o.regainedWei;
        assertLe(o.regainedWei, i.unconfirmedWei, "no more comes back than was lost");
        assertLe(o.bucketUsedWei, i.bucketWei, "no more than the bucket has");
        uint256 left = i.totalShares - o.burnShares;
        assertLe(o.pooledWei * i.totalShares, freeWei * left + (o.bucketUsedWei + 1) * i.totalShares, "bound");
        if (o.lostWei == 0) {
            assertLe(i.totalPooledWei * o.shares, o.pooledWei * i.totalShares + i.totalShares + o.shares, "fell");
        } else {
            assertLe(i.totalPooledWei, o.rebasedPooledWei + o.lostWei, "lost");
        }
    }

    /// @dev Splitting a time into two reports lets no more in than one report over all of it, but for what compounds.
    function testFuzz_twoReportsLetInNoMoreThanOne(uint256 pooledWei, uint256 first, uint256 second, uint256 wait)
        external
        pure
    {
        RebaseInput memory i = quiet();
        i.totalPooledWei = i.bookedWei = bound(pooledWei, 1 ether, 1e25);
        i.lastClWei = i.clWei = 0;
        i.elRewardsVaultWei = 1e27;
        i.bucketWei = 0;
        (first, second) = (bound(first, 0, YEAR), bound(second, 0, YEAR));
        i.feeBps = bound(wait, 0, 1);
        i.elapsedSeconds = first + second;
        uint256 once = RebaseMath.compute(i).pooledWei;
        i.elapsedSeconds = first;
        RebaseOutput memory o = RebaseMath.compute(i);
        (i.totalPooledWei, i.bookedWei, i.elapsedSeconds) = (o.pooledWei, o.bookedWei, second);
        uint256 twice = RebaseMath.compute(i).pooledWei;
        assertLe(once, twice + 2, "no less");
        assertLe(twice, once + once / 100 * 1, "a per cent of a per cent compounds"); // 10 % of 10 %
    }

    function testFuzz_theFeeIsOnProfitOnly(uint256[16] memory s) external pure {
        RebaseInput memory i = any(s);
        RebaseOutput memory o = RebaseMath.compute(i);
        int256 gain = int256(i.clWei + i.withdrawalVaultWei)
            - int256(i.lastClWei + i.depositedWei - i.lastDepositedWei + i.lastVaultLeftWei);
        int256 profit = gain - int256(o.regainedWei) + int256(o.fromRewardsWei);
        if (profit <= 0) {
            assertEq(o.feeShares, 0, "no profit, no fee");
        } else {
            assertLe(o.feeWei, uint256(profit) * i.feeBps / 10_000, "its part");
            uint256 normal = i.lastClWei * i.normalRewardBps * i.elapsedSeconds / (10_000 * YEAR);
            assertLe(o.feeWei, (normal + o.fromRewardsWei) * i.feeBps / 10_000, "of the normal reward at most");
        }
    }
}
