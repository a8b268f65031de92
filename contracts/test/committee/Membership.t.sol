// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {Committee} from "../system/Committee.sol";

/// @notice Who answers when.
contract MembershipTest is Committee {
    function setUp() public {
        deployAll();
        formCommittee();
    }

    function one(bytes32 id) private pure returns (bytes32[] memory ids) {
        ids = new bytes32[](1);
        ids[0] = id;
    }

    function count(uint64 refSlot) private view returns (uint256) {
        (, bytes32[] memory ids) = committee.committeeAt(refSlot);
        return ids.length;
    }

    function admit(uint256 i) private returns (bytes32 id) {
        id = registerMember(i);
        vm.prank(MEMBERSHIP);
        committee.admit(one(id));
    }

    function test_changesAnswerFromTheNextReferenceSlotOn() external {
        uint64 first = nextRefSlot();
        toSlot(first + 1);
        uint64 second = first + FRAME_SLOTS;
        bytes32 before = committee.digestAt(first);
        admit(10);
        assertEq(count(first), 4, "the open round is as it was");
        assertEq(committee.digestAt(first), before, "its digest too");
        assertEq(count(second), 5, "the next one has the new member");
        admit(11);
        vm.prank(MEMBERSHIP);
        committee.remove(one(memberIds[0]));
        assertEq(count(first), 4, "still");
        assertEq(count(second), 5, "changes before one reference slot add up");
        toSlot(second + 1);
        admit(12);
        assertEq(count(second), 5, "now this round is open");
        assertEq(count(second + FRAME_SLOTS), 6, "and changes wait for the next");
    }

    function test_aChangeInTheReferenceSlotItselfConcernsItsRound() external {
        uint64 refSlot = nextRefSlot();
        toSlot(refSlot);
        admit(10);
        assertEq(count(refSlot), 5, "this round");
        toSlot(refSlot + 1);
        admit(11);
        assertEq(count(refSlot), 5, "the slot after is too late");
    }

    function test_anEjectionActsOnTheOpenAndTheNextRound() external {
        uint64 open = nextRefSlot();
        toSlot(open + 5);
        admit(10);
        vm.prank(GUARDIAN);
        committee.eject(memberIds[1]);
        assertEq(count(open), 3, "open");
        assertEq(count(open + FRAME_SLOTS), 4, "next");
        bytes32 sums = keccak256(abi.encode(committee.keySumAt(open)));
        (, bytes32[] memory ids) = committee.committeeAt(open);
        assertTrue(ids[0] == memberIds[0] && ids[1] == memberIds[2] && ids[2] == memberIds[3], "order");
        assertTrue(sums != keccak256(abi.encode(committee.keySumAt(open + FRAME_SLOTS))), "sums differ");
        vm.prank(GUARDIAN);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[1], OracleCommittee.State.Left)
        );
        committee.eject(memberIds[1]);
    }

    /// @dev In the slot of the reference slot itself the round before is still the open one, and who leaves still answers for it.
    function test_whoLeavesCanBeEjectedForAsLongAsItAnswers() external {
        openFrame(0, 0);
        vm.prank(ownerOf(3));
        committee.requestLeave(memberIds[3]);
        uint64 from = nextRefSlot();
        uint64 open = from - FRAME_SLOTS;
        toSlot(from);
        assertEq(count(open), 4, "it answers for the open round");
        vm.prank(GUARDIAN);
        committee.eject(memberIds[3]);
        assertEq(count(open), 3, "no longer");
        vm.prank(GUARDIAN);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[3], OracleCommittee.State.Left)
        );
        committee.eject(memberIds[3]);
    }

    function test_whoHasLeftAnswersNoMoreAndIsNotEjected() external {
        openFrame(0, 0);
        vm.prank(ownerOf(3));
        committee.requestLeave(memberIds[3]);
        toSlot(nextRefSlot() + 1);
        assertEq(count(nextRefSlot() - FRAME_SLOTS), 3, "the open round is without it");
        vm.prank(GUARDIAN);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[3], OracleCommittee.State.Left)
        );
        committee.eject(memberIds[3]);
    }

    function test_theLastMemberCanGoAndOthersCome() external {
        toSlot(nextRefSlot() + 1);
        for (uint256 i = 0; i < MEMBERS; ++i) {
            vm.prank(GUARDIAN);
            committee.eject(memberIds[i]);
        }
        assertEq(count(nextRefSlot()), 0, "empty");
        admit(10);
        assertEq(count(nextRefSlot()), 1, "one");
    }

    function test_onlyCandidatesAreAdmittedAndOnlyMembersRemoved() external {
        bytes32 id = registerMember(10);
        vm.prank(MEMBERSHIP);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, id, OracleCommittee.State.Candidate)
        );
        committee.remove(one(id));
        vm.prank(MEMBERSHIP);
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[0], OracleCommittee.State.Member)
        );
        committee.admit(one(memberIds[0]));
        bytes32 role = committee.MEMBERSHIP_ROLE();
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), role)
        );
        committee.admit(one(id));
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.NotMemberOwner.selector, memberIds[0], address(this)));
        committee.requestLeave(memberIds[0]);
    }

    function test_aCandidateHasItsBondBackAtOnceAndIsNoCandidateThen() external {
        bytes32 id = registerMember(10);
        vm.prank(ownerOf(10));
        committee.withdrawBond(id, payable(ownerOf(10)));
        assertEq(ownerOf(10).balance, 1 ether, "back");
        vm.prank(MEMBERSHIP);
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.WrongState.selector, id, OracleCommittee.State.Left));
        committee.admit(one(id));
    }

    function test_aMembersBondStaysUntilTheUnbondingTimeIsOver() external {
        toSlot(nextRefSlot() + 1);
        uint64 from = nextRefSlot();
        vm.prank(ownerOf(0));
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, memberIds[0], OracleCommittee.State.Member)
        );
        committee.withdrawBond(memberIds[0], payable(ownerOf(0)));
        vm.deal(address(this), 2 ether);
        committee.addBond{value: 2 ether}(memberIds[0]);
        vm.prank(ownerOf(0));
        committee.requestLeave(memberIds[0]);
        uint256 free = GENESIS_TIME + (uint256(from) + 1) * SECONDS_PER_SLOT + 1 weeks;
        vm.warp(free - 1);
        vm.prank(ownerOf(0));
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.BondLocked.selector, free));
        committee.withdrawBond(memberIds[0], payable(ownerOf(0)));
        vm.warp(free);
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.NotMemberOwner.selector, memberIds[0], address(this)));
        committee.withdrawBond(memberIds[0], payable(address(this)));
        vm.prank(ownerOf(0));
        committee.withdrawBond(memberIds[0], payable(ownerOf(0)));
        assertEq(ownerOf(0).balance, 3 ether, "all of it");
        assertEq(address(committee).balance, (MEMBERS - 1) * 1 ether, "the others' bonds are there");
        vm.prank(ownerOf(0));
        committee.withdrawBond(memberIds[0], payable(ownerOf(0)));
        assertEq(ownerOf(0).balance, 3 ether, "and once");
    }

    function test_aMemberKeepsWhatItRegistered() external view {
        OracleCommittee.Member memory m = committee.member(memberIds[2]);
        assertEq(m.owner, ownerOf(2), "owner");
        assertEq(keccak256(m.peerId), keccak256(abi.encodePacked("peer", uint256(2))), "peer id");
        assertEq(m.bondWei, 1 ether, "bond");
    }
}
