// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof} from "../../src/interfaces/IStateProofs.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";

/// @notice Challenges of reports on both sides of a fork that moves everything in the state.
contract ChallengeForkTest is ChallengeFixture {
    /// @dev A state of Gloas, whose reference slot is of Gloas too; and one that is older than its reference slot.
    function testFuzz_AFalseBalanceIsProvenOnBothSidesOfTheFork(uint256 place, uint64 lie, bool gloas) public {
        place %= _leaves.length;
        lie = lie % 64e9;
        uint64 index = _leaves[place].index;
        uint64 actualGwei = _leaves[place].balanceGwei;
        vm.assume(lie != actualGwei);
        (_leaves[place].balanceGwei, _leaves[place].sums.balanceGwei) = (lie, lie);
        ReportAnchor memory anchor = _anchorAcrossTheFork(gloas);
        ClaimedLeaf memory claim = _opened(place);
        BalanceProof memory proof = _proofAcrossTheFork(index, gloas);
        BalanceProof memory other = _proofAcrossTheFork(index, !gloas);
        _refusedClaim(anchor, claim, other, SSZ.BranchLength.selector);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, lie, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, claim, proof);
    }

    function test_AValidatorThatDoesNotExistHasNoBalanceInGloas() public {
        _claim(1 << 30, 32e9, 0);
        ++_count;
        ReportAnchor memory anchor = _anchorAcrossTheFork(true);
        BalanceProof memory proof = _proofAcrossTheFork(1 << 30, true);
        assertTrue(proof.beyondEnd, "by the length of the list");
        // The length says nothing of a validator that exists.
        _refusedClaim(anchor, _opened(0), proof, StateProofs.NotBeyondEnd.selector);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, 1 << 30, 32e9, 0, address(this));
        challenge.proveFalseBalance(anchor, _opened(6), proof);
    }

    /// @dev An index that no registry can have was out of reach of proofs.
    function test_AnIndexBeyondEveryRegistryHasNoBalance() public {
        _claim(1 << 40, 32e9, 0);
        ++_count;
        ReportAnchor memory anchor = _anchorAcrossTheFork(true);
        challenge.proveFalseBalance(anchor, _opened(6), _proofAcrossTheFork(1 << 40, true));
        assertEq(oracle.marks(), 1, "marked");
    }

    function test_AForeignValidatorIsProvenInGloas() public {
        _claim(5, _validators[5].balanceGwei, 0);
        ++_count;
        ReportAnchor memory anchor = _anchorAcrossTheFork(true);
        challenge.proveForeignValidator(anchor, _opened(6), _validators[5].pubkey, _validatorProof(5));
        assertEq(oracle.marks(), 1, "marked");
    }

    function test_ExitsAreJudgedAtTheReferenceSlot() public {
        _judgedAtTheReferenceSlot(false);
    }

    function test_ExitsAreJudgedAtTheReferenceSlotInGloas() public {
        _judgedAtTheReferenceSlot(true);
    }

    /// @dev Not at the epoch of the state, which may be an earlier one.
    function _judgedAtTheReferenceSlot(bool gloas) private {
        ReportAnchor memory anchor = _anchorAcrossTheFork(gloas);
        _refused(
            abi.encodeCall(challenge.proveFalseFlags, (anchor, _opened(1), _validators[1].pubkey, _validatorProof(1))),
            _nothing()
        );
        anchor.refSlot = (REF_EPOCH + 1) * 32;
        oracle.accept(anchor);
        vm.expectEmit();
        emit BalanceChallenge.FalseFlagsProven(anchor.refSlot, 1, 0, EXITED, address(this));
        challenge.proveFalseFlags(anchor, _opened(1), _validators[1].pubkey, _validatorProof(1));
    }

    /// @dev With the reference slot behind the fork, in the state before it too.
    function _anchorAcrossTheFork(bool gloas) private returns (ReportAnchor memory anchor) {
        _gloas = gloas;
        anchor = _anchor();
        (anchor.refSlot, anchor.headerSlot) = (605, gloas ? 600 : 599);
        oracle.accept(anchor);
    }

    function _proofAcrossTheFork(uint64 index, bool gloas) private returns (BalanceProof memory) {
        _gloas = gloas;
        return _balanceProof(index);
    }
}
