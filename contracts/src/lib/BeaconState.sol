// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSZ} from "./SSZ.sol";

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
    /// @dev 47 siblings, lowest first: 40 of the list, its length, 6 of the state.
    bytes32[] branch;
}

/// @notice The chunk of four balances with the one in question, and its branch to the root of the beacon state.
struct BalanceProof {
    bytes32 chunk;
    /// @dev 45 siblings, lowest first: 38 of the list, its length, 6 of the state.
    bytes32[] branch;
}

/// @title Beacon state proofs
/// @notice Validators and balances under the root of a `BeaconState` of Electra or Fulu.
/// @dev Source: consensus specs, `BeaconState` and `Validator` in phase0, electra and fulu beacon-chain.md. The container has
/// 37 fields in Electra and 38 in Fulu, so both have 64 leaves: field `f` has generalized index `64 + f`. A list has its contents
/// left and its length right. `VALIDATOR_REGISTRY_LIMIT` is 2**40 in every preset.
/// - `validators` is field 11: index 75, contents 150, element `i` at `150 * 2**40 + i`, 47 levels under the root.
/// - `balances` is field 12: index 76, contents 152; four to a chunk, so chunk `i / 4` is at `152 * 2**38 + i / 4`, 45 levels.
/// Deneb has 28 fields and 32 leaves: its branches are a level shorter and are refused. A fork that moves these fields or grows
/// past 64 of them needs new contracts.
library BeaconState {
    /// @notice Generalized index of element 0 of `validators`.
    uint256 internal constant FIRST_VALIDATOR_GINDEX = 150 << 40;
    /// @notice Generalized index of chunk 0 of `balances`.
    uint256 internal constant FIRST_BALANCE_CHUNK_GINDEX = 152 << 38;
    /// @notice `VALIDATOR_REGISTRY_LIMIT`.
    uint256 internal constant VALIDATOR_LIMIT = 1 << 40;

    /// @notice No registry has this index.
    error ValidatorIndexTooLarge(uint64 validatorIndex);
    /// @notice A compressed key has 48 bytes.
    error InvalidPubkeyLength(uint256 length);
    /// @notice The branch does not lead from the validator or balance to the state root.
    error NotInState(uint64 validatorIndex, bytes32 root, bytes32 stateRoot);

    /// @notice Returns normally when the state of `stateRoot` has this validator with this key at this index.
    /// @param pubkey Compressed, 48 bytes.
    function requireValidator(bytes32 stateRoot, bytes memory pubkey, ValidatorProof calldata proof) internal view {
        if (pubkey.length != 48) revert InvalidPubkeyLength(pubkey.length);
        if (proof.validatorIndex >= VALIDATOR_LIMIT) revert ValidatorIndexTooLarge(proof.validatorIndex);
        bytes32 root =
            SSZ.branchRoot(validatorRoot(pubkey, proof), FIRST_VALIDATOR_GINDEX + proof.validatorIndex, proof.branch);
        if (root != stateRoot) revert NotInState(proof.validatorIndex, root, stateRoot);
    }

    /// @notice Hash-tree root of the `Validator` container: eight leaves.
    function validatorRoot(bytes memory pubkey, ValidatorProof calldata proof) internal view returns (bytes32) {
        bytes32 identity = SSZ.hashPair(
            SSZ.hashPair(SSZ.pubkeyRoot(pubkey), proof.withdrawalCredentials),
            SSZ.hashPair(SSZ.chunkOf(proof.effectiveBalanceGwei), SSZ.chunkOf(proof.slashed ? 1 : 0))
        );
        bytes32 epochs = SSZ.hashPair(
            SSZ.hashPair(SSZ.chunkOf(proof.activationEligibilityEpoch), SSZ.chunkOf(proof.activationEpoch)),
            SSZ.hashPair(SSZ.chunkOf(proof.exitEpoch), SSZ.chunkOf(proof.withdrawableEpoch))
        );
        return SSZ.hashPair(identity, epochs);
    }

    /// @notice Balance of a validator in the state of `stateRoot`, in gwei; 0 for an index beyond the registry.
    function provenBalance(bytes32 stateRoot, uint64 validatorIndex, BalanceProof calldata proof)
        internal
        view
        returns (uint64 balanceGwei)
    {
        if (validatorIndex >= VALIDATOR_LIMIT) revert ValidatorIndexTooLarge(validatorIndex);
        bytes32 root = SSZ.branchRoot(proof.chunk, FIRST_BALANCE_CHUNK_GINDEX + validatorIndex / 4, proof.branch);
        if (root != stateRoot) revert NotInState(validatorIndex, root, stateRoot);
        return SSZ.uint64At(proof.chunk, validatorIndex % 4);
    }

    /// @notice Whether credentials send withdrawals to `vault`: prefix 0x01 or 0x02 and its address.
    /// @dev The eleven bytes between are not looked at, as `has_execution_withdrawal_credential` does not.
    function withdrawsTo(bytes32 withdrawalCredentials, address vault) internal pure returns (bool) {
        uint8 prefix = uint8(withdrawalCredentials[0]);
        return (prefix == 1 || prefix == 2) && address(uint160(uint256(withdrawalCredentials))) == vault;
    }
}
