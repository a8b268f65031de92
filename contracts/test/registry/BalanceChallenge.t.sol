// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf, IChallengedOracle} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, IStateProofs} from "../../src/interfaces/IStateProofs.sol";
import {BalanceTree, Sums, SumStep} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {StateTree} from "./StateTree.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";

contract BalanceChallengeTest is ChallengeFixture {
    function testFuzz_AFalseBalanceIsProvenOnceAndStopsReports(uint256 place, uint64 lie) public {
        place %= _leaves.length;
        uint64 index = _leaves[place].index;
        uint64 actualGwei = _leaves[place].balanceGwei;
        lie = lie % 64e9;
        vm.assume(lie != actualGwei);
        (_leaves[place].balanceGwei, _leaves[place].sums.balanceGwei) = (lie, lie);
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory claim = _opened(place);
        BalanceProof memory proof = _balanceProof(index);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, lie, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, claim, proof);
        assertTrue(oracle.marks() == 1 && oracle.marked(0) == anchor.refSlot, "marked");
        assertTrue(challenge.provenFalse(anchor.refSlot), "on record");
        _refused(abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, proof)), _proven(anchor));
    }

    function test_ASecondProofIsRecordedButDoesNotMarkTheReportAgain() public {
        (_leaves[0].balanceGwei, _leaves[0].sums.balanceGwei) = (1, 1);
        (_leaves[1].balanceGwei, _leaves[1].sums.balanceGwei) = (2, 2);
        ReportAnchor memory anchor = _accepted();
        challenge.proveFalseBalance(anchor, _opened(0), _balanceProof(_leaves[0].index));
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(
            anchor.refSlot, _leaves[1].index, 2, 32e9 + _leaves[1].index, address(this)
        );
        challenge.proveFalseBalance(anchor, _opened(1), _balanceProof(_leaves[1].index));
        assertEq(oracle.marks(), 1, "marked once");
    }

    function test_ALeafCountedWithAnotherSumIsFalse() public {
        _leaves[2].sums.balanceGwei += 5;
        ReportAnchor memory anchor = _accepted();
        uint64 index = _leaves[2].index;
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(
            anchor.refSlot, index, _leaves[2].balanceGwei + 5, _leaves[2].balanceGwei, address(this)
        );
        challenge.proveFalseBalance(anchor, _opened(2), _balanceProof(index));
    }

    /// @dev The sum that counts it is true, the leaf is not.
    function test_ALeafOfAnotherBalanceIsFalseThoughItsSumIsTrue() public {
        uint64 actualGwei = _leaves[2].balanceGwei;
        _leaves[2].balanceGwei += 5;
        ReportAnchor memory anchor = _accepted();
        uint64 index = _leaves[2].index;
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, actualGwei, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, _opened(2), _balanceProof(index));
    }

    function test_AValidatorThatIsNotThePoolsIsProven() public {
        _claim(5, _validators[5].balanceGwei, 0);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory claim = _opened(6);
        _refused(abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, _balanceProof(5))), _nothing());
        _refused(
            abi.encodeCall(challenge.proveForeignValidator, (anchor, claim, _validators[8].pubkey, _validatorProof(8))),
            _nothing()
        );
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, 5, _validators[5].balanceGwei, 0, address(this));
        challenge.proveForeignValidator(anchor, claim, _validators[5].pubkey, _validatorProof(5));
        assertEq(oracle.marks(), 1, "marked");
    }

    function test_AValidatorThatDoesNotExistHasNoBalance() public {
        _claim(1 << 30, 32e9, 0);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        challenge.proveFalseBalance(anchor, _opened(6), _balanceProof(1 << 30));
        assertEq(oracle.marks(), 1, "marked");
    }

    /// @dev Whatever the leaf says of it: a balance of 0 is true of nobody.
    function testFuzz_ALeafOfNobodyIsFalse(uint64 index, uint64 balanceGwei, uint8 flags, bool gloas) public {
        _gloas = gloas;
        index = uint64(bound(index, 9, type(uint64).max));
        _claim(index, balanceGwei % 2 == 0 ? 0 : balanceGwei % 64e9, flags % 4);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory claim = _opened(6);
        BalanceProof memory proof = _lengthProof();
        // The length says nothing of a validator that exists.
        _refusedClaim(anchor, _opened(0), proof, StateProofs.NotBeyondEnd.selector);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, claim.balanceGwei, 0, address(this));
        challenge.proveFalseBalance(anchor, claim, proof);
    }

    function test_AnEpochHasSlots() public {
        IStateProofs states = challenge.stateProofs();
        vm.expectRevert(BalanceChallenge.ZeroSlotsPerEpoch.selector);
        new BalanceChallenge(IChallengedOracle(address(oracle)), VAULT, states, 0);
    }

    function test_ClaimsThatTheReportDoesNotMakeAreRefused() public {
        (_leaves[0].balanceGwei, _leaves[0].sums.balanceGwei) = (1, 1);
        ReportAnchor memory anchor = _accepted();
        BalanceProof memory proof = _balanceProof(_leaves[0].index);
        ClaimedLeaf memory claim = _opened(0);
        claim.balanceGwei = 2;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.balanceGwei = 1;
        claim.flags ^= EXITED;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.flags ^= EXITED;
        _refusedSums(anchor, claim, proof, claim.path.sums);
        claim.path.count += 1;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.path.count -= 1;
        claim.path.position = 1;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.path.position = 8;
        _refusedClaim(anchor, claim, proof, BalanceTree.InvalidPath.selector);
        claim.path.position = 0;
        for (uint256 i = 0; i < 3; ++i) {
            claim.path.steps[i].siblingHash ^= bytes32(uint256(1));
            _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
            claim.path.steps[i].siblingHash ^= bytes32(uint256(1));
            _refusedSums(anchor, claim, proof, claim.path.steps[i].sibling);
            _refusedSums(anchor, claim, proof, claim.path.steps[i].parent);
        }
        SumStep[] memory steps = claim.path.steps;
        claim.path.steps = new SumStep[](33);
        _refusedClaim(anchor, claim, proof, BalanceTree.InvalidPath.selector);
        claim.path.steps = steps;
        anchor.refSlot += 1;
        _refusedClaim(anchor, claim, proof, BalanceChallenge.UnknownAnchor.selector);
        anchor.refSlot -= 1;
        proof.chunk = StateTree.chunk(77);
        _refusedClaim(anchor, claim, proof, StateProofs.NotInState.selector);
        challenge.proveFalseBalance(anchor, claim, _balanceProof(_leaves[0].index));
    }

    /// @dev Each of the sums, wherever it stands on the path.
    function _refusedSums(
        ReportAnchor memory anchor,
        ClaimedLeaf memory claim,
        BalanceProof memory proof,
        Sums memory sums
    ) private {
        sums.balanceGwei += 1;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        (sums.balanceGwei, sums.exited) = (sums.balanceGwei - 1, sums.exited + 1);
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        (sums.exited, sums.slashed) = (sums.exited - 1, sums.slashed + 1);
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        (sums.slashed, sums.unprovenGwei) = (sums.slashed - 1, sums.unprovenGwei + 1);
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        sums.unprovenGwei -= 1;
    }
}
