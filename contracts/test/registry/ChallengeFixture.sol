// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf, IChallengedOracle} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {SumPath, Sums} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {OracleDouble} from "./Doubles.sol";
import {ProgressiveTree} from "./ProgressiveTree.sol";
import {StateTree, TestValidator} from "./StateTree.sol";
import {SumLie, SumNode, SumTree} from "./SumTree.sol";

/// @notice A challenge over an oracle that accepts what it is told to: a true state of nine validators, and what a report says of it.
abstract contract ChallengeFixture is ByteAssertions {
    /// @notice What a report says of a validator, and what the level above counts of it.
    struct Leaf {
        uint64 index;
        uint64 balanceGwei;
        uint8 flags;
        Sums sums;
    }

    address internal constant VAULT = address(0xfa17);
    bytes32 internal constant NOISE = "noise";
    bytes32 internal constant OURS = bytes32(uint256(1) << 248 | 0xfa17);
    uint64 internal constant NEVER = type(uint64).max;
    /// @dev Epoch of the reference slots here.
    uint64 internal constant REF_EPOCH = 18;
    uint8 internal constant EXITED = 1;
    uint8 internal constant SLASHED = 2;

    OracleDouble internal oracle;
    BalanceChallenge internal challenge;

    /// @dev The true state, of Gloas or before, and what a report says of it: leaves and what counts them, both free to lie.
    TestValidator[] internal _validators;
    bool internal _gloas;
    Leaf[] internal _leaves;
    uint32 internal _count;
    SumLie internal _lie;
    /// @dev What stands in the first place behind the leaves.
    SumNode internal _padding;
    /// @dev Places of the lowest level; 0 for as few as the leaves need.
    uint256 internal _width;

    function setUp() public {
        oracle = new OracleDouble();
        challenge = new BalanceChallenge(
            IChallengedOracle(address(oracle)), VAULT, new StateProofs(address(this), 0, 12, 8192, 600), 32
        );
        for (uint64 i = 0; i < 9; ++i) {
            _validator(i % 3 == 2 ? keccak256("foreign") : OURS, 32e9 + i, NEVER, false);
        }
        // Exits count from the epoch of the reference slot on.
        (_validators[0].fields.exitEpoch, _validators[1].fields.exitEpoch) = (REF_EPOCH, REF_EPOCH + 1);
        (_validators[3].fields.exitEpoch, _validators[3].fields.slashed) = (3, true);
        _validators[4].fields.slashed = true;
        _reportTheTruth();
    }

    function _validator(bytes32 credentials, uint64 balanceGwei, uint64 exitEpoch, bool slashed) internal {
        TestValidator memory v;
        v.pubkey = abi.encodePacked(keccak256(abi.encode(_validators.length)), bytes16(0));
        v.balanceGwei = balanceGwei;
        v.fields.validatorIndex = uint64(_validators.length);
        v.fields.withdrawalCredentials = credentials;
        (v.fields.exitEpoch, v.fields.slashed) = (exitEpoch, slashed);
        _validators.push(v);
    }

    /// @dev The leaves of the state's validators.
    function _reportTheTruth() internal {
        delete _leaves;
        for (uint64 i = 0; i < _validators.length; ++i) {
            ValidatorProof memory v = _validators[i].fields;
            if (!_isOurs(v.withdrawalCredentials)) continue;
            _claim(i, _validators[i].balanceGwei, _flagsOf(v));
        }
        _count = uint32(_leaves.length);
    }

    function _isOurs(bytes32 credentials) internal pure returns (bool) {
        return (credentials[0] == 0x01 || credentials[0] == 0x02)
            && credentials << 96 == bytes32(uint256(uint160(VAULT)) << 96);
    }

    function _flagsOf(ValidatorProof memory v) internal pure returns (uint8) {
        return (v.exitEpoch <= REF_EPOCH ? EXITED : 0) | (v.slashed ? SLASHED : 0);
    }

    /// @dev One more leaf, with the sums that belong to it.
    function _claim(uint64 index, uint64 balanceGwei, uint8 flags) internal {
        _leaves.push(Leaf(index, balanceGwei, flags, SumTree.leaf(index, balanceGwei, flags).sums));
    }

    function _refusedClaim(
        ReportAnchor memory anchor,
        ClaimedLeaf memory claim,
        BalanceProof memory proof,
        bytes4 selector
    ) internal {
        (bool ok, bytes memory reason) = address(challenge)
            .call(abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(selector), "reason");
        assertTrue(oracle.marks() == 0 && !challenge.provenFalse(anchor.refSlot), "nothing changed");
    }

    function _refused(bytes memory call, bytes memory reason) internal {
        uint256 marks = oracle.marks();
        (bool ok, bytes memory answer) = address(challenge).call(call);
        assertTrue(!ok, "refused");
        assertEq(answer, reason, "reason");
        assertEq(oracle.marks(), marks, "nothing changed");
    }

    function _fault(BalanceChallenge.Fault fault, ReportAnchor memory anchor) internal {
        vm.expectEmit();
        emit BalanceChallenge.FalseCommitmentProven(anchor.refSlot, anchor.digest, fault, address(this));
    }

    function _nothing() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(BalanceChallenge.NothingWrong.selector);
    }

    function _proven(ReportAnchor memory anchor) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(BalanceChallenge.AlreadyProven.selector, anchor.refSlot);
    }

    /// @dev The report that says what the tree does.
    function _report() internal view returns (Report memory report) {
        Sums memory sums = _top().sums;
        (report.clValidatorsGwei, report.exited, report.slashed) = (sums.balanceGwei, sums.exited, sums.slashed);
        (report.unprovenGwei, report.validators) = (sums.unprovenGwei, _count);
        report.balancesRoot = SumTree.rootOf(_top(), _count);
    }

    function _anchor() internal view returns (ReportAnchor memory anchor) {
        (anchor.refSlot, anchor.headerSlot) = _gloas ? (605, 600) : (599, 599);
        anchor.stateRoot =
            _gloas ? ProgressiveTree.stateRoot(_validators, NOISE) : StateTree.stateRoot(_validators, NOISE);
        anchor.balancesRoot = SumTree.rootOf(_top(), _count);
    }

    function _accepted() internal returns (ReportAnchor memory anchor) {
        anchor = _anchor();
        anchor.digest = oracle.digest(_report());
        oracle.accept(anchor);
    }

    function _balanceProof(uint64 index) internal view returns (BalanceProof memory) {
        return _gloas
            ? ProgressiveTree.balanceProof(_validators, NOISE, index)
            : StateTree.balanceProof(_validators, NOISE, index);
    }

    /// @dev That there is no validator behind the last one.
    function _lengthProof() internal view returns (BalanceProof memory) {
        return _gloas
            ? ProgressiveTree.balanceProof(_validators, NOISE, _validators.length)
            : StateTree.lengthProof(_validators, NOISE);
    }

    function _validatorProof(uint64 index) internal view returns (ValidatorProof memory proof) {
        proof = _validators[index].fields;
        proof.branch = _gloas
            ? ProgressiveTree.validatorBranch(_validators, NOISE, index)
            : StateTree.validatorBranch(_validators, NOISE, index);
    }

    /// @dev The lowest level of the report's tree.
    function _nodes() internal view returns (SumNode[] memory nodes) {
        nodes = new SumNode[](_width == 0 ? SumTree.widthOf(_leaves.length) : _width);
        for (uint256 i = 0; i < _leaves.length; ++i) {
            nodes[i] = SumNode(_leaf(i), _leaves[i].sums);
        }
        if (_leaves.length < nodes.length) nodes[_leaves.length] = _padding;
    }

    function _leaf(uint256 place) internal view returns (bytes32) {
        Leaf storage l = _leaves[place];
        return SumTree.leafHash(l.index, l.balanceGwei, l.flags);
    }

    function _top() internal view returns (SumNode memory) {
        return SumTree.topOf(_nodes(), _lie);
    }

    /// @dev From a node so many levels above the leaves.
    function _path(uint256 level, uint256 place) internal view returns (bytes32 node, SumPath memory path) {
        return SumTree.pathOf(_nodes(), _lie, level, place, _count);
    }

    /// @dev What the report says at a place of the lowest level: of padding, a path only.
    function _opened(uint256 place) internal view returns (ClaimedLeaf memory claim) {
        (, claim.path) = _path(0, place);
        if (place >= _leaves.length) return claim;
        Leaf storage l = _leaves[place];
        (claim.validatorIndex, claim.balanceGwei, claim.flags) = (l.index, l.balanceGwei, l.flags);
    }
}
