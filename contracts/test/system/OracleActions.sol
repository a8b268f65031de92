// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {Certificate, G2Point, Vote} from "../../src/interfaces/Types.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {Signer} from "../Signer.sol";
import {FirstEtherActions} from "./FirstEtherActions.sol";

/// @notice What guardians, the committee and its owner do.
abstract contract OracleActions is FirstEtherActions {
    uint64 private constant GAIN_GWEI = 2_100e9;

    function _acceptNow() private {
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(_report);
    }

    /// @dev A gain beyond the soft bound is held, and the token is as it was.
    function _hold() private returns (bytes32 digest) {
        _openDeposits();
        _open(false);
        _report.clValidatorsGwei += GAIN_GWEI;
        (uint256 pooledWei, uint256 shares) = token.totals();
        expect(!oracle.submit(_report, certifyInForce(_report, 0), _proof), "a gain beyond the bound was accepted");
        (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
        expect(pooledWei == pooledAfter && shares == sharesAfter, "quarantine moved the token");
        digest = oracle.digest(_report);
        Certificate memory c = certifyInForce(_report, 0);
        (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, c, _proof)));
        expect(!ok, "a held report was taken again");
        (ok,) = address(pool).call{value: 1 gwei}(abi.encodeCall(StakingPool.deposit, (address(this), 0)));
        expect(!ok, "a deposit while a gain is held");
    }

    function _accept(uint256) internal {
        _hold();
        clGwei += GAIN_GWEI; // it was true
        inWei += uint256(GAIN_GWEI) * 1 gwei;
        follow(_report, true, _acceptNow);
        reach(Effect.Accept);
    }

    function _reject(uint256) internal {
        _rejectNow(_hold());
    }

    function _rejectNow(bytes32 digest) private rateNeverFalls {
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(digest);
        vm.prank(GUARDIAN);
        (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.acceptQuarantined, (_report)));
        expect(!ok, "accepted after its rejection");
        reach(Effect.Reject);
    }

    function _lapse(uint256) internal {
        _hold();
        _lapseNow();
    }

    function _lapseNow() private rateNeverFalls {
        vm.warp(block.timestamp + QUARANTINE_SECONDS + 1);
        vm.prank(GUARDIAN);
        (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.acceptQuarantined, (_report)));
        expect(!ok, "accepted after its time");
        reach(Effect.Lapse);
    }

    function _replace(uint256 seed) internal {
        _hold();
        bytes memory accept = abi.encodeCall(ReportOracle.acceptQuarantined, (_report));
        _plainReport(seed);
        vm.prank(GUARDIAN);
        (bool ok,) = address(oracle).call(accept);
        expect(!ok, "accepted although a newer one was");
        reach(Effect.Replace);
    }

    function _upcoming() private view returns (bytes32[] memory ids) {
        (, ids) = committee.committeeAt(type(uint64).max);
    }

    function _admitOne() private returns (bytes32 id) {
        bytes32[] memory one = new bytes32[](1);
        one[0] = id = newMember();
        vm.prank(MEMBERSHIP);
        committee.admit(one);
    }

    /// @dev A member that the committee can spare: the newest one when it has not more than four.
    function _spare(uint256 seed) private returns (bytes32) {
        bytes32[] memory ids = _upcoming();
        return ids.length > MEMBERS ? ids[seed % ids.length] : _admitOne();
    }

    function _admit(uint256 seed) internal {
        if (_upcoming().length > 6) _remove(seed);
        _admitOne();
        _plainReport(seed);
        reach(Effect.Admit);
    }

    /// @dev The open round goes on with the old committee.
    function _remove(uint256 seed) internal {
        bytes32[] memory one = new bytes32[](1);
        one[0] = _spare(seed);
        vm.prank(MEMBERSHIP);
        committee.remove(one);
        _gone(one[0]);
        reach(Effect.Remove);
    }

    function _leave(uint256 seed) internal {
        bytes32 id = _spare(seed);
        address owner = committee.member(id).owner;
        vm.prank(owner);
        committee.requestLeave(id);
        _gone(id);
        reach(Effect.Leave);
    }

    function _gone(bytes32 id) private {
        bytes32[] memory ids = _upcoming();
        for (uint256 i = 0; i < ids.length; ++i) {
            expect(ids[i] != id, "a member that left still answers");
        }
    }

    /// @dev An ejection kills the certificate of the committee before.
    function _eject(uint256 seed) internal {
        bytes32 id = _spare(seed);
        _openDeposits();
        _plainReport(seed); // it answers now
        _open(false);
        while (needsGuardian(_report)) {
            _plainReport(seed);
            _open(false);
        }
        Certificate memory old = certifyInForce(_report, 0);
        vm.prank(GUARDIAN);
        committee.eject(id);
        bytes32 before = fingerprint();
        (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, old, _proof)));
        expect(!ok && fingerprint() == before, "a certificate of a removed committee was taken");
        expect(committee.digestAt(_report.refSlot) != _report.committee, "the digest stayed");
        _report.committee = committee.digestAt(_report.refSlot);
        follow(_report, needsGuardian(_report), _submitNow);
        _gone(id);
        reach(Effect.Eject);
    }

    /// @dev A member signs two things: slashed and out at once.
    function _slash(uint256 seed) internal rateNeverFalls {
        bytes32 id = _spare(seed);
        Vote memory a = _vote(id, 1000, "a");
        Vote memory b = _vote(id, 1000, "b");
        Vote memory other = _vote(id, 2000, "b");
        (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.slashEquivocation, (id, a, other)));
        expect(!ok, "two honest votes of two rounds were taken for equivocation");
        (uint256 bondWei, uint256 treasuryWei) = (committee.member(id).bondWei, TREASURY.balance);
        vm.prank(actor(seed));
        oracle.slashEquivocation(id, a, b);
        expect(TREASURY.balance - treasuryWei == bondWei - bondWei / 10, "the bond went elsewhere");
        expect(committee.member(id).state == OracleCommittee.State.Slashed, "not slashed");
        _gone(id);
        reach(Effect.Slash);
    }

    function _vote(bytes32 id, uint64 refSlot, bytes32 digest) private view returns (Vote memory v) {
        v = Vote({
            committee: "any", refSlot: refSlot, digest: digest, signature: G2Point([bytes32(0), 0, 0, 0, 0, 0, 0, 0])
        });
        v.signature = Signer.sign(secretOfId[id], oracle.voteMessage(v.committee, refSlot, digest));
    }

    function _refused(address from, address to, uint256 value, bytes memory call_) private {
        bytes32 before = fingerprint();
        vm.deal(from, from.balance + value);
        vm.prank(from);
        (bool ok,) = to.call{value: value}(call_);
        vm.deal(from, from.balance - value);
        expect(!ok && fingerprint() == before, "paused means unchanged");
    }

    /// @dev Each paused feature refuses, and nothing moves; claims go on. One feature resumes after the other.
    function _pauseAndResume(uint256 seed) internal {
        if (!_hasClaim()) _finalization(seed);
        _ensureRequest(seed);
        _openDeposits();
        _pauseAll();
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1 gwei;
        (uint64 last, uint64 finalized) = queue.bounds();
        _refused(actor(seed), address(pool), 1 ether, abi.encodeCall(StakingPool.deposit, (actor(seed), 0)));
        _refused(actor(seed), address(validatorBook), 0, abi.encodeCall(validatorBook.predeposit, (1)));
        _refused(actor(seed), address(validatorBook), 0, abi.encodeCall(validatorBook.topUp, (1, new KeyProof[](0))));
        _refused(actor(seed), address(queue), 0, abi.encodeCall(queue.request, (amounts, actor(seed))));
        _toSilentWindow(STALE_SECONDS + 1);
        _refused(actor(seed), address(pool), 0, abi.encodeCall(more.finalizeWithoutReport, (last)));
        _open(false);
        Certificate memory c = certifyInForce(_report, 0);
        _refused(actor(seed), address(oracle), 0, abi.encodeCall(ReportOracle.submit, (_report, c, _proof)));
        expect(_claimAny(seed), "no claim while all is paused");
        vm.prank(RESUMER);
        oracle.unpause();
        follow(_report, needsGuardian(_report), _submitNow); // the queue is still paused: nothing is finalized, all else happens
        (, uint64 finalizedAfter) = queue.bounds();
        expect(finalizedAfter == finalized, "finalized in a paused queue");
        vm.prank(RESUMER);
        queue.unpause();
        vm.prank(RESUMER);
        more.unpause();
        reach(Effect.Pause);
    }

    function _pauseAll() private {
        uint256 from = queue.mayPauseFrom(PAUSER);
        if (oracle.mayPauseFrom(PAUSER) > from) from = oracle.mayPauseFrom(PAUSER);
        if (block.timestamp < from) vm.warp(from);
        vm.prank(PAUSER);
        more.pause();
        vm.prank(PAUSER);
        queue.pause();
        vm.prank(PAUSER);
        oracle.pause();
    }

    function _hasClaim() private view returns (bool) {
        for (uint256 id = 1; id <= frozenUpTo; ++id) {
            (,,,, bool claimed) = queue.requestOf(id);
            if (!claimed) return true;
        }
        return false;
    }
}
