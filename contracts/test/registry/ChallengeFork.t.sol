// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedBalance} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ProgressiveTree} from "./ProgressiveTree.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";

/// @notice Challenges of reports on both sides of a fork that moves everything in the state.
contract ChallengeForkTest is ChallengeFixture {
    /// @dev A state of Gloas, whose reference slot is of Gloas too; and one that is older than its reference slot.
    function testFuzz_AFalseBalanceIsProvenOnBothSidesOfTheFork(uint256 place, uint64 lie, bool gloas) public {
        place %= _indices.length;
        lie = lie % 64e9;
        vm.assume(lie != _balances[place]);
        uint64 actualGwei = _balances[place];
        (_balances[place], _sums[place]) = (lie, lie);
        ReportAnchor memory anchor = _anchorAcrossTheFork(gloas);
        ClaimedBalance memory claim = _opened(place);
        BalanceProof memory proof = _proofAcrossTheFork(_indices[place], gloas);
        BalanceProof memory other = _proofAcrossTheFork(_indices[place], !gloas);
        _refusedClaim(anchor, claim, other, SSZ.BranchLength.selector);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, _indices[place], lie, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, claim, proof);
    }

    function test_AValidatorThatDoesNotExistHasNoBalanceInGloas() public {
        _claim(1 << 30, 32e9);
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
        _claim(1 << 40, 32e9);
        ++_count;
        ReportAnchor memory anchor = _anchorAcrossTheFork(true);
        challenge.proveFalseBalance(anchor, _opened(6), _proofAcrossTheFork(1 << 40, true));
        assertEq(oracle.marks(), 1, "marked");
    }

    function test_AForeignValidatorIsProvenInGloas() public {
        _claim(5, _validators[5].balanceGwei);
        ++_count;
        ReportAnchor memory anchor = _anchorAcrossTheFork(true);
        ValidatorProof memory proof = _validators[5].fields;
        proof.branch = ProgressiveTree.validatorBranch(_validators, NOISE, 5);
        challenge.proveForeignValidator(anchor, _opened(6), _validators[5].pubkey, proof);
        assertEq(oracle.marks(), 1, "marked");
    }

    function _anchorAcrossTheFork(bool gloas) private returns (ReportAnchor memory anchor) {
        anchor = _anchor();
        (anchor.refSlot, anchor.headerSlot) = (605, gloas ? 600 : 599);
        if (gloas) anchor.stateRoot = ProgressiveTree.stateRoot(_validators, NOISE);
        oracle.accept(anchor);
    }

    function _proofAcrossTheFork(uint64 index, bool gloas) private view returns (BalanceProof memory) {
        return gloas ? ProgressiveTree.balanceProof(_validators, NOISE, index) : _balanceProof(index);
    }
}
