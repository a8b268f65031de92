// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedBalance, IChallengedOracle} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {SumPath, SumStep} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {OracleDouble} from "./Doubles.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

/// @notice A challenge over an oracle that accepts what it is told to: a true state of nine validators, and what a report says of it.
abstract contract ChallengeFixture is ByteAssertions {
    address internal constant VAULT = address(0xfa17);
    bytes32 internal constant NOISE = "noise";
    bytes32 internal constant OURS = bytes32(uint256(1) << 248 | 0xfa17);

    OracleDouble internal oracle;
    BalanceChallenge internal challenge;

    /// @dev The true state, and what a report says of it: leaves and their sums, both levels free to lie.
    TestValidator[] internal _validators;
    uint64[] internal _indices;
    uint64[] internal _balances;
    uint64[] internal _sums;
    uint32 internal _count;
    /// @dev Added to the sum of the parent of the first two leaves.
    uint64 internal _lie;
    bytes32 internal _paddingHash;
    uint64 internal _paddingSum;

    function setUp() public {
        oracle = new OracleDouble();
        challenge = new BalanceChallenge(
            IChallengedOracle(address(oracle)), VAULT, new StateProofs(address(this), 0, 12, 8192, 600)
        );
        for (uint64 i = 0; i < 9; ++i) {
            TestValidator memory v;
            v.pubkey = abi.encodePacked(keccak256(abi.encode(i)), bytes16(0));
            v.balanceGwei = 32e9 + i;
            v.fields.validatorIndex = i;
            v.fields.withdrawalCredentials = i % 3 == 2 ? keccak256("foreign") : OURS;
            _validators.push(v);
            if (i % 3 != 2) _claim(i, v.balanceGwei);
        }
        _count = uint32(_indices.length);
    }

    function _refusedClaim(
        ReportAnchor memory anchor,
        ClaimedBalance memory claim,
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

    function _claim(uint64 index, uint64 balanceGwei) internal {
        _indices.push(index);
        _balances.push(balanceGwei);
        _sums.push(balanceGwei);
    }

    function _report(uint64 sum) internal view returns (Report memory report) {
        report.clValidatorsGwei = sum;
        report.validators = 6;
        report.balancesRoot = _anchor().balancesRoot;
    }

    function _anchor() internal view returns (ReportAnchor memory anchor) {
        (bytes32 top, uint64 sum) = _top();
        (anchor.refSlot, anchor.headerSlot) = (599, 599);
        anchor.stateRoot = StateTree.stateRoot(_validators, NOISE);
        anchor.balancesRoot = keccak256(abi.encodePacked(uint8(2), top, sum, _count));
    }

    function _accepted() internal returns (ReportAnchor memory anchor) {
        anchor = _anchor();
        (, uint64 sum) = _top();
        anchor.digest = oracle.digest(_report(sum));
        oracle.accept(anchor);
    }

    function _balanceProof(uint64 index) internal view returns (BalanceProof memory) {
        return StateTree.balanceProof(_validators, NOISE, index);
    }

    function _validatorProof(uint64 index) internal view returns (ValidatorProof memory proof) {
        proof = _validators[index].fields;
        proof.branch = StateTree.validatorBranch(_validators, NOISE, index);
    }

    function _leaf(uint256 place) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), _indices[place], _balances[place]));
    }

    function _top() internal view returns (bytes32 hash, uint64 sum) {
        (hash, sum,) = _walk(0);
    }

    function _opened(uint256 place) internal view returns (ClaimedBalance memory claim) {
        (,, SumStep[] memory steps) = _walk(place);
        claim.path = SumPath(uint64(place), 0, steps, _count);
        if (place >= _indices.length) return claim;
        claim.validatorIndex = _indices[place];
        claim.balanceGwei = _balances[place];
        claim.path.sum = _sums[place];
    }

    /// @dev The tree of eight leaves, written out: hashes and sums of a level, then of the one above.
    function _walk(uint256 place) internal view returns (bytes32, uint64, SumStep[] memory steps) {
        bytes32[] memory hashes = new bytes32[](8);
        uint64[] memory sums = new uint64[](8);
        for (uint256 i = 0; i < _indices.length; ++i) {
            (hashes[i], sums[i]) = (_leaf(i), _sums[i]);
        }
        (hashes[6], sums[6]) = (_paddingHash, _paddingSum);
        if (_indices.length == 7) (hashes[6], sums[6]) = (_leaf(6), _sums[6]);
        steps = new SumStep[](3);
        for (uint256 d = 0; d < 3; ++d) {
            (steps[d].siblingHash, steps[d].siblingSum) = (hashes[place ^ 1], sums[place ^ 1]);
            for (uint256 i = 0; i < 4 >> d; ++i) {
                hashes[i] = keccak256(
                    abi.encodePacked(uint8(1), hashes[2 * i], sums[2 * i], hashes[2 * i + 1], sums[2 * i + 1])
                );
                unchecked {
                    sums[i] = sums[2 * i] + sums[2 * i + 1] + (d == 0 && i == 0 ? _lie : 0);
                }
            }
            place /= 2;
            steps[d].parentSum = sums[place];
        }
        return (hashes[0], sums[0], steps);
    }
}
