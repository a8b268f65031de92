// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceProof, BeaconState, ValidatorProof} from "../../src/lib/BeaconState.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

/// @notice Gives the library an external face.
contract BeaconStateHarness {
    function requireValidator(bytes32 stateRoot, bytes memory pubkey, ValidatorProof calldata proof) external view {
        BeaconState.requireValidator(stateRoot, pubkey, proof);
    }

    function validatorRoot(bytes memory pubkey, ValidatorProof calldata proof) external view returns (bytes32) {
        return BeaconState.validatorRoot(pubkey, proof);
    }

    function provenBalance(bytes32 stateRoot, uint64 validatorIndex, BalanceProof calldata proof)
        external
        view
        returns (uint64)
    {
        return BeaconState.provenBalance(stateRoot, validatorIndex, proof);
    }

    function withdrawsTo(bytes32 credentials, address vault) external pure returns (bool) {
        return BeaconState.withdrawsTo(credentials, vault);
    }
}

contract BeaconStateTest is ByteAssertions {
    BeaconStateHarness private harness = new BeaconStateHarness();

    function testFuzz_EveryValidatorOfAStateIsProven(bytes32 seed, uint256 count, uint256 index) public view {
        TestValidator[] memory validators = _validators(seed, count);
        index %= validators.length;
        TestValidator memory v = validators[index];
        assertEq(
            harness.validatorRoot(v.pubkey, v.fields), StateTree.validatorRoot(v), "root of the validator container"
        );
        v.fields.branch = StateTree.validatorBranch(validators, seed, index);
        harness.requireValidator(StateTree.stateRoot(validators, seed), v.pubkey, v.fields);
    }

    function testFuzz_EveryBalanceOfAStateIsProven(bytes32 seed, uint256 count, uint256 index) public view {
        TestValidator[] memory validators = _validators(seed, count);
        index %= validators.length;
        BalanceProof memory proof = StateTree.balanceProof(validators, seed, index);
        uint64 balanceGwei = harness.provenBalance(StateTree.stateRoot(validators, seed), uint64(index), proof);
        assertEq(balanceGwei, validators[index].balanceGwei, "balance");
    }

    function testFuzz_BalanceBeyondTheRegistryIsZero(bytes32 seed, uint256 count, uint256 index) public view {
        TestValidator[] memory validators = _validators(seed, count);
        index = validators.length + index % (1 << 20);
        BalanceProof memory proof = StateTree.balanceProof(validators, seed, index);
        assertEq(harness.provenBalance(StateTree.stateRoot(validators, seed), uint64(index), proof), 0, "balance");
    }

    function testFuzz_EachTamperedSiblingOfAValidatorBranchIsRefused(bytes32 seed, uint256 index, uint256 flip) public {
        TestValidator[] memory validators = _validators(seed, 9);
        index %= validators.length;
        TestValidator memory v = validators[index];
        bytes32 root = StateTree.stateRoot(validators, seed);
        v.fields.branch = StateTree.validatorBranch(validators, seed, index);
        assertEq(v.fields.branch.length, 47, "40 levels of the list, its length, 6 levels of the state");
        for (uint256 i = 0; i < v.fields.branch.length; ++i) {
            v.fields.branch[i] ^= bytes32(1 << (flip % 256));
            _refusesValidator(root, v);
            v.fields.branch[i] ^= bytes32(1 << (flip % 256));
        }
        harness.requireValidator(root, v.pubkey, v.fields);
    }

    function testFuzz_EachTamperedSiblingOfABalanceBranchIsRefused(bytes32 seed, uint256 index, uint256 flip) public {
        TestValidator[] memory validators = _validators(seed, 9);
        index %= validators.length;
        bytes32 root = StateTree.stateRoot(validators, seed);
        BalanceProof memory proof = StateTree.balanceProof(validators, seed, index);
        assertEq(proof.branch.length, 45, "38 levels of the list, its length, 6 levels of the state");
        for (uint256 i = 0; i < proof.branch.length; ++i) {
            proof.branch[i] ^= bytes32(1 << (flip % 256));
            _refusesBalance(root, index, proof);
            proof.branch[i] ^= bytes32(1 << (flip % 256));
        }
        proof.chunk ^= bytes32(1 << (flip % 256));
        _refusesBalance(root, index, proof);
    }

    function testFuzz_EachTamperedFieldOfAValidatorIsRefused(bytes32 seed, uint256 index, uint64 delta) public {
        vm.assume(delta != 0);
        TestValidator[] memory validators = _validators(seed, 6);
        index %= validators.length;
        TestValidator memory v = validators[index];
        bytes32 root = StateTree.stateRoot(validators, seed);
        v.fields.branch = StateTree.validatorBranch(validators, seed, index);
        v.fields.effectiveBalanceGwei ^= delta;
        _refusesValidator(root, v);
        v.fields.effectiveBalanceGwei ^= delta;
        v.fields.slashed = !v.fields.slashed;
        _refusesValidator(root, v);
        v.fields.slashed = !v.fields.slashed;
        v.fields.withdrawalCredentials ^= bytes32(uint256(delta));
        _refusesValidator(root, v);
        v.fields.withdrawalCredentials ^= bytes32(uint256(delta));
        v.fields.activationEligibilityEpoch ^= delta;
        _refusesValidator(root, v);
        v.fields.activationEligibilityEpoch ^= delta;
        v.fields.activationEpoch ^= delta;
        _refusesValidator(root, v);
        v.fields.activationEpoch ^= delta;
        v.fields.exitEpoch ^= delta;
        _refusesValidator(root, v);
        v.fields.exitEpoch ^= delta;
        v.fields.withdrawableEpoch ^= delta;
        _refusesValidator(root, v);
        v.fields.withdrawableEpoch ^= delta;
        v.pubkey[delta % 48] ^= 0x01;
        _refusesValidator(root, v);
        v.pubkey[delta % 48] ^= 0x01;
        v.fields.validatorIndex ^= 1;
        _refusesValidator(root, v);
        v.fields.validatorIndex ^= 1;
        harness.requireValidator(root, v.pubkey, v.fields);
    }

    function test_BranchOfAnotherLengthIsRefused() public {
        TestValidator[] memory validators = _validators("length", 3);
        bytes32 root = StateTree.stateRoot(validators, "length");
        TestValidator memory v = validators[1];
        bytes32[] memory branch = StateTree.validatorBranch(validators, "length", 1);
        BalanceProof memory proof = StateTree.balanceProof(validators, "length", 1);
        bytes32[] memory balanceBranch = proof.branch;
        for (uint256 length = 0; length < 60; ++length) {
            if (length != 47) {
                v.fields.branch = _resized(branch, length);
                (bool ok, bytes memory reason) =
                    address(harness).call(abi.encodeCall(harness.requireValidator, (root, v.pubkey, v.fields)));
                assertTrue(!ok, "refused");
                assertEq(reason, abi.encodeWithSelector(SSZ.BranchLength.selector, length, 47), "reason");
            }
            if (length != 45) {
                proof.branch = _resized(balanceBranch, length);
                (bool ok, bytes memory reason) =
                    address(harness).call(abi.encodeCall(harness.provenBalance, (root, 1, proof)));
                assertTrue(!ok, "refused");
                assertEq(reason, abi.encodeWithSelector(SSZ.BranchLength.selector, length, 45), "reason");
            }
        }
    }

    function testFuzz_IndexBeyondTheLimitIsRefused(uint64 index) public {
        vm.assume(index >= 1 << 40);
        TestValidator memory v = _validators("limit", 1)[0];
        v.fields.validatorIndex = index;
        bytes memory reason = abi.encodeWithSelector(BeaconState.ValidatorIndexTooLarge.selector, index);
        _refuses(abi.encodeCall(harness.requireValidator, (0, v.pubkey, v.fields)), reason);
        BalanceProof memory proof;
        _refuses(abi.encodeCall(harness.provenBalance, (0, index, proof)), reason);
    }

    function testFuzz_KeyOfAnotherLengthIsRefused(bytes calldata pubkey) public {
        vm.assume(pubkey.length != 48);
        TestValidator memory v = _validators("key", 1)[0];
        _refuses(
            abi.encodeCall(harness.requireValidator, (0, pubkey, v.fields)),
            abi.encodeWithSelector(BeaconState.InvalidPubkeyLength.selector, pubkey.length)
        );
    }

    function testFuzz_CredentialsWithdrawToTheVaultByPrefixAndAddress(bytes32 credentials, address vault) public view {
        bool ours = uint256(credentials) & type(uint160).max == uint160(vault)
            && (uint256(credentials) >> 248 == 1 || uint256(credentials) >> 248 == 2);
        assertTrue(harness.withdrawsTo(credentials, vault) == ours, "any credentials");
        for (uint256 prefix = 0; prefix < 256; ++prefix) {
            bytes32 own = bytes32(prefix << 248 | uint160(vault));
            assertTrue(harness.withdrawsTo(own, vault) == (prefix == 1 || prefix == 2), "the vault's address");
        }
    }

    function _refusesValidator(bytes32 root, TestValidator memory v) private {
        (bool ok, bytes memory reason) =
            address(harness).call(abi.encodeCall(harness.requireValidator, (root, v.pubkey, v.fields)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(BeaconState.NotInState.selector), "reason");
    }

    function _refusesBalance(bytes32 root, uint256 index, BalanceProof memory proof) private {
        (bool ok, bytes memory reason) =
            address(harness).call(abi.encodeCall(harness.provenBalance, (root, uint64(index), proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(BeaconState.NotInState.selector), "reason");
    }

    function _refuses(bytes memory call, bytes memory reason) private {
        (bool ok, bytes memory answer) = address(harness).call(call);
        assertTrue(!ok, "refused");
        assertEq(answer, reason, "reason");
    }

    function _validators(bytes32 seed, uint256 count) private pure returns (TestValidator[] memory validators) {
        validators = new TestValidator[](1 + count % 12);
        for (uint256 i = 0; i < validators.length; ++i) {
            bytes32 h = keccak256(abi.encode(seed, i));
            TestValidator memory v = validators[i];
            v.pubkey = abi.encodePacked(h, bytes16(keccak256(abi.encode(h))));
            v.balanceGwei = uint64(uint256(h));
            v.fields.validatorIndex = uint64(i);
            v.fields.withdrawalCredentials = keccak256(abi.encode(h, "credentials"));
            v.fields.effectiveBalanceGwei = uint64(uint256(h) >> 8);
            v.fields.slashed = uint256(h) % 2 == 0;
            v.fields.activationEligibilityEpoch = uint64(uint256(h) >> 16);
            v.fields.activationEpoch = uint64(uint256(h) >> 24);
            v.fields.exitEpoch = uint64(uint256(h) >> 32);
            v.fields.withdrawableEpoch = uint64(uint256(h) >> 40);
        }
    }

    function _resized(bytes32[] memory items, uint256 length) private pure returns (bytes32[] memory resized) {
        resized = new bytes32[](length);
        for (uint256 i = 0; i < length && i < items.length; ++i) {
            resized[i] = items[i];
        }
    }
}
