// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {Signer} from "../Signer.sol";
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

    /// @dev The payload of a block may enter the beacon state with a later block. A change just before a reference slot, or in its own slot,
    /// would not stand in the state that the round's members read.
    function testFuzz_aChangeCountsFromAReferenceSlotAtLeastCloseSlotsAway(uint64 slotsBefore) external {
        slotsBefore = uint64(bound(slotsBefore, 0, FRAME_SLOTS - 1));
        uint64 refSlot = nextRefSlot() + FRAME_SLOTS;
        toSlot(refSlot - slotsBefore);
        admit(10);
        assertEq(count(refSlot), slotsBefore >= CLOSE_SLOTS ? 5 : 4, "the next round");
        assertEq(count(refSlot + FRAME_SLOTS), 5, "the one after it");
    }

    function test_changesOnBothSidesOfTheCloseEachAnswerInTheirRound() external {
        uint64 refSlot = nextRefSlot() + FRAME_SLOTS;
        toSlot(refSlot - CLOSE_SLOTS);
        admit(10);
        assertEq(count(refSlot - FRAME_SLOTS), 4, "a change for the next round leaves it alone");
        toSlot(refSlot - CLOSE_SLOTS + 1);
        admit(11);
        toSlot(refSlot);
        admit(12);
        assertEq(count(refSlot), 5, "one came in time");
        assertEq(count(refSlot + FRAME_SLOTS), 7, "two did not");
        toSlot(refSlot + FRAME_SLOTS - CLOSE_SLOTS);
        assertEq(count(refSlot), 5, "as long as its reports are taken");
        admit(13);
        assertEq(count(refSlot + FRAME_SLOTS), 8, "changes before one reference slot add up");
    }

    function test_anEjectionAfterTheCloseActsOnTheNextRoundAndOnTheOneAfterIt() external {
        uint64 refSlot = nextRefSlot() + FRAME_SLOTS;
        toSlot(refSlot - 1);
        admit(10);
        vm.prank(GUARDIAN);
        committee.eject(memberIds[1]);
        assertEq(count(refSlot), 3, "next");
        assertEq(count(refSlot + FRAME_SLOTS), 4, "the one after it");
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

    function test_whoLeavesCanBeEjectedForAsLongAsItAnswers() external {
        openFrame(0, 0);
        vm.prank(ownerOf(3));
        committee.requestLeave(memberIds[3]);
        uint64 from = nextRefSlot();
        uint64 open = from - FRAME_SLOTS;
        toSlot(from - CLOSE_SLOTS);
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

    function test_whoIsInAnotherStateIsSkippedAndTheOthersGoOn() external {
        bytes32 candidate = registerMember(10);
        bytes32 gone = registerMember(11);
        vm.prank(ownerOf(11));
        committee.withdrawBond(gone, payable(ownerOf(11))); // in front of the batch, to stop it
        bytes32[] memory ids = new bytes32[](4);
        (ids[0], ids[1], ids[2], ids[3]) = (gone, candidate, memberIds[0], candidate);
        vm.expectEmit();
        emit OracleCommittee.Skipped(gone, OracleCommittee.State.Left);
        vm.expectEmit();
        emit OracleCommittee.Admitted(candidate, nextRefSlot());
        vm.expectEmit();
        emit OracleCommittee.Skipped(memberIds[0], OracleCommittee.State.Member);
        vm.expectEmit();
        emit OracleCommittee.Skipped(candidate, OracleCommittee.State.Member);
        vm.prank(MEMBERSHIP);
        committee.admit(ids);
        assertEq(count(nextRefSlot()), 5, "one more");

        (ids[0], ids[1], ids[2], ids[3]) = (gone, memberIds[1], "nobody", memberIds[1]);
        vm.expectEmit();
        emit OracleCommittee.Skipped(gone, OracleCommittee.State.Left);
        vm.expectEmit();
        emit OracleCommittee.Removed(memberIds[1], nextRefSlot());
        vm.expectEmit();
        emit OracleCommittee.Skipped("nobody", OracleCommittee.State.None);
        vm.expectEmit();
        emit OracleCommittee.Skipped(memberIds[1], OracleCommittee.State.Left);
        vm.prank(MEMBERSHIP);
        committee.remove(ids);
        assertEq(count(nextRefSlot()), 4, "one less");
    }

    function test_aBatchOfNobodyChangesNothing() external {
        toSlot(nextRefSlot() + 1);
        bytes32 candidate = registerMember(10);
        bytes32[3] memory before = _sets();
        vm.startPrank(MEMBERSHIP);
        committee.admit(one(memberIds[0]));
        committee.remove(one(candidate));
        committee.admit(new bytes32[](0));
        vm.stopPrank();
        assertTrue(keccak256(abi.encode(before)) == keccak256(abi.encode(_sets())), "sets and states");
    }

    /// @dev Any batches, of anybody in any state, repeated or not, against lists that are kept here.
    function testFuzz_batchesLeaveTheMembersThatTheStatesAllow(uint256 seed) external {
        bytes32[] memory all = new bytes32[](8);
        for (uint256 i = 0; i < 8; ++i) {
            all[i] = i < MEMBERS ? memberIds[i] : registerMember(10 + i);
            if (i < MEMBERS) _expected.push(all[i]);
            _state[all[i]] = i < MEMBERS ? 2 : 1;
        }
        for (uint256 round = 0; round < 4; ++round) {
            uint256 word = uint256(keccak256(abi.encode(seed, round)));
            bytes32[] memory ids = new bytes32[](word % 7);
            bool admitting = (word >> 8) % 2 == 0;
            for (uint256 i = 0; i < ids.length; ++i) {
                ids[i] = all[(word >> (16 + 8 * i)) % 8];
                if (admitting && _state[ids[i]] == 1) {
                    _expected.push(ids[i]);
                    _state[ids[i]] = 2;
                } else if (!admitting && _state[ids[i]] == 2) {
                    _forget(ids[i]);
                    _state[ids[i]] = 3;
                }
            }
            vm.prank(MEMBERSHIP);
            if (admitting) committee.admit(ids);
            else committee.remove(ids);
            (bytes32 digest, bytes32[] memory got) = committee.committeeAt(nextRefSlot());
            assertEq(keccak256(abi.encodePacked(got)), keccak256(abi.encodePacked(_expected)), "members in order");
            assertTrue(digest != 0 || got.length == 0, "digest");
            uint256 sum = 0;
            for (uint256 i = 0; i < 8; ++i) {
                if (_state[all[i]] == 2) sum += secretOf(i < MEMBERS ? i : 10 + i);
                assertEq(uint256(committee.member(all[i]).state), _state[all[i]], "state");
            }
            bytes32[4] memory nobody;
            bytes32[4] memory keySum = sum == 0 ? nobody : Signer.keyOf(sum);
            assertEq(keccak256(abi.encode(committee.keySumAt(nextRefSlot()))), keccak256(abi.encode(keySum)), "sum");
            if (word >> 248 == 0) toSlot(nextRefSlot() + 1);
        }
    }

    bytes32[] private _expected;
    mapping(bytes32 id => uint256) private _state;

    function _forget(bytes32 id) private {
        uint256 place = 0;
        while (_expected[place] != id) ++place;
        for (; place + 1 < _expected.length; ++place) {
            _expected[place] = _expected[place + 1];
        }
        _expected.pop();
    }

    function _sets() private view returns (bytes32[3] memory) {
        return [
            committee.digestAt(nextRefSlot() - FRAME_SLOTS),
            committee.digestAt(nextRefSlot()),
            keccak256(abi.encode(committee.member(memberIds[0])))
        ];
    }

    function test_onlyTheRoleAdmitsAndRemovesAndOnlyTheOwnersMemberLeaves() external {
        bytes32 id = registerMember(10);
        bytes32 role = committee.MEMBERSHIP_ROLE();
        bytes memory refusal =
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), role);
        vm.expectRevert(refusal);
        committee.admit(one(id));
        vm.expectRevert(refusal);
        committee.remove(one(memberIds[0]));
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.NotMemberOwner.selector, memberIds[0], address(this)));
        committee.requestLeave(memberIds[0]);
        vm.prank(ownerOf(10));
        vm.expectRevert(
            abi.encodeWithSelector(OracleCommittee.WrongState.selector, id, OracleCommittee.State.Candidate)
        );
        committee.requestLeave(id);
    }

    function test_aCandidateHasItsBondBackAtOnceAndIsNoCandidateThen() external {
        bytes32 id = registerMember(10);
        vm.prank(ownerOf(10));
        committee.withdrawBond(id, payable(ownerOf(10)));
        assertEq(ownerOf(10).balance, 1 ether, "back");
        vm.prank(MEMBERSHIP);
        committee.admit(one(id));
        assertEq(uint256(committee.member(id).state), uint256(OracleCommittee.State.Left), "it stays out");
        assertEq(count(nextRefSlot()), MEMBERS, "members");
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
