// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {BalanceTree, SumPath} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";

/// @notice Reports that leave out validators of the pool, under states of both layouts.
contract OmissionTest is ChallengeFixture {
    function _omit(uint256 place) private {
        for (uint256 i = place; i + 1 < _leaves.length; ++i) {
            _leaves[i] = _leaves[i + 1];
        }
        _leaves.pop();
        --_count;
    }

    function _beside(uint256 from, uint256 n) private view returns (ClaimedLeaf[] memory beside) {
        beside = new ClaimedLeaf[](n);
        for (uint256 i = 0; i < n; ++i) {
            beside[i] = _opened(from + i);
        }
    }

    function _call(ReportAnchor memory anchor, ClaimedLeaf[] memory beside, ValidatorProof memory proof)
        private
        view
        returns (bytes memory)
    {
        return
            abi.encodeCall(challenge.proveOmission, (anchor, beside, _validators[proof.validatorIndex].pubkey, proof));
    }

    function _convicts(ReportAnchor memory anchor, ClaimedLeaf[] memory beside, ValidatorProof memory proof) private {
        bytes memory call = _call(anchor, beside, proof);
        vm.expectEmit();
        emit BalanceChallenge.OmissionProven(anchor.refSlot, proof.validatorIndex, address(this));
        (bool ok,) = address(challenge).call(call);
        assertTrue(ok && challenge.provenFalse(anchor.refSlot), "on record");
        assertTrue(oracle.marks() == 1 && oracle.marked(0) == anchor.refSlot, "marked");
        _refused(call, _proven(anchor));
    }

    /// @dev The first, the last, or one between.
    function testFuzz_AnOmittedValidatorIsProvenByItsNeighbours(uint256 place, bool gloas) public {
        _gloas = gloas;
        place %= _leaves.length;
        ValidatorProof memory missing = _validatorProof(_leaves[place].index);
        _omit(place);
        ReportAnchor memory anchor = _accepted();
        bool atEdge = place == 0 || place == _leaves.length;
        ClaimedLeaf[] memory beside = _beside(place == 0 ? 0 : place - 1, atEdge ? 1 : 2);
        // Neighbours of another gap, one of two neighbours, no neighbours, and a gap in which foreign validators stand.
        for (uint256 i = 0; i + 1 < _leaves.length; ++i) {
            if (atEdge || i + 1 != place) _refused(_call(anchor, _beside(i, 2), missing), _nothing());
            if (!atEdge || (place == 0 ? i > 0 : i + 1 < _leaves.length)) {
                _refused(_call(anchor, _beside(i, 1), missing), _nothing());
            }
        }
        _refused(_call(anchor, new ClaimedLeaf[](0), missing), _nothing());
        _refused(_call(anchor, _beside(1, 2), _validatorProof(5)), _nothing());
        _convicts(anchor, beside, missing);
    }

    /// @dev Validator 2 stands between leaves 1 and 3, and is not the pool's.
    function test_AForeignValidatorIsNotMissed() public {
        for (uint256 i = 0; i < 2; ++i) {
            _gloas = i == 1;
            ReportAnchor memory anchor = _accepted();
            _refused(_call(anchor, _beside(1, 2), _validatorProof(2)), _nothing());
            _refused(_call(anchor, _beside(5, 1), _validatorProof(8)), _nothing());
        }
    }

    /// @dev Trees of one leaf and of none.
    function testFuzz_TheSmallestTrees(uint256 kept, uint64 index, bool gloas) public {
        _gloas = gloas;
        kept %= 7; // 6: none
        for (uint256 i = 6; i > 0; --i) {
            if (i - 1 != kept) _omit(i - 1);
        }
        index %= 9;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf[] memory beside = _beside(0, _leaves.length);
        bool told = _leaves.length == 1 && _leaves[0].index == index;
        ValidatorProof memory proof = _validatorProof(index);
        if (told || index % 3 == 2) _refused(_call(anchor, beside, proof), _nothing());
        else _convicts(anchor, beside, proof);
    }

    /// @dev A tree that says 0 and has a leaf is no tree of nobody: that its leaf stands behind the last is its fault.
    function test_ATreeOfNobodyIsTheEmptyOne() public {
        while (_leaves.length > 1) _omit(_leaves.length - 1);
        _count = 0;
        ReportAnchor memory anchor = _accepted();
        _refused(_call(anchor, new ClaimedLeaf[](0), _validatorProof(1)), _nothing());
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, _leaf(0), _opened(0).path);
    }

    /// @dev Two leaves, and nothing else, are beside a gap.
    function test_ThreeLeavesAreNoNeighbours() public {
        ValidatorProof memory missing = _validatorProof(_leaves[2].index);
        _omit(2);
        ReportAnchor memory anchor = _accepted();
        _refused(_call(anchor, _beside(1, 3), missing), _nothing());
        ClaimedLeaf[] memory beside = _beside(1, 2);
        (beside[0], beside[1]) = (beside[1], beside[0]);
        _refused(_call(anchor, beside, missing), _nothing());
        _convicts(anchor, _beside(1, 2), missing);
    }

    /// @dev Each neighbour must be in the report, and the validator in the state.
    function test_MadeUpNeighboursAndValidatorsAreRefused() public {
        for (uint256 i = 0; i < 2; ++i) {
            _gloas = i == 1;
            ReportAnchor memory anchor = _accepted();
            ValidatorProof memory made = _validatorProof(2);
            for (uint256 k = 0; k < 2; ++k) {
                ClaimedLeaf[] memory beside = _beside(1, 2);
                beside[k].validatorIndex += 1;
                _refusedWith(_call(anchor, beside, made), BalanceTree.NotCommitted.selector);
            }
            made.withdrawalCredentials = OURS;
            bytes memory call =
                abi.encodeCall(challenge.proveOmission, (anchor, _beside(1, 2), _validators[2].pubkey, made));
            _refusedWith(call, StateProofs.NotInState.selector);
            anchor.digest = "other";
            _refusedWith(_call(anchor, _beside(1, 2), _validatorProof(2)), BalanceChallenge.UnknownAnchor.selector);
        }
    }

    /// @dev A leaf whose preimage nobody tells hides what is missing beside it: docs/threat-model.md says so.
    function test_WhatStandsBesideAnOpaqueLeafCannotBeProven() public {
        ValidatorProof memory missing = _validatorProof(_leaves[2].index);
        _omit(2);
        _leaves[2].balanceGwei ^= 1; // known to its makers
        ReportAnchor memory anchor = _accepted();
        _leaves[2].balanceGwei ^= 1;
        SumPath memory path = _opened(1).path;
        ClaimedLeaf[] memory beside = _beside(1, 2);
        _refusedWith(_call(anchor, beside, missing), BalanceTree.NotCommitted.selector);
        assertTrue(path.steps.length == 3 && oracle.marks() == 0, "nothing");
    }

    function _refusedWith(bytes memory call, bytes4 selector) private {
        (bool ok, bytes memory reason) = address(challenge).call(call);
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(selector), "reason");
    }
}
