// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BlockProof, Certificate, G2Point, Report, Vote} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {DepositMessages} from "../../src/lib/DepositMessages.sol";
import {Signer} from "../Signer.sol";
import {HolderActions} from "./HolderActions.sol";

/// @notice What the consensus layer, the committee, operators and guardians do.
abstract contract WorldActions is HolderActions {
    DepositSigner private immutable _keys = new DepositSigner();
    uint256 private _nextKey = 1;

    Report private _report;
    BlockProof private _proof;

    function _fund(uint256) internal returns (bool) {
        if (pool.bunker()) {
            bytes32 root = depositContract.get_deposit_root();
            vm.prank(DEPOSITOR);
            (bool ok,) = address(pool).call(abi.encodeCall(StakingPool.depositToBeacon, (1, root)));
            expect(!ok, "funded while losses are in progress");
            _open(false);
            follow(_report, _submitNow);
        }
        _fillBuffer();
        return _fundNow();
    }

    /// @dev Deposits what the buffer lacks to carry the waiting requests and one validator.
    function _fillBuffer() private rateNeverFalls {
        if (pool.freeWei() >= 32 ether) return;
        (uint64 last,) = queue.bounds();
        (uint256 demandWei,) = queue.demand(last);
        uint256 amount = demandWei + 32 ether;
        vm.deal(actor(0), amount);
        vm.prank(actor(0));
        pool.deposit{value: amount}(actor(0), 0);
        ledgerWei += amount;
    }

    function _fundNow() private rateNeverFalls returns (bool) {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _keys.depositKey(_nextKey++, registry.withdrawalCredentials(), DepositMessages.domain(0x10000000));
        registry.addKeys(0, keys);
        (uint256 buffered, uint256 free) = (pool.bufferedWei(), pool.freeWei());
        bytes32 root = depositContract.get_deposit_root();
        vm.prank(DEPOSITOR);
        pool.depositToBeacon(1, root);
        expect(depositContract.get_deposit_root() != root, "the deposit contract took no deposit");
        expect(buffered - pool.bufferedWei() == 32 ether && free - pool.freeWei() == 32 ether, "funded otherwise");
        clGwei += 32e9;
        ++validators;
        return true;
    }

    function _reward(uint256 seed) internal returns (bool) {
        clGwei += bound(seed, 1, clGwei / 5000 + 2);
        return true;
    }

    function _loss(uint256 seed) internal returns (bool) {
        clGwei -= bound(seed, 0, clGwei / 2000);
        return true;
    }

    /// @dev Moves consensus-layer ether to the withdrawal vault: a sweep, or an exit when it is a whole validator.
    function _sweep(uint256 seed) internal returns (bool) {
        uint256 amountGwei = seed & 1 == 0 ? bound(seed >> 1, 0, clGwei / 10) : (clGwei < 32e9 ? 0 : 32e9);
        if (seed & 1 == 1 && amountGwei > 0 && exited < validators) ++exited;
        clGwei -= amountGwei;
        vm.deal(address(withdrawalVault), address(withdrawalVault).balance + amountGwei * 1 gwei);
        return true;
    }

    /// @dev Priority fees, or a gift to either vault.
    function _executionReward(uint256 seed) internal returns (bool) {
        address vault = seed % 4 == 0 ? address(withdrawalVault) : address(rewardsVault);
        vm.deal(vault, vault.balance + bound(seed >> 2, 1, 3 ether));
        return true;
    }

    function _submitNow() private {
        expect(oracle.submit(_report, certifyInForce(_report, 0), _proof), "a sane report was not accepted");
    }

    function _submitWithAbsent() private {
        (, bytes32[] memory ids) = committee.committeeAt(_report.refSlot);
        uint256 most = ids.length - committee.quorum(ids.length);
        bytes32 before = fingerprint();
        Certificate memory c = certifyInForce(_report, most + 1);
        (bool short,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, c, _proof)));
        expect(!short && fingerprint() == before, "a report below the quorum was taken");
        expect(oracle.submit(_report, certifyInForce(_report, most), _proof), "a quorum was refused");
    }

    function _acceptNow() private {
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(_report);
    }

    function _open(bool bunker) internal {
        (uint64 refSlot, BlockProof memory proof) = openFrame(uint64(clGwei % 3), uint64(clGwei % 2));
        _proof = proof;
        _report = truth(refSlot, proof, bunker);
    }

    function _reportFrame(uint256 seed) internal returns (bool) {
        _open(seed % 5 == 0);
        follow(_report, seed & 256 == 0 ? _submitNow : _submitWithAbsent);
        return true;
    }

    /// @dev A gain beyond the soft bound: held, then accepted, rejected, lapsed or replaced by the next frame's report.
    function _quarantine(uint256 seed) internal returns (bool) {
        _open(false);
        uint64 gainGwei = 2_100e9;
        _report.clValidatorsGwei += gainGwei;
        (uint256 pooledWei, uint256 shares) = rate();
        expect(!oracle.submit(_report, certifyInForce(_report, 0), _proof), "a gain beyond the bound was accepted");
        (uint256 pooledAfter, uint256 sharesAfter) = rate();
        expect(pooledWei == pooledAfter && shares == sharesAfter, "quarantine moved the token");
        bytes32 digest = oracle.digest(_report);
        if (seed % 4 == 0) {
            vm.prank(GUARDIAN);
            oracle.rejectQuarantined(digest);
        } else if (seed % 4 == 1) {
            clGwei += gainGwei; // it was true
            follow(_report, _acceptNow);
        } else if (seed % 4 == 2) {
            vm.warp(block.timestamp + QUARANTINE_SECONDS + 1);
            vm.prank(GUARDIAN);
            (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.acceptQuarantined, (_report)));
            expect(!ok, "accepted after its time");
        } else {
            _open(false);
            follow(_report, _submitNow);
            vm.prank(GUARDIAN);
            (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.rejectQuarantined, (digest)));
            expect(ok, "an older report can still be dropped");
        }
        return true;
    }

    /// @dev A member joins; one leaves, is ejected or removed; the certificate of the committee before is dead.
    function _changeCommittee(uint256 seed) internal returns (bool) {
        _open(false);
        Certificate memory old = certifyInForce(_report, 0);
        (, bytes32[] memory ids) = committee.committeeAt(_report.refSlot);
        bytes32[] memory one = new bytes32[](1);
        if (ids.length < 6) {
            one[0] = newMember();
            vm.prank(MEMBERSHIP);
            committee.admit(one);
        }
        one[0] = ids[seed % ids.length];
        if (ids.length > 4) {
            _remove(one, seed >> 8);
            if (committee.digestAt(_report.refSlot) != _report.committee) {
                bytes32 before = fingerprint();
                (bool ok,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, old, _proof)));
                expect(!ok && fingerprint() == before, "a certificate of a removed committee was taken");
                _report.committee = committee.digestAt(_report.refSlot);
            }
        }
        follow(_report, _submitNow);
        return true;
    }

    function _remove(bytes32[] memory one, uint256 how) private {
        if (how % 3 == 0) {
            vm.prank(GUARDIAN);
            committee.eject(one[0]);
        } else if (how % 3 == 1) {
            vm.prank(MEMBERSHIP);
            committee.remove(one);
        } else {
            address owner = committee.member(one[0]).owner;
            vm.prank(owner);
            committee.requestLeave(one[0]);
        }
    }

    /// @dev A member of a large enough committee signs two things: slashed and out at once.
    function _equivocate(uint256 seed) internal returns (bool) {
        (, bytes32[] memory ids) = committee.committeeAt(type(uint64).max);
        bytes32 id = ids[seed % ids.length];
        if (committee.member(id).state != OracleCommittee.State.Member || ids.length < 5) {
            bytes32[] memory one = new bytes32[](1);
            one[0] = newMember();
            vm.prank(MEMBERSHIP);
            committee.admit(one);
            id = one[0];
        }
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
        return true;
    }

    function _vote(bytes32 id, uint64 refSlot, bytes32 digest) private view returns (Vote memory v) {
        v = Vote({
            committee: "any", refSlot: refSlot, digest: digest, signature: G2Point([bytes32(0), 0, 0, 0, 0, 0, 0, 0])
        });
        v.signature = Signer.sign(secretOfId[id], oracle.voteMessage(v.committee, refSlot, digest));
    }

    /// @dev Each paused feature refuses, and nothing moves; claims go on.
    function _pauseAndResume(uint256 seed) internal returns (bool) {
        address a = actor(seed);
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1 gwei;
        vm.prank(PAUSER);
        pool.pause();
        vm.prank(PAUSER);
        queue.pause();
        vm.prank(PAUSER);
        oracle.pause();
        bytes32 before = fingerprint();
        vm.deal(a, 1 ether);
        vm.prank(a);
        (bool ok,) = address(pool).call{value: 1 ether}(abi.encodeCall(StakingPool.deposit, (a, 0)));
        expect(!ok, "deposited while paused");
        vm.prank(a);
        (ok,) = address(queue).call(abi.encodeCall(queue.request, (amounts, a)));
        expect(!ok, "requested while paused");
        _open(false);
        Certificate memory c = certifyInForce(_report, 0);
        (ok,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, c, _proof)));
        expect(!ok && fingerprint() == before, "paused means unchanged");
        _claim(seed);
        vm.prank(RESUMER);
        oracle.unpause();
        follow(_report, _submitNow); // the queue is still paused: nothing is finalized, all else happens
        vm.prank(RESUMER);
        queue.unpause();
        vm.prank(RESUMER);
        pool.unpause();
        return true;
    }

    /// @dev The oracle falls silent; old requests are finalized from the buffer.
    function _silence(uint256) internal rateNeverFalls returns (bool) {
        vm.warp(block.timestamp + 2 * STALE_SECONDS + 1);
        (uint64 last, uint64 finalized) = queue.bounds();
        if (last == finalized) return true;
        uint256 locked = queue.lockedWei();
        (bool ok,) = address(pool).call(abi.encodeCall(pool.finalizeWithoutReport, (last)));
        ledgerWei -= queue.lockedWei() - locked;
        if (ok) freeze();
        return true;
    }

    function _claimFee(uint256) internal rateNeverFalls returns (bool) {
        if (registry.claimableShares(0) == 0) return false;
        registry.claimFee(0);
        return true;
    }
}
