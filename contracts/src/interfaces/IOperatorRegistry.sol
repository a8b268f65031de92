// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the pool needs of the operator registry.
interface IOperatorRegistry {
    /// @notice Takes the next `count` keys, least loaded operator first. Only the pool.
    /// @return pubkeys `count` compressed BLS keys of 48 bytes each.
    /// @return signatures `count` compressed deposit signatures of 96 bytes each.
    function takeKeys(uint256 count) external returns (bytes memory pubkeys, bytes memory signatures);

    /// @notice Books `shares`, already minted to the registry, to the operators by their active keys. Only the pool.
    function accrueFee(uint256 shares) external;

    /// @notice Keys that were deposited and have not been seen exiting, over all operators.
    function activeKeys() external view returns (uint256);
}
