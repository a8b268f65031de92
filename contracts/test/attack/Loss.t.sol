// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Skip} from "../../src/lib/RebaseMath.sol";
import {Sanity} from "../../src/lib/Sanity.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Ground} from "../system/Ground.sol";

/// @notice A wrong loss passes at once, so that a true one does. The next report takes it back or confirms it; until then nobody buys or leaves at it.
contract LossTest is Ground {
    uint64 private constant LOST_GWEI = 144e9; // four and a half per cent
    uint64 private constant LOW_GWEI = PRINCIPAL_GWEI - LOST_GWEI;
    uint256 private constant POOLED_WEI = 7_201 ether;

    function setUp() public {
        _ground(7_200 ether);
    }

    function _lose() private {
        _nextWith(LOW_GWEI);
        vm.expectEmit();
        emit PoolReports.LossUnconfirmed(refSlot, LOST_GWEI);
        _submit();
        assertTrue(_flagged(UNCONFIRMED), "unconfirmed");
        assertEq(more.lastReport().unconfirmedGwei, LOST_GWEI, "one number");
    }

    function _pooled(uint256 weiAmount, string memory what) private view {
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, weiAmount, what);
    }

    function _finalized(uint64 upTo, string memory what) private view {
        (, uint64 finalized) = queue.bounds();
        assertEq(finalized, upTo, what);
    }

    // ------------------------------------------------------------------------------------------- taken back

    /// @dev Frozen at the low rate for 518 frames Mallory's 100,000 ether would have gained 3,913, and Alice would have lost them.
    function test_3_aWrongLossIsTakenBackAtOnceAndWhole() external {
        uint256 rate = _rate();
        (, uint256 shares) = token.totals();
        _lose();
        _pooled(POOLED_WEI - 144 ether, "the loss is applied");
        _depositsAreClosed(UNCONFIRMED);

        _nextWith(PRINCIPAL_GWEI);
        vm.expectEmit();
        emit PoolReports.LossEnded(refSlot, LOST_GWEI, 0);
        _submit();
        _pooled(POOLED_WEI, "all of it is back");
        assertEq(_rate(), rate, "and nothing more");
        (, uint256 sharesAfter) = token.totals();
        assertEq(sharesAfter, shares, "what came back pays no fee");
        assertEq(more.head().bucketGwei, BUCKET_GWEI, "nor does it use the bucket");
        assertEq(more.head().flags & ~LOSSES, CLEAR, "no doubt is left");
        assertEq(more.lastReport().unconfirmedGwei + more.lastReport().confirmedGwei, 0, "once");
        assertEq(more.doubts().since, 0, "doubt ends");
        _deposit(MALLORY, 90_000 ether);
        assertLe(token.balanceOf(MALLORY), 90_000 ether, "at the true rate");
    }

    /// @dev Half comes back, the other half is confirmed by that.
    function test_3_whatDoesNotComeBackAtOnceIsConfirmed() external {
        _lose();
        _nextWith(LOW_GWEI + 72e9);
        vm.expectEmit();
        emit PoolReports.LossEnded(refSlot, 72e9, 72e9);
        _submit();
        assertEq(more.lastReport().confirmedGwei, 72e9, "confirmed");
        assertEq(more.head().flags & ~LOSSES, CLEAR, "no doubt is left");
        _pooled(POOLED_WEI - 72 ether, "half");
    }

    function test_3_theSecondReportConfirmsAndDepositsGoOn() external {
        _lose();
        _nextWith(LOW_GWEI);
        vm.expectEmit();
        emit PoolReports.LossEnded(refSlot, 0, LOST_GWEI);
        _submit();
        assertEq(more.head().flags & ~LOSSES, CLEAR, "no doubt is left");
        assertEq(more.lastReport().confirmedGwei, LOST_GWEI, "confirmed");
        _deposit(MALLORY, 1 ether);
        _pooled(POOLED_WEI - 143 ether, "at the rate of the loss");
    }

    /// @dev A gain one gwei beyond what was lost and the year gives takes of the bucket, and of it only.
    function test_3_moreThanWasLostIsAGainLikeAnyOther() external {
        _lose();
        _nextWith(PRINCIPAL_GWEI + BUCKET_GWEI + 1e9);
        _submitHeld();
        report.clValidatorsGwei = PRINCIPAL_GWEI + BUCKET_GWEI;
        _submit();
        assertLe(more.head().bucketGwei, 1e9, "the bucket is empty but for what the year gave");
        _pooled(POOLED_WEI + uint256(BUCKET_GWEI) * 1 gwei, "and the loss is back too");
    }

    // ------------------------------------------------------------------------------------------- requests

    /// @dev Without the rule a fall by 144 ether and back would move 60 of 3,000 waiting ether to who stayed, unseen.
    function test_3_aReportThatLosesBeyondNoiseFinalizesNothing() external {
        uint64 id = _request(ALICE, 3, 1_000 ether);
        _next();
        _submit(); // they ripen
        _nextWith(LOW_GWEI);
        report.finalizeUpTo = id;
        vm.expectEmit();
        emit PoolReports.FinalizationSkipped(id, Skip.Loss, 3_000 ether, 4_001 ether);
        _submit();
        _finalized(0, "it waits");
        _nextWith(PRINCIPAL_GWEI);
        report.finalizeUpTo = id;
        _submit();
        for (uint64 i = 1; i <= id; ++i) {
            assertEq(queue.payoutOf(i), 1_000 ether, "whole");
        }
    }

    function test_3_aRequestInDoubtIsValuedAtTheRateBeforeAndPaidTheLower() external {
        uint256 rate = _rate();
        _lose();
        uint64 id = _request(ALICE, 1, 100 ether);
        (uint256 valueWei, uint256 shares,,,) = queue.requestOf(id);
        assertClose(valueWei, shares * rate / 1e18, 1, "the rate before");
        assertTrue(valueWei > 102 ether, "is more than what it is worth now");
        uint256 snapshot = vm.snapshotState();

        // The loss was wrong.
        _nextWith(PRINCIPAL_GWEI);
        _submit();
        _next();
        report.finalizeUpTo = id;
        _submit();
        assertEq(queue.payoutOf(id), shares, "at the rate before, which is one");

        // The loss was true.
        vm.revertToState(snapshot);
        _nextWith(LOW_GWEI);
        _submit();
        _next();
        report.finalizeUpTo = id;
        _submit();
        assertClose(queue.payoutOf(id), 100 ether, 2, "with the loss");
    }

    /// @dev A committee that lowers the rate for ever stops nobody for longer than three frames.
    function test_3_theFourthLossInARowFinalizes() external {
        uint64 id = _request(ALICE, 1, 1_000 ether);
        _next();
        _submit();
        uint64 clGwei = PRINCIPAL_GWEI;
        for (uint256 i = 0; i < 3; ++i) {
            clGwei -= 32e9;
            _nextWith(clGwei);
            report.finalizeUpTo = id;
            vm.expectEmit();
            emit PoolReports.FinalizationSkipped(id, Skip.Loss, 1_000 ether, 4_001 ether);
            _submit();
            assertEq(more.doubts().lossesInRow, i + 1, "in a row");
        }
        _nextWith(clGwei - 32e9);
        report.finalizeUpTo = id;
        _submit();
        _finalized(id, "finalized");
        assertClose(queue.payoutOf(id), uint256(1_000 ether) * (7_201 - 128) / 7_201, 1, "with all four losses");
        _nextWith(clGwei - 32e9);
        _submit();
        assertEq(more.doubts().lossesInRow, 0, "the row ends");
    }

    // ------------------------------------------------------------------------------------------- guardians

    /// @dev The most that a guardian accepts of a gain, without the confirmed losses, on `clGwei`.
    function _ceiling(uint64 clGwei) private pure returns (uint256) {
        return uint256(clGwei) * 1 gwei * 5_000 * FRAME_SECONDS / (10_000 * 365 days) + 20_000 ether;
    }

    function _acceptIsRefused(uint256 gainWei, uint256 boundWei) private {
        vm.prank(GUARDIAN);
        vm.expectRevert(
            abi.encodeWithSelector(ReportOracle.BeyondCeiling.selector, Sanity.CL_GAIN_TOO_HIGH, gainWei, boundWei)
        );
        oracle.acceptQuarantined(report);
    }

    function _confirmALoss() private {
        _lose();
        _nextWith(LOW_GWEI);
        _submit();
    }

    function test_3_confirmedLossesWidenTheGuardiansCeilingEachWeiOnce() external {
        _confirmALoss();
        uint256 boundWei = _ceiling(LOW_GWEI) + 144 ether;
        uint64 gainGwei = uint64(boundWei / 1 gwei);
        _nextWith(LOW_GWEI + gainGwei + 1);
        _submitHeld();
        _acceptIsRefused((uint256(gainGwei) + 1) * 1 gwei, boundWei);
        report.clValidatorsGwei -= 1;
        _submitHeld();
        _accept();
        assertEq(more.lastReport().confirmedGwei, 0, "used up");

        uint64 clGwei = LOW_GWEI + gainGwei;
        boundWei = _ceiling(clGwei);
        gainGwei = uint64(boundWei / 1 gwei);
        _nextWith(clGwei + gainGwei + 1);
        _submitHeld();
        _acceptIsRefused((uint256(gainGwei) + 1) * 1 gwei, boundWei);
    }

    function test_3_ofConfirmedLossesOnlyWhatIsUsedIsGone() external {
        _confirmALoss();
        uint64 gainGwei = uint64(_ceiling(LOW_GWEI) / 1 gwei) + 100e9;
        _nextWith(LOW_GWEI + gainGwei);
        _submitHeld();
        _accept();
        // The bound is no whole number of gwei: one more is used.
        assertClose(more.lastReport().confirmedGwei, 44e9, 1, "the rest of 144");
    }

    function test_3_confirmedLossesAreForgottenAfterSixteenReports() external {
        _confirmALoss();
        for (uint256 i = 0; i < 15; ++i) {
            assertEq(more.lastReport().confirmedGwei, LOST_GWEI, "remembered");
            _next();
            _submit();
        }
        assertEq(more.lastReport().confirmedGwei, LOST_GWEI, "for the sixteenth report after it");
        _next();
        _submit();
        assertEq(more.lastReport().confirmedGwei, 0, "forgotten");
    }

    // ------------------------------------------------------------------------------------------- the window

    function test_14_aTinyLossAfterAnAcceptedLargeOneIsNotHeld() external {
        _nextWith(PRINCIPAL_GWEI - 320e9);
        _submitHeld();
        _accept();
        for (uint256 i = 0; i < 16; ++i) {
            _nextWith(more.lastReport().clValidatorsGwei - 1);
            _submit();
        }
    }

    /// @dev A loss that came back keeps its lane: half a dozen wrong losses in a row are looked at.
    function test_14_aLossThatCameBackStillCounts() external {
        _lose();
        _nextWith(PRINCIPAL_GWEI);
        _submit();
        _nextWith(LOW_GWEI);
        _submitHeld();
    }

    function test_3_noiseIsNoDoubt() external {
        // Twenty hundred-thousandths of 7,201 ether, and a gwei more.
        uint64 noiseGwei = uint64(uint256(7_201e9) * NOISE_PCM / 100_000);
        _nextWith(PRINCIPAL_GWEI - noiseGwei);
        _submit();
        assertEq(more.head().flags & ~LOSSES, CLEAR, "noise");
        (uint256 pooledWei,) = token.totals();
        noiseGwei = uint64(pooledWei * NOISE_PCM / 100_000 / 1 gwei) + 1;
        _nextWith(more.lastReport().clValidatorsGwei - noiseGwei);
        _submit();
        assertTrue(_flagged(UNCONFIRMED), "more than noise");
    }

    /// @dev The count of losses in a row has eight bits. What comes behind 255 is counted no further, and stops no report.
    function test_moreThan255LossesInARowStopNoReport() external {
        uint64 clGwei = PRINCIPAL_GWEI;
        for (uint256 i = 0; i < 257; ++i) {
            clGwei -= 2e9;
            _nextWith(clGwei);
            if (!submit(report, proof)) _accept();
        }
        assertEq(more.lastReport().clValidatorsGwei, clGwei, "the last one is applied");
        assertTrue(_flagged(UNCONFIRMED), "each was beyond noise");
    }
}
