// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../../src/interfaces/Types.sol";
import {BLS12381} from "../../src/lib/BLS12381.sol";
import {Signer} from "../Signer.sol";
import {TestBase} from "../TestBase.sol";

contract Verifier {
    function verify(bytes32[4] memory key, bytes32 message, G2Point calldata signature) external view returns (bool) {
        return BLS12381.verify(key, message, signature);
    }

    function gasOfVerify(bytes32[4] memory key, bytes32 message, G2Point calldata signature)
        external
        view
        returns (uint256 spent)
    {
        uint256 before = gasleft();
        BLS12381.verifyWithNegatedKey(key, message, signature);
        spent = before - gasleft();
    }
}

contract BLS12381Test is TestBase {
    /// @dev The field's modulus.
    uint256 private constant P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;
    uint256 private constant P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;

    Verifier private verifier = new Verifier();

    function test_aSignatureVerifiesUnderItsKeyOnly() external view {
        G2Point memory s = Signer.sign(7, "round");
        assertTrue(verifier.verify(Signer.keyOf(7), "round", s), "own key");
        assertTrue(!verifier.verify(Signer.keyOf(8), "round", s), "other key");
        assertTrue(!verifier.verify(Signer.keyOf(7), "other", s), "other message");
    }

    function test_verifyCostsLittleMoreThanItsPrecompiles() external view {
        // 151,100 is what EIP-2537 charges for two maps, one addition and two pairings.
        assertLe(verifier.gasOfVerify(Signer.keyOf(7), "round", Signer.sign(7, "round")), 160_000, "gas");
    }

    /// @dev Each coordinate plus the field's modulus is the same point in another encoding: refused by name, not by the precompile.
    function test_aCoordinateIsBelowTheModulus() external {
        G2Point memory s = Signer.sign(7, "round");
        bytes32[4] memory key = Signer.keyOf(7);
        for (uint256 i = 0; i < 8; i += 2) {
            G2Point memory other;
            for (uint256 k = 0; k < 8; ++k) {
                other.words[k] = s.words[k];
            }
            unchecked {
                uint256 low = uint256(s.words[i + 1]) + P_LOW;
                other.words[i] = bytes32(uint256(s.words[i]) + P_HIGH + (low < P_LOW ? 1 : 0));
                other.words[i + 1] = bytes32(low);
            }
            vm.expectRevert(BLS12381.NonCanonicalFieldElement.selector);
            verifier.verify(key, "round", other);
            // The modulus itself is no number below it.
            (other.words[i], other.words[i + 1]) = (bytes32(P_HIGH), bytes32(P_LOW));
            vm.expectRevert(BLS12381.NonCanonicalFieldElement.selector);
            verifier.verify(key, "round", other);
        }
    }

    function test_aCoordinateOfAKeyIsBelowTheModulus() external {
        G2Point memory s = Signer.sign(7, "round");
        for (uint256 i = 0; i < 4; i += 2) {
            bytes32[4] memory key = Signer.keyOf(7);
            (key[i], key[i + 1]) = (bytes32(P_HIGH), bytes32(P_LOW));
            vm.expectRevert(BLS12381.NonCanonicalFieldElement.selector);
            verifier.verify(key, "round", s);
        }
    }

    function test_infinityIsAKeyOfFourZeroWordsOnly() external {
        G2Point memory s = Signer.sign(7, "round");
        bytes32[4] memory key;
        vm.expectRevert(BLS12381.PointAtInfinity.selector);
        verifier.verify(key, "round", s);
        for (uint256 i = 0; i < 4; ++i) {
            bytes32[4] memory other;
            other[i] = bytes32(uint256(1));
            vm.expectRevert(BLS12381.InvalidPoint.selector);
            verifier.verify{gas: 10_000_000}(other, "round", s); // The precompile burns what it is given.
        }
    }

    function test_whatIsNoPointOfTheSubgroupIsRefused() external {
        G2Point memory s = Signer.sign(7, "round");
        bytes32[4] memory key = Signer.keyOf(7);
        s.words[1] = bytes32(uint256(s.words[1]) ^ 1);
        vm.expectRevert(BLS12381.InvalidPoint.selector);
        verifier.verify(key, "round", s);
    }

    function test_theSignatureAtInfinityIsRefused() external {
        G2Point memory infinity;
        bytes32[4] memory key = Signer.keyOf(7);
        vm.expectRevert(BLS12381.PointAtInfinity.selector);
        verifier.verify(key, "round", infinity);
    }
}
