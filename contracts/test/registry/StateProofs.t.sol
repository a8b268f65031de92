// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceProof, ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {BeaconState} from "../../src/lib/BeaconState.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {ProgressiveTree} from "./ProgressiveTree.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

/// @notice Gives the library an external face.
contract BeaconStateHarness {
    function validatorRoot(bytes memory pubkey, ValidatorProof calldata proof) external view returns (bytes32) {
        return BeaconState.validatorRoot(pubkey, proof);
    }

    function withdrawsTo(bytes32 credentials, address vault) external pure returns (bool) {
        return BeaconState.withdrawsTo(credentials, vault);
    }
}

/// @notice Proofs under states of both layouts.
contract StateProofsTest is ByteAssertions {
    uint64 private constant GLOAS_SLOT = 600;

    BeaconStateHarness private harness = new BeaconStateHarness();
    StateProofs private states = new StateProofs(address(this), 0, 12, 8192, GLOAS_SLOT);

    function testFuzz_EveryValidatorOfAStateIsProven(bytes32 seed, uint256 count, uint256 index, bool gloas)
        public
        view
    {
        TestValidator[] memory validators = _validators(seed, count);
        index %= validators.length;
        TestValidator memory v = validators[index];
        assertEq(
            harness.validatorRoot(v.pubkey, v.fields), StateTree.validatorRoot(v), "root of the validator container"
        );
        v.fields.branch = _validatorBranch(validators, seed, index, gloas);
        states.requireValidator(_root(validators, seed, gloas), _slot(gloas), v.pubkey, v.fields);
    }

    function testFuzz_EveryBalanceOfAStateIsProven(bytes32 seed, uint256 count, uint256 index, bool gloas) public view {
        TestValidator[] memory validators = _validators(seed, count);
        index %= validators.length;
        BalanceProof memory proof = _balanceProof(validators, seed, index, gloas);
        uint64 balanceGwei = states.provenBalance(_root(validators, seed, gloas), _slot(gloas), uint64(index), proof);
        assertEq(balanceGwei, validators[index].balanceGwei, "balance");
    }

    function testFuzz_BalanceBeyondTheRegistryIsZero(bytes32 seed, uint256 count, uint256 index, bool gloas)
        public
        view
    {
        TestValidator[] memory validators = _validators(seed, count);
        index = validators.length + index % (1 << 20);
        BalanceProof memory proof = _balanceProof(validators, seed, index, gloas);
        assertEq(states.provenBalance(_root(validators, seed, gloas), _slot(gloas), uint64(index), proof), 0, "balance");
    }

    function testFuzz_EachTamperedSiblingOfAValidatorBranchIsRefused(
        bytes32 seed,
        uint256 index,
        uint256 flip,
        bool gloas
    ) public {
        TestValidator[] memory validators = _validators(seed, 9);
        index %= validators.length;
        TestValidator memory v = validators[index];
        bytes32 root = _root(validators, seed, gloas);
        v.fields.branch = _validatorBranch(validators, seed, index, gloas);
        // Gloas: 2 levels up to the third subtree of the state and 4 in it, the active fields; the list's subtrees of 1, 4 and 16.
        uint256 gloasLevels = 8 + 1 + (index < 1 ? 1 : index < 5 ? 4 : 7);
        assertEq(
            v.fields.branch.length, gloas ? gloasLevels : 47, "40 levels of the list, its length, 6 levels of the state"
        );
        for (uint256 i = 0; i < v.fields.branch.length; ++i) {
            v.fields.branch[i] ^= bytes32(1 << (flip % 256));
            _refusesValidator(root, v, gloas);
            v.fields.branch[i] ^= bytes32(1 << (flip % 256));
        }
        states.requireValidator(root, _slot(gloas), v.pubkey, v.fields);
    }

    function testFuzz_EachTamperedSiblingOfABalanceBranchIsRefused(
        bytes32 seed,
        uint256 index,
        uint256 flip,
        bool gloas
    ) public {
        TestValidator[] memory validators = _validators(seed, 9);
        index %= validators.length;
        bytes32 root = _root(validators, seed, gloas);
        BalanceProof memory proof = _balanceProof(validators, seed, index, gloas);
        uint256 gloasLevels = 8 + 1 + (index < 4 ? 1 : 4);
        assertEq(
            proof.branch.length, gloas ? gloasLevels : 45, "38 levels of the list, its length, 6 levels of the state"
        );
        for (uint256 i = 0; i < proof.branch.length; ++i) {
            proof.branch[i] ^= bytes32(1 << (flip % 256));
            _refusesBalance(root, index, proof, gloas);
            proof.branch[i] ^= bytes32(1 << (flip % 256));
        }
        proof.chunk ^= bytes32(1 << (flip % 256));
        _refusesBalance(root, index, proof, gloas);
    }

    function testFuzz_EachTamperedFieldOfAValidatorIsRefused(bytes32 seed, uint256 index, uint64 delta, bool gloas)
        public
    {
        vm.assume(delta != 0);
        TestValidator[] memory validators = _validators(seed, 6);
        index %= validators.length;
        TestValidator memory v = validators[index];
        bytes32 root = _root(validators, seed, gloas);
        v.fields.branch = _validatorBranch(validators, seed, index, gloas);
        v.fields.effectiveBalanceGwei ^= delta;
        _refusesValidator(root, v, gloas);
        v.fields.effectiveBalanceGwei ^= delta;
        v.fields.slashed = !v.fields.slashed;
        _refusesValidator(root, v, gloas);
        v.fields.slashed = !v.fields.slashed;
        v.fields.withdrawalCredentials ^= bytes32(uint256(delta));
        _refusesValidator(root, v, gloas);
        v.fields.withdrawalCredentials ^= bytes32(uint256(delta));
        v.fields.activationEligibilityEpoch ^= delta;
        _refusesValidator(root, v, gloas);
        v.fields.activationEligibilityEpoch ^= delta;
        v.fields.activationEpoch ^= delta;
        _refusesValidator(root, v, gloas);
        v.fields.activationEpoch ^= delta;
        v.fields.exitEpoch ^= delta;
        _refusesValidator(root, v, gloas);
        v.fields.exitEpoch ^= delta;
        v.fields.withdrawableEpoch ^= delta;
        _refusesValidator(root, v, gloas);
        v.fields.withdrawableEpoch ^= delta;
        v.pubkey[delta % 48] ^= 0x01;
        _refusesValidator(root, v, gloas);
        v.pubkey[delta % 48] ^= 0x01;
        v.fields.validatorIndex ^= 1;
        // In a progressive list 0 and 1, and 4 and 5, stand in subtrees of other depths.
        bool otherDepth = gloas && (index / 2 == 0 || index / 2 == 2);
        _refusesWith(
            abi.encodeCall(states.requireValidator, (root, _slot(gloas), v.pubkey, v.fields)),
            otherDepth ? SSZ.BranchLength.selector : StateProofs.NotInState.selector
        );
        v.fields.validatorIndex ^= 1;
        states.requireValidator(root, _slot(gloas), v.pubkey, v.fields);
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
                    address(states).call(abi.encodeCall(states.requireValidator, (root, 0, v.pubkey, v.fields)));
                assertTrue(!ok, "refused");
                assertEq(reason, abi.encodeWithSelector(SSZ.BranchLength.selector, length, 47), "reason");
            }
            if (length != 45) {
                proof.branch = _resized(balanceBranch, length);
                (bool ok, bytes memory reason) =
                    address(states).call(abi.encodeCall(states.provenBalance, (root, 0, 1, proof)));
                assertTrue(!ok, "refused");
                assertEq(reason, abi.encodeWithSelector(SSZ.BranchLength.selector, length, 45), "reason");
            }
        }
    }

    /// @dev Whoever takes one fork's indices for the other's finds nothing that he can name.
    function testFuzz_AStateIsReadByTheLayoutOfItsOwnSlotOnly(bytes32 seed, uint256 index, bool gloas) public {
        TestValidator[] memory validators = _validators(seed, 9);
        index %= validators.length;
        bytes32 root = _root(validators, seed, gloas);
        TestValidator memory v = validators[index];
        v.fields.branch = _validatorBranch(validators, seed, index, gloas);
        BalanceProof memory proof = _balanceProof(validators, seed, index, gloas);
        states.requireValidator(root, _slot(gloas), v.pubkey, v.fields);
        states.provenBalance(root, _slot(gloas), uint64(index), proof);
        _refusesWith(
            abi.encodeCall(states.requireValidator, (root, _slot(!gloas), v.pubkey, v.fields)),
            SSZ.BranchLength.selector
        );
        _refusesWith(
            abi.encodeCall(states.provenBalance, (root, _slot(!gloas), uint64(index), proof)), SSZ.BranchLength.selector
        );
    }

    function test_TheListsLengthShowsThatAValidatorDoesNotExist() public {
        TestValidator[] memory validators = _validators("absent", 8);
        bytes32 root = ProgressiveTree.stateRoot(validators, "absent");
        BalanceProof memory proof = ProgressiveTree.balanceProof(validators, "absent", 9);
        assertTrue(proof.beyondEnd, "by the length");
        uint64[4] memory absent = [uint64(9), 10, 1 << 40, type(uint64).max];
        for (uint256 i = 0; i < absent.length; ++i) {
            assertEq(states.provenBalance(root, GLOAS_SLOT, absent[i], proof), 0, "no balance");
        }
        _refuses(
            abi.encodeCall(states.provenBalance, (root, GLOAS_SLOT, 8, proof)),
            abi.encodeWithSelector(StateProofs.NotBeyondEnd.selector, 8, 9)
        );
        // A length that the state does not have.
        proof.chunk = StateTree.chunk(8);
        _refusesWith(
            abi.encodeCall(states.provenBalance, (root, GLOAS_SLOT, 8, proof)), StateProofs.NotInState.selector
        );
        // Nor is a chunk of balances a length: the last of nine balances stands alone in its chunk.
        proof = ProgressiveTree.balanceProof(validators, "absent", 8);
        proof.beyondEnd = true;
        _refusesWith(
            abi.encodeCall(states.provenBalance, (root, GLOAS_SLOT, type(uint64).max, proof)), SSZ.BranchLength.selector
        );
        // A state of Fulu tells it by its length too.
        root = StateTree.stateRoot(validators, "absent");
        (, bytes32[] memory high) = StateTree.merkle(StateTree.fieldRoots(validators, "absent"), 6, 12);
        (bytes32 contents,) = StateTree.merkle(StateTree.balanceChunks(validators), 38, 0);
        proof = BalanceProof(true, StateTree.chunk(9), StateTree.concat(StateTree.one(contents), high));
        assertEq(states.provenBalance(root, 0, 9, proof), 0, "no balance");
    }

    function testFuzz_IndexBeyondTheLimitIsRefused(uint64 index) public {
        vm.assume(index >= 1 << 40);
        TestValidator memory v = _validators("limit", 1)[0];
        v.fields.validatorIndex = index;
        bytes memory reason = abi.encodeWithSelector(StateProofs.ValidatorIndexTooLarge.selector, index);
        _refuses(abi.encodeCall(states.requireValidator, (0, 0, v.pubkey, v.fields)), reason);
        BalanceProof memory proof;
        _refuses(abi.encodeCall(states.provenBalance, (0, 0, index, proof)), reason);
    }

    function testFuzz_KeyOfAnotherLengthIsRefused(bytes calldata pubkey) public {
        vm.assume(pubkey.length != 48);
        TestValidator memory v = _validators("key", 1)[0];
        _refuses(
            abi.encodeCall(states.requireValidator, (0, 0, pubkey, v.fields)),
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

    function _slot(bool gloas) private pure returns (uint64) {
        return gloas ? GLOAS_SLOT : GLOAS_SLOT - 1;
    }

    function _root(TestValidator[] memory validators, bytes32 noise, bool gloas) private pure returns (bytes32) {
        return gloas ? ProgressiveTree.stateRoot(validators, noise) : StateTree.stateRoot(validators, noise);
    }

    function _validatorBranch(TestValidator[] memory validators, bytes32 noise, uint256 index, bool gloas)
        private
        pure
        returns (bytes32[] memory)
    {
        return gloas
            ? ProgressiveTree.validatorBranch(validators, noise, index)
            : StateTree.validatorBranch(validators, noise, index);
    }

    function _balanceProof(TestValidator[] memory validators, bytes32 noise, uint256 index, bool gloas)
        private
        pure
        returns (BalanceProof memory)
    {
        return gloas
            ? ProgressiveTree.balanceProof(validators, noise, index)
            : StateTree.balanceProof(validators, noise, index);
    }

    function _refusesValidator(bytes32 root, TestValidator memory v, bool gloas) private {
        (bool ok, bytes memory reason) =
            address(states).call(abi.encodeCall(states.requireValidator, (root, _slot(gloas), v.pubkey, v.fields)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(StateProofs.NotInState.selector), "reason");
    }

    function _refusesBalance(bytes32 root, uint256 index, BalanceProof memory proof, bool gloas) private {
        (bool ok, bytes memory reason) =
            address(states).call(abi.encodeCall(states.provenBalance, (root, _slot(gloas), uint64(index), proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(StateProofs.NotInState.selector), "reason");
    }

    function _refusesWith(bytes memory call, bytes4 selector) private {
        (bool ok, bytes memory reason) = address(states).call(call);
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(selector), "reason");
    }

    function _refuses(bytes memory call, bytes memory reason) private {
        (bool ok, bytes memory answer) = address(states).call(call);
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
