// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BuilderProof} from "../../src/interfaces/IStateProofs.sol";
import {BlockProof} from "../../src/interfaces/Types.sol";
import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {KeyPicking} from "../../src/KeyPicking.sol";
import {BeaconBlocks} from "../../src/lib/BeaconBlocks.sol";
import {UnprovenSet} from "../../src/lib/UnprovenSet.sol";
import {KeyInput, OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {Validators} from "../../src/Validators.sol";
import {Key, KeyState, ValidatorBook} from "../../src/validators/ValidatorBook.sol";
import {BuilderTree} from "../registry/BuilderTree.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {TestValidator} from "../registry/StateTree.sol";
import {Committee} from "./Committee.sol";

/// @notice A key's first ether and the four ways in which it ends.
contract FirstEtherTest is Committee {
    address private constant ALICE = address(0xA11CE);
    uint64 private constant FAR = type(uint64).max;

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 10_000 ether);
        vm.prank(ALICE);
        pool.deposit{value: 1_000 ether}(ALICE, 0);
        _age();
        _giveOperator();
        _addKeys(4, true);
    }

    receive() external payable {}

    // ------------------------------------------------------------------------------------------- one ether

    function test_aKeyGetsOneEtherAndStandsAtPar() external {
        (uint256 pooledBefore,) = token.totals();
        (uint256 priceBefore,) = pool.depositPrice();
        bytes memory pubkey = registry.nextKeys(1);
        vm.expectEmit();
        emit Validators.KeyOpened(0, 0, pubkey);
        vm.prank(address(0x57)); // anyone
        validatorBook.predeposit(1);
        assertEq(address(depositContract).balance, 1 ether, "one ether is there");
        assertEq(more.bufferedWei(), 1_000 ether, "from the buffer");
        assertEq(more.depositedWei(), 0, "no deposit yet");
        assertEq(more.unrecognisedWei(), 0, "and not lost");
        (uint256 pooledAfter,) = token.totals();
        (uint256 priceAfter,) = pool.depositPrice();
        assertTrue(pooledAfter == pooledBefore && priceAfter == priceBefore, "nobody's ether moved");
        Key memory k = validatorBook.keyOf(0);
        assertTrue(k.state == KeyState.Unproven && k.compounding && k.sentGwei == 1e9, "book");
        assertEq(validatorBook.unprovenWord(0), uint256(keccak256(pubkey)) & ~uint256(0xff) | 2, "word of the set");
        assertEq(validatorBook.unprovenWord(1), 1, "the next word is free");
        assertEq(registry.earningEther(), 0, "it earns nothing");
    }

    function test_noKeyWithoutBondQuotaOrStock() external {
        registry.takeBond(0, 126 ether, address(this));
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 2, 3));
        validatorBook.predeposit(3);
        validatorBook.predeposit(2);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.BondIsBound.selector, 1, 0));
        registry.takeBond(0, 1, address(this));
        registry.addBond{value: 2 ether}(0);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 1_000_000, 3);
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 1, 2));
        validatorBook.predeposit(2);
        validatorBook.predeposit(1);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.BondIsBound.selector, 1 ether + 1, 1 ether));
        registry.takeBond(0, 1 ether + 1, address(this));
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, ALICE));
        registry.takeBond(0, 1, ALICE);
    }

    function test_quotasFitTheSet() external {
        vm.startPrank(OPERATOR_MANAGER);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.TooManyQuotas.selector, 129, 128));
        registry.addOperator("second", ALICE, ALICE, 1, 1);
        registry.setLimits(0, 1_000_000, 127);
        registry.addOperator("second", ALICE, ALICE, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.TooManyQuotas.selector, 129, 128));
        registry.setLimits(0, 1_000_000, 128);
        assertEq(registry.quotas(), 128, "as many as the set has places");
    }

    /// @dev The owner moves the quota of an operator whose keys are all unproven to another one: the set has no place for more.
    function test_aQuotaThatMovesOpensNoMoreKeysThanTheSetHasPlaces() external {
        _addKeys(125, true);
        validatorBook.predeposit(128);
        vm.startPrank(OPERATOR_MANAGER);
        registry.setLimits(0, 1_000_000, 0);
        registry.addOperator("second", ALICE, ALICE, 1_000_000, 128);
        vm.stopPrank();
        vm.deal(ALICE, 30_001 ether); // a pool whose stock has room for one key more
        vm.startPrank(ALICE);
        pool.deposit{value: 30_000 ether}(ALICE, 0);
        registry.addBond{value: 1 ether}(1);
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = new DepositSigner().depositKey(999, registry.withdrawalCredentials(true), registry.depositDomain());
        registry.addKeys(1, true, keys);
        vm.stopPrank();
        _age();
        vm.expectRevert(UnprovenSet.SetIsFull.selector);
        validatorBook.predeposit(1);
        validatorBook.proveKey(5, _proofOf(_freshValidator(5)));
        validatorBook.predeposit(1);
        assertEq(validatorBook.keyOf(1 << 32).place, 5, "the place that is free");
    }

    function test_noKeyJustBeforeAForkThatMovesTheState() external {
        uint256 forkSlot = GLOAS_EPOCH * SLOTS_PER_EPOCH;
        toSlot(forkSlot - FORK_QUIET_SECONDS / SECONDS_PER_SLOT);
        vm.expectRevert(abi.encodeWithSelector(Validators.ForkIsNear.selector, forkSlot));
        validatorBook.predeposit(1);
        toSlot(forkSlot - FORK_QUIET_SECONDS / SECONDS_PER_SLOT - 1);
        validatorBook.predeposit(1);
        toSlot(forkSlot);
        validatorBook.predeposit(1);
    }

    function test_theSetNamesItsKeys() external {
        validatorBook.predeposit(3);
        validatorBook.proveKey(1, _proofOf(_freshValidator(1)));
        (uint256[] memory places, uint64[] memory keyIds, bytes memory pubkeys) = validatorBook.unprovenKeys();
        assertTrue(places.length == 2 && places[0] == 0 && places[1] == 2, "places");
        assertTrue(keyIds.length == 2 && keyIds[0] == 0 && keyIds[1] == 2, "names");
        assertEq(keccak256(pubkeys), keccak256(bytes.concat(registry.pubkeyOf(0), registry.pubkeyOf(2))), "keys");
        validatorBook.predeposit(1);
        (places, keyIds, pubkeys) = validatorBook.unprovenKeys();
        assertTrue(places.length == 3 && places[1] == 1 && keyIds[1] == 3, "the free place is taken again");
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory pubkey = registry.pubkeyOf(i == 1 ? 3 : uint64(i));
            assertEq(validatorBook.unprovenWord(i), uint256(keccak256(pubkey)) & ~uint256(0xff) | 2, "its word");
        }
    }

    // ------------------------------------------------------------------------------------------- four ends

    function test_anOwnKeyFreesTheBond() external {
        validatorBook.predeposit(1);
        KeyProof memory proof = _proofOf(_freshValidator(0));
        vm.expectEmit();
        emit Validators.KeyProven(0, 0);
        vm.prank(ALICE);
        validatorBook.proveKey(0, proof);
        assertTrue(validatorBook.keyOf(0).state == KeyState.Waiting, "it waits for the rest");
        assertEq(more.depositedWei(), 1 ether, "a deposit now");
        assertEq(validatorBook.unprovenWord(0), 1, "its place is free");
        registry.takeBond(0, 128 ether, address(this));
        vm.expectRevert(abi.encodeWithSelector(Validators.NotUnproven.selector, 0));
        validatorBook.proveKey(0, proof);
        vm.expectRevert(abi.encodeWithSelector(Validators.NotUnproven.selector, 1));
        validatorBook.proveKey(1, proof);
    }

    /// @dev Each way in which a validator withdraws to the vault and is not what the pool deposited.
    function test_aGivenKeyFreesTheBondAndGetsNoMore() external {
        for (uint256 way = 0; way < 8; ++way) {
            uint256 snapshot = vm.snapshotState();
            validatorBook.predeposit(1);
            TestValidator memory v = _freshValidator(0);
            if (way == 0) v.fields.withdrawalCredentials = registry.withdrawalCredentials(false);
            if (way == 1) v.fields.withdrawalCredentials |= bytes32(uint256(0xd1) << 200);
            if (way == 2) v.fields.effectiveBalanceGwei = 32e9;
            if (way == 3) v.fields.slashed = true;
            if (way == 4) v.fields.activationEligibilityEpoch = 7;
            if (way == 5) v.fields.activationEpoch = 7;
            if (way == 6) v.fields.exitEpoch = 7;
            if (way == 7) v.fields.effectiveBalanceGwei = 2048e9;
            KeyProof memory proof = _proofOf(v);
            vm.expectEmit();
            emit Validators.KeyGiven(0, 0, v.fields.withdrawalCredentials);
            validatorBook.proveKey(0, proof);
            assertTrue(validatorBook.keyOf(0).state == KeyState.Given, "given");
            assertEq(more.depositedWei(), 1 ether, "its ether is the pool's");
            registry.takeBond(0, 128 ether, address(this));
            vm.expectRevert(abi.encodeWithSelector(bytes4(keccak256("NothingToTopUp(uint256)")), 1_000e9));
            validatorBook.topUp(1, new KeyProof[](0));
            (uint256 waiting,) = validatorBook.stock();
            assertEq(waiting, 0, "it does not fill the stock");
            assertTrue(vm.revertToState(snapshot), "back");
        }
    }

    function test_aForeignKeyIsPaidByTheBond() external {
        validatorBook.predeposit(2);
        TestValidator memory v = _freshValidator(0);
        v.fields.withdrawalCredentials = bytes32(uint256(1) << 248 | 0xbad);
        KeyProof memory proof = _proofOf(v);
        vm.expectEmit();
        emit Validators.KeyForeign(0, 0, v.fields.withdrawalCredentials);
        vm.expectEmit();
        emit OperatorRegistry.BondPaid(0, 1 ether);
        vm.expectEmit();
        emit OperatorKeys.ActiveSet(0, false);
        validatorBook.proveKey(0, proof);
        assertEq(more.bufferedWei(), 1_000 ether, "paid back: the second key's ether is out");
        assertEq(more.depositedWei(), 0, "and no deposit");
        assertEq(registry.operatorInfo(0).bondWei, 127 ether, "by the bond");
        registry.takeBond(0, 126 ether, address(this));
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 0, 1));
        validatorBook.predeposit(1);
        // The other key is proven all the same, and waits until the operator is on again.
        validatorBook.proveKey(1, _proofOf(_freshValidator(1)));
        vm.expectRevert(abi.encodeWithSelector(bytes4(keccak256("NothingToTopUp(uint256)")), 1_000e9));
        validatorBook.topUp(1, new KeyProof[](0));
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(0, true);
        validatorBook.topUp(1, new KeyProof[](0));
        assertEq(validatorBook.keyOf(1).sentGwei, 32e9, "topped up");
    }

    /// @dev From Gloas on the operator can make a builder of a key before the pool deposits: the ether is the builder's.
    function test_aBuildersKeyIsPaidByTheBond() external {
        toSlot(GLOAS_EPOCH * SLOTS_PER_EPOCH + 5);
        validatorBook.predeposit(2);
        BuilderProof memory builder = BuilderProof(3, 0, address(0xB1), 2e9, 77, FAR, new bytes32[](0));
        BlockProof memory origin;
        origin.header = header(slotNow(), keccak256("parent"));
        origin.header.stateRoot = BuilderTree.seal(registry.pubkeyOf(0), builder);
        origin.childSlot = slotNow() + 1;
        deliver(origin.childSlot, headerRoot(origin.header));
        _refusedBuilder(1, origin, builder, StateProofs.NotInState.selector); // of another key
        builder.balanceGwei += 1;
        _refusedBuilder(0, origin, builder, StateProofs.NotInState.selector);
        builder.balanceGwei -= 1;
        uint256 stateTime = GENESIS_TIME + origin.header.slot * SECONDS_PER_SLOT;
        vm.warp(stateTime + 1 hours + 1);
        _refusedBuilder(0, origin, builder, ValidatorBook.ProofTooOld.selector);
        vm.warp(stateTime + 1 hours);
        (uint256 pooledBefore,) = token.totals();
        vm.expectEmit();
        emit Validators.KeyForeign(0, 3, bytes32(uint256(3) << 248 | 0xB1));
        vm.prank(ALICE);
        validatorBook.proveBuilder(0, origin, builder);
        (uint256 pooledAfter,) = token.totals();
        assertEq(pooledAfter, pooledBefore, "nobody's ether moved");
        assertTrue(validatorBook.keyOf(0).state == KeyState.Foreign, "foreign");
        assertEq(registry.operatorInfo(0).bondWei, 127 ether, "the bond pays");
        assertTrue(!registry.operatorInfo(0).active, "the operator is off");
        assertEq(more.bufferedWei(), 1_000 ether, "the second key's ether is out");
        _refusedBuilder(0, origin, builder, Validators.NotUnproven.selector);
    }

    function _refusedBuilder(uint64 keyId, BlockProof memory origin, BuilderProof memory builder, bytes4 reason)
        private
    {
        (bool ok, bytes memory why) =
            address(validatorBook).call(abi.encodeCall(Validators.proveBuilder, (keyId, origin, builder)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(why)), bytes32(reason), "with its reason");
    }

    function test_aKeyThatIsNotProvenInTimeStopsItsOperatorAndNothingElse() external {
        validatorBook.predeposit(2);
        validatorBook.proveKey(1, _proofOf(_freshValidator(1)));
        uint256 overdueAt = validatorBook.keyOf(0).openedAt + PROOF_PATIENCE_SECONDS;
        vm.warp(overdueAt);
        vm.expectRevert(abi.encodeWithSelector(Validators.NotOverdue.selector, 0, overdueAt));
        validatorBook.noteOverdue(0);
        vm.warp(overdueAt + 1);
        bytes32 before = fingerprint();
        vm.expectEmit();
        emit Validators.KeyOverdue(0);
        validatorBook.noteOverdue(0);
        assertEq(fingerprint(), before, "nothing is paid and nothing moves");
        vm.expectRevert(abi.encodeWithSelector(Validators.NotUnproven.selector, 0));
        validatorBook.noteOverdue(0);
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 0, 1));
        validatorBook.predeposit(1);
        vm.expectRevert(abi.encodeWithSelector(bytes4(keccak256("NothingToTopUp(uint256)")), 999e9));
        validatorBook.topUp(1, new KeyProof[](0));
        validatorBook.proveKey(0, _proofOf(_freshValidator(0)));
        validatorBook.predeposit(1);
        validatorBook.topUp(1, new KeyProof[](0));
    }

    // ------------------------------------------------------------------------------------------- proofs

    function test_onlyAKeysOwnRecentRecordProvesIt() external {
        validatorBook.predeposit(2);
        KeyProof memory proof = _proofOf(_freshValidator(0));
        bytes4 notInState = StateProofs.NotInState.selector;
        _refused(1, proof, notInState); // of another key
        proof.validator.effectiveBalanceGwei += 1;
        _refused(0, proof, notInState);
        proof.validator.effectiveBalanceGwei -= 1;
        proof.validator.withdrawalCredentials = bytes32(uint256(1) << 248 | 0xbad);
        _refused(0, proof, notInState);
        proof.validator.withdrawalCredentials = registry.withdrawalCredentials(true);
        // A state that no block on EIP-4788's chain has.
        proof.origin.header.stateRoot ^= bytes32(uint256(1));
        _refused(0, proof, bytes4(keccak256("WrongChildSlot(uint64,bytes32,bytes32)")));
        proof.origin.header.stateRoot ^= bytes32(uint256(1));
        proof.origin.childSlot += 1;
        _refused(0, proof, BeaconBlocks.BeaconRootUnknown.selector);
        proof.origin.childSlot -= 1;
        // Not older than an hour.
        uint256 stateTime = GENESIS_TIME + proof.origin.header.slot * SECONDS_PER_SLOT;
        vm.warp(stateTime + 1 hours + 1);
        _refused(0, proof, ValidatorBook.ProofTooOld.selector);
        vm.warp(stateTime + 1 hours);
        validatorBook.proveKey(0, proof);
    }

    function _refused(uint64 keyId, KeyProof memory proof, bytes4 reason) private {
        (bool ok, bytes memory why) = address(validatorBook).call(abi.encodeCall(Validators.proveKey, (keyId, proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(why)), bytes32(reason), "with its reason");
    }

    function _proofOf(TestValidator memory v) private returns (KeyProof memory) {
        TestValidator[] memory all = new TestValidator[](1);
        all[0] = v;
        return _keyProofs(all)[0];
    }

    // ------------------------------------------------------------------------------------------- replacement

    function test_theRegistryIsReplacedWhenNoKeyWaitsForItsProof() external {
        validatorBook.predeposit(1);
        OperatorRegistry next = new OperatorRegistry(
            ADMIN,
            OPERATOR_MANAGER,
            ADMIN,
            address(pool),
            token,
            withdrawalVault,
            0x10000000,
            Validators(payable(address(1))),
            registry
        );
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(OperatorRegistry.KeysNotProven.selector, 1));
        more.setRegistry(next);
        validatorBook.proveKey(0, _proofOf(_freshValidator(0)));
        vm.prank(ADMIN);
        more.setRegistry(next);
    }
}
