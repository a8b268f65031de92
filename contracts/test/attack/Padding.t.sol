// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BalanceChallenge} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {SumPath} from "../../src/lib/BalanceTree.sol";
import {Sanity} from "../../src/lib/Sanity.sol";
import {TimedPause} from "../../src/lib/TimedPause.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Liar} from "./Liar.sol";

/// @notice Colluders hide a hundred ether under a hash that opens to nothing. Anybody can see it, and prove it.
contract PaddingTest is Liar {
    uint64 private constant HIDDEN_GWEI = 100e9;

    function setUp() public {
        _ground(4_200 ether);
        _next();
    }

    /// @dev The lie is accepted: it is within what the bucket gives.
    function _lie() private returns (ReportAnchor memory anchor, SumPath memory path) {
        path = _hide(HIDDEN_GWEI);
        _submit();
        return (_anchor(), path);
    }

    function test_paddingThatCarriesEtherIsProvenAndStopsEverything() external {
        uint256 before = _rate();
        (ReportAnchor memory anchor, SumPath memory path) = _lie();
        assertTrue(_rate() > before, "the lie raised the rate");
        uint256 until = block.timestamp + MAX_PAUSE_SECONDS;
        vm.expectEmit();
        emit TimedPause.PauseEnds(until);
        vm.expectEmit();
        emit PoolExtension.RateFalse(refSlot);
        vm.expectEmit();
        emit BalanceChallenge.FalseCommitmentProven(
            refSlot, anchor.digest, BalanceChallenge.Fault.FalsePadding, address(this)
        );
        challenge.provePadding(anchor, bytes32(0), path);

        assertTrue(challenge.provenFalse(refSlot), "on record");
        assertTrue(oracle.paused() && oracle.pausedUntil() == until, "reports pause");
        assertEq(more.head().pausedUntil, until, "the pool knows");
        assertEq(more.doubts().since, block.timestamp, "doubt begins");
        _depositsAreClosed(FALSE);
        _next();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        this.submitNow();
    }

    function submitNow() external {
        submit(report, proof);
    }

    function test_afterAFalseReportTheNextOneNeedsAGuardian() external {
        (ReportAnchor memory anchor, SumPath memory path) = _lie();
        uint64 falseSlot = refSlot;
        challenge.provePadding(anchor, bytes32(0), path);
        vm.prank(RESUMER);
        oracle.unpause();
        assertEq(more.head().pausedUntil, 0, "the pool knows that it ended");

        _nextWith(PRINCIPAL_GWEI); // the truth, a loss that alone would pass
        bytes32 digest = oracle.digest(report);
        uint256 until = block.timestamp + QUARANTINE_SECONDS;
        vm.expectEmit();
        emit ReportOracle.ReportQuarantined(
            refSlot,
            digest,
            Sanity.LAST_REPORT_FALSE,
            refSlot,
            falseSlot,
            until,
            proof.header.slot,
            proof.header.stateRoot
        );
        _submitHeld();
        _accept();
        assertTrue(!_flagged(FALSE), "the rate is no longer false");
        // What the lie had raised the rate by is a loss beyond noise: the next report confirms it.
        assertTrue(_flagged(UNCONFIRMED), "a loss to confirm");
        _next();
        _submit();
        assertEq(more.head().flags & ~LOSSES, CLEAR, "no doubt is left");
        _deposit(MALLORY, 1 ether);
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, 4_202 ether, "the true ether");
    }

    function test_aProofAgainstAReportThatWasReplacedStopsReportsAndMarksNoRate() external {
        (ReportAnchor memory anchor, SumPath memory path) = _lie();
        _nextWith(PRINCIPAL_GWEI);
        _submit();
        _next();
        _submit();
        uint256 before = _rate();
        challenge.provePadding(anchor, bytes32(0), path);
        assertTrue(oracle.paused(), "reports pause");
        assertEq(more.head().flags & ~LOSSES, CLEAR, "the rate in force is not that report's");
        assertEq(more.doubts().since, 0, "no doubt about it");
        assertEq(_rate(), before, "nor does it move");
        _deposit(MALLORY, 1 ether);
    }

    /// @dev An oracle that the pool no longer listens to can stop itself, not the pool.
    function test_aProofAtAnOracleThatWasReplacedLeavesThePoolAlone() external {
        (ReportAnchor memory anchor, SumPath memory path) = _lie();
        bytes32 role = pool.ORACLE_ROLE();
        vm.prank(ADMIN);
        pool.revokeRole(role, address(oracle));
        challenge.provePadding(anchor, bytes32(0), path);
        assertTrue(oracle.paused(), "it pauses");
        assertEq(more.head().pausedUntil, 0, "the pool does not");
        assertEq(more.head().flags & ~LOSSES, CLEAR, "nor is its rate marked");
    }
}
