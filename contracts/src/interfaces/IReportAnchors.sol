// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An accepted report and the beacon state that it was read from: what a proof hangs on.
struct ReportAnchor {
    /// @dev Reference slot of the report.
    uint64 refSlot;
    /// @dev Slot of the reference block: it tells the layout of the state.
    uint64 headerSlot;
    /// @dev Hash-tree root of the beacon state.
    bytes32 stateRoot;
    /// @dev `Report.balancesRoot`.
    bytes32 balancesRoot;
    /// @dev EIP-712 digest of the report.
    bytes32 digest;
}

/// @notice What the oracle remembers of accepted reports: the base of proofs against the beacon state.
interface IReportAnchors {
    /// @notice Whether this very report was accepted, read from this very state, and is still remembered.
    function isAnchor(ReportAnchor calldata anchor) external view returns (bool);
}
