// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";
import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {BLS12381} from "./BLS12381.sol";

/// @notice A committee's keys, in the code of one account. One storage word.
struct KeySet {
    /// @dev Account whose code holds the keys; 0 for a set that was never made.
    address head;
    /// @dev Members.
    uint16 count;
    /// @dev First reference slot that the set answers for.
    uint64 fromRefSlot;
}

/// @title Key sets as code
/// @notice Writes and reads the keys of a committee. Code: digest (32) | negative of the sum of all keys (128, EIP-2537) | up to `MAX_MEMBERS` keys of 96 bytes.
/// @dev A certificate that all signed reads the first 160 bytes and nothing else. A non-signer costs a read of 96 bytes and one addition.
/// Every change writes a set anew, at 200 gas a byte, and a slashing can have to write two of them: `MAX_MEMBERS` is what fits into one account's
/// code and keeps that below the most gas of a transaction (EIP-7825) by a wide margin. A larger committee needs keys in chunks that change alone.
library KeySets {
    uint256 internal constant KEY_LENGTH = 96;
    uint256 internal constant MAX_MEMBERS = 250;
    uint256 private constant KEYS_OFFSET = 160;

    /// @notice Writes a set. `keys` are 96 bytes each, at most `MAX_MEMBERS`, in member order, and `sum` is their sum.
    function write(bytes memory keys, bytes32 digest, bytes32[4] memory sum, uint64 fromRefSlot)
        internal
        returns (KeySet memory)
    {
        address head = SSTORE2.write(abi.encodePacked(digest, BLS12381.negate(sum), keys));
        return KeySet(head, uint16(keys.length / KEY_LENGTH), fromRefSlot);
    }

    /// @notice Digest of a set, and the negative of the sum of all its keys: what a certificate is verified with.
    function digestAndNegatedSum(KeySet memory set) internal view returns (bytes32 digest, bytes32[4] memory negated) {
        address head = set.head;
        assembly ("memory-safe") {
            let m := mload(0x40)
            extcodecopy(head, m, 1, KEYS_OFFSET)
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
        return SSTORE2.read(set.head, KEYS_OFFSET, KEYS_OFFSET + uint256(set.count) * KEY_LENGTH);
    }

    /// @notice Adds the keys of the members whose bit is not set in `bitmap` to `sum`, in place: the negative of the sum of all keys
    /// becomes the negative of the signers' key. One read and one addition for each.
    function addAbsent(KeySet memory set, bytes32[4] memory sum, uint256 bitmap) internal view {
        address head = set.head;
        uint256 absent = ~bitmap & ((1 << uint256(set.count)) - 1);
        bool ok = true;
        while (absent != 0) {
            uint256 index = LibBit.ffs(absent);
            absent &= absent - 1;
            assembly ("memory-safe") {
                // Behind the free memory pointer: sum | key, the input of an addition | the key as it is kept.
                let m := mload(0x40)
                let kept := add(m, 0x100)
                extcodecopy(head, kept, add(add(KEYS_OFFSET, 1), mul(index, KEY_LENGTH)), KEY_LENGTH)
                mcopy(m, sum, 0x80)
                mstore(add(m, 0x80), shr(128, mload(kept)))
                mstore(add(m, 0xa0), mload(add(kept, 0x10)))
                mstore(add(m, 0xc0), shr(128, mload(add(kept, 0x30))))
                mstore(add(m, 0xe0), mload(add(kept, 0x40)))
                ok := and(ok, staticcall(gas(), 0x0b, m, 0x100, sum, 0x80))
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

    /// @notice Takes the key at `index` out of `keys`, in place, the others in their order.
    function drop(bytes memory keys, uint256 index) internal pure {
        assembly ("memory-safe") {
            let at := add(add(keys, 0x20), mul(index, KEY_LENGTH))
            let rest := sub(add(add(keys, 0x20), mload(keys)), add(at, KEY_LENGTH))
            mcopy(at, add(at, KEY_LENGTH), rest)
            mstore(keys, sub(mload(keys), KEY_LENGTH))
        }
    }

    /// @notice Cuts `keys` to the first `count`, in place.
    function cut(bytes memory keys, uint256 count) internal pure {
        assembly ("memory-safe") {
            mstore(keys, mul(count, KEY_LENGTH))
        }
    }
}
