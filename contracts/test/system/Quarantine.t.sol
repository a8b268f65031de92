// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {Certificate, Report} from "../../src/interfaces/Types.sol";
import {Limits, Sanity} from "../../src/lib/Sanity.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {SanityChecker} from "../../src/SanityChecker.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {Ground} from "./Ground.sol";

/// @notice What happens to a certified report beyond the bounds.
contract QuarantineTest is Ground {
    uint256 private constant ANNUAL_BOUND = uint256(PRINCIPAL_GWEI) * 1 gwei * 1000 * 320 * 12 / (10_000 * 365 days);

    uint256 private constant BUCKET_WEI = uint256(BUCKET_GWEI) * 1 gwei;

    function setUp() public {
        _ground(3_200 ether);
        _next();
        report.exited = 10;
        _submit();
        _next();
    }

    /// @dev Submits and expects quarantine with exactly this code, value and bound, and nothing else moved.
    function _held(uint8 code, uint256 value, uint256 limit) private {
        (uint256 pooledWei, uint256 shares) = token.totals();
        bytes32 last = keccak256(abi.encode(more.lastReport(), more.bufferedWei(), queue.lockedWei()));
        bytes32 digest = oracle.digest(report);
        uint256 until = block.timestamp + QUARANTINE_SECONDS;
        vm.expectEmit();
        emit ReportOracle.ReportQuarantined(
            refSlot, digest, code, value, limit, until, proof.header.slot, proof.header.stateRoot
        );
        _submitHeld();
        // Nobody can ever accept what contradicts the contracts: no doubt about the rate comes of it.
        assertEq(more.head().heldUntil, code > Sanity.LAST_STRUCTURAL ? until : 0, "what the pool knows of it");
        assertTrue((_flagged(HELD)) == (code > Sanity.LAST_STRUCTURAL), "by its flag too");
        (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
        assertTrue(pooledWei == pooledAfter && shares == sharesAfter, "the token moved");
        assertEq(
            keccak256(abi.encode(more.lastReport(), more.bufferedWei(), queue.lockedWei())), last, "the pool moved"
        );
        assertTrue(!oracle.isAnchor(_anchor(digest)), "a held report is no anchor");
    }

    /// @dev Held, and nobody can accept it.
    function _structural(uint8 code, uint256 value, uint256 limit) private {
        _held(code, value, limit);
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.BeyondCeiling.selector, code, value, limit));
        oracle.acceptQuarantined(report);
        _next();
        assertTrue(submit(report, proof), "the next frame goes on");
    }

    function test_code1_moreThanTheWithdrawalVaultHolds() external {
        report.withdrawalVaultWei = 1;
        _structural(Sanity.WITHDRAWAL_VAULT_ABOVE_ACTUAL, 1, 0);
    }

    function test_code2_moreThanTheRewardsVaultHolds() external {
        vm.deal(address(rewardsVault), 5);
        report.elRewardsVaultWei = 6;
        _structural(Sanity.REWARDS_VAULT_ABOVE_ACTUAL, 6, 5);
    }

    function test_code3_fewerDepositsThanTheLastReport() external {
        report.depositedWei = 3_200 ether - 1;
        _structural(Sanity.DEPOSITED_BELOW_LAST, 3_200 ether - 1, 3_200 ether);
    }

    function test_code4_moreDepositsThanThePoolMade() external {
        report.depositedWei = 3_200 ether + 1;
        _structural(Sanity.DEPOSITED_ABOVE_NOW, 3_200 ether + 1, 3_200 ether);
    }

    function test_code5_moreExitsThanValidators() external {
        report.exited = 101;
        _structural(Sanity.EXITED_ABOVE_VALIDATORS, 101, 100);
    }

    function test_code6_moreSlashedThanValidators() external {
        report.slashed = 101;
        _structural(Sanity.SLASHED_ABOVE_VALIDATORS, 101, 100);
    }

    function test_code7_fewerValidators() external {
        report.validators = 99;
        _structural(Sanity.VALIDATORS_DECREASED, 99, 100);
    }

    function test_code8_fewerExits() external {
        report.exited = 9;
        _structural(Sanity.EXITED_DECREASED, 9, 10);
    }

    function test_code9_aRequestThatIsNotThere() external {
        report.finalizeUpTo = 1;
        _structural(Sanity.FINALIZATION_BEYOND_DEMAND, 1, 0);
    }

    function test_code10_aRequestThatIsTooYoung() external {
        _request(ALICE, 1, 1 ether);
        uint256 ripeAt = block.timestamp + 1 hours;
        report.finalizeUpTo = 1;
        _structural(Sanity.FINALIZATION_TOO_YOUNG, ripeAt, GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT);
    }

    function test_code11_pendingDepositsBeyondTheBucket() external {
        report.clPendingGwei = BUCKET_GWEI + 1;
        _held(Sanity.PENDING_ABOVE_EXPECTED, BUCKET_GWEI + 1, BUCKET_GWEI);
    }

    function test_code12_validatorsFasterThanTheLimit() external {
        report.validators = 100 + 16 * 10 + 1;
        _held(Sanity.VALIDATORS_TOO_FAST, 161, 160);
    }

    function test_code13_exitsFasterThanTheLimit() external {
        report.validators = 250;
        report.exited = 10 + 160;
        submit(report, proof);
        _next();
        report.validators = 400;
        report.exited = 170 + 160 + 1;
        _held(Sanity.EXITS_TOO_FAST, 161, 160);
    }

    function test_code14_aGainBeyondTheYearlyRateAndTheBucket() external {
        uint256 limit = ANNUAL_BOUND + BUCKET_WEI;
        report.clValidatorsGwei = PRINCIPAL_GWEI + uint64(limit / 1 gwei) + 1;
        _held(Sanity.CL_GAIN_TOO_HIGH, (limit / 1 gwei + 1) * 1 gwei, limit);
    }

    function test_aGainAtTheBoundIsSane() external {
        report.clValidatorsGwei = PRINCIPAL_GWEI + uint64((ANNUAL_BOUND + BUCKET_WEI) / 1 gwei);
        _submit();
    }

    /// @dev Of the gift margin and the bucket the smaller one bounds.
    function test_aGiftMarginBelowTheBucketBoundsGainsAndPendingDeposits() external {
        Limits memory l = softLimits();
        l.giftMarginGwei = 100e9;
        vm.prank(ADMIN);
        sanity.setLimits(l);
        report.clPendingGwei = 100e9 + 1;
        _held(Sanity.PENDING_ABOVE_EXPECTED, 100e9 + 1, 100e9);
        report.clPendingGwei = 0;
        uint256 limit = ANNUAL_BOUND + 100 ether;
        report.clValidatorsGwei = PRINCIPAL_GWEI + uint64(limit / 1 gwei) + 1;
        _held(Sanity.CL_GAIN_TOO_HIGH, (limit / 1 gwei + 1) * 1 gwei, limit);
        report.clValidatorsGwei -= 1;
        _submit();
    }

    function test_code15_lossesAddUpOverReports() external {
        uint64 clGwei = PRINCIPAL_GWEI;
        for (uint256 i = 0; i < 2; ++i) {
            clGwei -= clGwei / 50; // two per cent each
            report.clValidatorsGwei = clGwei;
            _submit();
            _next();
        }
        report.clValidatorsGwei = clGwei - clGwei / 50;
        _held(Sanity.CL_LOSS_TOO_HIGH, 6_000, 5_000);
        // A real loss can always be accepted.
        _accept();
        assertEq(more.lastReport().clValidatorsGwei, report.clValidatorsGwei, "applied");
    }

    function _holdAGain() private returns (bytes32 digest) {
        report.clValidatorsGwei = PRINCIPAL_GWEI + 3_000e9;
        return _submitHeld();
    }

    function _acceptIsRefused(Report memory r, bytes memory reason) private {
        bytes32 before = fingerprint();
        vm.prank(GUARDIAN);
        vm.expectRevert(reason);
        oracle.acceptQuarantined(r);
        assertEq(fingerprint(), before, "moved");
    }

    function test_aHoldIsToldByOracleAndPool() external {
        report.clValidatorsGwei = PRINCIPAL_GWEI / 2;
        uint256 until = block.timestamp + QUARANTINE_SECONDS;
        bytes32 digest = oracle.digest(report);
        vm.expectEmit();
        emit ReportOracle.ReportQuarantined(
            refSlot, digest, Sanity.CL_LOSS_TOO_HIGH, 50_000, 5_000, until, proof.header.slot, proof.header.stateRoot
        );
        vm.expectEmit();
        // 1,601 of 3,201 ether are left.
        emit PoolReports.ReportHeld(refSlot, uint256(1_601e18) / 3_201, until);
        _submitHeld();
        assertEq(more.doubts().lowestHeldRate, uint256(1_601e18) / 3_201, "the lowest rate that was held");
        assertEq(more.doubts().since, block.timestamp, "doubt begins");
    }

    /// @dev What is held with a gain is no doubt: its rate is only told, as it would be with all of the vaults and none of the bucket.
    function test_aHeldGainIsNoDoubt() external {
        _holdAGain();
        assertEq(more.doubts().lowestHeldRate, 0, "no lower rate");
        assertEq(more.doubts().since, 0, "no doubt");
    }

    /// @dev The pool knows what it deposited. A report that says more would make of each wei a loss that nobody had.
    function test_aHeldReportIsWorthNoLessForDepositsThatItMakesUp() external {
        report.depositedWei += 100 ether;
        _submitHeld();
        assertEq(more.doubts().lowestHeldRate, 0, "no lower rate");
        assertEq(more.doubts().since, 0, "no doubt");
    }

    /// @dev The oracle of today does not tell the pool of a report with such deposits at all. Another one may.
    function test_aHeldRateGoesByTheDepositsThatThePoolMade() external {
        report.depositedWei += 100 ether;
        vm.prank(address(oracle));
        pool.noteHeld(report, uint40(block.timestamp));
        assertEq(more.doubts().lowestHeldRate, 0, "no lower rate");
        assertEq(more.doubts().since, 0, "no doubt");
    }

    function _anchor(bytes32 digest) private view returns (ReportAnchor memory) {
        return ReportAnchor(refSlot, proof.header.slot, proof.header.stateRoot, report.balancesRoot, digest);
    }

    function test_aGuardianAccepts() external {
        bytes32 digest = _holdAGain();
        vm.expectEmit();
        emit ReportOracle.QuarantineJudged(refSlot, digest, true, GUARDIAN);
        vm.expectEmit();
        emit ReportOracle.ReportAccepted(
            refSlot, digest, report.committee, proof.header.slot, proof.header.stateRoot, report.balancesRoot
        );
        _accept();
        assertEq(more.lastReport().refSlot, refSlot, "applied");
        assertTrue(oracle.isAnchor(_anchor(digest)), "anchor");
        _acceptIsRefused(report, abi.encodeWithSelector(ReportOracle.NotInQuarantine.selector, digest));
    }

    function test_aGuardianRejectsAndItCannotComeBack() external {
        bytes32 digest = _holdAGain();
        vm.expectEmit();
        emit ReportOracle.QuarantineJudged(refSlot, digest, false, GUARDIAN);
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(digest);
        _acceptIsRefused(report, abi.encodeWithSelector(ReportOracle.NotInQuarantine.selector, digest));
        bytes32 before = fingerprint();
        Certificate memory c = certify(report, 7);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.AlreadyQuarantined.selector, digest));
        oracle.submit(report, c, proof);
        assertEq(fingerprint(), before, "moved");
    }

    /// @dev Frames of an hour: a held report can be rejected for a day, and accepted until its frame's submissions close.
    function test_theTimeToJudgeEnds() external {
        bytes32 digest = _holdAGain();
        uint256 until = block.timestamp + QUARANTINE_SECONDS;
        uint256 close = refSlot + FRAME_SLOTS - CLOSE_SLOTS;
        uint256 snapshot = vm.snapshotState();
        vm.warp(until + 1);
        bytes memory lapsed = abi.encodeWithSelector(ReportOracle.QuarantineLapsed.selector, until);
        _acceptIsRefused(report, lapsed);
        vm.prank(GUARDIAN);
        vm.expectRevert(lapsed);
        oracle.rejectQuarantined(digest);

        vm.warp(until);
        uint256 current = (slotNow() - refSlot - 1) / FRAME_SLOTS * FRAME_SLOTS + refSlot;
        _acceptIsRefused(report, abi.encodeWithSelector(ReportOracle.StaleFrame.selector, refSlot, current));
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(digest);

        vm.revertToState(snapshot);
        toSlot(close);
        _acceptIsRefused(report, abi.encodeWithSelector(ReportOracle.SubmissionsClosed.selector, close, close));
        toSlot(close - 1);
        _accept();
    }

    function test_theNextFrameReplacesIt() external {
        _holdAGain();
        Report memory old = report;
        _next();
        _submit();
        _acceptIsRefused(old, abi.encodeWithSelector(ReportOracle.StaleFrame.selector, old.refSlot, refSlot));
        assertTrue(!_flagged(HELD) && more.head().heldUntil == 0, "nothing is held");
    }

    function test_aSecondHeldReportTakesThePlaceOfTheFirst() external {
        bytes32 first = _holdAGain();
        _next();
        bytes32 second = _holdAGain();
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.NotInQuarantine.selector, first));
        oracle.rejectQuarantined(first);
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(second);
    }

    function test_aGainBeyondTheCeilingIsNobodysToAccept() external {
        report.clValidatorsGwei = PRINCIPAL_GWEI + 25_000e9;
        _submitHeld();
        bytes32 before = fingerprint();
        vm.prank(GUARDIAN);
        vm.expectRevert(
            abi.encodeWithSelector(
                ReportOracle.BeyondCeiling.selector,
                Sanity.CL_GAIN_TOO_HIGH,
                25_000 ether,
                uint256(PRINCIPAL_GWEI) * 1 gwei * 5000 * 320 * 12 / (10_000 * 365 days) + 20_000 ether
            )
        );
        oracle.acceptQuarantined(report);
        assertEq(fingerprint(), before, "moved");
    }

    function test_onlyGuardiansJudgeAndNotWhilePaused() external {
        bytes32 digest = _holdAGain();
        bytes memory denied = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), oracle.GUARDIAN_ROLE()
        );
        vm.expectRevert(denied);
        oracle.acceptQuarantined(report);
        vm.expectRevert(denied);
        oracle.rejectQuarantined(digest);
        vm.prank(PAUSER);
        oracle.pause();
        vm.prank(GUARDIAN);
        vm.expectRevert(Pausable.EnforcedPause.selector);
        oracle.acceptQuarantined(report);
    }

    function test_softLimitsStayBelowTheirCeilings() external {
        Limits memory l = softLimits();
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), sanity.DEFAULT_ADMIN_ROLE()
            )
        );
        sanity.setLimits(l);
        l.annualGainBps = 5001;
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(SanityChecker.LimitAboveCeiling.selector, "annualGainBps", 5001, 5000));
        sanity.setLimits(l);
        l.annualGainBps = 5000;
        vm.prank(ADMIN);
        sanity.setLimits(l);
        assertEq(sanity.limits().annualGainBps, 5000, "set");
    }
}
