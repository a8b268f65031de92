// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {BalanceTree, SumPath, Sums} from "../../src/lib/BalanceTree.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";
import {SumLie, SumNode, SumTree} from "./SumTree.sol";

/// @notice Trees that do not hold together. Nothing of the beacon state is needed to show it.
contract TreeShapeTest is ChallengeFixture {
    /// @dev The smaller proofs.
    constructor() {
        _gloas = true;
    }

    /// @dev Six leaves in a tree of eight places.
    function testFuzz_PaddingThatCarriesAnythingOrHidesAHashIsProven(bytes32 hash, Sums memory sums) public {
        (sums.balanceGwei, sums.unprovenGwei) = (sums.balanceGwei % 1e18, sums.unprovenGwei % 1e18);
        (sums.exited, sums.slashed) = (sums.exited % 1e6, sums.slashed % 1e6);
        vm.assume(hash != 0 || BalanceTree.packed(sums) != 0);
        _padding = SumNode(hash, sums);
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(6).path;
        _refused(abi.encodeCall(challenge.provePadding, (anchor, _leaf(0), _opened(0).path)), _nothing());
        _refused(abi.encodeCall(challenge.provePadding, (anchor, bytes32(0), _opened(7).path)), _nothing());
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, hash, path);
        assertEq(oracle.marks(), 1, "marked");
        _refused(abi.encodeCall(challenge.provePadding, (anchor, hash, path)), _proven(anchor));
    }

    /// @dev One sum at a time: each of them is looked at.
    function testFuzz_PaddingThatCarriesOneSumIsProven(uint256 lane) public {
        lane %= 4;
        if (lane == 0) _padding.sums.balanceGwei = 1;
        if (lane == 1) _padding.sums.exited = 1;
        if (lane == 2) _padding.sums.slashed = 1;
        if (lane == 3) _padding.sums.unprovenGwei = 1;
        ReportAnchor memory anchor = _accepted();
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, bytes32(0), _opened(6).path);
    }

    /// @dev Five leaves in a tree of eight places: the last two are one node, whose hash opens to nothing and which carries ether.
    function testFuzz_PaddingThatIsHiddenAboveItsPlacesIsProven(bytes32 hash, uint64 hiddenGwei) public {
        _leaves.pop();
        _count = 5;
        hiddenGwei %= 1e18;
        vm.assume(hash != _pairOfPadding() || hiddenGwei != 0);
        SumNode[] memory pairs = _level(1);
        pairs[3] = SumNode(hash, Sums(hiddenGwei, 0, 0, 0));
        ReportAnchor memory anchor = _acceptedOver(pairs);
        SumLie memory none;
        (bytes32 node, SumPath memory path) = SumTree.pathOf(pairs, none, 0, 3, _count);
        (bytes32 other, SumPath memory beside) = SumTree.pathOf(pairs, none, 0, 2, _count);
        _refused(abi.encodeCall(challenge.provePadding, (anchor, other, beside)), _nothing());
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, node, path);
    }

    /// @dev With ether or without.
    function testFuzz_APlaceWithoutALeafIsProven(uint64 hiddenGwei) public {
        _count = 7;
        _padding.sums.balanceGwei = hiddenGwei % 1e18;
        ReportAnchor memory anchor = _accepted();
        SumPath memory path = _opened(6).path;
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, bytes32(0), path);
    }

    /// @dev Hash 0 opens to nothing on any level: the whole tree, or a part of it, has no leaf.
    function testFuzz_AHashOfNothingAboveTheLeavesIsProven(uint256 place, uint64 hiddenGwei) public {
        place %= 4;
        SumNode[] memory pairs = _level(1);
        pairs[place < 3 ? place : 0] = SumNode(0, Sums(hiddenGwei % 1e18, 0, 0, 0));
        bool whole = place == 3;
        if (whole) {
            pairs = new SumNode[](1);
            pairs[0] = SumNode(0, Sums(hiddenGwei, 6, 0, 0));
        }
        ReportAnchor memory anchor = _acceptedOver(pairs);
        SumLie memory none;
        (bytes32 node, SumPath memory path) = SumTree.pathOf(pairs, none, 0, whole ? 0 : place, _count);
        assertEq(node, bytes32(0), "opens to nothing");
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, node, path);
    }

    function test_ANodeAboveTheLeavesIsNoPadding() public {
        ReportAnchor memory anchor = _accepted();
        (bytes32 node, SumPath memory path) = _path(1, 3);
        assertEq(node, _pairOfPadding(), "two places of padding");
        _refused(abi.encodeCall(challenge.provePadding, (anchor, node, path)), _nothing());
        (node, path) = _path(1, 0);
        _refused(abi.encodeCall(challenge.provePadding, (anchor, node, path)), _nothing());
    }

    /// @dev Eight places below a count that asks for fewer: what stands too low was in reach of no proof.
    function testFuzz_ATreeThatIsHigherThanItsCountAsksForIsProven(uint256 leaves, uint256 place) public {
        leaves = bound(leaves, 0, 4);
        while (_leaves.length > leaves) _leaves.pop();
        (_count, _width) = (uint32(leaves), 8);
        ReportAnchor memory anchor = _accepted();
        (bytes32 node, SumPath memory path) = _path(0, place % 8);
        _fault(BalanceChallenge.Fault.FalsePadding, anchor);
        challenge.provePadding(anchor, node, path);
    }

    /// @dev A leaf in the place of two: no path leads to the places below it.
    function test_ALeafAboveTheLowestLevelIsProven() public {
        SumNode[] memory pairs = _level(1);
        pairs[2] = SumTree.leaf(6, 32e9 + 6, 0);
        ReportAnchor memory anchor = _acceptedOver(pairs);
        SumLie memory none;
        ClaimedLeaf memory claim = ClaimedLeaf(6, 32e9 + 6, 0, SumPath(0, pairs[2].sums, _opened(0).path.steps, _count));
        (, claim.path) = SumTree.pathOf(pairs, none, 0, 2, _count);
        _refused(abi.encodeCall(challenge.provePadding, (anchor, pairs[2].hash, claim.path)), _nothing());
        _fault(BalanceChallenge.Fault.MalformedLeaf, anchor);
        challenge.proveMalformedLeaf(anchor, claim);
    }

    /// @dev The level above counts something else of it.
    function testFuzz_ALeafThatIsCountedOtherwiseIsProven(uint256 place, uint256 lane, uint64 off) public {
        place %= _leaves.length;
        lane %= 4;
        off = uint64(bound(off, 1, 1e9));
        Leaf storage l = _leaves[place];
        if (lane == 0) l.sums.balanceGwei += off;
        if (lane == 1) l.sums.exited ^= uint32(off);
        if (lane == 2) l.sums.slashed ^= uint32(off);
        if (lane == 3) l.sums.unprovenGwei += off;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory claim = _opened(place);
        _refused(abi.encodeCall(challenge.proveBrokenSums, (anchor, _leaf(place), claim.path)), _nothing());
        _refused(
            abi.encodeCall(challenge.proveMalformedLeaf, (anchor, _opened((place + 1) % _leaves.length))), _nothing()
        );
        _fault(BalanceChallenge.Fault.MalformedLeaf, anchor);
        challenge.proveMalformedLeaf(anchor, claim);
        _refused(abi.encodeCall(challenge.proveMalformedLeaf, (anchor, claim)), _proven(anchor));
    }

    function testFuzz_ALeafWithFlagsThatDoNotExistIsProven(uint256 place, uint8 flags) public {
        Leaf storage l = _leaves[place % _leaves.length];
        vm.assume(flags >> 3 != 0);
        l.flags = flags;
        l.sums = SumTree.leaf(l.index, l.balanceGwei, flags).sums;
        ReportAnchor memory anchor = _accepted();
        _fault(BalanceChallenge.Fault.MalformedLeaf, anchor);
        challenge.proveMalformedLeaf(anchor, _opened(place % _leaves.length));
    }

    /// @dev In one of the sums of one parent; only paths through it show it.
    function testFuzz_SumsThatDoNotAddAreProven(uint256 lane, uint64 lie, uint256 level) public {
        lane %= 4;
        lie = uint64(bound(lie, 1, 1e6)); // no sum wraps around: then its parent would not add either
        (_lie.level, _lie.place) = (bound(level, 1, 3), 0);
        if (lane == 0) _lie.added.balanceGwei = lie;
        if (lane == 1) _lie.added.exited = uint32(lie);
        if (lane == 2) _lie.added.slashed = uint32(lie);
        if (lane == 3) _lie.added.unprovenGwei = lie;
        ReportAnchor memory anchor = _accepted();
        SumPath memory path;
        if (_lie.level == 1) {
            path = _opened(3).path;
            _refused(abi.encodeCall(challenge.proveBrokenSums, (anchor, _leaf(3), path)), _nothing());
        }
        path = _opened(1).path;
        bytes32 node = _leaf(1);
        _refused(abi.encodeCall(challenge.proveMalformedLeaf, (anchor, _opened(1))), _nothing());
        _fault(BalanceChallenge.Fault.SumsDoNotAdd, anchor);
        challenge.proveBrokenSums(anchor, node, path);
        assertEq(oracle.marks(), 1, "marked");
    }

    function testFuzz_TotalsThatAreNotTheReportsAreProven(uint256 lane, uint32 lie) public {
        lie = uint32(bound(lie, 1, type(uint32).max));
        lane %= 5;
        Leaf storage l = _leaves[0];
        l.flags |= 4;
        l.sums = SumTree.leaf(l.index, l.balanceGwei, l.flags).sums;
        Report memory report = _report();
        if (lane == 0) report.clValidatorsGwei ^= lie;
        if (lane == 1) report.validators ^= lie;
        if (lane == 2) report.exited ^= lie;
        if (lane == 3) report.slashed ^= lie;
        // More is on pending deposits, which no tree counts.
        if (lane == 4) report.unprovenGwei -= uint64(bound(lie, 1, l.sums.unprovenGwei));
        ReportAnchor memory anchor = _anchor();
        anchor.digest = oracle.digest(report);
        oracle.accept(anchor);
        SumNode memory top = _top();
        report.validators += 1;
        _refused(
            abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top.hash, top.sums, _count)),
            abi.encodeWithSelector(BalanceChallenge.WrongReport.selector, oracle.digest(report), anchor.digest)
        );
        report.validators -= 1;
        top.sums.balanceGwei += 1;
        _refused(
            abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top.hash, top.sums, _count)),
            abi.encodeWithSelector(BalanceTree.NotCommitted.selector, SumTree.rootOf(top, _count), anchor.balancesRoot)
        );
        top.sums.balanceGwei -= 1;
        _fault(BalanceChallenge.Fault.WrongTotal, anchor);
        challenge.proveWrongTotal(anchor, report, top.hash, top.sums, _count);
        _refused(
            abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top.hash, top.sums, _count)), _proven(anchor)
        );
    }

    function test_FirstEtherOnPendingDepositsIsInNoTree() public {
        Report memory report = _report();
        report.unprovenGwei += 128e9;
        ReportAnchor memory anchor = _anchor();
        anchor.digest = oracle.digest(report);
        oracle.accept(anchor);
        SumNode memory top = _top();
        _refused(abi.encodeCall(challenge.proveWrongTotal, (anchor, report, top.hash, top.sums, _count)), _nothing());
    }

    function test_AValidatorCountedTwiceIsProven() public {
        _claim(_leaves[1].index, _leaves[1].balanceGwei, _leaves[1].flags);
        ++_count;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory left = _opened(1);
        _refused(abi.encodeCall(challenge.proveDisorder, (anchor, _opened(6), left)), _nothing());
        _refused(abi.encodeCall(challenge.proveDisorder, (anchor, left, left)), _nothing());
        _fault(BalanceChallenge.Fault.OutOfOrder, anchor);
        challenge.proveDisorder(anchor, left, _opened(6));
        assertEq(oracle.marks(), 1, "marked");
    }

    /// @dev Two true leaves that changed places, neighbours or not.
    function testFuzz_LeavesOutOfOrderAreProven(uint256 a, uint256 b) public {
        a = bound(a, 0, _leaves.length - 2);
        b = bound(b, a + 1, _leaves.length - 1);
        Leaf memory moved = _leaves[a];
        _leaves[a] = _leaves[b];
        _leaves[b] = moved;
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory left = _opened(a);
        ClaimedLeaf memory right = _opened(b);
        _refused(abi.encodeCall(challenge.proveDisorder, (anchor, right, left)), _nothing());
        _fault(BalanceChallenge.Fault.OutOfOrder, anchor);
        challenge.proveDisorder(anchor, left, right);
        _refused(abi.encodeCall(challenge.proveDisorder, (anchor, left, right)), _proven(anchor));
    }

    function _level(uint256 level) private view returns (SumNode[] memory) {
        return SumTree.levelOf(_nodes(), level, _lie);
    }

    function _pairOfPadding() private pure returns (bytes32) {
        return keccak256(bytes.concat(hex"01", new bytes(112)));
    }

    /// @dev A report whose tree is known from a level above the leaves only.
    function _acceptedOver(SumNode[] memory level) private returns (ReportAnchor memory anchor) {
        anchor = _anchor();
        SumLie memory none;
        anchor.balancesRoot = SumTree.rootOf(SumTree.topOf(level, none), _count);
        oracle.accept(anchor);
    }
}
