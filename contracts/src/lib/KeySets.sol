// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";
import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {BLS12381} from "./BLS12381.sol";

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
/// @notice Writes and reads the keys of a committee. Head: digest (32) | negative of the sum of all keys (128, EIP-2537) | addresses of two further
/// accounts (40) | up to `HEAD_KEYS` keys of 96 bytes; further accounts hold `CHUNK_KEYS` keys each.
/// @dev A certificate that all signed reads the head's first 160 bytes and nothing else. A non-signer costs a read of 96 bytes and one addition; the first
/// non-signer in a further account costs the 2,600 gas of touching it, once for each account.
library KeySets {
    uint256 internal constant KEY_LENGTH = 96;
    uint256 internal constant HEAD_KEYS = 250;
    uint256 internal constant CHUNK_KEYS = 250;
    uint256 internal constant MAX_MEMBERS = 512;
    uint256 private constant CHUNKS_OFFSET = 160;
    uint256 private constant KEYS_OFFSET = 200;

    /// @notice Writes a set. `keys` are 96 bytes each, in member order, and `sum` is their sum.
    function write(bytes memory keys, bytes32 digest, bytes32[4] memory sum, uint64 fromRefSlot)
        internal
        returns (KeySet memory)
    {
        uint256 count = keys.length / KEY_LENGTH;
        address first = _writeChunk(keys, HEAD_KEYS);
        address second = _writeChunk(keys, HEAD_KEYS + CHUNK_KEYS);
        bytes memory head = _slice(keys, 0, count < HEAD_KEYS ? count : HEAD_KEYS);
        bytes memory data = abi.encodePacked(digest, BLS12381.negate(sum), first, second, head);
        return KeySet(SSTORE2.write(data), uint16(count), fromRefSlot);
    }

    /// @notice Digest of a set, and the negative of the sum of all its keys: what a certificate is verified with.
    function digestAndNegatedSum(KeySet memory set) internal view returns (bytes32 digest, bytes32[4] memory negated) {
        address head = set.head;
        assembly ("memory-safe") {
            let m := mload(0x40)
            extcodecopy(head, m, 1, CHUNKS_OFFSET)
            digest := mload(m)
            mcopy(negated, add(m, 0x20), 0x80)
        }
    }

    /// @notice Sum of all keys of a set.
    function sumOf(KeySet memory set) internal view returns (bytes32[4] memory sum) {
        (, sum) = digestAndNegatedSum(set);
        return BLS12381.negate(sum);
    }

    /// @notice All keys of a set, 96 bytes each, in member order.
    function readAll(KeySet memory set) internal view returns (bytes memory keys) {
        if (set.count == 0) return "";
        keys = _read(set.head, KEYS_OFFSET, _min(set.count, HEAD_KEYS));
        for (uint256 from = HEAD_KEYS; from < set.count; from += CHUNK_KEYS) {
            keys = bytes.concat(keys, _read(_chunk(set, from), 0, _min(set.count - from, CHUNK_KEYS)));
        }
    }

    /// @notice Adds the keys of the members whose bit is not set in `bitmap` to `sum`, in place: the negative of the sum of all keys
    /// becomes the negative of the signers' key. One read and one addition for each. `bitmap` has a word for each 256 members.
    function addAbsent(KeySet memory set, bytes32[4] memory sum, uint256[] calldata bitmap) internal view {
        // The account that holds the keys up to `end`, and where its key 0 would stand: bits ascend, so it changes at most twice.
        (address account, uint256 end, uint256 base) = (set.head, HEAD_KEYS, KEYS_OFFSET + 1);
        uint256 left = set.count;
        bool ok = true;
        unchecked {
            for (uint256 first = 0; left != 0; first += 256) {
                uint256 absent;
                assembly ("memory-safe") {
                    absent := not(calldataload(add(bitmap.offset, shr(3, first))))
                }
                if (left < 256) {
                    absent &= (1 << left) - 1;
                    left = 0;
                } else {
                    left -= 256;
                }
                while (absent != 0) {
                    uint256 index = first + LibBit.ffs(absent);
                    absent &= absent - 1;
                    if (index >= end) {
                        account = _chunk(set, index);
                        end = (index - HEAD_KEYS) / CHUNK_KEYS * CHUNK_KEYS + HEAD_KEYS + CHUNK_KEYS;
                        base = 1 - (end - CHUNK_KEYS) * KEY_LENGTH;
                    }
                    assembly ("memory-safe") {
                        // Behind the free memory pointer: sum | key, the input of an addition | the key as it is kept.
                        let m := mload(0x40)
                        let kept := add(m, 0x100)
                        extcodecopy(account, kept, add(base, mul(index, KEY_LENGTH)), KEY_LENGTH)
                        mcopy(m, sum, 0x80)
                        mstore(add(m, 0x80), shr(128, mload(kept)))
                        mstore(add(m, 0xa0), mload(add(kept, 0x10)))
                        mstore(add(m, 0xc0), shr(128, mload(add(kept, 0x30))))
                        mstore(add(m, 0xe0), mload(add(kept, 0x40)))
                        ok := and(ok, staticcall(gas(), 0x0b, m, 0x100, sum, 0x80))
                    }
                }
            }
        }
        // Reached on a chain without the precompiles only: the keys were checked when they were registered.
        if (!ok) revert BLS12381.InvalidPoint();
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
