// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedBalance} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceProof} from "../../src/interfaces/IStateProofs.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {BalanceTree, SumPath, SumStep} from "../../src/lib/BalanceTree.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {StateTree, TestValidator} from "./StateTree.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";

contract BalanceChallengeTest is ChallengeFixture {
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
}
