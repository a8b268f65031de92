// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LittleEndian} from "./LittleEndian.sol";

/// @title Simple serialize: SHA-256 Merkle trees
/// @notice Hashing and branch verification by generalized index.
/// @dev Source: consensus specs, ssz/simple-serialize.md and ssz/merkle-proofs.md. The root of a tree has generalized index 1, the
/// children of node `g` have `2g` and `2g + 1`.
library SSZ {
    /// @notice A branch does not have one sibling for every level between the leaf and the root.
    error BranchLength(uint256 given, uint256 required);

    /// @notice SHA-256 of two nodes.
    function hashPair(bytes32 left, bytes32 right) internal view returns (bytes32 node) {
        assembly ("memory-safe") {
            mstore(0x00, left)
            mstore(0x20, right)
            // The precompile fails only for want of gas; what is left of it must then not go on with a wrong node.
            if iszero(staticcall(gas(), 2, 0x00, 0x40, 0x00, 0x20)) { revert(0x00, 0x00) }
            node := mload(0x00)
        }
    }

    /// @notice The chunk of a `uint64`.
    function chunkOf(uint64 value) internal pure returns (bytes32) {
        return bytes32(LittleEndian.u64(value));
    }

    /// @notice The `uint64` in lane `lane` (0 to 3) of a chunk of four packed ones.
    function uint64At(bytes32 chunk, uint256 lane) internal pure returns (uint64) {
        // Reversing bytes is its own inverse.
        return uint64(LittleEndian.u64(uint64(bytes8(chunk << (lane * 64)))));
    }

    /// @notice Hash-tree root of a compressed public key (`Bytes48`): two chunks.
    /// @param pubkey Exactly 48 bytes.
    function pubkeyRoot(bytes memory pubkey) internal view returns (bytes32) {
        bytes32 head;
        bytes32 tail;
        assembly ("memory-safe") {
            head := mload(add(pubkey, 0x20))
            // Sixteen bytes of the key, sixteen of padding.
            tail := shl(128, shr(128, mload(add(pubkey, 0x40))))
        }
        return hashPair(head, tail);
    }

    /// @notice Root of the tree in which `leaf` stands at generalized index `gindex` with the siblings `branch`, lowest first.
    function branchRoot(bytes32 leaf, uint256 gindex, bytes32[] calldata branch) internal view returns (bytes32 node) {
        uint256 depth = branch.length;
        if (depth > 255 || gindex >> depth != 1) revert BranchLength(depth, _log2(gindex));
        assembly ("memory-safe") {
            node := leaf
            let end := add(branch.offset, shl(5, depth))
            for { let at := branch.offset } lt(at, end) { at := add(at, 0x20) } {
                // A right child (odd index) is hashed after its sibling.
                let side := shl(5, and(gindex, 1))
                mstore(side, node)
                mstore(xor(side, 0x20), calldataload(at))
                if iszero(staticcall(gas(), 2, 0x00, 0x40, 0x00, 0x20)) { revert(0x00, 0x00) }
                node := mload(0x00)
                gindex := shr(1, gindex)
            }
        }
    }

    function _log2(uint256 x) private pure returns (uint256 r) {
        while (x > 1) {
            x >>= 1;
            ++r;
        }
    }
}
