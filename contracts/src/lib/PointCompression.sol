// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../interfaces/Types.sol";

/// @title Compressed points of BLS12-381
/// @notice From the encoding of EIP-2537 to the one that the beacon chain uses: x big-endian, with three flags in its top bits,
/// which are compressed, infinity and larger-y.
/// @dev Source: ZCash BLS12-381 serialization, as named by consensus specs phase0 ("BLS signatures"). Takes points that a
/// precompile has accepted and that are not infinity: coordinates are then below the field's modulus.
library PointCompression {
    /// @notice Bytes of a compressed public key.
    uint256 internal constant PUBKEY_LENGTH = 48;
    /// @notice Bytes of a compressed signature.
    uint256 internal constant SIGNATURE_LENGTH = 96;

    uint128 private constant COMPRESSED = 1 << 127;
    uint128 private constant LARGER_Y = 1 << 125;
    /// @dev (p - 1) / 2, split as EIP-2537 splits a field element.
    uint256 private constant HALF_HIGH = 0x0d0088f51cbff34d258dd3db21a5d66b;
    uint256 private constant HALF_LOW = 0xb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555;

    /// @notice Compresses a public key, a point of G1: 48 bytes.
    function compressG1(bytes32[4] calldata point) internal pure returns (bytes memory) {
        return _withFlags(point[0], point[1], _isLarger(point[2], point[3]));
    }

    /// @notice Compresses a signature, a point of G2: 96 bytes. The imaginary part leads, in the bytes and in the ordering of y.
    function compressG2(G2Point calldata point) internal pure returns (bytes memory) {
        bytes32[8] calldata w = point.words;
        bool larger = w[6] == 0 && w[7] == 0 ? _isLarger(w[4], w[5]) : _isLarger(w[6], w[7]);
        return bytes.concat(_withFlags(w[2], w[3], larger), bytes16(uint128(uint256(w[0]))), w[1]);
    }

    function _withFlags(bytes32 high, bytes32 low, bool larger) private pure returns (bytes memory) {
        uint128 head = uint128(uint256(high)) | COMPRESSED | (larger ? LARGER_Y : 0);
        return bytes.concat(bytes16(head), low);
    }

    /// @dev Whether a coordinate is larger than its negative.
    function _isLarger(bytes32 high, bytes32 low) private pure returns (bool) {
        return uint256(high) > HALF_HIGH || (uint256(high) == HALF_HIGH && uint256(low) > HALF_LOW);
    }
}
