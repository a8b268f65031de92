// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The beacon chain's official deposit contract.
/// @dev Source: consensus specs, phase 0, deposit contract.
interface IDepositContract {
    /// @notice Makes a deposit of `msg.value`.
    function deposit(
        bytes calldata pubkey,
        bytes calldata withdrawal_credentials,
        bytes calldata signature,
        bytes32 deposit_data_root
    ) external payable;

    /// @notice Root of all deposits made so far.
    function get_deposit_root() external view returns (bytes32);
}
