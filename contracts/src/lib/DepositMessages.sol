// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSZ} from "./SSZ.sol";

/// @title Deposit messages
/// @notice What the key of a validator signs for its first deposit, of one ether. Later ones need no signature: the key is known then.
/// @dev Source: consensus specs phase0, `DepositMessage`, `compute_domain`, `compute_signing_root`; deposits are valid across forks, so
/// their domain has the genesis fork version and no genesis validators root.
library DepositMessages {
    /// @notice Amount of a first deposit, in gwei.
    uint64 internal constant AMOUNT_GWEI = 1e9;
    /// @dev `DOMAIN_DEPOSIT`.
    bytes4 private constant DOMAIN_TYPE = 0x03000000;

    /// @notice `compute_domain(DOMAIN_DEPOSIT)`.
    function domain(bytes4 genesisForkVersion) internal view returns (bytes32) {
        bytes32 forkDataRoot = SSZ.hashPair(bytes32(genesisForkVersion), 0);
        return bytes32(DOMAIN_TYPE) | (forkDataRoot >> 32);
    }

    /// @notice The 32 bytes that the deposit's signature is over.
    /// @param pubkey Compressed key, 48 bytes.
    function signingRoot(bytes memory pubkey, bytes32 withdrawalCredentials, bytes32 depositDomain)
        internal
        view
        returns (bytes32)
    {
        bytes32 message = SSZ.hashPair(
            SSZ.hashPair(SSZ.pubkeyRoot(pubkey), withdrawalCredentials), SSZ.hashPair(SSZ.chunkOf(AMOUNT_GWEI), 0)
        );
        return SSZ.hashPair(message, depositDomain);
    }
}
