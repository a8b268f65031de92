// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice What a node of the tree counts: all validators below it.
struct Sums {
    uint64 balanceGwei;
    /// @dev Validators with `exit_epoch <= epoch(refSlot)`.
    uint32 exited;
    uint32 slashed;
    /// @dev First ether of keys that are not proven, in gwei.
    uint64 unprovenGwei;
}

/// @notice One level of a path through the tree of balances, from below.
struct SumStep {
    bytes32 siblingHash;
    Sums sibling;
    /// @dev Sums that the level above gives to the parent of both: an honest tree adds them up.
    Sums parent;
}

/// @notice A path from a node to the root of a tree of balances.
struct SumPath {
    /// @dev Place of the node on its level, from the left.
    uint64 position;
    /// @dev Sums that the level above gives to the node.
    Sums sums;
    SumStep[] steps;
    /// @dev Leaves that are no padding, as the root says.
    uint32 count;
}

/// @title Merkle-sum tree of balances
/// @notice `Report.balancesRoot`. A leaf is `keccak256(0x00 ‖ validatorIndex ‖ balanceGwei ‖ flags)`, a node is
/// `keccak256(0x01 ‖ leftHash ‖ leftSums ‖ rightHash ‖ rightSums)`, and the root is `keccak256(0x02 ‖ topHash ‖ topSums ‖ count)`. Sums are
/// `balanceGwei ‖ exited ‖ slashed ‖ unprovenGwei`; those of a leaf are its own. Leaves stand strictly by index and are padded to a power of
/// two with hash 0 and sums 0. Integers are big-endian: 8 bytes, but 4 for the counts and 1 for the flags.
library BalanceTree {
    /// @notice Levels of a tree of 2**32 leaves.
    uint256 internal constant MAX_STEPS = 32;

    /// @notice Flags of a leaf; bits 3 to 7 are always 0.
    uint8 internal constant EXITED = 1;
    uint8 internal constant SLASHED = 2;
    /// @notice The validator's key has had its first ether and is not proven.
    uint8 internal constant UNPROVEN = 4;
    /// @notice First ether of a key, in gwei.
    uint64 internal constant FIRST_GWEI = 1e9;

    /// @notice The path is too long, or its position lies beside the tree.
    error InvalidPath(uint256 steps, uint64 position);
    /// @notice The path leads to another root.
    error NotCommitted(bytes32 root, bytes32 balancesRoot);

    /// @notice Hash of the leaf of one validator.
    function leaf(uint64 validatorIndex, uint64 balanceGwei, uint8 flags) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), validatorIndex, balanceGwei, flags));
    }

    /// @notice What a leaf counts.
    function sumsOf(uint64 balanceGwei, uint8 flags) internal pure returns (Sums memory) {
        uint64 unprovenGwei = flags & UNPROVEN == 0 ? 0 : balanceGwei < FIRST_GWEI ? balanceGwei : FIRST_GWEI;
        return Sums(balanceGwei, flags & EXITED, (flags & SLASHED) / SLASHED, unprovenGwei);
    }

    /// @notice Sums as they are hashed: two are the same when this is.
    function packed(Sums memory sums) internal pure returns (bytes24) {
        return bytes24(
            uint192(sums.balanceGwei) << 128 | uint192(sums.exited) << 96 | uint192(sums.slashed) << 64
                | sums.unprovenGwei
        );
    }

    /// @notice The root over a tree's top.
    function root(bytes32 topHash, Sums memory topSums, uint32 count) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(2), topHash, packed(topSums), count));
    }

    /// @notice The root of a pool without validators: one padding leaf.
    function emptyRoot() internal pure returns (bytes32) {
        return root(0, Sums(0, 0, 0, 0), 0);
    }

    /// @notice Levels between the leaves of a tree of `count` validators and its top.
    function height(uint32 count) internal pure returns (uint256) {
        return count < 2 ? 0 : Math.log2(uint256(count) - 1) + 1;
    }

    /// @notice Hash of a node so many levels above the lowest with nothing but padding below it.
    function padding(uint256 level) internal pure returns (bytes32 node) {
        for (uint256 i = 0; i < level; ++i) {
            node = _parent(node, 0, node, 0);
        }
    }

    /// @notice Returns normally when `balancesRoot` commits to the node at the path's place.
    /// @return sumsAdd Whether every parent on the path has the sums of its children.
    function requireCommitted(bytes32 balancesRoot, bytes32 node, SumPath calldata path)
        internal
        pure
        returns (bool sumsAdd)
    {
        uint256 n = path.steps.length;
        if (n > MAX_STEPS || path.position >> n != 0) revert InvalidPath(n, path.position);
        sumsAdd = true;
        Sums calldata sums = path.sums;
        for (uint256 i = 0; i < n; ++i) {
            SumStep calldata step = path.steps[i];
            node = path.position >> i & 1 == 0
                ? _parent(node, packed(sums), step.siblingHash, packed(step.sibling))
                : _parent(step.siblingHash, packed(step.sibling), node, packed(sums));
            if (!_add(sums, step.sibling, step.parent)) sumsAdd = false;
            sums = step.parent;
        }
        bytes32 root_ = root(node, sums, path.count);
        if (root_ != balancesRoot) revert NotCommitted(root_, balancesRoot);
    }

    /// @dev In 256 bits: a sum that wraps around its own is as wrong as any other.
    function _add(Sums calldata a, Sums calldata b, Sums calldata parent) private pure returns (bool) {
        return uint256(a.balanceGwei) + b.balanceGwei == parent.balanceGwei
            && uint256(a.exited) + b.exited == parent.exited && uint256(a.slashed) + b.slashed == parent.slashed
            && uint256(a.unprovenGwei) + b.unprovenGwei == parent.unprovenGwei;
    }

    function _parent(bytes32 leftHash, bytes24 left, bytes32 rightHash, bytes24 right) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(1), leftHash, left, rightHash, right));
    }
}
