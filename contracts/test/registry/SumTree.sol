// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SumPath, Sums, SumStep} from "../../src/lib/BalanceTree.sol";

/// @notice A node of a tree of balances, with the sums that its parent gives it.
struct SumNode {
    bytes32 hash;
    Sums sums;
}

/// @notice What a liar adds to the sums of one node above the leaves: the one at `place` of `level`, where 1 is the level above the leaves.
/// Sums wrap around.
struct SumLie {
    uint256 level;
    uint256 place;
    Sums added;
}

/// @notice Builds a tree of balances the long way, level by level, as docs/report.md describes it: an answer to compare `BalanceTree` with
/// that shares no code with it.
library SumTree {
    function leafHash(uint64 index, uint64 balanceGwei, uint8 flags) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), index, balanceGwei, flags));
    }

    /// @notice The leaf of an honest tree.
    function leaf(uint64 index, uint64 balanceGwei, uint8 flags) internal pure returns (SumNode memory) {
        uint64 unprovenGwei = flags >> 2 & 1 == 0 ? 0 : balanceGwei < 1e9 ? balanceGwei : 1e9;
        return SumNode(leafHash(index, balanceGwei, flags), Sums(balanceGwei, flags & 1, flags >> 1 & 1, unprovenGwei));
    }

    /// @notice Places of the smallest tree of so many leaves.
    function widthOf(uint256 leaves) internal pure returns (uint256 width) {
        width = 1;
        while (width < leaves) width *= 2;
    }

    function rootOf(SumNode memory top, uint32 count) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"02", _entry(top), bytes4(count)));
    }

    function parentOf(SumNode memory left, SumNode memory right) internal pure returns (SumNode memory) {
        return SumNode(keccak256(bytes.concat(hex"01", _entry(left), _entry(right))), plus(left.sums, right.sums));
    }

    /// @notice The level so many levels above `leaves`.
    function levelOf(SumNode[] memory leaves, uint256 level, SumLie memory lie)
        internal
        pure
        returns (SumNode[] memory nodes)
    {
        nodes = leaves;
        for (uint256 d = 1; d <= level; ++d) {
            SumNode[] memory above = new SumNode[](nodes.length / 2);
            for (uint256 i = 0; i < above.length; ++i) {
                above[i] = parentOf(nodes[2 * i], nodes[2 * i + 1]);
                if (d == lie.level && i == lie.place) above[i].sums = plus(above[i].sums, lie.added);
            }
            nodes = above;
        }
    }

    /// @notice The top of the tree.
    function topOf(SumNode[] memory leaves, SumLie memory lie) internal pure returns (SumNode memory) {
        uint256 level = 0;
        while (leaves.length >> level > 1) ++level;
        return levelOf(leaves, level, lie)[0];
    }

    /// @notice The path from a node so many levels above the leaves.
    function pathOf(SumNode[] memory leaves, SumLie memory lie, uint256 level, uint256 place, uint32 count)
        internal
        pure
        returns (bytes32 node, SumPath memory path)
    {
        SumNode[] memory nodes = levelOf(leaves, level, lie);
        (node, path.position, path.sums, path.count) = (nodes[place].hash, uint64(place), nodes[place].sums, count);
        uint256 steps = 0;
        while (nodes.length >> steps > 1) ++steps;
        path.steps = new SumStep[](steps);
        for (uint256 i = 0; i < steps; ++i) {
            SumNode memory sibling = nodes[place ^ 1];
            nodes = levelOf(leaves, level + i + 1, lie);
            place /= 2;
            path.steps[i] = SumStep(sibling.hash, sibling.sums, nodes[place].sums);
        }
    }

    function plus(Sums memory a, Sums memory b) internal pure returns (Sums memory) {
        unchecked {
            return Sums(
                a.balanceGwei + b.balanceGwei,
                a.exited + b.exited,
                a.slashed + b.slashed,
                a.unprovenGwei + b.unprovenGwei
            );
        }
    }

    function _entry(SumNode memory n) private pure returns (bytes memory) {
        return abi.encodePacked(n.hash, n.sums.balanceGwei, n.sums.exited, n.sums.slashed, n.sums.unprovenGwei);
    }
}
