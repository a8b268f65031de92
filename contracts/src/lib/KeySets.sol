// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";
import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {BLS12381} from "./BLS12381.sol";
import {KeyDraft, KeyDrafts} from "./KeyDrafts.sol";

/// @notice A committee's keys, in the code of accounts. One storage word.
struct KeySet {
    /// @dev Account whose code tells the set; 0 for a set that was never made.
    address head;
    /// @dev Members.
    uint16 count;
    /// @dev First reference slot that the set answers for.
    uint64 fromRefSlot;
}

/// @title Key sets as code
/// @notice Writes and reads the keys of a committee. The code of the head: digest (32) | negative of the sum of all keys (128, EIP-2537) |
/// for each chunk its account (20) and how many members it has (1). The code of a chunk: up to 32 keys of 96 bytes. Members are in the order
/// of the chunks.
/// @dev A certificate that all signed reads the first 160 bytes of the head and nothing else. A non-signer costs a read of 96 bytes and one
/// addition, and its chunk the access of an account. A change writes the head and the chunks that it changes; the others serve both sets. A
/// slashing can have to write two sets, and new code costs 1,530 gas a byte (Amsterdam, EIP-8037): with chunks that is below a fifth of a block
/// of 60 million, for `MAX_MEMBERS` and for four members alike.
library KeySets {
    /// @notice Most members of a set. A bitmap is one word.
    uint256 internal constant MAX_MEMBERS = 250;
    uint256 private constant CHUNKS_OFFSET = 160;
    uint256 private constant CHUNK_ENTRY_LENGTH = 21;

    /// @notice Writes a set: the chunks that were changed, and the head.
    function write(KeyDraft memory draft, bytes32 digest, uint64 fromRefSlot) internal returns (KeySet memory) {
        uint256[] memory chunks = draft.chunks;
        bytes memory table;
        uint256 first = 0;
        for (uint256 i = 0; i < chunks.length; ++i) {
            uint256 members = KeyDrafts.membersOf(chunks[i]);
            address account = KeyDrafts.accountOf(chunks[i]);
            if (account == address(0)) account = SSTORE2.write(KeyDrafts.slice(draft.keys, first, members));
            table = abi.encodePacked(table, account, uint8(members));
            first += members;
        }
        address head = SSTORE2.write(abi.encodePacked(digest, BLS12381.negate(draft.sum), table));
        return KeySet(head, uint16(first), fromRefSlot);
    }

    /// @notice A set to be changed, with room for `extra` more keys.
    function draftOf(KeySet memory set, uint256 extra) internal view returns (KeyDraft memory draft) {
        uint256[] memory chunks = _chunksOf(set);
        draft.keys = KeyDrafts.allocate(set.count, extra);
        draft.chunks = new uint256[](chunks.length + extra);
        uint256[] memory listed = draft.chunks;
        uint256 first = 0;
        for (uint256 i = 0; i < chunks.length; ++i) {
            listed[i] = chunks[i];
            uint256 members = KeyDrafts.membersOf(chunks[i]);
            KeyDrafts.load(draft.keys, first, members, KeyDrafts.accountOf(chunks[i]));
            first += members;
        }
        KeyDrafts.cut(listed, chunks.length);
        if (set.count > 0) draft.sum = sumOf(set);
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

    /// @notice Adds the keys of the members whose bit is not set in `bitmap` to `sum`, in place: the negative of the sum of all keys
    /// becomes the negative of the signers' key. One read and one addition for each.
    function addAbsent(KeySet memory set, bytes32[4] memory sum, uint256 bitmap) internal view {
        uint256[] memory chunks = _chunksOf(set);
        uint256 absent = ~bitmap & ((1 << uint256(set.count)) - 1);
        bool ok = true;
        for (uint256 i = 0; absent != 0; ++i) {
            uint256 members = KeyDrafts.membersOf(chunks[i]);
            address account = KeyDrafts.accountOf(chunks[i]);
            for (uint256 here = absent & ((1 << members) - 1); here != 0; here &= here - 1) {
                uint256 index = LibBit.ffs(here);
                assembly ("memory-safe") {
                    // Behind the free memory pointer: sum | key, the input of an addition | the key as it is kept.
                    let m := mload(0x40)
                    let kept := add(m, 0x100)
                    extcodecopy(account, kept, add(1, mul(index, 96)), 96)
                    mcopy(m, sum, 0x80)
                    mstore(add(m, 0x80), shr(128, mload(kept)))
                    mstore(add(m, 0xa0), mload(add(kept, 0x10)))
                    mstore(add(m, 0xc0), shr(128, mload(add(kept, 0x30))))
                    mstore(add(m, 0xe0), mload(add(kept, 0x40)))
                    ok := and(ok, staticcall(gas(), 0x0b, m, 0x100, sum, 0x80))
                }
            }
            absent >>= members;
        }
        // Reached on a chain without the precompiles only: the keys were checked when they were registered.
        if (!ok) revert BLS12381.InvalidPoint();
    }

    /// @dev The chunks that the head names, as a draft has them.
    function _chunksOf(KeySet memory set) private view returns (uint256[] memory chunks) {
        if (set.count == 0) return chunks;
        bytes memory table = SSTORE2.read(set.head, CHUNKS_OFFSET);
        chunks = new uint256[](table.length / CHUNK_ENTRY_LENGTH);
        for (uint256 i = 0; i < chunks.length; ++i) {
            assembly ("memory-safe") {
                let entry := mload(add(add(table, 0x20), mul(i, CHUNK_ENTRY_LENGTH)))
                mstore(add(add(chunks, 0x20), mul(i, 0x20)), shr(88, entry))
            }
        }
    }
}
