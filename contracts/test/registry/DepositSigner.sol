// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../../src/interfaces/Types.sol";
import {DepositMessages} from "../../src/lib/DepositMessages.sol";
import {PointCompression} from "../../src/lib/PointCompression.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {Signer} from "../Signer.sol";

/// @notice Makes validator keys and deposit signatures.
contract DepositSigner {
    /// @notice The key of `secret` with its signature over the deposit.
    function depositKey(uint256 secret, bytes32 credentials, bytes32 domain)
        external
        view
        returns (KeyInput memory key)
    {
        key.pubkey = Signer.keyOf(secret);
        bytes memory pubkey = this.compress(key.pubkey);
        key.signature = Signer.sign(secret, DepositMessages.signingRoot(pubkey, credentials, domain));
    }

    /// @notice The key of `secret`.
    function publicKey(uint256 secret) external view returns (bytes32[4] memory) {
        return Signer.keyOf(secret);
    }

    /// @notice Signs any message.
    function sign(uint256 secret, bytes32 message) external view returns (G2Point memory) {
        return Signer.sign(secret, message);
    }

    /// @notice `PointCompression.compressG1`.
    function compress(bytes32[4] calldata point) external pure returns (bytes memory) {
        return PointCompression.compressG1(point);
    }
}
