// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../interfaces/Types.sol";

/// @title BLS signatures with keys in G1 over 32-byte messages
/// @notice The scheme of the beacon chain (`BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_`) on the precompiles of EIP-2537.
/// @dev Points are in the encoding of EIP-2537: a coordinate is 64 bytes, two words, the first 16 bytes zero. No gas is hard-coded for
/// a precompile: a repricing must not stop us. Sources: RFC 9380 (hash to curve), EIP-2537, draft-irtf-cfrg-bls-signature.
library BLS12381 {
    /// @dev The field's modulus, split as EIP-2537 splits a coordinate.
    uint256 private constant P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;
    uint256 private constant P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;
    /// @dev The generator of G1.
    uint256 private constant G1_X_HIGH = 0x17f1d3a73197d7942695638c4fa9ac0f;
    uint256 private constant G1_X_LOW = 0xc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb;
    uint256 private constant G1_Y_HIGH = 0x08b3f481e3aaa0f1a09e30ed741d8ae4;
    uint256 private constant G1_Y_LOW = 0xfcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1;

    /// @notice A coordinate is not below the field's modulus, or its padding is not zero.
    error NonCanonicalFieldElement();
    /// @notice A key or signature is the point at infinity.
    error PointAtInfinity();
    /// @notice A precompile refused a point: it is not on the curve, or not in the subgroup.
    error InvalidPoint();

    /// @notice Whether `signature` over `message` verifies under `key`: e(key, H(message)) == e(G1, signature). The pairing
    /// proves that both points are in their subgroups. Reverts with the reason on malformed points; infinity is malformed.
    function verify(bytes32[4] memory key, bytes32 message, G2Point calldata signature)
        internal
        view
        returns (bool ok)
    {
        requireKey(key);
        return verifyWithNegatedKey(negate(key), message, signature);
    }

    /// @notice As `verify`, for the negative of a key that is known to be canonical and not infinity. What is stored negated is
    /// verified without a negation: e(-key, H(message)) * e(G1, signature) == 1.
    function verifyWithNegatedKey(bytes32[4] memory negatedKey, bytes32 message, G2Point calldata signature)
        internal
        view
        returns (bool ok)
    {
        _requireSignature(signature);
        return _pairing(negatedKey, hashToG2(message), signature);
    }

    /// @notice Refuses a key that is infinity or not canonical. Curve and subgroup are the pairing's to check.
    function requireKey(bytes32[4] memory key) internal pure {
        if (isInfinity(key)) revert PointAtInfinity();
        if (!_canonical(uint256(key[0]), uint256(key[1])) || !_canonical(uint256(key[2]), uint256(key[3]))) {
            revert NonCanonicalFieldElement();
        }
    }

    /// @notice Whether a point of G1 is infinity.
    function isInfinity(bytes32[4] memory point) internal pure returns (bool) {
        return (point[0] | point[1] | point[2] | point[3]) == 0;
    }

    /// @notice `a + b` in G1.
    function add(bytes32[4] memory a, bytes32[4] memory b) internal view returns (bytes32[4] memory sum) {
        bool ok;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mcopy(m, a, 0x80)
            mcopy(add(m, 0x80), b, 0x80)
            ok := staticcall(gas(), 0x0b, m, 0x100, sum, 0x80)
            ok := and(ok, eq(returndatasize(), 0x80))
        }
        if (!ok) revert InvalidPoint();
    }

    /// @notice `-point` in G1, for a canonical point; infinity is its own negative.
    function negate(bytes32[4] memory point) internal pure returns (bytes32[4] memory negative) {
        assembly ("memory-safe") {
            mcopy(negative, point, 0x40)
            let high := mload(add(point, 0x40))
            let low := mload(add(point, 0x60))
            // No point of the subgroup has y = 0, so 0 means infinity.
            if or(high, low) {
                mstore(add(negative, 0x40), sub(sub(P_HIGH, high), gt(low, P_LOW)))
                mstore(add(negative, 0x60), sub(P_LOW, low))
            }
        }
    }

    /// @notice Hashes `message` to G2: `hash_to_curve` of RFC 9380, section 3, for a message of 32 bytes.
    function hashToG2(bytes32 message) internal view returns (bytes32[8] memory point) {
        bool ok;
        assembly ("memory-safe") {
            let b := mload(0x40) // eight digests: the uniform bytes of expand_message_xmd
            let s := add(b, 0x100) // input of what is called
            // b_0 = H(64 zero bytes | message | length 256 in two bytes | 0 | DST | length of DST)
            mstore(s, 0)
            mstore(add(s, 0x20), 0)
            mstore(add(s, 0x40), message)
            mstore(add(s, 0x60), shl(240, 0x0100))
            mstore(add(s, 0x63), "BLS_SIG_BLS12381G2_XMD:SHA-256_")
            mstore(add(s, 0x82), "SSWU_RO_POP_+")
            ok := staticcall(gas(), 2, s, 0x8f, 0x00, 0x20)
            let b0 := mload(0x00)

            // b_1 = H(b_0 | 1 | DST'), b_i = H((b_0 xor b_(i-1)) | i | DST')
            mstore(add(s, 0x21), "BLS_SIG_BLS12381G2_XMD:SHA-256_")
            mstore(add(s, 0x40), "SSWU_RO_POP_+")
            let previous := 0
            for { let i := 0 } lt(i, 8) { i := add(i, 1) } {
                mstore(s, xor(b0, previous))
                mstore8(add(s, 0x20), add(i, 1))
                let out := add(b, shl(5, i))
                ok := and(ok, staticcall(gas(), 2, s, 0x4d, out, 0x20))
                previous := mload(out)
            }

            // Four field elements: 64 bytes each, modulo p, in place.
            mstore(s, 0x40)
            mstore(add(s, 0x20), 0x20)
            mstore(add(s, 0x40), 0x40)
            mstore(add(s, 0xa0), 1)
            mstore(add(s, 0xc0), P_HIGH)
            mstore(add(s, 0xe0), P_LOW)
            for { let e := b } lt(e, add(b, 0x100)) { e := add(e, 0x40) } {
                mcopy(add(s, 0x60), e, 0x40)
                ok := and(ok, staticcall(gas(), 5, s, 0x100, e, 0x40))
            }

            ok := and(ok, staticcall(gas(), 0x11, b, 0x80, s, 0x100))
            ok := and(ok, staticcall(gas(), 0x11, add(b, 0x80), 0x80, add(s, 0x100), 0x100))
            ok := and(ok, staticcall(gas(), 0x0d, s, 0x200, point, 0x100))
            ok := and(ok, eq(returndatasize(), 0x100))
        }
        // Reached on a chain without the precompiles only.
        if (!ok) revert InvalidPoint();
    }

    /// @dev e(negatedKey, hash) * e(G1, signature) == 1, in one call.
    function _pairing(bytes32[4] memory negatedKey, bytes32[8] memory hash, G2Point calldata signature)
        private
        view
        returns (bool verified)
    {
        bool ok;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mcopy(m, negatedKey, 0x80)
            mcopy(add(m, 0x80), hash, 0x100)
            mstore(add(m, 0x180), G1_X_HIGH)
            mstore(add(m, 0x1a0), G1_X_LOW)
            mstore(add(m, 0x1c0), G1_Y_HIGH)
            mstore(add(m, 0x1e0), G1_Y_LOW)
            calldatacopy(add(m, 0x200), signature, 0x100)
            ok := staticcall(gas(), 0x0f, m, 0x300, 0x00, 0x20)
            ok := and(ok, eq(returndatasize(), 0x20))
            verified := mload(0x00)
        }
        if (!ok) revert InvalidPoint();
    }

    function _requireSignature(G2Point calldata signature) private pure {
        bytes32[8] calldata w = signature.words;
        uint256 any = 0;
        bool canonical = true;
        for (uint256 i = 0; i < 8; i += 2) {
            (uint256 high, uint256 low) = (uint256(w[i]), uint256(w[i + 1]));
            any |= high | low;
            canonical = canonical && _canonical(high, low);
        }
        if (any == 0) revert PointAtInfinity();
        if (!canonical) revert NonCanonicalFieldElement();
    }

    function _canonical(uint256 high, uint256 low) private pure returns (bool) {
        return high < P_HIGH || (high == P_HIGH && low < P_LOW);
    }
}
