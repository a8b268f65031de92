// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Schedule} from "../lib/Schedule.sol";
import {Judged, LastReport, Report} from "./Types.sol";

/// @notice What the oracle, the queue and the vaults need of the pool's first half.
interface IPoolReports {
    /// @notice What a report of `refSlot` is judged on: the last report, ether sent to the deposit contract so far (wei), what the bucket
    /// holds at `refSlot` (gwei), and whether the last report was proven false.
    function reportBase(uint64 refSlot)
        external
        view
        returns (LastReport memory last, uint256 depositedWei, uint256 bucketGwei, bool lastFalse);

    /// @notice What a request of `shares` is valued at, in wei: their worth, in doubt about a fall their worth before it.
    function requestValue(uint256 shares) external view returns (uint256);

    /// @notice Applies an accepted report: rebase, pulls, finalization, fee. Only the oracle.
    function applyReport(Report calldata report, Judged calldata judged) external;

    /// @notice A certified report is held until then, in seconds. Only the oracle.
    function noteHeld(Report calldata report, uint40 until) external;

    /// @notice Takes ether that a vault was asked for. Only the two vaults.
    function receiveFromVault() external payable;

    /// @notice Takes what a finalized batch needs not. Only the queue.
    function receiveSurplus() external payable;

    /// @notice The first ether of a key is accounted for: it is a deposit now or, when it was lost, back in the buffer from the operator's bond.
    /// Only the registry in force.
    function firstEtherEnded() external payable;
}

/// @notice What they need of the second half.
interface IPoolExtension {
    /// @notice The last applied report's figures.
    function lastReport() external view returns (LastReport memory);

    /// @notice Cumulative ether sent to the deposit contract so far, in wei.
    function depositedWei() external view returns (uint256);

    /// @notice Without a report for this long anyone may finalize old requests, in seconds.
    function staleAfterSeconds() external view returns (uint256);

    /// @notice Ether that may go to keys now, in wei: what was in the buffer at the last report and nothing has asked for, less the reserve. So whoever
    /// deposits, has it sent and asks for it back makes nobody wait for it.
    function usableWei() external view returns (uint256);

    /// @notice Gives `amountGwei` of the buffer to the book of validators of the registry in force, which deposits it in this call. Only that book.
    /// @param firstKeys Keys whose first ether it is: it stands at par until they are proven. 0: it is a deposit at once.
    function spend(uint64 amountGwei, uint8 firstKeys) external;

    /// @notice Reports are paused until then, in seconds; 0 for no longer. Only the oracle.
    function notePaused(uint40 until) external;

    /// @notice The report of `refSlot` was proven false: when it is the last one, so is the rate. Only the oracle.
    function noteFalse(uint64 refSlot) external;
}

/// @notice The pool, as one address.
interface IStakingPool is IPoolReports, IPoolExtension {
    /// @notice The clock of reports.
    function schedule() external view returns (Schedule memory);
}
