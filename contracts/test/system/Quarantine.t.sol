// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BlockProof, Certificate, Report} from "../../src/interfaces/Types.sol";
import {Limits, Sanity} from "../../src/lib/Sanity.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {SanityChecker} from "../../src/SanityChecker.sol";
import {Committee} from "./Committee.sol";

/// @notice What happens to a certified report beyond the bounds.
contract QuarantineTest is Committee {
    event ReportQuarantined(
        uint64 indexed refSlot,
        bytes32 indexed digest,
        uint8 code,
        uint256 value,
        uint256 bound,
        uint256 until,
        bytes32 stateRoot
    );

    uint64 private constant PRINCIPAL_GWEI = 3_200e9;
    uint256 private constant ANNUAL_BOUND = uint256(PRINCIPAL_GWEI) * 1 gwei * 1000 * 320 * 12 / (10_000 * 365 days);

    uint64 private refSlot;
    BlockProof private proof;
    Report private report;

    function setUp() public {
        deployAll();
        formCommittee();
        // One accepted report to stand on: 100 validators, given to the pool.
        (uint64 slot, BlockProof memory p) = openFrame(0, 0);
        Report memory first = quietReport(slot, p);
        first.validators = 100;
        first.exited = 10;
        first.clValidatorsGwei = 1_700e9;
        submit(first, p);
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(first);
        _next();
        report.clValidatorsGwei = PRINCIPAL_GWEI;
        assertTrue(!submit(report, proof), "a guardian looks at the ground");
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(report);
        _next();
    }

    function _next() private {
        (uint64 slot, BlockProof memory p) = openFrame(0, 0);
        (refSlot, proof) = (slot, p);
        report = quietReport(slot, p);
    }

    /// @dev Submits and expects quarantine with exactly this code, value and bound, and nothing else moved.
    function _held(uint8 code, uint256 value, uint256 limit) private {
        (uint256 pooledWei, uint256 shares) = token.totals();
        bytes32 last = keccak256(abi.encode(more.lastReport(), more.bufferedWei(), queue.lockedWei()));
        bytes32 digest = oracle.digest(report);
        vm.expectEmit();
        emit ReportQuarantined(
            refSlot, digest, code, value, limit, block.timestamp + QUARANTINE_SECONDS, proof.stateRoot
        );
        assertTrue(!submit(report, proof), "accepted");
        (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
        assertTrue(pooledWei == pooledAfter && shares == sharesAfter, "the token moved");
        assertEq(
            keccak256(abi.encode(more.lastReport(), more.bufferedWei(), queue.lockedWei())), last, "the pool moved"
        );
        assertTrue(
            !oracle.isAnchor(refSlot, proof.stateRoot, report.balancesRoot, digest), "a held report is no anchor"
        );
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

    function test_code4_moreDepositsThanThePoolMade() external {
        report.depositedWei = 1;
        _structural(Sanity.DEPOSITED_ABOVE_NOW, 1, 0);
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
        vm.deal(address(this), 10 ether);
        pool.deposit{value: 10 ether}(address(this), 0);
        token.approve(address(queue), 1 ether);
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1 ether;
        queue.request(amounts, address(this));
        uint256 ripeAt = block.timestamp + 1 hours;
        report.finalizeUpTo = 1;
        _structural(Sanity.FINALIZATION_TOO_YOUNG, ripeAt, GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT);
    }

    function test_code11_pendingDepositsBeyondTheGiftMargin() external {
        report.clPendingGwei = 2_000e9 + 1;
        _held(Sanity.PENDING_ABOVE_EXPECTED, 2_000e9 + 1, 2_000e9);
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

    function test_code14_aGainBeyondTheYearlyRateAndTheGiftMargin() external {
        uint256 limit = ANNUAL_BOUND + 2_000 ether;
        report.clValidatorsGwei = PRINCIPAL_GWEI + uint64(limit / 1 gwei) + 1;
        _held(Sanity.CL_GAIN_TOO_HIGH, (limit / 1 gwei + 1) * 1 gwei, limit);
    }

    function test_aGainAtTheBoundIsSane() external {
        report.clValidatorsGwei = PRINCIPAL_GWEI + uint64((ANNUAL_BOUND + 2_000 ether) / 1 gwei);
        assertTrue(submit(report, proof), "accepted");
    }

    function test_code15_lossesAddUpOverReports() external {
        uint64 clGwei = PRINCIPAL_GWEI;
        for (uint256 i = 0; i < 2; ++i) {
            clGwei -= clGwei / 50; // two per cent each
            report.clValidatorsGwei = clGwei;
            assertTrue(submit(report, proof), "two losses of two per cent");
            _next();
        }
        report.clValidatorsGwei = clGwei - clGwei / 50;
        _held(Sanity.CL_LOSS_TOO_HIGH, 6_000, 5_000);
        // A real loss can always be accepted.
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(report);
        assertEq(more.lastReport().clValidatorsGwei, report.clValidatorsGwei, "applied");
    }

    function _holdAGain() private returns (bytes32 digest) {
        report.clValidatorsGwei = PRINCIPAL_GWEI + 3_000e9;
        assertTrue(!submit(report, proof), "held");
        return oracle.digest(report);
    }

    function test_aGuardianAccepts() external {
        bytes32 digest = _holdAGain();
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(report);
        assertEq(more.lastReport().refSlot, refSlot, "applied");
        assertTrue(oracle.isAnchor(refSlot, proof.stateRoot, report.balancesRoot, digest), "anchor");
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.NotInQuarantine.selector, digest));
        oracle.acceptQuarantined(report);
    }

    function test_aGuardianRejectsAndItCannotComeBack() external {
        bytes32 digest = _holdAGain();
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(digest);
        bytes32 before = fingerprint();
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.NotInQuarantine.selector, digest));
        oracle.acceptQuarantined(report);
        Certificate memory c = certify(report, 7);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.AlreadyQuarantined.selector, digest));
        oracle.submit(report, c, proof);
        assertEq(fingerprint(), before, "moved");
    }

    function test_theTimeToJudgeEnds() external {
        bytes32 digest = _holdAGain();
        uint256 until = block.timestamp + QUARANTINE_SECONDS;
        vm.warp(until + 1);
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.QuarantineLapsed.selector, until));
        oracle.acceptQuarantined(report);
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.QuarantineLapsed.selector, until));
        oracle.rejectQuarantined(digest);
        vm.warp(until);
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(report);
    }

    function test_theNextFrameReplacesIt() external {
        _holdAGain();
        Report memory old = report;
        _next();
        assertTrue(submit(report, proof), "sane");
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.AlreadyReported.selector, refSlot));
        oracle.acceptQuarantined(old);
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
        submit(report, proof);
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
        vm.expectRevert();
        sanity.setLimits(l); // only the admin
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
