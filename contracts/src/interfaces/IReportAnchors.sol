// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An accepted report and the beacon state that it was read from: what a proof hangs on.
struct ReportAnchor {
    /// @dev Reference slot of the report.
    uint64 refSlot;
    /// @dev Hash-tree root of the beacon state.
    bytes32 stateRoot;
    /// @dev `Report.balancesRoot`.
    bytes32 balancesRoot;
    /// @dev EIP-712 digest of the report.
    bytes32 digest;
}

/// @notice What the oracle remembers of accepted reports: the base of proofs against the beacon state.
interface IReportAnchors {
    /// @notice Whether a report of `refSlot` with these roots and this digest was accepted and is still remembered.
    /// @param stateRoot Hash-tree root of the beacon state that the report was read from.
    function isAnchor(uint64 refSlot, bytes32 stateRoot, bytes32 balancesRoot, bytes32 digest)
        external
        view
        returns (bool);
}
