// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point, Vote} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "../system/Committee.sol";

/// @notice What changes in the committee is told.
contract CommitteeEventsTest is Committee {
    address private constant TO = address(0x70);

    function setUp() public {
        deployAll();
        formCommittee();
    }

    function test_aCandidateAndItsBondAreTold() external {
        bytes32[4] memory key = Signer.keyOf(secretOf(9));
        G2Point memory possession = Signer.sign(secretOf(9), committee.proofMessage(ownerOf(9), key));
        // Two coordinates of 48 bytes.
        bytes32 id = keccak256(
            abi.encodePacked(bytes16(uint128(uint256(key[0]))), key[1], bytes16(uint128(uint256(key[2]))), key[3])
        );
        vm.deal(ownerOf(9), 3 ether);
        vm.expectEmit();
        emit OracleCommittee.Registered(id, ownerOf(9), key, "peer", 2 ether);
        vm.prank(ownerOf(9));
        committee.register{value: 2 ether}(key, "peer", possession);
        vm.expectEmit();
        emit OracleCommittee.BondAdded(id, 3 ether);
        vm.prank(ownerOf(9));
        committee.addBond{value: 1 ether}(id);
        vm.expectEmit();
        emit OracleCommittee.BondWithdrawn(id, TO, 3 ether);
        vm.prank(ownerOf(9));
        committee.withdrawBond(id, payable(TO));
        assertEq(TO.balance, 3 ether, "paid");
    }

    function test_anotherCommitteeIsTold() external {
        uint64 from = nextRefSlot();
        uint256 snapshot = vm.snapshotState();
        vm.prank(ownerOf(1));
        committee.requestLeave(memberIds[1]);
        bytes32 digest = committee.digestAt(from);
        vm.revertToState(snapshot);
        assertTrue(committee.digestAt(from) != digest, "another one");
        vm.expectEmit();
        emit OracleCommittee.Removed(memberIds[1], from);
        vm.expectEmit();
        emit CommitteeSets.CommitteeChanged(from, digest, 3);
        vm.prank(ownerOf(1));
        committee.requestLeave(memberIds[1]);
    }

    function test_anEjectionIsTold() external {
        vm.expectEmit();
        emit OracleCommittee.Ejected(memberIds[2]);
        vm.prank(GUARDIAN);
        committee.eject(memberIds[2]);
    }

    function test_aSlashingIsToldByOracleAndCommittee() external {
        Vote[2] memory votes;
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 digest = bytes32(i + 1);
            votes[i] = Vote("c", 7, digest, Signer.sign(secretOf(1), oracle.voteMessage("c", 7, digest)));
        }
        vm.expectEmit();
        emit ReportOracle.EquivocationProven(memberIds[1], "c", 7, bytes32(uint256(1)), bytes32(uint256(2)));
        vm.expectEmit();
        emit OracleCommittee.Ejected(memberIds[1]);
        vm.expectEmit();
        emit OracleCommittee.MemberSlashed(memberIds[1], address(0xBEEF), 0.1 ether, 0.9 ether);
        vm.prank(address(0xBEEF));
        oracle.slashEquivocation(memberIds[1], votes[0], votes[1]);
    }
}
