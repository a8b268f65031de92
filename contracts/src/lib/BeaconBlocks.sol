// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof} from "../interfaces/Types.sol";
import {LittleEndian} from "./LittleEndian.sol";

/// @title Beacon block roots
/// @notice Hash-tree root of a beacon block header, and what EIP-4788 remembers of block roots.
library BeaconBlocks {
    /// @notice The EIP-4788 system contract.
    address internal constant BEACON_ROOTS = 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02;
    /// @dev SHA-256 of 64 zero bytes: root of two empty leaves.
    bytes32 private constant ZERO_PAIR = 0xf5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b;

    /// @notice EIP-4788 has no entry for the time: the slot was missed, is to come, or is older than 8191 slots.
    error BeaconRootUnknown(uint256 timestamp);

    /// @notice Hash-tree root of the header. Source: consensus specs, phase 0, `BeaconBlockHeader`.
    function headerRoot(BlockProof calldata p) internal pure returns (bytes32) {
        bytes32 position = _hash(bytes32(LittleEndian.u64(p.slot)), bytes32(LittleEndian.u64(p.proposerIndex)));
        bytes32 roots = _hash(p.parentRoot, p.stateRoot);
        return _hash(_hash(position, roots), _hash(_hash(p.bodyRoot, bytes32(0)), ZERO_PAIR));
    }

    /// @notice Root of the parent of the beacon block at `timestamp`. Source: EIP-4788.
    function parentRootAt(uint256 timestamp) internal view returns (bytes32) {
        (bool ok, bytes memory answer) = BEACON_ROOTS.staticcall(abi.encode(timestamp));
        if (!ok || answer.length != 32) revert BeaconRootUnknown(timestamp);
        return abi.decode(answer, (bytes32));
    }

    function _hash(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(left, right));
    }
}
