// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";

/// @title Set of unproven keys
/// @notice The keys that have had their first ether and are not proven yet: one word each at a fixed place, which members read by storage proof.
/// @dev A word is `keccak256(pubkey)` with a state byte in place of its lowest byte. The words are written at deployment, so that no key
/// creates one, and none is ever 0.
library UnprovenSet {
    /// @notice Most keys. Once proven, as many carry 262,144 ether.
    uint256 internal constant PLACES = 128;
    /// @notice State byte of a place without a key.
    uint256 internal constant FREE = 1;
    /// @notice State byte of a place with one.
    uint256 internal constant TAKEN = 2;
    /// @dev Bit 255 keeps the word of free places from being 0.
    uint256 private constant GUARD = 1 << 255;

    /// @notice The set.
    struct Set {
        uint256[PLACES] words;
        /// @dev Name of the key at each place that is taken.
        uint64[PLACES] keyIds;
        /// @dev Bit `i` is set when place `i` is free.
        uint256 free;
    }

    /// @notice All places are taken: prove keys first.
    error SetIsFull();

    /// @notice Writes every word, once.
    function fill(Set storage set) internal {
        for (uint256 i = 0; i < PLACES; ++i) {
            set.words[i] = FREE;
        }
        set.free = GUARD | ((1 << PLACES) - 1);
    }

    /// @notice Puts a key into the lowest free place.
    function add(Set storage set, uint64 keyId, bytes32 pubkeyHash) internal returns (uint8 place) {
        uint256 free = set.free;
        place = uint8(LibBit.ffs(free));
        if (place >= PLACES) revert SetIsFull();
        set.words[place] = uint256(pubkeyHash) & ~uint256(0xff) | TAKEN;
        set.keyIds[place] = keyId;
        set.free = free & ~(uint256(1) << place);
    }

    /// @notice Empties a place.
    function remove(Set storage set, uint8 place) internal {
        set.words[place] = FREE;
        set.free |= uint256(1) << place;
    }

    /// @notice Whether a place is taken.
    function isTaken(Set storage set, uint256 place) internal view returns (bool) {
        return set.free >> place & 1 == 0;
    }

    /// @notice Keys in the set.
    function count(Set storage set) internal view returns (uint256) {
        return PLACES + 1 - LibBit.popCount(set.free);
    }
}
