// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";

/// @notice A committee's keys, in the code of one or a few accounts. One storage word.
struct KeySet {
    /// @dev Account whose code holds the head; 0 for a set that was never made.
    address head;
    /// @dev Members.
    uint16 count;
    /// @dev First reference slot that the set answers for.
    uint64 fromRefSlot;
}

/// @title Key sets as code
/// @notice Writes and reads the keys of a committee. Head: digest (32) | sum of all keys (128, EIP-2537) | addresses of two further
/// accounts (40) | up to `HEAD_KEYS` keys of 96 bytes; further accounts hold `CHUNK_KEYS` keys each.
/// @dev A certificate that all signed reads the head's first 160 bytes and nothing else. A non-signer costs a read of 96 bytes and one addition; the first
/// non-signer in a further account costs the 2,600 gas of touching it, once for each account.
library KeySets {
    uint256 internal constant KEY_LENGTH = 96;
    uint256 internal constant HEAD_KEYS = 250;
    uint256 internal constant CHUNK_KEYS = 250;
    uint256 internal constant MAX_MEMBERS = 512;
    uint256 private constant SUM_OFFSET = 32;
    uint256 private constant CHUNKS_OFFSET = 160;
    uint256 private constant KEYS_OFFSET = 200;

    /// @notice Writes a set. `keys` are 96 bytes each, in member order.
    function write(bytes memory keys, bytes32 digest, bytes32[4] memory sum, uint64 fromRefSlot)
        internal
        returns (KeySet memory)
    {
        uint256 count = keys.length / KEY_LENGTH;
        address first = _writeChunk(keys, HEAD_KEYS);
        address second = _writeChunk(keys, HEAD_KEYS + CHUNK_KEYS);
        bytes memory head = _slice(keys, 0, count < HEAD_KEYS ? count : HEAD_KEYS);
        return KeySet(SSTORE2.write(abi.encodePacked(digest, sum, first, second, head)), uint16(count), fromRefSlot);
    }

    /// @notice Digest and sum of all keys of a set.
    function digestAndSum(KeySet memory set) internal view returns (bytes32 digest, bytes32[4] memory sum) {
        bytes memory data = SSTORE2.read(set.head, 0, CHUNKS_OFFSET);
        assembly ("memory-safe") {
            digest := mload(add(data, 0x20))
            mcopy(sum, add(data, 0x40), 0x80)
        }
    }

    /// @notice All keys of a set, 96 bytes each, in member order.
    function readAll(KeySet memory set) internal view returns (bytes memory keys) {
        if (set.count == 0) return "";
        keys = _read(set.head, KEYS_OFFSET, _min(set.count, HEAD_KEYS));
        for (uint256 from = HEAD_KEYS; from < set.count; from += CHUNK_KEYS) {
            keys = bytes.concat(keys, _read(_chunk(set, from), 0, _min(set.count - from, CHUNK_KEYS)));
        }
    }

    /// @notice Key of member `index`, in the encoding of EIP-2537.
    function readKey(KeySet memory set, uint256 index) internal view returns (bytes32[4] memory key) {
        (address account, uint256 offset) = index < HEAD_KEYS
            ? (set.head, KEYS_OFFSET + index * KEY_LENGTH)
            : (_chunk(set, index), (index - HEAD_KEYS) % CHUNK_KEYS * KEY_LENGTH);
        assembly ("memory-safe") {
            // The code begins with a STOP. Coordinates of 48 bytes are spread to words of their own.
            let m := mload(0x40)
            extcodecopy(account, m, add(offset, 1), 0x60)
            mstore(key, shr(128, mload(m)))
            mstore(add(key, 0x20), mload(add(m, 0x10)))
            mstore(add(key, 0x40), shr(128, mload(add(m, 0x30))))
            mstore(add(key, 0x60), mload(add(m, 0x40)))
        }
    }

    /// @notice The 96-byte form of a canonical key.
    function pack(bytes32[4] memory key) internal pure returns (bytes memory) {
        return abi.encodePacked(bytes16(uint128(uint256(key[0]))), key[1], bytes16(uint128(uint256(key[2]))), key[3]);
    }

    /// @notice `keys` with room for `extra` more behind.
    function grow(bytes memory keys, uint256 extra) internal pure returns (bytes memory grown) {
        grown = new bytes(keys.length + extra * KEY_LENGTH);
        assembly ("memory-safe") {
            mcopy(add(grown, 0x20), add(keys, 0x20), mload(keys))
        }
    }

    /// @notice Writes a canonical key at `index` of `keys`.
    function put(bytes memory keys, uint256 index, bytes32[4] memory key) internal pure {
        bytes memory packed = pack(key);
        assembly ("memory-safe") {
            mcopy(add(add(keys, 0x20), mul(index, KEY_LENGTH)), add(packed, 0x20), KEY_LENGTH)
        }
    }

    /// @notice Identifier of the member with the key at `index` of `keys`.
    function idAt(bytes memory keys, uint256 index) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            id := keccak256(add(add(keys, 0x20), mul(index, KEY_LENGTH)), KEY_LENGTH)
        }
    }

    /// @notice `keys` without the key at `index`, the others in their order.
    function without(bytes memory keys, uint256 index) internal pure returns (bytes memory) {
        return bytes.concat(_slice(keys, 0, index), _slice(keys, index + 1, keys.length / KEY_LENGTH));
    }

    function _writeChunk(bytes memory keys, uint256 from) private returns (address) {
        uint256 count = keys.length / KEY_LENGTH;
        if (count <= from) return address(0);
        return SSTORE2.write(_slice(keys, from, _min(count, from + CHUNK_KEYS)));
    }

    function _chunk(KeySet memory set, uint256 index) private view returns (address account) {
        uint256 offset = CHUNKS_OFFSET + 20 * ((index - HEAD_KEYS) / CHUNK_KEYS);
        address head = set.head;
        assembly ("memory-safe") {
            extcodecopy(head, 0x00, add(offset, 1), 0x20)
            account := shr(96, mload(0x00))
        }
    }

    function _read(address account, uint256 offset, uint256 count) private view returns (bytes memory) {
        return SSTORE2.read(account, offset, offset + count * KEY_LENGTH);
    }

    /// @dev Keys `from` to `to`, the latter excluded.
    function _slice(bytes memory keys, uint256 from, uint256 to) private pure returns (bytes memory part) {
        part = new bytes((to - from) * KEY_LENGTH);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(keys, 0x20), mul(from, KEY_LENGTH)), mload(part))
        }
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
