// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../src/interfaces/Types.sol";
import {BLS12381} from "../src/lib/BLS12381.sol";

/// @notice Signs with small secret keys through the precompiles: key = G1 * secret, signature = H(message) * secret.
library Signer {
    bytes32 private constant G1_X_HIGH = 0x0000000000000000000000000000000017f1d3a73197d7942695638c4fa9ac0f;
    bytes32 private constant G1_X_LOW = 0xc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb;
    bytes32 private constant G1_Y_HIGH = 0x0000000000000000000000000000000008b3f481e3aaa0f1a09e30ed741d8ae4;
    bytes32 private constant G1_Y_LOW = 0xfcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1;

    error PrecompileFailed();

    function keyOf(uint256 secret) internal view returns (bytes32[4] memory key) {
        (bool ok, bytes memory out) =
            address(0x0c).staticcall(abi.encodePacked(G1_X_HIGH, G1_X_LOW, G1_Y_HIGH, G1_Y_LOW, secret));
        if (!ok) revert PrecompileFailed();
        return abi.decode(out, (bytes32[4]));
    }

    function sign(uint256 secret, bytes32 message) internal view returns (G2Point memory) {
        return times(BLS12381.hashToG2(message), secret);
    }

    /// @dev One signature of all: the hash times the sum of the secrets is the sum of the signatures.
    function signAll(uint256[] memory secrets, bytes32 message) internal view returns (G2Point memory) {
        uint256 sum = 0;
        for (uint256 i = 0; i < secrets.length; ++i) {
            sum += secrets[i];
        }
        return sign(sum, message);
    }

    function times(bytes32[8] memory point, uint256 scalar) internal view returns (G2Point memory result) {
        (bool ok, bytes memory out) = address(0x0e).staticcall(abi.encodePacked(point, scalar));
        if (!ok) revert PrecompileFailed();
        result.words = abi.decode(out, (bytes32[8]));
    }
}
