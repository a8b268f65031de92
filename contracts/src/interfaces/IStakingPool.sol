// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LastReport, Report} from "./Types.sol";

/// @notice What the oracle and the vaults need of the pool.
interface IStakingPool {
    /// @notice The last applied report's figures.
    function lastReport() external view returns (LastReport memory);

    /// @notice Cumulative ether sent to the deposit contract so far, in wei.
    function depositedWei() external view returns (uint256);

    /// @notice Applies an accepted report: rebase, pulls, finalization, fee. Only the oracle.
    /// @param lossWindow The loss window after this report, see `LastReport.lossWindow`.
    function applyReport(Report calldata report, uint256 lossWindow) external;

    /// @notice Takes ether that a vault was asked for. Only the two vaults.
    function receiveFromVault() external payable;
}
