// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BLS12381} from "./BLS12381.sol";

/// @notice A set of keys that is being changed, in memory.
struct KeyDraft {
    /// @dev All keys, 96 bytes each, in member order.
    bytes keys;
    /// @dev Their sum.
    bytes32[4] sum;
    /// @dev Chunks in member order: account << 8 | members. Account 0: the chunk was changed and is not written yet.
    uint256[] chunks;
}

/// @title Changes of a set of keys
/// @notice Adds and removes keys. Who stays keeps its order, so chunks get shorter; whatever two neighbours have between them fits into no single chunk
/// afterwards, so that 250 members never have more than 15 chunks, and a removal changes one.
library KeyDrafts {
    uint256 internal constant KEY_LENGTH = 96;
    /// @notice Most members of a chunk.
    uint256 internal constant CHUNK_MEMBERS = 32;

    /// @notice How many keys a draft has.
    function count(KeyDraft memory draft) internal pure returns (uint256) {
        return draft.keys.length / KEY_LENGTH;
    }

    /// @notice Adds a canonical key behind all others. The draft must have been made with room for it.
    function add(KeyDraft memory draft, bytes32[4] memory key) internal view {
        bytes memory keys = draft.keys;
        bytes memory packed = pack(key);
        assembly ("memory-safe") {
            let length := mload(keys)
            mcopy(add(add(keys, 0x20), length), add(packed, 0x20), KEY_LENGTH)
            mstore(keys, add(length, KEY_LENGTH))
        }
        draft.sum = BLS12381.add(draft.sum, key);
        uint256[] memory chunks = draft.chunks;
        uint256 last = chunks.length;
        if (last > 0 && membersOf(chunks[last - 1]) < CHUNK_MEMBERS) {
            chunks[last - 1] = membersOf(chunks[last - 1]) + 1;
        } else {
            cut(chunks, last + 1);
            chunks[last] = 1;
        }
    }

    /// @notice Takes the key at `index` out; `key` is the same in the encoding of EIP-2537.
    function drop(KeyDraft memory draft, uint256 index, bytes32[4] memory key) internal view {
        bytes memory keys = draft.keys;
        assembly ("memory-safe") {
            let at := add(add(keys, 0x20), mul(index, KEY_LENGTH))
            let rest := sub(add(add(keys, 0x20), mload(keys)), add(at, KEY_LENGTH))
            mcopy(at, add(at, KEY_LENGTH), rest)
            mstore(keys, sub(mload(keys), KEY_LENGTH))
        }
        draft.sum = BLS12381.add(draft.sum, BLS12381.negate(key));
        uint256[] memory chunks = draft.chunks;
        uint256 i = 0;
        for (; index >= membersOf(chunks[i]); ++i) {
            index -= membersOf(chunks[i]);
        }
        chunks[i] = membersOf(chunks[i]) - 1;
    }

    /// @notice Joins neighbours that fit into one chunk, and leaves out the empty ones. After any one removal that changes one chunk.
    function join(KeyDraft memory draft) internal pure {
        uint256[] memory chunks = draft.chunks;
        uint256 kept = 0;
        for (uint256 i = 0; i < chunks.length; ++i) {
            uint256 members = membersOf(chunks[i]);
            if (members == 0) continue;
            uint256 before = kept == 0 ? CHUNK_MEMBERS : membersOf(chunks[kept - 1]);
            if (before + members <= CHUNK_MEMBERS) chunks[kept - 1] = before + members;
            else chunks[kept++] = chunks[i];
        }
        cut(chunks, kept);
    }

    /// @notice Place of the member in the draft; the count of keys when it is not there.
    function indexOf(KeyDraft memory draft, bytes32 id) internal pure returns (uint256 index) {
        uint256 end = count(draft);
        while (index < end && idAt(draft.keys, index) != id) ++index;
    }

    /// @notice Identifier of the member with the key at `index` of `keys`.
    function idAt(bytes memory keys, uint256 index) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            id := keccak256(add(add(keys, 0x20), mul(index, KEY_LENGTH)), KEY_LENGTH)
        }
    }

    /// @notice The 96-byte form of a canonical key.
    function pack(bytes32[4] memory key) internal pure returns (bytes memory) {
        return abi.encodePacked(bytes16(uint128(uint256(key[0]))), key[1], bytes16(uint128(uint256(key[2]))), key[3]);
    }

    /// @notice Members of a chunk.
    function membersOf(uint256 chunk) internal pure returns (uint256) {
        return uint8(chunk);
    }

    /// @notice Account of a chunk; 0 when it is not written yet.
    function accountOf(uint256 chunk) internal pure returns (address) {
        return address(uint160(chunk >> 8));
    }

    /// @notice Memory for `length` keys, with room for `extra` more behind.
    function allocate(uint256 length, uint256 extra) internal pure returns (bytes memory keys) {
        keys = new bytes((length + extra) * KEY_LENGTH);
        assembly ("memory-safe") {
            mstore(keys, mul(length, KEY_LENGTH))
        }
    }

    /// @notice Reads a chunk's keys into `keys` from `first` on.
    function load(bytes memory keys, uint256 first, uint256 members, address account) internal view {
        assembly ("memory-safe") {
            extcodecopy(account, add(add(keys, 0x20), mul(first, KEY_LENGTH)), 1, mul(members, KEY_LENGTH))
        }
    }

    /// @notice A copy of `members` keys from `first` on.
    function slice(bytes memory keys, uint256 first, uint256 members) internal pure returns (bytes memory part) {
        part = new bytes(members * KEY_LENGTH);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(keys, 0x20), mul(first, KEY_LENGTH)), mload(part))
        }
    }

    /// @notice Sets a list's length, in place. It must have been made with room for so many.
    function cut(uint256[] memory list, uint256 length) internal pure {
        assembly ("memory-safe") {
            mstore(list, length)
        }
    }
}
