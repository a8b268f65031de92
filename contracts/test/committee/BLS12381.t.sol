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
}
