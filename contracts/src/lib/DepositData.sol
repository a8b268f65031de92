// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LittleEndian} from "./LittleEndian.sol";

/// @title Deposit data root
/// @notice Hash-tree root of `DepositData`, which the deposit contract asks for. Source: consensus specs, phase 0, `DepositData`.
library DepositData {
    /// @param pubkey Compressed key, 48 bytes.
    /// @param signature Compressed signature, 96 bytes.
    /// @param amountGwei Amount, in gwei.
    function root(bytes memory pubkey, bytes32 withdrawalCredentials, bytes memory signature, uint64 amountGwei)
        internal
        pure
        returns (bytes32)
    {
        bytes32 pubkeyRoot = sha256(abi.encodePacked(pubkey, bytes16(0)));
        (bytes32 s0, bytes32 s1, bytes32 s2) = abi.decode(signature, (bytes32, bytes32, bytes32));
        bytes32 signatureRoot =
            sha256(abi.encodePacked(sha256(abi.encodePacked(s0, s1)), sha256(abi.encodePacked(s2, bytes32(0)))));
        return sha256(
            abi.encodePacked(
                sha256(abi.encodePacked(pubkeyRoot, withdrawalCredentials)),
                sha256(abi.encodePacked(LittleEndian.u64(amountGwei), bytes24(0), signatureRoot))
            )
        );
    }
}
