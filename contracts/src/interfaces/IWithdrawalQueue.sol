// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the pool and the oracle need of the withdrawal queue.
interface IWithdrawalQueue {
    /// @notice Newest request and newest finalized request; identifiers count from 1.
    function bounds() external view returns (uint64 lastRequestId, uint64 lastFinalizedId);

    /// @notice Sum of wei (value at request) and of shares of the requests after the last finalized one up to `upTo`.
    function demand(uint64 upTo) external view returns (uint256 demandWei, uint256 demandShares);

    /// @notice When request `id` was made, in seconds.
    function createdAt(uint64 id) external view returns (uint256);

    /// @notice Whether new requests and finalization are paused.
    function paused() external view returns (bool);

    /// @notice Finalizes all requests up to `upTo` at the rate `pooledWei / shares`, with `msg.value` as their lock. Only the pool.
    function finalize(uint64 upTo, uint128 pooledWei, uint128 shares) external payable;
}
