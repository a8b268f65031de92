// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedBalance, IChallengedOracle} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {BalanceTree, SumPath, SumStep} from "../../src/lib/BalanceTree.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {OracleDouble} from "./Doubles.sol";
import {ProgressiveTree} from "./ProgressiveTree.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

contract BalanceChallengeTest is ByteAssertions {
    address private constant VAULT = address(0xfa17);
    bytes32 private constant NOISE = "noise";
    bytes32 private constant OURS = bytes32(uint256(1) << 248 | 0xfa17);

    OracleDouble private oracle;
    BalanceChallenge private challenge;

    /// @dev The true state, and what a report says of it: leaves and their sums, both levels free to lie.
    TestValidator[] private _validators;
    uint64[] private _indices;
    uint64[] private _balances;
    uint64[] private _sums;
    uint32 private _count;
    /// @dev Added to the sum of the parent of the first two leaves.
    uint64 private _lie;
    bytes32 private _paddingHash;
    uint64 private _paddingSum;

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

    function test_AnHonestReportCannotBeChallenged() public {
        ReportAnchor memory anchor = _accepted();
        for (uint256 i = 0; i < _indices.length; ++i) {
            ClaimedBalance memory claim = _opened(i);
            _refused(
                abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, _balanceProof(_indices[i]))), _nothing()
            );
            TestValidator memory v = _validators[_indices[i]];
            _refused(
                abi.encodeCall(
                    challenge.proveForeignValidator, (anchor, claim, v.pubkey, _validatorProof(_indices[i]))
                ),
                _nothing()
            );
            _refused(abi.encodeCall(challenge.proveBrokenSums, (anchor, _leaf(i), claim.path)), _nothing());
            for (uint256 k = 0; k < _indices.length; ++k) {
                _refused(abi.encodeCall(challenge.proveDuplicate, (anchor, claim, _opened(k))), _nothing());
            }
        }
        (bytes32 top, uint64 sum) = _top();
        _refused(abi.encodeCall(challenge.proveWrongTotal, (anchor, _report(sum), top, sum, _count)), _nothing());
    }

    function testFuzz_AFalseBalanceIsProvenOnceAndStopsReports(uint256 place, uint64 lie) public {
        place %= _indices.length;
        uint64 index = _indices[place];
        uint64 actualGwei = _balances[place];
        lie = lie % 64e9;
        vm.assume(lie != actualGwei);
        (_balances[place], _sums[place]) = (lie, lie);
        ReportAnchor memory anchor = _accepted();
        ClaimedBalance memory claim = _opened(place);
        BalanceProof memory proof = _balanceProof(index);
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, lie, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, claim, proof);
        assertTrue(oracle.marks() == 1 && oracle.marked(0) == anchor.refSlot, "marked");
        assertTrue(challenge.provenFalse(anchor.refSlot), "on record");
        _refused(
            abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, proof)),
            abi.encodeWithSelector(BalanceChallenge.AlreadyProven.selector, anchor.refSlot)
        );
    }

    function test_ASecondProofIsRecordedButDoesNotMarkTheReportAgain() public {
        (_balances[0], _sums[0]) = (1, 1);
        (_balances[1], _sums[1]) = (2, 2);
        ReportAnchor memory anchor = _accepted();
        challenge.proveFalseBalance(anchor, _opened(0), _balanceProof(_indices[0]));
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, _indices[1], 2, 32e9 + _indices[1], address(this));
        challenge.proveFalseBalance(anchor, _opened(1), _balanceProof(_indices[1]));
        assertEq(oracle.marks(), 1, "marked once");
    }

    /// @dev Six leaves in a tree of eight places.
    function testFuzz_PaddingThatCarriesEtherOrHidesAHashIsProven(uint64 sum, bytes32 hash) public {
        vm.assume(sum != 0 || hash != 0);
        sum %= 1e18;
        (_paddingHash, _paddingSum) = (hash, hash == 0 && sum == 0 ? 1 : sum);
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(6).path;
        path.sum = _paddingSum;
        _refused(abi.encodeCall(challenge.provePadding, (anchor, _leaf(0), _opened(0).path)), _nothing());
        _refused(abi.encodeCall(challenge.provePadding, (anchor, bytes32(0), _opened(7).path)), _nothing());
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, hash, path);
        assertEq(oracle.marks(), 1, "marked");
        _refused(
            abi.encodeCall(challenge.provePadding, (anchor, hash, path)),
            abi.encodeWithSelector(BalanceChallenge.AlreadyProven.selector, anchor.refSlot)
        );
    }

    function test_APlaceWithoutALeafIsProven() public {
        _count = 7;
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(6).path;
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, bytes32(0), path);
    }

    function test_ANodeAboveTheLeavesIsNoPadding() public {
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(6).path;
        SumPath memory shorter = SumPath(3, 0, new SumStep[](2), _count);
        (shorter.steps[0], shorter.steps[1]) = (path.steps[1], path.steps[2]);
        bytes32 node = keccak256(abi.encodePacked(uint8(1), bytes32(0), uint64(0), bytes32(0), uint64(0)));
        _refused(abi.encodeCall(challenge.provePadding, (anchor, node, shorter)), _nothing());
    }

    function test_ALeafCountedWithAnotherSumIsFalse() public {
        _sums[2] += 5;
        ReportAnchor memory anchor = _accepted();
        uint64 index = _indices[2];
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, _balances[2] + 5, _balances[2], address(this));
        challenge.proveFalseBalance(anchor, _opened(2), _balanceProof(index));
    }

    /// @dev The sum that counts it is true, the leaf is not.
    function test_ALeafOfAnotherBalanceIsFalseThoughItsSumIsTrue() public {
        uint64 actualGwei = _balances[2];
        _balances[2] += 5;
        ReportAnchor memory anchor = _accepted();
        uint64 index = _indices[2];
        vm.expectEmit();
        emit BalanceChallenge.FalseBalanceProven(anchor.refSlot, index, actualGwei, actualGwei, address(this));
        challenge.proveFalseBalance(anchor, _opened(2), _balanceProof(index));
    }

    function test_AValidatorThatIsNotThePoolsIsProven() public {
        _claim(5, _validators[5].balanceGwei);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        ClaimedBalance memory claim = _opened(6);
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
        _claim(1 << 30, 32e9);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        challenge.proveFalseBalance(anchor, _opened(6), _balanceProof(1 << 30));
        assertEq(oracle.marks(), 1, "marked");
    }

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

    function testFuzz_SumsThatDoNotAddAreProven(uint64 lie) public {
        vm.assume(lie != 0);
        _lie = lie;
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(3).path;
        _refused(abi.encodeCall(challenge.proveBrokenSums, (anchor, _leaf(3), path)), _nothing());
        path = _opened(1).path;
        bytes32 node = _leaf(1);
        _fault(BalanceChallenge.Fault.SumsDoNotAdd, anchor);
        challenge.proveBrokenSums(anchor, node, path);
        assertEq(oracle.marks(), 1, "marked");
    }

    function testFuzz_TotalsThatAreNotTheReportsAreProven(uint64 sumLie, uint32 countLie) public {
        vm.assume(sumLie != 0 || countLie != 0);
        _count ^= countLie;
        (bytes32 top, uint64 sum) = _top();
        Report memory report = _report(sum ^ sumLie);
        ReportAnchor memory anchor = _anchor();
        anchor.digest = oracle.digest(report);
        oracle.accept(anchor);
        report.validators += 1;
        _refused(
            abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top, sum, _count)),
            abi.encodeWithSelector(BalanceChallenge.WrongReport.selector, oracle.digest(report), anchor.digest)
        );
        report.validators -= 1;
        _refused(
            abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top, sum + 1, _count)),
            abi.encodeWithSelector(
                BalanceTree.NotCommitted.selector, BalanceTree.root(top, sum + 1, _count), anchor.balancesRoot
            )
        );
        _fault(BalanceChallenge.Fault.WrongTotal, anchor);
        challenge.proveWrongTotal(anchor, report, top, sum, _count);
    }

    function test_AValidatorCountedTwiceIsProven() public {
        _claim(_indices[1], _balances[1]);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        _fault(BalanceChallenge.Fault.DuplicateValidator, anchor);
        challenge.proveDuplicate(anchor, _opened(1), _opened(6));
    }

    function test_ClaimsThatTheReportDoesNotMakeAreRefused() public {
        (_balances[0], _sums[0]) = (1, 1);
        ReportAnchor memory anchor = _accepted();
        BalanceProof memory proof = _balanceProof(_indices[0]);
        ClaimedBalance memory claim = _opened(0);
        claim.balanceGwei = 2;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.balanceGwei = 1;
        claim.path.sum = 2;
        _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
        claim.path.sum = 1;
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
            claim.path.steps[i].siblingSum += 1;
            _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
            claim.path.steps[i].siblingSum -= 1;
            claim.path.steps[i].parentSum += 1;
            _refusedClaim(anchor, claim, proof, BalanceTree.NotCommitted.selector);
            claim.path.steps[i].parentSum -= 1;
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
        challenge.proveFalseBalance(anchor, claim, _balanceProof(_indices[0]));
    }

    function _refusedClaim(
        ReportAnchor memory anchor,
        ClaimedBalance memory claim,
        BalanceProof memory proof,
        bytes4 selector
    ) private {
        (bool ok, bytes memory reason) = address(challenge)
            .call(abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(selector), "reason");
        assertTrue(oracle.marks() == 0 && !challenge.provenFalse(anchor.refSlot), "nothing changed");
    }

    function _refused(bytes memory call, bytes memory reason) private {
        uint256 marks = oracle.marks();
        (bool ok, bytes memory answer) = address(challenge).call(call);
        assertTrue(!ok, "refused");
        assertEq(answer, reason, "reason");
        assertEq(oracle.marks(), marks, "nothing changed");
    }

    function _fault(BalanceChallenge.Fault fault, ReportAnchor memory anchor) private {
        vm.expectEmit();
        emit BalanceChallenge.FalseCommitmentProven(anchor.refSlot, anchor.digest, fault, address(this));
    }

    function _nothing() private pure returns (bytes memory) {
        return abi.encodeWithSelector(BalanceChallenge.NothingWrong.selector);
    }

    function _claim(uint64 index, uint64 balanceGwei) private {
        _indices.push(index);
        _balances.push(balanceGwei);
        _sums.push(balanceGwei);
    }

    function _report(uint64 sum) private view returns (Report memory report) {
        report.clValidatorsGwei = sum;
        report.validators = 6;
        report.balancesRoot = _anchor().balancesRoot;
    }

    function _anchor() private view returns (ReportAnchor memory anchor) {
        (bytes32 top, uint64 sum) = _top();
        (anchor.refSlot, anchor.headerSlot) = (599, 599);
        anchor.stateRoot = StateTree.stateRoot(_validators, NOISE);
        anchor.balancesRoot = keccak256(abi.encodePacked(uint8(2), top, sum, _count));
    }

    function _accepted() private returns (ReportAnchor memory anchor) {
        anchor = _anchor();
        (, uint64 sum) = _top();
        anchor.digest = oracle.digest(_report(sum));
        oracle.accept(anchor);
    }

    function _balanceProof(uint64 index) private view returns (BalanceProof memory) {
        return StateTree.balanceProof(_validators, NOISE, index);
    }

    function _validatorProof(uint64 index) private view returns (ValidatorProof memory proof) {
        proof = _validators[index].fields;
        proof.branch = StateTree.validatorBranch(_validators, NOISE, index);
    }

    function _leaf(uint256 place) private view returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), _indices[place], _balances[place]));
    }

    function _top() private view returns (bytes32 hash, uint64 sum) {
        (hash, sum,) = _walk(0);
    }

    function _opened(uint256 place) private view returns (ClaimedBalance memory claim) {
        (,, SumStep[] memory steps) = _walk(place);
        claim.path = SumPath(uint64(place), 0, steps, _count);
        if (place >= _indices.length) return claim;
        claim.validatorIndex = _indices[place];
        claim.balanceGwei = _balances[place];
        claim.path.sum = _sums[place];
    }

    /// @dev The tree of eight leaves, written out: hashes and sums of a level, then of the one above.
    function _walk(uint256 place) private view returns (bytes32, uint64, SumStep[] memory steps) {
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
