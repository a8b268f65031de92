// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the pool needs of the operator registry.
interface IOperatorRegistry {
    /// @notice Takes the next `count` keys, least loaded operator first. Only the pool.
    /// @return pubkeys `count` compressed BLS keys of 48 bytes each.
    /// @return signatures `count` compressed deposit signatures of 96 bytes each.
    function takeKeys(uint256 count) external returns (bytes memory pubkeys, bytes memory signatures);

    /// @notice Books `shares`, already in the registry's account: `operatorsBps` parts per 10,000 to the operators by their active keys, those of its
    /// predecessors included, the rest, and all of it without such keys, to the treasury. Only the pool, or the successor of a registry
    /// that is retired.
    function accrueFee(uint256 shares, uint256 operatorsBps) external;

    /// @notice Hands out and takes no more keys, and lets `successor` book fees. Only the pool, once, to a registry that names this one as
    /// its predecessor.
    function retire(IOperatorRegistry successor) external;

    /// @notice The registry that this one replaces; 0 for the first.
    function predecessor() external view returns (IOperatorRegistry);

    /// @notice The registry that has replaced this one; 0 while it is in force, or not yet.
    function successor() external view returns (IOperatorRegistry);

    /// @notice Takes keys and books fees.
    function pool() external view returns (address);

    /// @notice Whether a compressed key was ever added, here or to a predecessor.
    function isKnownKey(bytes calldata pubkey) external view returns (bool);

    /// @notice The public keys that `takeKeys` would hand out now, 48 bytes each.
    function nextKeys(uint256 count) external view returns (bytes memory pubkeys);

    /// @notice Keys that were deposited and have not been seen exiting, over all operators, those of its predecessors included.
    function activeKeys() external view returns (uint256);
}
