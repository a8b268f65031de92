// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {StateLayout} from "../lib/StateLayouts.sol";

/// @notice A `Validator` container without its public key, and the branch from it to the root of the beacon state.
struct ValidatorProof {
    /// @dev Index in the validator registry.
    uint64 validatorIndex;
    bytes32 withdrawalCredentials;
    uint64 effectiveBalanceGwei;
    bool slashed;
    uint64 activationEligibilityEpoch;
    uint64 activationEpoch;
    uint64 exitEpoch;
    uint64 withdrawableEpoch;
    /// @dev Siblings, lowest first: as many as the state's layout has levels above this index.
    bytes32[] branch;
}

/// @notice A `Builder` container without its public key, and the branch from it to the root of the beacon state.
struct BuilderProof {
    /// @dev Index in the list of builders.
    uint64 builderIndex;
    uint8 version;
    address executionAddress;
    uint64 balanceGwei;
    uint64 depositEpoch;
    uint64 withdrawableEpoch;
    /// @dev Siblings, lowest first.
    bytes32[] branch;
}

/// @notice The chunk of four balances with the one in question, or the length of the list that ends before it, and its branch to the root
/// of the beacon state.
struct BalanceProof {
    /// @dev `chunk` is the list's length: no validator has this index.
    bool beyondEnd;
    bytes32 chunk;
    /// @dev Siblings, lowest first.
    bytes32[] branch;
}

/// @notice Proofs against roots of beacon states. The layout of a state is that of the slot of its block's header.
interface IStateProofs {
    /// @notice Returns normally when the state of `stateRoot` has this validator with this key at this index.
    /// @param headerSlot Slot of the block whose state it is.
    /// @param pubkey Compressed, 48 bytes.
    function requireValidator(
        bytes32 stateRoot,
        uint64 headerSlot,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external view;

    /// @notice Returns normally when the state of `stateRoot` has this builder with this key at this index.
    /// @param headerSlot Slot of the block whose state it is.
    /// @param pubkey Compressed, 48 bytes.
    function requireBuilder(bytes32 stateRoot, uint64 headerSlot, bytes calldata pubkey, BuilderProof calldata proof)
        external
        view;

    /// @notice Balance of a validator in the state of `stateRoot`, in gwei; 0 for an index beyond the registry.
    /// @param headerSlot Slot of the block whose state it is.
    function provenBalance(bytes32 stateRoot, uint64 headerSlot, uint64 validatorIndex, BalanceProof calldata proof)
        external
        view
        returns (uint64 balanceGwei);

    /// @notice Returns normally when the state of `stateRoot` says that `blockRoot` is the root of the last block at or before `slot`.
    /// @param headerSlot Slot of the block whose state it is: above `slot`, and by no more than the state remembers.
    /// @param branch Siblings, lowest first.
    function requireBlockRoot(
        bytes32 stateRoot,
        uint64 headerSlot,
        uint64 slot,
        bytes32 blockRoot,
        bytes32[] calldata branch
    ) external view;

    /// @notice Timestamp of slot 0, in seconds.
    function genesisTime() external view returns (uint64);

    /// @notice Length of a slot, in seconds.
    function secondsPerSlot() external view returns (uint64);

    /// @notice Layout of the state of a block of this slot.
    function layoutOf(uint64 headerSlot) external view returns (StateLayout memory);
}
