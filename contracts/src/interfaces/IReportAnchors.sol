// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the oracle remembers of accepted reports: the base of proofs against the beacon state.
interface IReportAnchors {
    /// @notice Whether a report of `refSlot` with these roots and this digest was accepted and is still remembered.
    /// @param stateRoot Hash-tree root of the beacon state that the report was read from.
    function isAnchor(uint64 refSlot, bytes32 stateRoot, bytes32 balancesRoot, bytes32 digest)
        external
        view
        returns (bool);
}
