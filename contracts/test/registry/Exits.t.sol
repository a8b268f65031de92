// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {FeeAccounts} from "../../src/lib/FeeAccounts.sol";
import {KeyStore} from "../../src/lib/KeyStore.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateLayout} from "../../src/lib/StateLayouts.sol";
import {KeyInput, OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {OracleDouble} from "./Doubles.sol";
import {ProgressiveTree} from "./ProgressiveTree.sol";
import {RegistryFixture} from "./RegistryFixture.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

contract ExitsTest is RegistryFixture {
    uint64 private constant REF_SLOT = 599;
    uint64 private constant REF_EPOCH = REF_SLOT / SLOTS_PER_EPOCH;
    bytes32 private constant NOISE = "noise";

    TestValidator[] private _validators;

    function setUp() public {
        _deploy();
        for (uint256 i = 0; i < 2; ++i) {
            _addOperator(10);
            _addKeys(i, 1 + 10 * i, 4);
        }
        pool.takeKeys(registry, 4);
        for (uint256 i = 0; i < 2; ++i) {
            for (uint256 k = 0; k < 3; ++k) {
                _pushValidator(_pubkey(1 + 10 * i + k));
            }
        }
        vm.deal(EXITER, 1 ether);
        vm.deal(STRANGER, 1 ether);
        vm.deal(_manager(0), 1 ether);
    }

    receive() external payable {}

    function test_ExitsAreRequestedByRoleAndTheRestOfTheFeeComesBack() public {
        vm.expectEmit();
        emit OperatorRegistry.ExitRequested(0, 1, EXITER);
        vm.expectEmit();
        emit OperatorRegistry.ExitRequested(1, 0, EXITER);
        vm.expectEmit();
        emit WithdrawalVault.WithdrawalTriggered(_pubkey(2), 0, 1);
        vm.expectEmit();
        emit WithdrawalVault.WithdrawalTriggered(_pubkey(11), 0, 1);
        vm.prank(EXITER);
        registry.requestExits{value: 10}(_ids(_keyId(0, 1), _keyId(1, 0)));
        assertEq(EXITER.balance, 1 ether - 2, "two fees of one wei");
        assertEq(address(registry).balance + address(vault).balance, 0, "nothing stays");
        (bool requested, bool exited) = registry.exitStatus(_keyId(0, 1));
        assertTrue(requested && !exited, "requested");
        (requested,) = registry.exitStatus(_keyId(0, 0));
        assertTrue(!requested, "another key");
        assertEq(registry.activeKeys(), 4, "a request is not an exit");
        vm.prank(EXITER);
        registry.requestExits{value: 2}(_ids(_keyId(0, 1), _keyId(1, 0)));
    }

    function test_ManagersAskForTheirOwnKeysOnly() public {
        vm.prank(_manager(0));
        registry.requestExits{value: 1}(_ids(_keyId(0, 0)));
        _refusedPaying(
            _manager(0),
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 0)))),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 1, _manager(0))
        );
        _refusedPaying(
            STRANGER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0)))),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, STRANGER)
        );
    }

    function test_ExitRequestsAreBoundedAndOfDepositedKeys() public {
        for (uint256 n = 0; n <= 17; n += 17) {
            _refusedPaying(
                EXITER,
                5,
                abi.encodeCall(registry.requestExits, (new uint64[](n))),
                abi.encodeWithSelector(OperatorKeys.InvalidKeyCount.selector, n, 16)
            );
        }
        _refusedPaying(
            EXITER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 2)))),
            abi.encodeWithSelector(OperatorRegistry.NotDeposited.selector, _keyId(1, 2))
        );
        _refusedPaying(
            EXITER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(2, 0)))),
            abi.encodeWithSelector(OperatorKeys.UnknownOperator.selector, 2)
        );
        _refusedPaying(
            EXITER,
            1,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 0)))),
            abi.encodeWithSelector(WithdrawalVault.FeeNotCovered.selector, 1, 2)
        );
    }

    function test_AProvenExitStopsEarningAndMakesRoom() public {
        pool.accrueFee(registry, token, 400);
        _validators[3].fields.exitEpoch = REF_EPOCH;
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(3);
        vm.expectEmit();
        emit OperatorRegistry.ExitProven(1, 0, 3, REF_EPOCH, REF_SLOT);
        vm.prank(STRANGER);
        registry.proveExit(_keyId(1, 0), oracle, anchor, proof);
        assertEq(registry.activeKeys(), 3, "active keys");
        assertEq(registry.operatorInfo(1).exitedKeys, 1, "exited keys");
        pool.accrueFee(registry, token, 300);
        assertEq(registry.claimableShares(0), 400, "two of four, then two of three");
        assertEq(registry.claimableShares(1), 300, "two of four, then one of three");
        (, bool exited) = registry.exitStatus(_keyId(1, 0));
        assertTrue(exited, "status");
        bytes memory already = abi.encodeWithSelector(OperatorRegistry.AlreadyExited.selector, _keyId(1, 0));
        _refused(STRANGER, abi.encodeCall(registry.proveExit, (_keyId(1, 0), oracle, anchor, proof)), already);
        _refused(STRANGER, abi.encodeCall(registry.proveForeignKey, (_keyId(1, 0), oracle, anchor, proof)), already);
        _refused(EXITER, abi.encodeCall(registry.requestExits, (_ids(_keyId(1, 0)))), already);
        vm.expectEmit();
        emit OperatorRegistry.KeyTaken(1, 2);
        pool.takeKeys(registry, 1);
    }

    function testFuzz_OnlyPastExitsCount(uint64 exitEpoch) public {
        _validators[0].fields.exitEpoch = exitEpoch;
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(0);
        bytes memory call = abi.encodeCall(registry.proveExit, (_keyId(0, 0), oracle, anchor, proof));
        if (exitEpoch > REF_EPOCH) {
            _refused(STRANGER, call, abi.encodeWithSelector(OperatorRegistry.NotExited.selector, exitEpoch, REF_EPOCH));
        } else {
            registry.proveExit(_keyId(0, 0), oracle, anchor, proof);
            assertEq(registry.activeKeys(), 3, "active keys");
        }
    }

    function test_TheEpochOfTheReportItselfIsPastAndTheNextIsNot() public {
        testFuzz_OnlyPastExitsCount(REF_EPOCH + 1);
        testFuzz_OnlyPastExitsCount(REF_EPOCH);
    }

    function test_ExitsOfOtherKeysAndReportsAreRefused() public {
        _validators[0].fields.exitEpoch = 1;
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(0);
        // Another key's validator, its own validator under another index, a key that is not deposited.
        _refusedFor(_keyId(0, 1), oracle, anchor, proof, StateProofs.NotInState.selector);
        proof.validatorIndex = 1;
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, StateProofs.NotInState.selector);
        proof.validatorIndex = 0;
        _refusedFor(_keyId(0, 2), oracle, anchor, proof, OperatorRegistry.NotDeposited.selector);
        _refusedFor(_keyId(2, 0), oracle, anchor, proof, OperatorKeys.UnknownOperator.selector);
        // An oracle that is not the pool's, although it accepted the report.
        OracleDouble other = new OracleDouble();
        other.accept(anchor);
        _refusedFor(_keyId(0, 0), other, anchor, proof, OperatorRegistry.NotAnOracle.selector);
        // A report that was not accepted, differing in one value.
        anchor.refSlot += 1;
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.UnknownAnchor.selector);
        anchor.refSlot -= 1;
        anchor.stateRoot ^= bytes32(uint256(1));
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.UnknownAnchor.selector);
        anchor.stateRoot ^= bytes32(uint256(1));
        anchor.balancesRoot ^= bytes32(uint256(1));
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.UnknownAnchor.selector);
        anchor.balancesRoot ^= bytes32(uint256(1));
        anchor.digest ^= bytes32(uint256(1));
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.UnknownAnchor.selector);
        anchor.digest ^= bytes32(uint256(1));
        registry.proveExit(_keyId(0, 0), oracle, anchor, proof);
    }

    /// @dev Keys, fees and anchors stay where they are: what changes is where a validator stands in the state.
    function test_TheRegistryOutlivesAFork() public {
        for (uint256 i = 0; i < _validators.length; ++i) {
            _validators[i].fields.exitEpoch = 1;
        }
        ReportAnchor memory fulu = _accepted();
        ReportAnchor memory gloas =
            ReportAnchor(GLOAS_SLOT + 5, GLOAS_SLOT + 2, ProgressiveTree.stateRoot(_validators, NOISE), "b", "d");
        oracle.accept(gloas);
        // All slots from the fork to the reference slot are missed: the state is of the old fork.
        ReportAnchor memory missed = ReportAnchor(GLOAS_SLOT + 11, GLOAS_SLOT - 1, fulu.stateRoot, "b", "d");
        oracle.accept(missed);
        pool.accrueFee(registry, token, 4000);
        registry.proveExit(_keyId(0, 0), oracle, fulu, _proof(0));
        pool.accrueFee(registry, token, 3000);
        registry.proveExit(_keyId(0, 1), oracle, gloas, _gloasProof(1));
        pool.accrueFee(registry, token, 2000);
        registry.proveExit(_keyId(1, 0), oracle, missed, _proof(3));
        pool.accrueFee(registry, token, 1000);
        // The anchors of before the fork are good after it.
        registry.proveExit(_keyId(1, 1), oracle, fulu, _proof(4));
        assertEq(registry.activeKeys(), 0, "all four");
        assertEq(registry.claimableShares(0), 2000 + 1000, "two of four keys, one of three, none");
        assertEq(registry.claimableShares(1), 2000 + 2000 + 2000 + 1000, "two of four, of three and of two, one of one");
    }

    /// @dev Who could choose the layout by the reference slot would lose proofs after missed slots; by a slot of his own, nothing is gained.
    function test_AStateIsProvenInTheLayoutOfItsOwnSlot() public {
        _validators[0].fields.exitEpoch = 1;
        ReportAnchor memory missed =
            ReportAnchor(GLOAS_SLOT + 5, GLOAS_SLOT - 1, StateTree.stateRoot(_validators, NOISE), "b", "d");
        oracle.accept(missed);
        _refusedFor(_keyId(0, 0), oracle, missed, _gloasProof(0), SSZ.BranchLength.selector);
        missed.headerSlot = GLOAS_SLOT;
        _refusedFor(_keyId(0, 0), oracle, missed, _gloasProof(0), OperatorRegistry.UnknownAnchor.selector);
        missed.headerSlot = GLOAS_SLOT - 1;
        registry.proveExit(_keyId(0, 0), oracle, missed, _proof(0));
    }

    function test_APostponedForkIsProvenInTheLayoutThatTheStatesHave() public {
        for (uint256 i = 0; i < _validators.length; ++i) {
            _validators[i].fields.exitEpoch = 1;
        }
        vm.warp(GENESIS_TIME + 12 * (GLOAS_SLOT - 1));
        vm.prank(ADMIN);
        states.replace(1, StateLayout(GLOAS_SLOT + 60, 358, 359, 352, true));
        ReportAnchor memory fulu =
            ReportAnchor(GLOAS_SLOT + 59, GLOAS_SLOT + 59, StateTree.stateRoot(_validators, NOISE), "b", "d");
        oracle.accept(fulu);
        _refusedFor(_keyId(0, 0), oracle, fulu, _gloasProof(0), SSZ.BranchLength.selector);
        registry.proveExit(_keyId(0, 0), oracle, fulu, _proof(0));
        ReportAnchor memory gloas =
            ReportAnchor(GLOAS_SLOT + 65, GLOAS_SLOT + 60, ProgressiveTree.stateRoot(_validators, NOISE), "b", "d");
        oracle.accept(gloas);
        _refusedFor(_keyId(0, 1), oracle, gloas, _proof(1), SSZ.BranchLength.selector);
        registry.proveExit(_keyId(0, 1), oracle, gloas, _gloasProof(1));
    }

    function test_AForeignKeyIsProvenAfterTheFork() public {
        _validators[5].fields.withdrawalCredentials = bytes32(uint256(0xbad));
        ReportAnchor memory gloas =
            ReportAnchor(GLOAS_SLOT, GLOAS_SLOT, ProgressiveTree.stateRoot(_validators, NOISE), "b", "d");
        oracle.accept(gloas);
        registry.proveForeignKey(_keyId(1, 2), oracle, gloas, _gloasProof(5));
        assertTrue(!registry.operatorInfo(1).active, "switched off");
    }

    function _gloasProof(uint256 index) private view returns (ValidatorProof memory proof) {
        proof = _validators[index].fields;
        proof.branch = ProgressiveTree.validatorBranch(_validators, NOISE, index);
    }

    function test_AForeignValidatorIsNoExitButSwitchesTheOperatorOff() public {
        _validators[0].fields.exitEpoch = 1;
        _validators[0].fields.withdrawalCredentials = bytes32(uint256(1) << 248 | 0xbad);
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(0);
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.ForeignCredentials.selector);
        // Nor is it foreign by the word of a state that no report was read from.
        anchor.stateRoot = bytes32(uint256(anchor.stateRoot) ^ 1);
        _refused(
            STRANGER,
            abi.encodeCall(registry.proveForeignKey, (_keyId(0, 0), oracle, anchor, proof)),
            abi.encodeWithSelector(OperatorRegistry.UnknownAnchor.selector, anchor.refSlot, anchor.stateRoot)
        );
        anchor.stateRoot = bytes32(uint256(anchor.stateRoot) ^ 1);
        vm.expectEmit();
        emit OperatorRegistry.ForeignKeyProven(0, 0, 0, proof.withdrawalCredentials);
        registry.proveForeignKey(_keyId(0, 0), oracle, anchor, proof);
        assertEq(registry.activeKeys(), 3, "it earns no more");
        assertTrue(!registry.operatorInfo(0).active, "switched off");
        assertEq(registry.availableKeys(), 2, "the other operator's");
        _refusedFor(_keyId(0, 0), oracle, anchor, proof, OperatorRegistry.AlreadyExited.selector);
    }

    function test_AKeyTakenByOthersBeforeItsDepositSwitchesTheOperatorOff() public {
        _validators[5].fields.withdrawalCredentials = bytes32(uint256(0xbad));
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(5);
        vm.expectEmit();
        emit OperatorKeys.UnusedKeysDropped(1, 2, 2);
        vm.expectEmit();
        emit OperatorRegistry.ForeignKeyProven(1, 2, 5, proof.withdrawalCredentials);
        registry.proveForeignKey(_keyId(1, 2), oracle, anchor, proof);
        assertEq(registry.activeKeys(), 4, "it never earned");
        assertEq(registry.availableKeys(), 2, "the other operator's");
        assertEq(registry.operatorInfo(1).totalKeys, 2, "its deposited keys are left");
    }

    /// @dev It could switch the operator off again after every `setActive`.
    function test_AForeignKeyIsProvenOnceAndNeverHandedOut() public {
        _validators[5].fields.withdrawalCredentials = bytes32(uint256(0xbad));
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(5);
        registry.proveForeignKey(_keyId(1, 2), oracle, anchor, proof);
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(1, true);
        assertEq(registry.availableKeys(), 2, "neither it nor the key behind it");
        bytes memory again = abi.encodeCall(registry.proveForeignKey, (_keyId(1, 2), oracle, anchor, proof));
        _refused(STRANGER, again, abi.encodeWithSelector(KeyStore.NoSuchKey.selector, 2, 2));
        KeyInput[] memory keys = _keys(13, 1);
        _refused(
            _manager(1),
            abi.encodeCall(registry.addKeys, (1, keys)),
            abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, _pubkey(13))
        );
        _addKeys(1, 30, 1); // gets the name of the dropped one
        bytes32 before = _state();
        (bool ok, bytes memory reason) = address(registry).call(again);
        assertTrue(!ok && bytes4(reason) == StateProofs.NotInState.selector, "it is another key");
        assertEq(_state(), before, "nothing changed");
        assertEq(registry.availableKeys(), 3, "the new key can be taken");
    }

    function test_AnOwnValidatorIsNotForeign() public {
        ReportAnchor memory anchor = _accepted();
        ValidatorProof memory proof = _proof(0);
        _refused(
            STRANGER,
            abi.encodeCall(registry.proveForeignKey, (_keyId(0, 0), oracle, anchor, proof)),
            abi.encodeWithSelector(OperatorRegistry.OwnCredentials.selector, proof.withdrawalCredentials)
        );
        _validators[0].fields.withdrawalCredentials = bytes32(uint256(2) << 248 | uint160(address(vault)));
        _validators[0].fields.exitEpoch = 1;
        anchor = _accepted();
        registry.proveExit(_keyId(0, 0), oracle, anchor, _proof(0));
    }

    function testFuzz_FeesAreConservedOverExits(uint256 seed) public {
        for (uint256 i = 0; i < _validators.length; ++i) {
            _validators[i].fields.exitEpoch = 1;
        }
        ReportAnchor memory anchor = _accepted();
        for (uint256 i = 0; i < 3; ++i) {
            uint256 h = uint256(keccak256(abi.encode(seed, i)));
            pool.accrueFee(registry, token, h % 1e20);
            (uint256 operatorId, uint256 keyIndex) = (h >> 128) % 2 == 0 ? (i % 2, i / 2) : ((i + 1) % 2, i / 2);
            (, bool exited) = registry.exitStatus(_keyId(operatorId, keyIndex));
            if (!exited) {
                registry.proveExit(_keyId(operatorId, keyIndex), oracle, anchor, _proof(3 * operatorId + keyIndex));
            }
            uint256 owed = registry.remainderScaled() + registry.owedScaled(0) + registry.owedScaled(1);
            assertEq(owed, token.sharesOf(address(registry)) * FeeAccounts.SCALE, "booked = held");
        }
    }

    function _refusedFor(
        uint64 keyId,
        OracleDouble oracle_,
        ReportAnchor memory anchor,
        ValidatorProof memory proof,
        bytes4 selector
    ) private {
        bytes32 before = _state();
        (bool ok, bytes memory reason) =
            address(registry).call(abi.encodeCall(registry.proveExit, (keyId, oracle_, anchor, proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(selector), "reason");
        assertEq(_state(), before, "nothing changed");
    }

    function _pushValidator(bytes memory pubkey) private {
        TestValidator memory v;
        v.pubkey = pubkey;
        v.balanceGwei = 32e9;
        v.fields.validatorIndex = uint64(_validators.length);
        v.fields.withdrawalCredentials = registry.withdrawalCredentials();
        v.fields.effectiveBalanceGwei = 32e9;
        v.fields.exitEpoch = type(uint64).max;
        v.fields.withdrawableEpoch = type(uint64).max;
        _validators.push(v);
    }

    function _accepted() private returns (ReportAnchor memory anchor) {
        anchor = ReportAnchor(REF_SLOT, REF_SLOT, StateTree.stateRoot(_validators, NOISE), "balances", "digest");
        oracle.accept(anchor);
    }

    function _proof(uint256 index) private view returns (ValidatorProof memory proof) {
        proof = _validators[index].fields;
        proof.branch = StateTree.validatorBranch(_validators, NOISE, index);
    }

    function _ids(uint64 a) private pure returns (uint64[] memory ids) {
        ids = new uint64[](1);
        ids[0] = a;
    }

    function _ids(uint64 a, uint64 b) private pure returns (uint64[] memory ids) {
        ids = new uint64[](2);
        (ids[0], ids[1]) = (a, b);
    }
}
