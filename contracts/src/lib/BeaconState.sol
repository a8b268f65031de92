// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BuilderProof, ValidatorProof} from "../interfaces/IStateProofs.sol";
import {SSZ} from "./SSZ.sol";

/// @title Validators and builders of the beacon state
/// @notice Root and credentials of a `Validator` container, the same in every fork since phase 0, and of a `Builder` container, which Gloas has.
library BeaconState {
    /// @notice A compressed key has 48 bytes.
    error InvalidPubkeyLength(uint256 length);

    /// @notice Hash-tree root of the `Validator` container: eight leaves.
    /// @param pubkey Compressed, 48 bytes.
    function validatorRoot(bytes memory pubkey, ValidatorProof calldata proof) internal view returns (bytes32) {
        if (pubkey.length != 48) revert InvalidPubkeyLength(pubkey.length);
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

    /// @notice Hash-tree root of the `Builder` container: six fields of eight leaves. Source: consensus specs, gloas beacon-chain.md.
    /// @param pubkey Compressed, 48 bytes.
    function builderRoot(bytes memory pubkey, BuilderProof calldata proof) internal view returns (bytes32) {
        if (pubkey.length != 48) revert InvalidPubkeyLength(pubkey.length);
        bytes32 identity = SSZ.hashPair(
            SSZ.hashPair(SSZ.pubkeyRoot(pubkey), SSZ.chunkOf(proof.version)),
            SSZ.hashPair(bytes32(bytes20(proof.executionAddress)), SSZ.chunkOf(proof.balanceGwei))
        );
        bytes32 epochs = SSZ.hashPair(
            SSZ.hashPair(SSZ.chunkOf(proof.depositEpoch), SSZ.chunkOf(proof.withdrawableEpoch)), SSZ.hashPair(0, 0)
        );
        return SSZ.hashPair(identity, epochs);
    }

    /// @notice Whether credentials send withdrawals to `vault`: prefix 0x01 or 0x02 and its address.
    /// @dev The eleven bytes between are not looked at, as `has_execution_withdrawal_credential` does not.
    function withdrawsTo(bytes32 withdrawalCredentials, address vault) internal pure returns (bool) {
        uint8 prefix = uint8(withdrawalCredentials[0]);
        return (prefix == 1 || prefix == 2) && address(uint160(uint256(withdrawalCredentials))) == vault;
    }
}
