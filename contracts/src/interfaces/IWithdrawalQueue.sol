// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Batch} from "./Types.sol";

/// @notice What the pool and the oracle need of the withdrawal queue.
interface IWithdrawalQueue {
    /// @notice Newest request and newest finalized request; identifiers count from 1.
    function bounds() external view returns (uint64 lastRequestId, uint64 lastFinalizedId);

    /// @notice Sum of wei (value at request) and of shares of the requests after the last finalized one up to `upTo`.
    function demand(uint64 upTo) external view returns (uint256 demandWei, uint256 demandShares);

    /// @notice What all requests that wait would be paid at the rate `pooledWei / totalShares`, never too much; their shares; and whether some would be
    /// paid more at a higher rate.
    function waitingAt(uint256 pooledWei, uint256 totalShares)
        external
        view
        returns (uint256 worthWei, uint256 shares, bool rises);

    /// @notice The requests after the last finalized one up to `upTo`, as a batch; all zero when there are none.
    function batchUpTo(uint64 upTo) external view returns (Batch memory);

    /// @notice When request `id` was made, in seconds.
    function createdAt(uint64 id) external view returns (uint256);

    /// @notice Whether new requests and finalization are paused.
    function paused() external view returns (bool);

    /// @notice Finalizes all requests up to `upTo` at the rate `pooledWei / shares`, with `msg.value` as their lock. Only the pool.
    function finalize(uint64 upTo, uint128 pooledWei, uint128 shares) external payable;

    /// @notice What requests are valued at has fallen: later ones stand in another batch. Only the pool.
    function rateFell() external;
}
