// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";

/// @notice A validator of a test state.
struct TestValidator {
    bytes pubkey;
    ValidatorProof fields;
    uint64 balanceGwei;
}

/// @notice Builds the Merkle tree of a small beacon state the long way, level by level, as the consensus specs describe it: an
/// answer to compare `StateProofs` with that shares no code with it.
library StateTree {
    uint256 internal constant LIST_DEPTH = 40;
    uint256 internal constant STATE_DEPTH = 6;

    /// @notice Root of the state whose other fields are `noise`.
    function stateRoot(TestValidator[] memory validators, bytes32 noise) internal pure returns (bytes32 root) {
        (root,) = merkle(fieldRoots(validators, noise), STATE_DEPTH, 0);
    }

    /// @notice The branch of validator `index` in it.
    function validatorBranch(TestValidator[] memory validators, bytes32 noise, uint256 index)
        internal
        pure
        returns (bytes32[] memory)
    {
        (, bytes32[] memory low) = merkle(validatorRoots(validators), LIST_DEPTH, index);
        (, bytes32[] memory high) = merkle(fieldRoots(validators, noise), STATE_DEPTH, 11);
        return join(low, chunk(uint64(validators.length)), high);
    }

    /// @notice The proof of the balance of validator `index` in it.
    function balanceProof(TestValidator[] memory validators, bytes32 noise, uint256 index)
        internal
        pure
        returns (BalanceProof memory)
    {
        bytes32[] memory chunks = balanceChunks(validators);
        (, bytes32[] memory low) = merkle(chunks, LIST_DEPTH - 2, index / 4);
        (, bytes32[] memory high) = merkle(fieldRoots(validators, noise), STATE_DEPTH, 12);
        bytes32 found = index / 4 < chunks.length ? chunks[index / 4] : bytes32(0);
        return BalanceProof(false, found, join(low, chunk(uint64(validators.length)), high));
    }

    /// @notice The proof that the list ends before every index that it does not have.
    function lengthProof(TestValidator[] memory validators, bytes32 noise) internal pure returns (BalanceProof memory) {
        (bytes32 contents,) = merkle(balanceChunks(validators), LIST_DEPTH - 2, 0);
        (, bytes32[] memory high) = merkle(fieldRoots(validators, noise), STATE_DEPTH, 12);
        return BalanceProof(true, chunk(uint64(validators.length)), concat(one(contents), high));
    }

    /// @notice Root of the state whose `block_roots` are `roots`, of 8192, and the branch of root `index`.
    function blockRootBranch(TestValidator[] memory validators, bytes32 noise, bytes32[] memory roots, uint256 index)
        internal
        pure
        returns (bytes32 root, bytes32[] memory)
    {
        bytes32[] memory fields = fieldRoots(validators, noise);
        (bytes32 contents, bytes32[] memory low) = merkle(roots, 13, index);
        fields[5] = contents;
        bytes32[] memory high;
        (root, high) = merkle(fields, STATE_DEPTH, 5);
        return (root, concat(low, high));
    }

    function fieldRoots(TestValidator[] memory validators, bytes32 noise)
        internal
        pure
        returns (bytes32[] memory fields)
    {
        fields = new bytes32[](38);
        for (uint256 i = 0; i < fields.length; ++i) {
            fields[i] = keccak256(abi.encode(noise, i));
        }
        (bytes32 contents,) = merkle(validatorRoots(validators), LIST_DEPTH, 0);
        fields[11] = hash(contents, chunk(uint64(validators.length)));
        (contents,) = merkle(balanceChunks(validators), LIST_DEPTH - 2, 0);
        fields[12] = hash(contents, chunk(uint64(validators.length)));
    }

    function validatorRoots(TestValidator[] memory validators) internal pure returns (bytes32[] memory roots) {
        roots = new bytes32[](validators.length);
        for (uint256 i = 0; i < roots.length; ++i) {
            roots[i] = validatorRoot(validators[i]);
        }
    }

    function validatorRoot(TestValidator memory v) internal pure returns (bytes32 root) {
        bytes32[] memory leaves = new bytes32[](8);
        leaves[0] = sha256(abi.encodePacked(v.pubkey, bytes16(0)));
        leaves[1] = v.fields.withdrawalCredentials;
        leaves[2] = chunk(v.fields.effectiveBalanceGwei);
        leaves[3] = chunk(v.fields.slashed ? 1 : 0);
        leaves[4] = chunk(v.fields.activationEligibilityEpoch);
        leaves[5] = chunk(v.fields.activationEpoch);
        leaves[6] = chunk(v.fields.exitEpoch);
        leaves[7] = chunk(v.fields.withdrawableEpoch);
        (root,) = merkle(leaves, 3, 0);
    }

    function balanceChunks(TestValidator[] memory validators) internal pure returns (bytes32[] memory chunks) {
        chunks = new bytes32[]((validators.length + 3) / 4);
        for (uint256 i = 0; i < validators.length; ++i) {
            chunks[i / 4] |= chunk(validators[i].balanceGwei) >> (i % 4 * 64);
        }
    }

    /// @notice Root of a tree of `2**depth` leaves, of which all after `leaves` are zero, and the branch of leaf `index`.
    function merkle(bytes32[] memory leaves, uint256 depth, uint256 index)
        internal
        pure
        returns (bytes32, bytes32[] memory branch)
    {
        branch = new bytes32[](depth);
        bytes32 zero;
        bytes32[] memory level = leaves;
        for (uint256 d = 0; d < depth; ++d) {
            branch[d] = index ^ 1 < level.length ? level[index ^ 1] : zero;
            bytes32[] memory above = new bytes32[]((level.length + 1) / 2);
            for (uint256 i = 0; i < above.length; ++i) {
                above[i] = hash(level[2 * i], 2 * i + 1 < level.length ? level[2 * i + 1] : zero);
            }
            (level, zero, index) = (above, hash(zero, zero), index / 2);
        }
        return (level.length == 0 ? zero : level[0], branch);
    }

    /// @notice Eight bytes, lowest first, one by one.
    function chunk(uint64 value) internal pure returns (bytes32 c) {
        for (uint256 i = 0; i < 8; ++i) {
            c |= bytes32(bytes1(uint8(value >> (8 * i)))) >> (8 * i);
        }
    }

    function hash(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(left, right));
    }

    function join(bytes32[] memory low, bytes32 length, bytes32[] memory high)
        internal
        pure
        returns (bytes32[] memory)
    {
        return concat(concat(low, one(length)), high);
    }

    function concat(bytes32[] memory low, bytes32[] memory high) internal pure returns (bytes32[] memory all) {
        all = new bytes32[](low.length + high.length);
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = i < low.length ? low[i] : high[i - low.length];
        }
    }

    function one(bytes32 item) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = item;
    }
}
