// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A vault whose ether only the pool pulls.
interface IVault {
    /// @notice Sends `amountWei` to the pool. Only the pool.
    function pull(uint256 amountWei) external;
}
