// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../interfaces/Types.sol";

/// @title EIP-712 structs of the oracle
/// @notice `Report` identifies what is reported; `Vote` is what members sign. A bare report digest does not open to its round, so
/// two honest votes for different rounds could be shown as equivocation: the signed message names committee and reference slot.
library Digests {
    bytes32 internal constant REPORT_TYPEHASH = keccak256(
        "Report(uint16 version,bytes32 committee,uint64 refSlot,uint64 lastRefSlot,bytes32 refBlockRoot,uint64 clValidatorsGwei,uint64 clPendingGwei,uint64 clInFlightGwei,uint64 unprovenGwei,uint32 validators,uint32 exited,uint32 slashed,uint128 depositedWei,uint128 withdrawalVaultWei,uint128 elRewardsVaultWei,uint64 finalizeUpTo,uint64 exitGwei,uint64 exitsAskedGwei,bool bunker,bytes32 balancesRoot,bytes32 pendingRoot)"
    );
    bytes32 internal constant VOTE_TYPEHASH = keccak256("Vote(bytes32 committee,uint64 refSlot,bytes32 digest)");

    /// @dev Words of a report: all its fields are static.
    uint256 private constant REPORT_WORDS = 21;

    /// @notice `hashStruct(report)`.
    /// @dev The words as they came: who goes on to use a field has it checked for its width.
    function reportHash(Report calldata report) internal pure returns (bytes32 hash) {
        bytes32 typeHash = REPORT_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            calldatacopy(add(m, 0x20), report, mul(REPORT_WORDS, 0x20))
            hash := keccak256(m, mul(add(REPORT_WORDS, 1), 0x20))
        }
    }

    /// @notice `hashStruct(vote)`.
    function voteHash(bytes32 committee, uint64 refSlot, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOTE_TYPEHASH, committee, refSlot, digest));
    }
}
