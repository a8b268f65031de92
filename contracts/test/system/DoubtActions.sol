// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {SumPath} from "../../src/lib/BalanceTree.sol";
import {Sanity} from "../../src/lib/Sanity.sol";
import {PoolSilence} from "../../src/pool/PoolSilence.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {SumLie, SumNode, SumTree} from "../registry/SumTree.sol";
import {OracleActions} from "./OracleActions.sol";

/// @notice What casts doubt on the rate: losses beyond noise, true or false; held losses; proven lies; silence in doubt; ether by force.
abstract contract DoubtActions is OracleActions {
    /// @dev Reports a loss beyond noise, small enough for the window.
    function _lose(uint256 seed) private returns (uint256 lostGwei) {
        _openDeposits();
        _letIn();
        while (Sanity.windowSum(more.lastReport().lossWindow) > 2_000) _plainReport(seed);
        while (clGwei * 1 gwei < ledgerWei / 20) _fund(seed);
        _plainReport(seed); // what happened before is not this loss
        _letIn();
        lostGwei = ledgerWei / 2500 / 1 gwei + 1;
        clGwei -= lostGwei;
        outWei += lostGwei * 1 gwei;
        _plainReport(seed);
        expect(ledgerUnconfirmedGwei > 0, "a loss within noise");
    }

    /// @dev Waits until all that is booked or lies in the vaults is recognised: it would make a loss good.
    function _letIn() private {
        while (bookedNow() > ledgerWei || address(withdrawalVault).balance + address(rewardsVault).balance > 0) {
            vm.warp(block.timestamp + 30 days);
            _plainReport(0);
            _openDeposits();
        }
    }

    function _bigLoss(uint256 seed) internal {
        _lose(seed);
        _closed();
        (uint64 last, uint64 before) = queue.bounds();
        expect(frozenUpTo == before && last >= before, "finalized with a loss");
        reach(Effect.BigLoss);
    }

    /// @dev Deposits wait, whoever asks.
    function _closed() private {
        vm.deal(address(this), 1 gwei);
        (bool ok,) = address(pool).call{value: 1 gwei}(abi.encodeCall(StakingPool.deposit, (address(this), 0)));
        expect(!ok, "a deposit in doubt");
        vm.deal(address(this), 0);
    }

    function _regain(uint256 seed) internal {
        uint256 lostGwei = _lose(seed);
        uint256 rate = requestRate();
        clGwei += lostGwei; // it was false
        inWei += lostGwei * 1 gwei;
        _plainReport(seed);
        expect(ledgerUnconfirmedGwei == 0 && requestRate() + 1 >= rate, "a loss that came back has not");
        reach(Effect.Regain);
    }

    function _confirm(uint256 seed) internal {
        _lose(seed);
        _plainReport(seed);
        expect(more.head().flags & 8 == 0 && more.lastReport().confirmedGwei > 0, "a loss that stays is not confirmed");
        reach(Effect.Confirm);
    }

    /// @dev A certified loss beyond the window is held.
    function _heldLoss(uint256 seed) internal {
        _holdLoss(seed);
        _closed();
        reach(Effect.HeldLoss);
    }

    function _holdLoss(uint256 seed) private {
        _pay(); // else a fifth of what validators have left can be a small part of all
        while (clGwei < 1e9) _fund(seed);
        _openDeposits();
        _plainReport(seed);
        _openDeposits();
        _open(false);
        _report.clValidatorsGwei -= _report.clValidatorsGwei / 5;
        _report.withdrawalVaultWei = 0;
        _holdNow();
    }

    function _holdNow() private rateNeverFalls {
        uint256 rate = forecastHeld(_report) * 1e18 / ledgerShares;
        expect(!oracle.submit(_report, certifyInForce(_report, 0), _proof), "a large loss was not held");
        if (rate < ledgerWei * 1e18 / ledgerShares && (ledgerHeldRate == 0 || rate < ledgerHeldRate)) {
            ledgerHeldRate = rate;
        }
        expect(more.doubts().lowestHeldRate == ledgerHeldRate, "the lowest held rate is otherwise");
    }

    /// @dev In doubt nobody is paid without a report.
    function _silenceInDoubt(uint256 seed) internal {
        _doubt(seed);
        _refusedInDoubt();
        reach(Effect.SilenceInDoubt);
    }

    function _doubt(uint256 seed) private {
        _ensureRequest(seed);
        if (seed & 1 == 0) _bunkerOnly();
        else _holdLoss(seed);
        if (!_inDoubt()) _bunkerOnly();
        (uint64 last, uint64 finalized) = queue.bounds();
        if (last == finalized) _request(seed);
    }

    function _bunkerOnly() private {
        _openDeposits();
        _open(true);
        follow(_report, needsGuardian(_report), _submitNow);
    }

    function _refusedInDoubt() private rateNeverFalls {
        _toSilentWindow(STALE_SECONDS + 1);
        (uint64 last,) = queue.bounds();
        bytes32 before = fingerprint();
        (bool ok, bytes memory reason) = address(pool).call(abi.encodeCall(more.finalizeWithoutReport, (last)));
        expect(!ok && bytes4(reason) == PoolSilence.RateInDoubt.selector, "paid in doubt");
        expect(fingerprint() == before, "moved");
    }

    /// @dev After very long, at the lowest rate that is known.
    function _silenceAtKnown(uint256 seed) internal {
        _doubt(seed);
        _refusedInDoubt();
        _knownNow();
    }

    function _knownNow() private rateNeverFalls {
        _toSilentWindow(DOUBT_SECONDS);
        _fillBuffer();
        uint256 rate = ledgerWei * 1e18 / ledgerShares;
        (uint256 rateWei, uint256 rateShares) = (ledgerWei, ledgerShares);
        uint256 known = ledgerHeldRate != 0 && ledgerHeldRate < rate ? ledgerHeldRate : rate;
        if (ledgerFalse && ledgerRateBefore != 0 && ledgerRateBefore < known) known = ledgerRateBefore;
        if (known < rate) (rateWei, rateShares) = (known, 1e18);
        followSilence(_silentUpTo(rateWei, rateShares), rateWei, rateShares);
        reach(Effect.SilenceAtKnown);
    }

    /// @dev A report whose tree hides ether under padding is proven false.
    function _provenLie(uint256 seed) internal {
        _openDeposits();
        _open(false);
        // Three leaves, the fourth place is padding and carries ether.
        SumNode[] memory places = new SumNode[](4);
        for (uint64 i = 0; i < 3; ++i) {
            places[i] = SumTree.leaf(5 + i, 32e9, 0);
        }
        places[3].sums.balanceGwei = 1e9;
        SumLie memory none;
        _report.balancesRoot = SumTree.rootOf(SumTree.topOf(places, none), 3);
        follow(_report, needsGuardian(_report), _submitNow);
        (, SumPath memory path) = SumTree.pathOf(places, none, 0, 3, 3);
        _proveNow(path);
        if (seed & 1 == 0) _plainReport(seed);
        reach(Effect.ProvenLie);
    }

    function _proveNow(SumPath memory path) private rateNeverFalls {
        ReportAnchor memory anchor = ReportAnchor(
            _report.refSlot, _proof.header.slot, _proof.header.stateRoot, _report.balancesRoot, oracle.digest(_report)
        );
        challenge.provePadding(anchor, bytes32(0), path);
        ledgerFalse = true;
        expect(more.head().flags & 32 != 0 && oracle.paused(), "a proven lie has no consequence");
        _closed();
        vm.prank(RESUMER);
        oracle.unpause();
    }

    /// @dev More ether than the bucket holds is forced into the withdrawal vault: a guardian can accept it, and it is let in slowly.
    function _forceVault(uint256 seed) internal {
        _openDeposits();
        _plainReport(seed);
        _openDeposits();
        gift(address(withdrawalVault), 600 ether);
        _open(false);
        expect(!oracle.submit(_report, certifyInForce(_report, 0), _proof), "so much was not held");
        follow(_report, true, _acceptForced);
        reach(Effect.ForceVault);
    }

    function _acceptForced() private {
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(_report);
    }
}
