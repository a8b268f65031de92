// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../../src/interfaces/Types.sol";
import {PointCompression} from "../../src/lib/PointCompression.sol";
import {Signer} from "../Signer.sol";
import {ByteAssertions} from "./ByteAssertions.sol";

/// @notice The generators of both groups and their negatives, whose encodings are public.
contract PointCompressionTest is ByteAssertions {
    uint256 private constant ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001;
    bytes private constant G1 =
        hex"97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";
    bytes private constant G2 =
        hex"93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8";

    function compressG1(bytes32[4] calldata point) external pure returns (bytes memory) {
        return PointCompression.compressG1(point);
    }

    function compressG2(G2Point calldata point) external pure returns (bytes memory) {
        return PointCompression.compressG2(point);
    }

    /// @dev The flag of the larger y, 0x20 of the first byte, tells a point from its negative.
    function _negative(bytes memory encoded) private pure returns (bytes memory other) {
        other = bytes.concat(encoded);
        other[0] ^= 0x20;
    }

    function test_theGeneratorOfG1() external view {
        assertEq(this.compressG1(Signer.keyOf(1)), G1, "generator");
        assertEq(this.compressG1(Signer.keyOf(ORDER - 1)), _negative(G1), "its negative");
    }

    function test_theGeneratorOfG2() external view {
        bytes32[8] memory generator = [
            bytes32(uint256(0x024aa2b2f08f0a91260805272dc51051)),
            0xc6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8,
            bytes32(uint256(0x13e02b6052719f607dacd3a088274f65)),
            0x596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e,
            bytes32(uint256(0x0ce5d527727d6e118cc9cdc6da2e351a)),
            0xadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801,
            bytes32(uint256(0x0606c4a02ea734cc32acd2b02bc28b99)),
            0xcb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be
        ];
        assertEq(this.compressG2(Signer.times(generator, 1)), G2, "generator");
        assertEq(this.compressG2(Signer.times(generator, ORDER - 1)), _negative(G2), "its negative");
    }
}
