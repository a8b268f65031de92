// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BeaconHeader} from "../interfaces/Types.sol";
import {SSZ} from "./SSZ.sol";

/// @title Beacon block roots
/// @notice Hash-tree root of a beacon block header, and what EIP-4788 remembers of block roots.
library BeaconBlocks {
    /// @notice The EIP-4788 system contract.
    address internal constant BEACON_ROOTS = 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02;
    /// @dev SHA-256 of 64 zero bytes: root of two empty leaves.
    bytes32 private constant ZERO_PAIR = 0xf5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b;

    /// @notice EIP-4788 has no entry for the time: the slot was missed, its payload is not executed, it is to come, or is older than 8191 slots.
    error BeaconRootUnknown(uint256 timestamp);

    /// @notice Hash-tree root of the header: five fields in eight leaves. Source: consensus specs, phase 0, `BeaconBlockHeader`.
    function headerRoot(BeaconHeader calldata header) internal view returns (bytes32) {
        bytes32 position = SSZ.hashPair(SSZ.chunkOf(header.slot), SSZ.chunkOf(header.proposerIndex));
        bytes32 roots = SSZ.hashPair(header.parentRoot, header.stateRoot);
        return
            SSZ.hashPair(
                SSZ.hashPair(position, roots), SSZ.hashPair(SSZ.hashPair(header.bodyRoot, bytes32(0)), ZERO_PAIR)
            );
    }

    /// @notice Root of the parent of the beacon block at `time`, a timestamp in seconds. Source: EIP-4788.
    function parentRootAt(uint256 time) internal view returns (bytes32 root) {
        bool known;
        assembly ("memory-safe") {
            mstore(0x00, time)
            known := staticcall(gas(), BEACON_ROOTS, 0x00, 0x20, 0x00, 0x20)
            known := and(known, eq(returndatasize(), 0x20))
            root := mload(0x00)
        }
        if (!known) revert BeaconRootUnknown(time);
    }
}
