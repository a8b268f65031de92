// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceProof} from "../../src/interfaces/IStateProofs.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

/// @notice Builds the Merkle tree of a small beacon state of Gloas by the recursion of EIP-7916 and EIP-7495: an answer to compare
/// `StateProofs` with that knows no generalized index.
library ProgressiveTree {
    uint256 internal constant FIELDS = 46;

    /// @notice Root of the state whose other fields are `noise`.
    function stateRoot(TestValidator[] memory validators, bytes32 noise) internal pure returns (bytes32) {
        (bytes32 root,) = merkle(fieldRoots(validators, noise), 0, 1);
        return StateTree.hash(root, activeFields());
    }

    /// @notice The branch of validator `index` in it: the list must have it, or have room for it in its last subtree.
    function validatorBranch(TestValidator[] memory validators, bytes32 noise, uint256 index)
        internal
        pure
        returns (bytes32[] memory)
    {
        (, bytes32[] memory low) = merkle(StateTree.validatorRoots(validators), index, 1);
        return _toState(validators, noise, 11, StateTree.join(low, StateTree.chunk(uint64(validators.length)), empty()));
    }

    /// @notice The proof of the balance of validator `index`: by the list's length when it has not so many.
    function balanceProof(TestValidator[] memory validators, bytes32 noise, uint256 index)
        internal
        pure
        returns (BalanceProof memory proof)
    {
        bytes32[] memory chunks = StateTree.balanceChunks(validators);
        bytes32[] memory branch;
        bytes32 length = StateTree.chunk(uint64(validators.length));
        if (index < validators.length) {
            proof.chunk = chunks[index / 4];
            (, bytes32[] memory low) = merkle(chunks, index / 4, 1);
            branch = StateTree.join(low, length, empty());
        } else {
            (proof.beyondEnd, proof.chunk) = (true, length);
            branch = new bytes32[](1);
            (branch[0],) = merkle(chunks, 0, 1);
        }
        proof.branch = _toState(validators, noise, 12, branch);
    }

    /// @notice Root of the state whose `block_roots` are `roots`, of 8192, and the branch of root `index`.
    function blockRootBranch(TestValidator[] memory validators, bytes32 noise, bytes32[] memory roots, uint256 index)
        internal
        pure
        returns (bytes32 root, bytes32[] memory branch)
    {
        bytes32[] memory fields = fieldRoots(validators, noise);
        (bytes32 contents, bytes32[] memory low) = StateTree.merkle(roots, 13, index);
        fields[5] = contents;
        (bytes32 top, bytes32[] memory high) = merkle(fields, 5, 1);
        root = StateTree.hash(top, activeFields());
        branch = StateTree.concat(StateTree.concat(low, high), StateTree.one(activeFields()));
    }

    /// @notice `merkleize_progressive`: root of the leaves, and the branch of leaf `index`. `size` leaves stand in the first subtree.
    function merkle(bytes32[] memory leaves, uint256 index, uint256 size)
        internal
        pure
        returns (bytes32, bytes32[] memory branch)
    {
        if (leaves.length == 0) return (0, empty());
        uint256 depth = 0;
        while (1 << depth < size) ++depth;
        uint256 here = leaves.length < size ? leaves.length : size;
        bytes32[] memory first = new bytes32[](here);
        bytes32[] memory rest = new bytes32[](leaves.length - here);
        for (uint256 i = 0; i < leaves.length; ++i) {
            if (i < here) first[i] = leaves[i];
            else rest[i - here] = leaves[i];
        }
        (bytes32 left, bytes32[] memory low) = StateTree.merkle(first, depth, index < size ? index : 0);
        (bytes32 right, bytes32[] memory high) = merkle(rest, index < size ? 0 : index - size, 4 * size);
        branch =
            index < size ? StateTree.concat(low, StateTree.one(right)) : StateTree.concat(high, StateTree.one(left));
        return (StateTree.hash(left, right), branch);
    }

    function fieldRoots(TestValidator[] memory validators, bytes32 noise)
        internal
        pure
        returns (bytes32[] memory fields)
    {
        fields = new bytes32[](FIELDS);
        for (uint256 i = 0; i < FIELDS; ++i) {
            fields[i] = keccak256(abi.encode(noise, i));
        }
        bytes32 length = StateTree.chunk(uint64(validators.length));
        (bytes32 contents,) = merkle(StateTree.validatorRoots(validators), 0, 1);
        fields[11] = StateTree.hash(contents, length);
        (contents,) = merkle(StateTree.balanceChunks(validators), 0, 1);
        fields[12] = StateTree.hash(contents, length);
    }

    /// @dev Bits of the fields, lowest first.
    function activeFields() internal pure returns (bytes32) {
        return StateTree.chunk(uint64((1 << FIELDS) - 1));
    }

    function empty() internal pure returns (bytes32[] memory) {
        return new bytes32[](0);
    }

    function _toState(TestValidator[] memory validators, bytes32 noise, uint256 field, bytes32[] memory low)
        private
        pure
        returns (bytes32[] memory)
    {
        (, bytes32[] memory high) = merkle(fieldRoots(validators, noise), field, 1);
        return StateTree.concat(StateTree.concat(low, high), StateTree.one(activeFields()));
    }
}
