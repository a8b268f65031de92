// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimedLeaf} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {SumPath} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";
import {SumNode} from "./SumTree.sol";

/// @notice A report that says the truth about any state is convicted by no call, wherever in the tree it looks.
contract TrueReportTest is ChallengeFixture {
    ReportAnchor private _true;
    ValidatorProof[] private _containers;

    /// @dev Up to ten validators: of the pool by either prefix and any middle bytes, or foreign; exited around the reference slot's epoch or
    /// not; slashed or not; with any balance, 0 too.
    function _anyState(uint256 seed, bool gloas) private {
        _gloas = gloas;
        delete _validators;
        delete _containers;
        uint256 n = seed % 11;
        for (uint256 i = 0; i < n; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            bytes32 credentials = OURS | bytes32((dice >> 128 & 0xff) << 240);
            if (dice % 3 == 1) credentials ^= bytes32(uint256(3) << 248);
            if (dice % 3 == 2) credentials ^= bytes32(uint256(1) << dice % 150);
            uint64 exitEpoch = dice >> 8 & 3 == 0 ? NEVER : uint64(REF_EPOCH - 1 + (dice >> 10 & 3));
            uint64 balanceGwei = dice >> 16 & 3 == 0 ? 0 : uint64(dice >> 32) % 64e9;
            _validator(credentials, balanceGwei, exitEpoch, dice >> 20 & 1 == 1);
        }
        _reportTheTruth();
        _true = _accepted();
        for (uint64 i = 0; i < n; ++i) {
            _containers.push(_validatorProof(i));
        }
    }

    /// @dev Every leaf, against every validator of the state.
    function testFuzz_NoLeafIsFalse(uint256 seed, bool gloas) public {
        _anyState(seed, gloas);
        BalanceProof memory length = _lengthProof();
        for (uint256 i = 0; i < _leaves.length; ++i) {
            ClaimedLeaf memory claim = _opened(i);
            BalanceProof memory proof = _balanceProof(claim.validatorIndex);
            _refused(abi.encodeCall(challenge.proveFalseBalance, (_true, claim, proof)), _nothing());
            _refused(
                abi.encodeCall(challenge.proveFalseBalance, (_true, claim, length)),
                abi.encodeWithSelector(
                    StateProofs.NotBeyondEnd.selector, claim.validatorIndex, uint64(_validators.length)
                )
            );
            _refused(abi.encodeCall(challenge.proveMalformedLeaf, (_true, claim)), _nothing());
            for (uint256 v = 0; v < _validators.length; ++v) {
                bytes memory pubkey = _validators[v].pubkey;
                _refused(
                    abi.encodeCall(challenge.proveForeignValidator, (_true, claim, pubkey, _containers[v])), _nothing()
                );
                _refused(abi.encodeCall(challenge.proveFalseFlags, (_true, claim, pubkey, _containers[v])), _nothing());
            }
        }
    }

    /// @dev Every validator of the state, beside every leaf and every two of them.
    function testFuzz_NobodyIsMissingOrOutOfOrder(uint256 seed, bool gloas) public {
        _anyState(seed, gloas);
        uint256 n = _leaves.length;
        for (uint256 v = 0; v < _validators.length; ++v) {
            _notMissing(v, new ClaimedLeaf[](0));
        }
        ClaimedLeaf[] memory one = new ClaimedLeaf[](1);
        ClaimedLeaf[] memory two = new ClaimedLeaf[](2);
        for (uint256 i = 0; i < n; ++i) {
            one[0] = two[0] = _opened(i);
            for (uint256 v = 0; v < _validators.length; ++v) {
                _notMissing(v, one);
            }
            for (uint256 k = 0; k < n; ++k) {
                two[1] = _opened(k);
                _refused(abi.encodeCall(challenge.proveDisorder, (_true, two[0], two[1])), _nothing());
                for (uint256 v = 0; v < _validators.length; ++v) {
                    if (k == i + 1 || v == (seed % 11 + k) % _validators.length) _notMissing(v, two);
                }
            }
        }
    }

    /// @dev Every node of every level.
    function testFuzz_NoNodeIsWrong(uint256 seed, bool gloas) public {
        _anyState(seed, gloas);
        uint256 width = _nodes().length;
        for (uint256 level = 0; width >> level > 0; ++level) {
            for (uint256 place = 0; place < width >> level; ++place) {
                (bytes32 node, SumPath memory path) = _path(level, place);
                _refused(abi.encodeCall(challenge.proveBrokenSums, (_true, node, path)), _nothing());
                _refused(abi.encodeCall(challenge.provePadding, (_true, node, path)), _nothing());
            }
        }
        SumNode memory top = _top();
        _refused(abi.encodeCall(challenge.proveWrongTotal, (_true, _report(), top.hash, top.sums, _count)), _nothing());
    }

    function _notMissing(uint256 v, ClaimedLeaf[] memory beside) private {
        _refused(
            abi.encodeCall(challenge.proveOmission, (_true, beside, _validators[v].pubkey, _containers[v])), _nothing()
        );
    }
}
