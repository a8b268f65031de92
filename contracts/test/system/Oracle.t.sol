// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Certificate, Judged, Report} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BeaconBlocks} from "../../src/lib/BeaconBlocks.sol";
import {BlockProofs} from "../../src/lib/BlockProofs.sol";
import {Schedules} from "../../src/lib/Schedule.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {Committee} from "./Committee.sol";

/// @notice What `submit` takes and refuses. The refusals by certificate stand in the committee's tests and in Go.
contract OracleTest is Committee {
    uint64 private refSlot;
    BlockProof private proof;
    Report private report;

    function setUp() public {
        deployAll();
        formCommittee();
        (uint64 slot, BlockProof memory p) = openFrame(0, 0);
        refSlot = slot;
        keep(proof, p);
        report = quietReport(slot, p);
    }

    /// @dev Expects the error, and that nothing moved.
    function refuse(Report memory r, BlockProof memory p, bytes memory reason) private {
        Certificate memory c = certify(r, 7);
        bytes32 before = fingerprint();
        vm.expectRevert(reason);
        oracle.submit(r, c, p);
        assertEq(fingerprint(), before, "a refused report moved state");
    }

    function test_aCertifiedReportIsApplied() external {
        assertTrue(submit(report, proof), "accepted");
        assertEq(more.lastReport().refSlot, refSlot, "last ref slot");
        assertTrue(
            oracle.isAnchor(
                ReportAnchor(
                    refSlot, proof.header.slot, proof.header.stateRoot, report.balancesRoot, oracle.digest(report)
                )
            ),
            "anchor of the report"
        );
    }

    function test_aFrameIsReportedOnce() external {
        submit(report, proof);
        refuse(report, proof, abi.encodeWithSelector(ReportOracle.AlreadyReported.selector, refSlot));
    }

    function test_anotherVersionIsRefused() external {
        report.version = 1;
        refuse(report, proof, abi.encodeWithSelector(ReportOracle.WrongVersion.selector, 1));
    }

    function test_aStaleFrameIsRefused() external {
        Report memory old = report;
        (uint64 next,) = openFrame(0, 0);
        refuse(old, proof, abi.encodeWithSelector(ReportOracle.StaleFrame.selector, refSlot, next));
    }

    function test_aFutureFrameAndASlotThatIsNoReferenceSlotAreRefused() external {
        Report memory r = report;
        r.refSlot = refSlot + FRAME_SLOTS;
        refuse(r, proof, abi.encodeWithSelector(ReportOracle.FutureFrame.selector, r.refSlot, refSlot));
        r.refSlot = refSlot + 1;
        refuse(r, proof, abi.encodeWithSelector(ReportOracle.FutureFrame.selector, r.refSlot, refSlot));
        r.refSlot = refSlot - 1;
        refuse(r, proof, abi.encodeWithSelector(ReportOracle.StaleFrame.selector, r.refSlot, refSlot));
    }

    function test_aReportBeforeFinalityIsRefused() external {
        toSlot(refSlot + FINALITY_MARGIN_SLOTS - 1);
        refuse(
            report,
            proof,
            abi.encodeWithSelector(
                ReportOracle.TooEarly.selector, refSlot + FINALITY_MARGIN_SLOTS - 1, refSlot + FINALITY_MARGIN_SLOTS
            )
        );
        toSlot(refSlot + FINALITY_MARGIN_SLOTS);
        assertTrue(submit(report, proof), "at the margin");
    }

    function test_beforeTheFirstFrameNothingIsTaken() external {
        toSlot(refSlot);
        refuse(report, proof, abi.encodeWithSelector(Schedules.BeforeFirstFrame.selector, refSlot, refSlot));
    }

    function test_aHeaderThatIsNotTheReportedBlockIsRefused() external {
        BlockProof memory p = proof;
        p.header.stateRoot ^= bytes32(uint256(1));
        refuse(
            report,
            p,
            abi.encodeWithSelector(BlockProofs.WrongHeader.selector, headerRoot(p.header), report.refBlockRoot)
        );
    }

    function test_aBlockThatEIP4788DoesNotKnowIsRefused() external {
        BlockProof memory p = proof;
        p.childSlot += 1; // missed, as far as EIP-4788 knows
        refuse(
            report,
            p,
            abi.encodeWithSelector(
                BeaconBlocks.BeaconRootUnknown.selector, GENESIS_TIME + uint256(p.childSlot) * SECONDS_PER_SLOT
            )
        );
    }

    function test_aWrongChildSlotIsRefused() external {
        uint64 other = refSlot + 20;
        uint256 back = block.timestamp;
        toSlot(other);
        vm.prank(SYSTEM);
        (bool ok,) = BEACON_ROOTS.call(abi.encode(bytes32("another parent")));
        assertTrue(ok, "beacon roots");
        vm.warp(back);
        BlockProof memory p = proof;
        p.childSlot = other;
        refuse(
            report,
            p,
            abi.encodeWithSelector(
                BlockProofs.WrongChildSlot.selector, other, bytes32("another parent"), report.refBlockRoot
            )
        );
    }

    function test_slotsOutOfOrderAreRefused() external {
        BlockProof memory p = proof;
        p.childSlot = refSlot;
        refuse(report, p, abi.encodeWithSelector(BlockProofs.WrongSlotOrder.selector, p.header.slot, refSlot, refSlot));
        p = proof;
        p.header.slot = refSlot + 1;
        refuse(
            report, p, abi.encodeWithSelector(BlockProofs.WrongSlotOrder.selector, refSlot + 1, refSlot, p.childSlot)
        );
    }

    function testFuzz_aMissedReferenceSlotIsReportedFromTheBlockBefore(uint64 missed, uint64 late) external {
        missed = uint64(bound(missed, 1, 40));
        late = uint64(bound(late, 0, 40));
        (uint64 next, BlockProof memory p) = openFrame(missed, late);
        assertTrue(submit(quietReport(next, p), p), "accepted");
    }

    function test_anotherCommitteeIsRefused() external {
        Report memory r = report;
        r.committee = keccak256("another");
        refuse(
            r,
            proof,
            abi.encodeWithSelector(CommitteeSets.UnknownCommittee.selector, r.committee, committee.digestAt(refSlot))
        );
    }

    function test_aReportOnAnotherChainIsRefused() external {
        Certificate memory c = certify(report, 7);
        vm.chainId(5);
        vm.expectRevert(CommitteeSets.CertificateInvalid.selector);
        oracle.submit(report, c, proof);
    }

    function test_aPausedOracleTakesNothingAndResumes() external {
        vm.prank(PAUSER);
        oracle.pause();
        refuse(report, proof, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.prank(RESUMER);
        oracle.unpause();
        assertTrue(submit(report, proof), "accepted");
    }

    function test_onlyTheOracleAppliesReportsAndTellsThePool() external {
        Judged memory judged;
        bytes memory denied = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), pool.ORACLE_ROLE()
        );
        bytes32 before = fingerprint();
        vm.expectRevert(denied);
        pool.applyReport(report, judged);
        vm.expectRevert(denied);
        pool.noteHeld(report, 1);
        vm.expectRevert(denied);
        more.notePaused(1);
        vm.expectRevert(denied);
        more.noteFalse(1);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.OnlyChallenge.selector, address(this)));
        oracle.markFalse(1);
        assertEq(fingerprint(), before, "moved");
    }

    function test_thePoolRefusesAReferenceSlotTooNearOrToComeFromAnyOracle() external {
        submit(report, proof);
        Judged memory judged;
        uint64 earliest = refSlot + FRAME_SLOTS / 2;
        uint64[3] memory near = [refSlot - 1, refSlot, earliest - 1];
        for (uint256 i = 0; i < 3; ++i) {
            report.refSlot = near[i];
            vm.prank(address(oracle));
            vm.expectRevert(abi.encodeWithSelector(PoolReports.ReportTooSoon.selector, near[i], earliest));
            pool.applyReport(report, judged);
        }
        report.refSlot = earliest;
        toSlot(earliest - 1);
        vm.prank(address(oracle));
        vm.expectRevert(abi.encodeWithSelector(PoolReports.RefSlotToCome.selector, earliest, earliest - 1));
        pool.applyReport(report, judged);
        toSlot(earliest);
        vm.prank(address(oracle));
        pool.applyReport(report, judged);
    }

    /// @dev A report is taken from the finality margin to the close, and not in the slots to either side; nor in the payload of the next
    /// reference block, and one slot before it and after it: that block's state would not know of it.
    function test_submissionsCloseBeforeTheNextReferenceSlot() external {
        uint256 close = refSlot + FRAME_SLOTS - CLOSE_SLOTS;
        uint64 next = refSlot + FRAME_SLOTS;
        uint256 snapshot = vm.snapshotState();
        uint256[3] memory late = [close, next - 1, next];
        for (uint256 i = 0; i < 3; ++i) {
            toSlot(late[i]);
            refuse(report, proof, abi.encodeWithSelector(ReportOracle.SubmissionsClosed.selector, late[i], close));
        }
        toSlot(next + 1);
        refuse(report, proof, abi.encodeWithSelector(ReportOracle.StaleFrame.selector, refSlot, next));
        vm.revertToState(snapshot);
        toSlot(close - 1);
        assertTrue(submit(report, proof), "the last slot");
    }

    function test_aReportThatWasComputedOnAnotherOneIsRefused() external {
        uint64 last = report.lastRefSlot;
        uint64[3] memory other = [last + 1, last + FRAME_SLOTS, uint64(1) << 40 | last];
        for (uint256 i = 0; i < 3; ++i) {
            report.lastRefSlot = other[i];
            refuse(report, proof, abi.encodeWithSelector(ReportOracle.ComputedOnAnotherReport.selector, other[i], last));
        }
    }

    function test_fieldsOfLaterRulesAreZero() external {
        bytes memory reason = abi.encodeWithSelector(ReportOracle.FieldNotInUse.selector);
        report.exitGwei = 1;
        refuse(report, proof, reason);
        (report.exitGwei, report.exitsAskedGwei) = (0, 1);
        refuse(report, proof, reason);
        (report.exitsAskedGwei, report.pendingRoot) = (0, "pending");
        refuse(report, proof, reason);
    }

    /// @dev Else ether of the consensus layer could be made to vanish, or a sum to wrap around.
    function test_firstEtherIsAPartOfTheSums() external {
        (report.clValidatorsGwei, report.clPendingGwei) = (3, 4);
        report.unprovenGwei = 8;
        refuse(report, proof, abi.encodeWithSelector(ReportOracle.UnprovenAboveSums.selector, 8, 7));
        (report.clValidatorsGwei, report.unprovenGwei) = (1e15, 128e9 + 1);
        refuse(report, proof, abi.encodeWithSelector(ReportOracle.UnprovenAboveSums.selector, 128e9 + 1, 128e9));
    }
}
