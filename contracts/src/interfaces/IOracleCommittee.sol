// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Schedule} from "../lib/Schedule.sol";
import {Certificate, G2Point} from "./Types.sol";

/// @notice What the oracle needs of the committee.
interface IOracleCommittee {
    /// @notice The network's and the oracle's slots, epochs and frames.
    function schedule() external view returns (Schedule memory);

    /// @notice Digest of the committee that answers for the round of `refSlot`.
    function digestAt(uint64 refSlot) external view returns (bytes32);

    /// @notice Returns normally when `certificate` proves that a quorum of the committee in force for `refSlot`, whose
    /// digest must be `committee`, signed `message`; reverts with the reason otherwise.
    function verifyCertificate(uint64 refSlot, bytes32 committee, bytes32 message, Certificate calldata certificate)
        external
        view;

    /// @notice Whether `signature` over `message` verifies under the key of `member`. Reverts on malformed points.
    function verifyMember(bytes32 member, bytes32 message, G2Point calldata signature) external view returns (bool);

    /// @notice Takes the bond of a member that signed two things and ejects it at once. Only the oracle.
    /// @param member Identifier: keccak256 of its key.
    /// @param reporter Receives the reporter's part of the bond.
    function slash(bytes32 member, address reporter) external;
}
