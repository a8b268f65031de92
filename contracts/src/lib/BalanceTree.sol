// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice One level of a path through the tree of balances, from below.
struct SumStep {
    bytes32 siblingHash;
    uint64 siblingSum;
    /// @dev Sum that the level above gives to the parent of both: an honest tree has their sum there.
    uint64 parentSum;
}

/// @notice A path from a node to the root of a tree of balances.
struct SumPath {
    /// @dev Place of the node on its level, from the left.
    uint64 position;
    /// @dev Sum that the level above gives to the node.
    uint64 sum;
    SumStep[] steps;
    /// @dev Leaves that are no padding, as the root says.
    uint32 count;
}

/// @title Merkle-sum tree of balances
/// @notice `Report.balancesRoot`: a leaf is `keccak256(0x00 ‖ validatorIndex ‖ balanceGwei)` with its balance as sum, a node is
/// `keccak256(0x01 ‖ leftHash ‖ leftSum ‖ rightHash ‖ rightSum)`, padding is hash 0 with sum 0, and the root is
/// `keccak256(0x02 ‖ topHash ‖ topSum ‖ count)`. Integers are big-endian, 8 bytes, the count 4.
library BalanceTree {
    /// @notice Levels of a tree of 2**32 leaves.
    uint256 internal constant MAX_STEPS = 32;

    /// @notice The path is too long, or its position lies beside the tree.
    error InvalidPath(uint256 steps, uint64 position);
    /// @notice The path leads to another root.
    error NotCommitted(bytes32 root, bytes32 balancesRoot);

    /// @notice Hash of the leaf of one validator.
    function leaf(uint64 validatorIndex, uint64 balanceGwei) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), validatorIndex, balanceGwei));
    }

    /// @notice The root over a tree's top.
    function root(bytes32 topHash, uint64 topSum, uint32 count) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(2), topHash, topSum, count));
    }

    /// @notice Levels between the leaves of a tree of `count` validators and its top.
    function height(uint32 count) internal pure returns (uint256) {
        return count < 2 ? 0 : Math.log2(uint256(count) - 1) + 1;
    }

    /// @notice Returns normally when `balancesRoot` commits to the node at the path's place.
    /// @return sumsAdd Whether every parent on the path has the sum of its children.
    function requireCommitted(bytes32 balancesRoot, bytes32 node, SumPath calldata path)
        internal
        pure
        returns (bool sumsAdd)
    {
        uint256 n = path.steps.length;
        if (n > MAX_STEPS || path.position >> n != 0) revert InvalidPath(n, path.position);
        sumsAdd = true;
        uint64 sum = path.sum;
        for (uint256 i = 0; i < n; ++i) {
            SumStep calldata step = path.steps[i];
            node = path.position >> i & 1 == 0
                ? _parent(node, sum, step.siblingHash, step.siblingSum)
                : _parent(step.siblingHash, step.siblingSum, node, sum);
            // In 256 bits: a sum that wraps around 64 is as wrong as any other.
            if (uint256(sum) + step.siblingSum != step.parentSum) sumsAdd = false;
            sum = step.parentSum;
        }
        bytes32 root_ = root(node, sum, path.count);
        if (root_ != balancesRoot) revert NotCommitted(root_, balancesRoot);
    }

    function _parent(bytes32 leftHash, uint64 leftSum, bytes32 rightHash, uint64 rightSum)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(uint8(1), leftHash, leftSum, rightHash, rightSum));
    }
}
