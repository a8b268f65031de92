// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Certificate, Report} from "../../src/interfaces/Types.sol";
import {SumPath} from "../../src/lib/BalanceTree.sol";
import {Skip} from "../../src/lib/RebaseMath.sol";
import {PoolSilence} from "../../src/pool/PoolSilence.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Liar} from "./Liar.sol";

/// @notice The oracle says that something is wrong, or is about to, and then nothing. Who knows of the loss wants to leave at the rate before.
contract SilenceTest is Liar {
    function setUp() public {
        _ground(4_200 ether);
        // A little more than the 2,000 that she wants back: a deposit pays for the reward that accrues.
        _deposit(MALLORY, 2_001 ether);
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, 6_202 ether, "bootstrap, Alice, Mallory");
    }

    function _silenceIsRefused(uint64 upTo, bytes memory reason) private {
        bytes32 before = fingerprint();
        vm.expectRevert(reason);
        more.finalizeWithoutReport(upTo);
        assertEq(fingerprint(), before, "moved");
    }

    function _inDoubt(uint256 acceptedAt) private view returns (bytes memory) {
        return abi.encodeWithSelector(PoolSilence.RateInDoubt.selector, block.timestamp, acceptedAt + DOUBT_SECONDS);
    }

    /// @dev Nobody is paid in silence at `acceptedAt` + stale time, nor just before half a year is over; then at `rate`.
    function _onlyAfterHalfAYear(uint64 upTo, uint256 acceptedAt, uint256 rate, uint256 lockWei) private {
        _toSilence(acceptedAt + DOUBT_SECONDS - FRAME_SECONDS);
        _silenceIsRefused(upTo, _inDoubt(acceptedAt));
        _toSilence(acceptedAt + DOUBT_SECONDS + 1);
        (, uint256 demandShares) = queue.demand(upTo);
        uint256 before = _rate();
        vm.expectEmit();
        emit PoolSilence.FinalizedWithoutReport(upTo, lockWei, demandShares, rate, 0);
        more.finalizeWithoutReport(upTo);
        assertEq(queue.lockedWei(), lockWei, "locked");
        assertClose(_rate(), before, 1, "the rate of those who stay does not move");
    }

    /// @dev What the requests up to `upTo` are worth at `rate`.
    function _worth(uint64 upTo, uint256 rate) private view returns (uint256) {
        (uint256 demandWei, uint256 demandShares) = queue.demand(upTo);
        assertTrue(demandShares * rate / 1e18 < demandWei, "less than they asked for");
        return demandShares * rate / 1e18;
    }

    // ------------------------------------------------------------------------------------------- doubt

    function test_2a_inBunkerNobodyLeavesAtTheRateBeforeTheLoss() external {
        _next();
        (report.bunker, report.slashed) = (true, 100);
        _submit();
        uint256 acceptedAt = more.lastReportAt();
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        _silenceIsRefused(id, _inDoubt(acceptedAt));

        // A report brings the loss of 16 ether of each validator at last, and Mallory bears her part.
        _nextWith(1_600e9);
        _submitHeld();
        _accept();
        _next();
        report.finalizeUpTo = id;
        _submit();
        assertClose(queue.payoutOf(id), uint256(1_000 ether) * 4_602 / 6_202, 1 gwei, "her part of the loss");
    }

    function test_2a_inBunkerTheRateInForceIsPaidAfterHalfAYear() external {
        _next();
        (report.bunker, report.slashed) = (true, 100);
        _submit();
        uint256 acceptedAt = more.lastReportAt();
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        assertEq(more.silentFrom(), acceptedAt + DOUBT_SECONDS, "when it may be");
        (uint256 demandWei,) = queue.demand(id);
        _onlyAfterHalfAYear(id, acceptedAt, _rate(), demandWei);
    }

    /// @dev The loss is certified and held. 516 of the 2,000 ether belong to those who stay.
    function test_2b_aHeldLossIsNotEscapedInSilence() external {
        uint256 acceptedAt = more.lastReportAt();
        _nextWith(1_600e9);
        (report.bunker, report.slashed) = (true, 100);
        _submitHeld();
        uint64 id = _request(MALLORY, 2, 1_000 ether); // knows of the loss
        // Three days of frames, each held.
        for (uint256 i = 0; i < 68; ++i) {
            _nextWith(1_600e9);
            (report.bunker, report.slashed) = (true, 100);
            _submitHeld();
        }
        assertEq(more.lastReportAt(), acceptedAt, "no report was applied");
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        _silenceIsRefused(id, _inDoubt(acceptedAt));

        _nextWith(1_600e9);
        _submitHeld();
        _accept();
        _next();
        report.finalizeUpTo = id;
        _submit();
        uint256 paidWei = queue.payoutOf(id) + queue.payoutOf(id - 1);
        assertClose(paidWei, uint256(2_000 ether) * 4_602 / 6_202, 2 gwei, "her part of the loss");
        // 515.96 to the hundredth of an ether.
        assertLe(515.96 ether, 2_000 ether - paidWei, "516 ether of the others stay");
        assertClose(
            token.balanceOf(ALICE), uint256(4_200 ether) * 4_602 / 6_202, 0.01 ether, "Alice bears hers and no more"
        );
    }

    /// @dev With the owner gone too the lowest rate that was ever held is paid: lapsed and rejected ones count, later and higher ones do not lift it.
    function test_2b_theLowestRateThatWasHeldIsPaidAfterHalfAYear() external {
        uint256 acceptedAt = more.lastReportAt();
        uint64[3] memory clGwei = [uint64(2_000e9), 1_600e9, 2_400e9];
        for (uint256 i = 0; i < 3; ++i) {
            _nextWith(clGwei[i]);
            bytes32 digest = _submitHeld();
            vm.prank(GUARDIAN);
            oracle.rejectQuarantined(digest);
        }
        uint64 id = _request(MALLORY, 2, 1_000 ether);
        (, uint256 shares) = token.totals();
        uint256 lowest = uint256(4_602 ether) * 1e18 / shares;
        assertEq(more.doubts().lowestHeldRate, lowest, "one number");
        _onlyAfterHalfAYear(id, acceptedAt, lowest, _worth(id, lowest));
    }

    /// @dev 400 ether are hidden in the padding, and proven there: the rate that they made is paid to nobody.
    function test_2c_nobodyLeavesAtARateThatWasProvenFalse() external {
        (uint256 trueRate,,,) = more.roundAt(1);
        _next();
        _hideAndProve(400e9);
        uint256 acceptedAt = more.lastReportAt();
        assertTrue(_rate() > trueRate * 106 / 100, "the false rate");
        uint64 id = _request(MALLORY, 2, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        _silenceIsRefused(id, _inDoubt(acceptedAt));
        _onlyAfterHalfAYear(id, acceptedAt, trueRate, _worth(id, trueRate));
    }

    function _hideAndProve(uint64 hiddenGwei) private {
        SumPath memory path = _hide(hiddenGwei);
        _submit();
        challenge.provePadding(_anchor(), bytes32(0), path);
    }

    // ------------------------------------------------------------------------------------------- the times

    /// @dev Accepted in this slot of its frame, a report is stale, and a request ripe, in the first slots of a silent window.
    function _inSlot(uint64 offset) private {
        toSlot(refSlot + offset);
    }

    function test_theOracleIsStaleASecondAfterTheTime() external {
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        _next();
        _inSlot(153);
        _submit();
        uint256 staleAt = block.timestamp + STALE_SECONDS;
        assertEq(more.silentFrom(), staleAt, "when it may be");
        vm.warp(staleAt);
        _silenceIsRefused(id, abi.encodeWithSelector(PoolSilence.OracleNotStale.selector, staleAt, staleAt));
        vm.warp(staleAt - 1);
        _silenceIsRefused(id, abi.encodeWithSelector(PoolSilence.OracleNotStale.selector, staleAt - 1, staleAt));
        vm.warp(staleAt + 1);
        more.finalizeWithoutReport(id);
    }

    function test_aRequestIsRipeASecondAfterTheTime() external {
        _next();
        _submit();
        _inSlot(153);
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        uint256 ripeAt = block.timestamp + STALE_SECONDS;
        vm.warp(ripeAt);
        _silenceIsRefused(id, abi.encodeWithSelector(PoolSilence.RequestTooYoung.selector, id, ripeAt));
        vm.warp(ripeAt + 1);
        more.finalizeWithoutReport(id);
    }

    function test_doubtEndsASecondAfterTheTime() external {
        _next();
        report.bunker = true;
        vm.warp(GENESIS_TIME + (refSlot + FRAME_SLOTS - CLOSE_SLOTS) * SECONDS_PER_SLOT - 1); // the last second
        _submit();
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        uint256 readyAt = block.timestamp + DOUBT_SECONDS;
        vm.warp(readyAt - FRAME_SECONDS + 1);
        _silenceIsRefused(id, abi.encodeWithSelector(PoolSilence.RateInDoubt.selector, block.timestamp, readyAt));
        vm.warp(readyAt + 1);
        more.finalizeWithoutReport(id);
    }

    /// @dev From the close of a frame's submissions to the second last slot before the next reference slot, and in no slot beside.
    function test_silentCallsHaveAWindow() external {
        uint64 id = _request(MALLORY, 1, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        uint256 next = nextRefSlot();
        uint256[4] memory outside = [next - CLOSE_SLOTS - 1, next - 1, next, next + 1];
        for (uint256 i = 0; i < 4; ++i) {
            toSlot(outside[i]);
            uint256 ref = nextRefSlot();
            _silenceIsRefused(
                id,
                abi.encodeWithSelector(PoolSilence.OutsideSilentWindow.selector, outside[i], ref - CLOSE_SLOTS, ref - 2)
            );
        }
        uint256 snapshot = vm.snapshotState();
        toSlot(next - CLOSE_SLOTS);
        more.finalizeWithoutReport(id);
        vm.revertToState(snapshot);
        toSlot(next - 1);
        vm.warp(block.timestamp - 1); // the last second
        more.finalizeWithoutReport(id);
    }

    /// @dev A report that was computed before ether came home and shares were burned would count that ether twice.
    function test_aReportThatWasComputedBeforeASilentCallIsRefused() external {
        uint64 id = _request(MALLORY, 2, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        Report memory unaware = quietReport(nextRefSlot(), proof);
        more.finalizeWithoutReport(id - 1);
        more.finalizeWithoutReport(id);
        assertEq(more.lastReport().silentCalls, 2, "counted");
        _next();
        uint64 inForce = uint64(2) << 40 | more.lastReport().refSlot;
        assertEq(report.lastRefSlot, inForce, "the word that a report names");
        unaware.refSlot = report.refSlot;
        unaware.committee = report.committee;
        unaware.refBlockRoot = report.refBlockRoot;
        Certificate memory c = certify(unaware, 7);
        vm.expectRevert(
            abi.encodeWithSelector(ReportOracle.ComputedOnAnotherReport.selector, unaware.lastRefSlot, inForce)
        );
        oracle.submit(unaware, c, proof);
        _submit();
        assertEq(more.lastReport().silentCalls, 0, "counted anew");
    }

    // ------------------------------------------------------------------------------------------- what is brought home

    /// @dev What the last report left in the vault stays due, the rest is taken off the validators; the rate does not move.
    function test_whatIsInTheVaultComesHomeWithoutGain() external {
        vm.deal(address(withdrawalVault), 500 ether);
        _next();
        _submitHeld(); // 500 ether from nowhere: a guardian looks
        _accept();
        uint256 leftWei = more.lastReport().withdrawalVaultLeftWei;
        assertTrue(leftWei > 499 ether, "let out slowly");
        uint64 id = _request(ALICE, 3, 1_000 ether);
        uint256 rate = _rate();
        uint256 bufferWei = more.bufferedWei();
        vm.deal(address(withdrawalVault), leftWei + 64 ether); // two validators are swept

        _toSilence(block.timestamp + STALE_SECONDS + 1);
        uint256 unrecognisedWei = more.unrecognisedWei();
        uint256 dueWei = pool.dueWei();
        more.finalizeWithoutReport(id);
        assertEq(address(withdrawalVault).balance, 0, "all came home");
        assertEq(more.bufferedWei(), bufferWei + leftWei + 64 ether - queue.lockedWei(), "into the buffer");
        assertEq(more.lastReport().clValidatorsGwei, PRINCIPAL_GWEI - 64e9, "off the validators");
        assertEq(more.lastReport().withdrawalVaultLeftWei, 0, "nothing is left there");
        assertClose(more.unrecognisedWei(), unrecognisedWei + leftWei, 3, "what was left is booked, not recognised");
        assertClose(_rate(), rate, 1, "no gain");
        // What came home is booked as earning until a report says otherwise.
        assertClose(pool.dueWei(), dueWei, 1 gwei, "it stays due");
        assertClose(_pulledGwei(), 500e9 + 64e9, 1, "what was pulled is counted");
    }

    /// @dev Counted for the exits to come: the fourth number of the pool's word 7, `LastMore`.
    function _pulledGwei() private view returns (uint256) {
        return uint64(uint256(vm.load(address(pool), bytes32(uint256(7)))) >> 176);
    }

    /// @dev 2,800 ether are validators', 400 wait to become some.
    function _partlyPending() private returns (uint64 id) {
        _nextWith(2_800e9);
        report.clPendingGwei = 400e9;
        _submit();
        id = _request(ALICE, 3, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
    }

    function test_validatorsPayBeforePendingDeposits() external {
        uint64 id = _partlyPending();
        vm.deal(address(withdrawalVault), 2_900 ether);
        uint256 rate = _rate();
        more.finalizeWithoutReport(id);
        assertEq(more.lastReport().clValidatorsGwei, 0, "validators first");
        assertEq(more.lastReport().clPendingGwei, 300e9, "then what is pending");
        assertEq(address(withdrawalVault).balance, 0, "all came home");
        assertClose(_rate(), rate, 1, "no gain");
    }

    function test_whatWasInFlightComesHomeBeforeWhatValidatorsHave() external {
        _nextWith(2_800e9);
        report.clInFlightGwei = 400e9;
        _submit();
        assertEq(more.lastReport().clInFlightGwei, 400e9, "remembered");
        assertEq(more.unrecognisedWei(), 0, "it is booked");
        uint64 id = _request(ALICE, 3, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        vm.deal(address(withdrawalVault), 500 ether);
        uint256 rate = _rate();
        more.finalizeWithoutReport(id);
        assertEq(more.lastReport().clInFlightGwei, 0, "what was on its way first");
        assertEq(more.lastReport().clValidatorsGwei, 2_700e9, "then validators");
        assertClose(_rate(), rate, 1, "no gain");
    }

    function test_whatTheLastReportDidNotCountWaits() external {
        uint64 id = _partlyPending();
        vm.deal(address(withdrawalVault), 3_300 ether + 5);
        uint256 rate = _rate();
        more.finalizeWithoutReport(id);
        assertEq(more.lastReport().clValidatorsGwei + more.lastReport().clPendingGwei, 0, "all that it counted");
        assertEq(address(withdrawalVault).balance, 100 ether + 5, "the rest waits for a report");
        assertClose(_rate(), rate, 1, "no gain");
    }

    // ------------------------------------------------------------------------------------------- why not

    function _nothing(uint64 upTo, Skip reason) private view returns (bytes memory) {
        (uint256 demandWei,) = queue.demand(upTo);
        if (reason == Skip.Paused) demandWei = 0; // it is not even asked
        return
            abi.encodeWithSelector(PoolSilence.NothingToFinalize.selector, upTo, reason, demandWei, more.bufferedWei());
    }

    function test_aSilentCallThatFinalizesNothingIsRefused() external {
        uint64 id = _request(ALICE, 4, 1_000 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        _silenceIsRefused(0, _nothing(0, Skip.None));
        _silenceIsRefused(id, _nothing(id, Skip.Buffer)); // 4,000 of 3,002 ether
        vm.prank(PAUSER);
        queue.pause();
        _silenceIsRefused(id - 1, _nothing(id - 1, Skip.Paused));
        vm.prank(RESUMER);
        queue.unpause();
        more.finalizeWithoutReport(id - 1);
        _silenceIsRefused(id - 1, _nothing(id - 1, Skip.None));
    }

    /// @dev Who asked before the loss and who asked after it stand in two batches.
    function test_aSilentBatchSpansNoFall() external {
        uint64 first = _request(ALICE, 1, 100 ether);
        _nextWith(PRINCIPAL_GWEI - 64e9);
        _submit();
        _next();
        _submit(); // confirmed
        uint64 second = _request(MALLORY, 1, 100 ether);
        _toSilence(block.timestamp + STALE_SECONDS + 1);
        _silenceIsRefused(second, _nothing(second, Skip.SpansFall));
        more.finalizeWithoutReport(first);
        more.finalizeWithoutReport(second);
        assertTrue(queue.payoutOf(first) < 100 ether, "with the loss");
        assertClose(queue.payoutOf(second), 100 ether, 1, "without");
    }
}
