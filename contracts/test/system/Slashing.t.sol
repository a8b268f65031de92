// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {BlockProof, Certificate, G2Point, Report, Vote} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {BLS12381} from "../../src/lib/BLS12381.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "./Committee.sol";

/// @notice A reporter that refuses ether and tries to stop the slashing that way.
contract Refuser {
    function slash(ReportOracle oracle, bytes32 id, Vote calldata a, Vote calldata b) external {
        oracle.slashEquivocation(id, a, b);
    }
}

contract SlashingTest is Committee {
    uint64 private constant ROUND = 4711;

    function setUp() public {
        deployAll();
        formCommittee();
        openFrame(0, 0);
    }

    function vote(uint256 secret, bytes32 committee_, uint64 refSlot, bytes32 digest)
        private
        view
        returns (Vote memory v)
    {
        v.committee = committee_;
        v.refSlot = refSlot;
        v.digest = digest;
        v.signature = Signer.sign(secret, oracle.voteMessage(committee_, refSlot, digest));
    }

    function pair(uint256 secret) private view returns (Vote memory, Vote memory) {
        return (vote(secret, "c", ROUND, "a"), vote(secret, "c", ROUND, "b"));
    }

    function test_twoVotesOfOneRoundTakeTheBondAndEjectAtOnce() external {
        uint64 refSlot = nextRefSlot() - FRAME_SLOTS;
        bytes32 digest = committee.digestAt(refSlot);
        (Vote memory a, Vote memory b) = pair(secretOf(1));
        uint256 reporter = address(0xBEEF).balance;
        vm.prank(address(0xBEEF));
        oracle.slashEquivocation(memberIds[1], a, b);
        assertEq(address(0xBEEF).balance - reporter, 0.1 ether, "the reporter's part");
        assertEq(TREASURY.balance, 0.9 ether, "the rest");
        assertTrue(committee.member(memberIds[1]).state == OracleCommittee.State.Slashed, "slashed");
        assertTrue(committee.digestAt(refSlot) != digest, "the open round has another committee");
        (, bytes32[] memory ids) = committee.committeeAt(refSlot);
        assertEq(ids.length, 3, "three are left");
        assertEq(ids[1], memberIds[2], "in their order");
    }

    function test_theCertificateOfTheCommitteeBeforeIsDead() external {
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        Report memory r = quietReport(refSlot, proof);
        Certificate memory c = certify(r, 7);
        (Vote memory a, Vote memory b) = pair(secretOf(3));
        oracle.slashEquivocation(memberIds[3], a, b);
        bytes32 before = fingerprint();
        vm.expectRevert(
            abi.encodeWithSelector(CommitteeSets.UnknownCommittee.selector, r.committee, committee.digestAt(refSlot))
        );
        oracle.submit(r, c, proof);
        assertEq(fingerprint(), before, "moved");
        r.committee = committee.digestAt(refSlot);
        assertTrue(submit(r, proof), "the three that are left go on");
    }

    function test_honestVotesAreNoEvidence() external {
        uint256 s = secretOf(0);
        Vote memory a = vote(s, "c", ROUND, "a");
        bytes32 before = fingerprint();
        Vote memory other = vote(s, "c", ROUND + 1, "b");
        vm.expectRevert(ReportOracle.DifferentRounds.selector);
        oracle.slashEquivocation(memberIds[0], a, other);
        other = vote(s, "d", ROUND, "b");
        vm.expectRevert(ReportOracle.DifferentRounds.selector);
        oracle.slashEquivocation(memberIds[0], a, other);
        vm.expectRevert(ReportOracle.SameDigest.selector);
        oracle.slashEquivocation(memberIds[0], a, a);
        // The honest vote of another round, passed off as one of this round.
        other = vote(s, "c", ROUND + 1, "b");
        other.refSlot = ROUND;
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.VoteNotSigned.selector, 1));
        oracle.slashEquivocation(memberIds[0], a, other);
        assertEq(fingerprint(), before, "moved");
    }

    function test_votesOfAnotherMemberAreNoEvidence() external {
        (Vote memory a, Vote memory b) = pair(secretOf(1));
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.VoteNotSigned.selector, 0));
        oracle.slashEquivocation(memberIds[0], a, b);
        bytes32 nobody = keccak256("nobody");
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.WrongState.selector, nobody, OracleCommittee.State.None));
        oracle.slashEquivocation(nobody, a, b);
    }

    function test_aMemberIsSlashedOnce() external {
        (Vote memory a, Vote memory b) = pair(secretOf(1));
        oracle.slashEquivocation(memberIds[1], a, b);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[1], OracleCommittee.State.Slashed)
        );
        oracle.slashEquivocation(memberIds[1], a, b);
        vm.prank(ownerOf(1));
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[1], OracleCommittee.State.Slashed)
        );
        committee.withdrawBond(memberIds[1], payable(ownerOf(1)));
    }

    function test_whoLeftCanBeSlashedUntilTheBondIsTaken() external {
        vm.prank(ownerOf(2));
        committee.requestLeave(memberIds[2]);
        openFrame(0, 0);
        (Vote memory a, Vote memory b) = pair(secretOf(2));
        oracle.slashEquivocation(memberIds[2], a, b);
        assertEq(committee.member(memberIds[2]).bondWei, 0, "the bond is gone");
    }

    function test_whoRefusesEtherStopsNothing() external {
        (Vote memory a, Vote memory b) = pair(secretOf(1));
        Refuser refuser = new Refuser();
        refuser.slash(oracle, memberIds[1], a, b);
        assertEq(address(refuser).balance, 0.1 ether, "forced");
    }

    function test_onlyTheOracleSlashes() external {
        bytes32 role = committee.SLASHER_ROLE();
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), role)
        );
        committee.slash(memberIds[0], address(this));
    }

    function test_aMalformedVoteIsRefused() external {
        (Vote memory a, Vote memory b) = pair(secretOf(1));
        b.signature = G2Point([bytes32(0), 0, 0, 0, 0, 0, 0, 0]);
        bytes32 before = fingerprint();
        vm.expectRevert(BLS12381.PointAtInfinity.selector);
        oracle.slashEquivocation(memberIds[1], a, b);
        assertEq(fingerprint(), before, "moved");
    }
}
