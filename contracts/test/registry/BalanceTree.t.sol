// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceTree, SumPath, Sums, SumStep} from "../../src/lib/BalanceTree.sol";
import {TestBase} from "../TestBase.sol";
import {SumLie, SumNode, SumTree} from "./SumTree.sol";

/// @notice The highest tree, in which every sum adds.
contract BalanceTreeTest is TestBase {
    function requireCommitted(bytes32 root, bytes32 node, SumPath calldata path) external pure returns (bool) {
        return BalanceTree.requireCommitted(root, node, path);
    }

    /// @dev A leaf of 5 gwei at the left edge, with a sibling of 7 on every level, of which three have exited, two are slashed and 4 gwei are
    /// unproven. The hashing is written apart from the library's.
    function _edge(uint256 steps) private pure returns (bytes32 root, bytes32 leaf, SumPath memory path) {
        SumNode memory node = SumTree.leaf(3, 5, 1);
        (leaf, path.sums, path.count, path.steps) = (node.hash, node.sums, 9, new SumStep[](steps));
        for (uint256 i = 0; i < steps; ++i) {
            SumNode memory sibling = SumNode(bytes32(i + 1), Sums(7, 3, 2, 4));
            node = SumTree.parentOf(node, sibling);
            path.steps[i] = SumStep(sibling.hash, sibling.sums, node.sums);
        }
        root = SumTree.rootOf(node, 9);
    }

    /// @dev Written by hand: index, balance, flags; then 24 bytes of sums behind each hash.
    function test_theLayoutIsTheDocumentedOne() external pure {
        bytes32 left = keccak256(hex"0000000000000000050000000773f1d68000");
        bytes32 right = keccak256(hex"000000000000000009000000077359400003");
        assertEq(left, BalanceTree.leaf(5, 32_010_000_000, 0), "a leaf");
        assertEq(right, BalanceTree.leaf(9, 32_000_000_000, 3), "a leaf with flags");
        bytes32 node = keccak256(
            bytes.concat(
                hex"01",
                left,
                hex"0000000773f1d68000000000000000000000000000000000",
                right,
                hex"000000077359400000000001000000010000000000000000"
            )
        );
        assertEq(
            keccak256(
                bytes.concat(hex"02", node, hex"0000000ee74b1680000000010000000100000000000000000000", hex"0002")
            ),
            BalanceTree.root(node, Sums(64_010_000_000, 1, 1, 0), 2),
            "the root"
        );
        assertEq(BalanceTree.emptyRoot(), keccak256(bytes.concat(hex"02", new bytes(60))), "nobody");
    }

    function testFuzz_paddingIsATreeOfNothing(uint256 level) external pure {
        level %= 8;
        SumLie memory none;
        assertEq(BalanceTree.padding(level), SumTree.levelOf(new SumNode[](1 << level), level, none)[0].hash, "padding");
    }

    /// @dev Of each sum by itself, and when it wraps around its own width: the largest sibling makes a parent of one less.
    function testFuzz_sumsMustAddInEachLane(uint256 lane, uint64 off, bool wraps) external view {
        (bytes32 leaf, SumPath memory path) =
            (SumTree.leafHash(3, 5, 3), SumPath(0, Sums(5, 1, 1, 9), new SumStep[](1), 9));
        off = uint64(bound(off, 1, type(uint32).max - 1));
        Sums memory sibling =
            wraps ? Sums(type(uint64).max, type(uint32).max, type(uint32).max, type(uint64).max) : Sums(0, 0, 0, 0);
        Sums memory parent = Sums(5, 1, 1, 9);
        lane %= 4;
        Sums memory other = Sums(0, 0, 0, 0);
        Sums memory sum = Sums(5, 1, 1, 9);
        if (lane == 0) {
            (other.balanceGwei, sum.balanceGwei) = (sibling.balanceGwei, wraps ? 4 : parent.balanceGwei + off);
        }
        if (lane == 1) (other.exited, sum.exited) = (sibling.exited, wraps ? 0 : parent.exited + uint32(off));
        if (lane == 2) (other.slashed, sum.slashed) = (sibling.slashed, wraps ? 0 : parent.slashed + uint32(off));
        if (lane == 3) {
            (other.unprovenGwei, sum.unprovenGwei) = (sibling.unprovenGwei, wraps ? 8 : parent.unprovenGwei + off);
        }
        path.steps[0] = SumStep(bytes32(uint256(1)), other, sum);
        bytes32 top = SumTree.parentOf(SumNode(leaf, path.sums), SumNode(bytes32(uint256(1)), other)).hash;
        assertTrue(!this.requireCommitted(SumTree.rootOf(SumNode(top, sum), 9), leaf, path), "they do not add");
    }

    function test_pathsHave32StepsAtMost() external {
        for (uint256 steps = 0; steps <= 32; ++steps) {
            (bytes32 root, bytes32 leaf, SumPath memory path) = _edge(steps);
            assertTrue(this.requireCommitted(root, leaf, path), "the sums add");
        }
        (bytes32 higher, bytes32 low, SumPath memory longer) = _edge(33);
        vm.expectRevert(abi.encodeWithSelector(BalanceTree.InvalidPath.selector, 33, 0));
        this.requireCommitted(higher, low, longer);
    }

    function test_aPlaceLiesInsideTheTree() external {
        (bytes32 root, bytes32 leaf, SumPath memory path) = _edge(3);
        path.position = 8;
        vm.expectRevert(abi.encodeWithSelector(BalanceTree.InvalidPath.selector, 3, 8));
        this.requireCommitted(root, leaf, path);
    }
}
