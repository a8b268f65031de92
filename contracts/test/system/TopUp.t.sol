// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {PoolBook} from "../../src/pool/PoolBook.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {Validators} from "../../src/Validators.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {TopUps} from "../../src/validators/TopUps.sol";
import {Key, KeyState, ValidatorBook} from "../../src/validators/ValidatorBook.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {TestValidator} from "../registry/StateTree.sol";
import {Committee} from "./Committee.sol";

/// @notice Who gets the next ether. Whoever calls chooses neither key nor amount.
contract TopUpTest is Committee {
    address private constant ALICE = address(0xA11CE);
    address private constant RIVAL = address(0x61);
    uint64 private constant FAR = type(uint64).max;
    uint64 private constant SECOND = 1 << 32;

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 100_000 ether);
        _giveOperator();
        vm.startPrank(OPERATOR_MANAGER);
        registry.setLimits(0, 1_000_000, 64);
        registry.addOperator("second", RIVAL, RIVAL, 1_000_000, 64);
        vm.stopPrank();
        registry.addBond{value: 0}(1);
    }

    receive() external payable {}

    /// @dev Ether that was there at a report.
    function _buffer(uint256 weiAmount) private {
        vm.prank(ALICE);
        pool.deposit{value: weiAmount}(ALICE, 0);
        _age();
    }

    /// @dev `count` proven keys of operator 0.
    function _stock(uint256 count, bool compounding) private returns (uint64 first) {
        first = registry.operatorInfo(0).depositedKeys;
        _addKeys(count, compounding);
        validatorBook.predeposit(uint8(count));
        _proveKeys(uint32(first), count);
    }

    /// @dev One proven key of operator 1.
    function _stockOfSecond() private {
        vm.deal(RIVAL, 1 ether);
        vm.prank(RIVAL);
        registry.addBond{value: 1 ether}(1);
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = new DepositSigner().depositKey(999, registry.withdrawalCredentials(true), registry.depositDomain());
        vm.prank(RIVAL);
        registry.addKeys(1, true, keys);
        validatorBook.predeposit(1);
        validatorBook.proveKey(SECOND, _proofOf(_freshValidator(SECOND)));
    }

    function _proofOf(TestValidator memory v) private returns (KeyProof memory) {
        TestValidator[] memory all = new TestValidator[](1);
        all[0] = v;
        return _keyProofs(all)[0];
    }

    function _active(uint64 keyId) private view returns (TestValidator memory v) {
        v = _freshValidator(keyId);
        v.fields.effectiveBalanceGwei = 32e9;
        v.fields.activationEligibilityEpoch = 1;
        v.fields.activationEpoch = 2;
    }

    function _wellProofs(uint64 keyId) private returns (KeyProof[] memory proofs) {
        proofs = new KeyProof[](1);
        proofs[0] = _proofOf(_active(keyId));
    }

    function _none() private pure returns (KeyProof[] memory) {
        return new KeyProof[](0);
    }

    function _netGwei(uint64 keyId) private view returns (uint64) {
        return validatorBook.keyOf(keyId).sentGwei;
    }

    // ------------------------------------------------------------------------------------------- order

    function test_theOldestWaitingKeyGetsTheRestOfItsEtherAtOnce() external {
        _buffer(100 ether);
        _stock(3, true);
        vm.prank(ALICE); // anyone
        validatorBook.topUp(1, _none());
        assertTrue(_netGwei(0) == 32e9 && _netGwei(1) == 1e9 && _netGwei(2) == 1e9, "the oldest first");
        assertEq(more.depositedWei(), 34 ether, "deposited");
        assertEq(registry.earningEther(), 32, "it earns from 32 ether on");
        validatorBook.topUp(16, _none());
        assertTrue(_netGwei(1) == 32e9 && _netGwei(2) == 32e9, "then the next");
        assertEq(registry.earningEther(), 96, "all earn");
    }

    function test_aWaitingKeyIsNotTrickledAndNotOvertaken() external {
        _buffer(32 ether);
        _stock(3, true);
        // 33 less 3: thirty, and the oldest needs thirty-one.
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 30e9));
        validatorBook.topUp(1, _none());
        _buffer(1 ether);
        validatorBook.topUp(3, _none());
        assertEq(_netGwei(0), 32e9, "then all at once");
        assertEq(_netGwei(1), 1e9, "one only");
    }

    function test_theOperatorWithTheLeastEtherIsFirst() external {
        _buffer(400 ether);
        _stock(3, true);
        validatorBook.topUp(2, _none());
        _stockOfSecond();
        validatorBook.topUp(1, _none());
        assertTrue(_netGwei(SECOND) == 32e9 && _netGwei(2) == 1e9, "operator 1 has nothing yet");
        // Now 64 against 32: operator 1 again, whose only key needs a proof.
        vm.expectRevert(abi.encodeWithSelector(TopUps.ProofMissing.selector, SECOND));
        validatorBook.topUp(1, _none());
        validatorBook.topUp(1, _wellProofs(SECOND));
        assertEq(_netGwei(SECOND), 200.5e9, "half of the pool");
    }

    function test_theKeyWithTheLeastGetsAllUpToItsCap() external {
        _buffer(2_000 ether);
        _stock(2, true);
        validatorBook.topUp(2, _none());
        uint256 capGwei = 2_001e9 * 5_000 / 10_000;
        validatorBook.topUp(1, _wellProofs(0));
        assertEq(_netGwei(0), capGwei, "half of the pool");
        KeyProof[] memory proofs = _wellProofs(1);
        uint256 spare = more.usableWei() / 1 gwei;
        validatorBook.topUp(1, proofs);
        assertEq(_netGwei(1), 32e9 + spare, "the other key next");
        assertEq(registry.earningEther(), _netGwei(0) / 1e9 + _netGwei(1) / 1e9, "whole ether earns");
    }

    function test_noKeyHasMoreThanItsKindsLargestBalance() external {
        _buffer(9_000 ether);
        _stock(1, true);
        validatorBook.topUp(1, _none());
        validatorBook.topUp(1, _wellProofs(0));
        assertEq(_netGwei(0), 2_048e9, "MAX_EFFECTIVE_BALANCE_ELECTRA");
        KeyProof[] memory proofs = _wellProofs(0);
        uint256 spare = more.usableWei() / 1 gwei;
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, spare));
        validatorBook.topUp(1, proofs);
        _stock(1, false);
        validatorBook.topUp(1, _none());
        assertEq(_netGwei(1), 32e9, "a 0x01 key");
        proofs = _wellProofs(1);
        spare = more.usableWei() / 1 gwei;
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, spare));
        validatorBook.topUp(1, proofs);
    }

    function test_noDust() external {
        _buffer(400 ether);
        _stock(1, true);
        validatorBook.topUp(1, _none());
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 367 ether + 1 gwei;
        vm.startPrank(ALICE);
        token.approve(address(queue), amounts[0]);
        queue.request(amounts, ALICE);
        vm.stopPrank();
        KeyProof[] memory proofs = _wellProofs(0);
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 2e9 - 1));
        validatorBook.topUp(1, proofs);
        _buffer(1 gwei);
        validatorBook.topUp(1, proofs);
        assertEq(_netGwei(0), 34e9, "two ether at least");
    }

    function test_theLimitOfAnOperatorIsItsEther() external {
        _buffer(400 ether);
        _stock(2, true);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 63, 64);
        validatorBook.topUp(2, _none());
        assertTrue(_netGwei(0) == 32e9 && _netGwei(1) == 1e9, "no room for the second");
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 64, 64);
        validatorBook.topUp(2, _none());
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 80, 64);
        validatorBook.topUp(1, _wellProofs(0));
        assertEq(_netGwei(0), 48e9, "up to the limit");
    }

    // ------------------------------------------------------------------------------------------- keys that leave

    function test_aKeyThatLeavesGetsNothingAndTheNextIsInTurn() external {
        _buffer(400 ether);
        _stock(2, true);
        validatorBook.topUp(2, _none());
        TestValidator memory v = _active(0);
        v.fields.exitEpoch = 1_000;
        KeyProof[] memory proofs = new KeyProof[](1);
        proofs[0] = _proofOf(v);
        vm.expectRevert(abi.encodeWithSelector(TopUps.KeyIsLeaving.selector, 0, false, 1_000));
        validatorBook.topUp(1, proofs);
        vm.expectEmit();
        emit Validators.KeyLeaving(0, false, 1_000);
        vm.prank(ALICE);
        validatorBook.proveLeaving(0, proofs[0]);
        assertEq(registry.earningEther(), 64, "it earns until it has exited");
        proofs = _wellProofs(1);
        validatorBook.topUp(1, proofs);
        assertEq(_netGwei(1), 200.5e9, "the next one");
        vm.expectRevert(abi.encodeWithSelector(Validators.StillValidating.selector, 1));
        validatorBook.proveLeaving(1, proofs[0]);
    }

    function test_aSlashedKeyGetsNothing() external {
        _buffer(400 ether);
        _stock(1, true);
        validatorBook.topUp(1, _none());
        TestValidator memory v = _active(0);
        (v.fields.slashed, v.fields.exitEpoch) = (true, 9_000);
        KeyProof[] memory proofs = new KeyProof[](1);
        proofs[0] = _proofOf(v);
        vm.expectRevert(abi.encodeWithSelector(TopUps.KeyIsLeaving.selector, 0, true, 9_000));
        validatorBook.topUp(1, proofs);
        validatorBook.proveLeaving(0, proofs[0]);
        uint256 spare = more.usableWei() / 1 gwei;
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, spare));
        validatorBook.topUp(1, proofs);
    }

    function test_aProofThatAKeyIsWellIsOfToday() external {
        _buffer(400 ether);
        _stock(1, true);
        validatorBook.topUp(1, _none());
        KeyProof[] memory proofs = _wellProofs(0);
        uint256 stateTime = GENESIS_TIME + proofs[0].origin.header.slot * SECONDS_PER_SLOT;
        vm.warp(stateTime + 1 days + 1);
        vm.expectRevert(abi.encodeWithSelector(ValidatorBook.ProofTooOld.selector, stateTime, 1 days));
        validatorBook.topUp(1, proofs);
        vm.warp(stateTime + 1 days);
        validatorBook.topUp(1, proofs);
    }

    function test_anExitedKeyEarnsNoMoreAndMakesRoom() external {
        _buffer(400 ether);
        _stock(2, true);
        validatorBook.topUp(2, _none());
        TestValidator memory v = _active(1);
        v.fields.exitEpoch = slotNow() / SLOTS_PER_EPOCH;
        KeyProof memory proof = _proofOf(v);
        vm.expectEmit();
        emit Validators.KeyLeaving(1, false, v.fields.exitEpoch);
        vm.expectEmit();
        emit Validators.KeyExited(1, v.fields.exitEpoch);
        validatorBook.proveLeaving(1, proof);
        assertEq(registry.earningEther(), 32, "the other key");
        Key memory k = validatorBook.keyOf(1);
        assertTrue(k.state == KeyState.Exited && k.homeGwei == 32e9, "nothing is out");
        vm.expectRevert(abi.encodeWithSelector(Validators.NothingToProve.selector, 1, KeyState.Exited));
        validatorBook.proveLeaving(1, proof);
        vm.expectRevert(abi.encodeWithSelector(Validators.NothingToProve.selector, 7, KeyState.Unused));
        validatorBook.proveLeaving(7, proof);
    }

    function test_aWaitingKeyThatIsSlashedLeavesTheLine() external {
        _buffer(400 ether);
        _stock(2, true);
        TestValidator memory v = _active(0); // somebody gave it 31 ether
        (v.fields.slashed, v.fields.exitEpoch) = (true, 9_000);
        validatorBook.proveLeaving(0, _proofOf(v));
        validatorBook.topUp(1, _none());
        assertTrue(_netGwei(0) == 1e9 && _netGwei(1) == 32e9, "the next in line");
        (uint256 waiting,) = validatorBook.stock();
        assertEq(waiting, 0, "the stock is empty");
    }

    /// @dev An operator whose line begins with very many keys that leave stops nobody for long: anyone clears them away.
    function test_veryManyKeysThatLeaveAreClearedAwayByAnyone() external {
        _buffer(400 ether);
        _stock(34, true);
        for (uint64 i = 0; i < 33; ++i) {
            TestValidator memory v = _active(i);
            v.fields.slashed = true;
            validatorBook.proveLeaving(i, _proofOf(v));
        }
        vm.expectRevert(abi.encodeWithSelector(TopUps.TooManyStaleEntries.selector, 0));
        validatorBook.topUp(1, _none());
        vm.prank(ALICE);
        validatorBook.prune(0, 1); // some of them at a time
        validatorBook.topUp(1, _none());
        assertEq(_netGwei(33), 32e9, "the one behind them");
    }

    // ------------------------------------------------------------------------------------------- ether

    function test_fundsOfRequestsStay() external {
        _buffer(63 ether);
        _stock(1, true);
        vm.startPrank(ALICE);
        token.approve(address(queue), 40 ether);
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 40 ether;
        queue.request(amounts, ALICE);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 23e9));
        validatorBook.topUp(1, _none());
    }

    /// @dev Deposit, top-up and request in a row: others would wait for it.
    function test_freshEtherStaysForThoseWhoBroughtIt() external {
        _buffer(10 ether);
        _stock(1, true);
        vm.startPrank(ALICE);
        pool.deposit{value: 1_000 ether}(ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 10e9));
        validatorBook.topUp(1, _none());
    }

    function test_onlyTheBookSpendsAndOnlyThePoolGives() external {
        _buffer(10 ether);
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.OnlyValidators.selector, address(this)));
        more.spend(1e9, 1);
        vm.deal(address(this), address(this).balance + 1);
        vm.expectRevert(abi.encodeWithSelector(Validators.OnlyPool.selector, address(this)));
        validatorBook.receiveFromPool{value: 1}();
        vm.expectRevert(abi.encodeWithSelector(OperatorRegistry.OnlyValidators.selector, address(this)));
        registry.firstEtherEnded(0, true);
        vm.expectRevert(abi.encodeWithSelector(OperatorRegistry.OnlyValidators.selector, address(this)));
        registry.stakeChanges(0, 0, 1_000);
    }

    /// @dev Whatever a book or a registry that replaces these did: a key's first ether goes and ends as one ether, else it is no such.
    function test_thePoolKnowsFirstEtherOfOneEtherOnly() external {
        _buffer(10 ether);
        vm.startPrank(address(validatorBook));
        vm.expectRevert(abi.encodeWithSelector(PoolBook.NotFirstEther.selector, 3 ether));
        more.spend(3e9, 2);
        more.spend(2e9, 2);
        vm.stopPrank();
        vm.deal(address(registry), 3 ether);
        vm.startPrank(address(registry));
        vm.expectRevert(abi.encodeWithSelector(PoolBook.NotFirstEther.selector, 1 ether + 1));
        pool.firstEtherEnded{value: 1 ether + 1}();
        pool.firstEtherEnded{value: 1 ether}();
        pool.firstEtherEnded();
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11)); // no more of them than were sent
        pool.firstEtherEnded();
        vm.stopPrank();
    }

    function test_theStockIsBoundedByNumber() external {
        _buffer(1_000 ether);
        _addKeys(64, true);
        validatorBook.predeposit(64);
        (uint256 waiting, uint256 limit) = validatorBook.stock();
        assertTrue(waiting == 64 && limit == 128, "at least so many");
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(1, 1, 0);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 1_000_000, 128);
        _addKeys(64, true);
        _proveKeys(0, 8);
        vm.expectRevert(abi.encodeWithSelector(Validators.StockIsFull.selector, 64, 128));
        validatorBook.predeposit(65);
        validatorBook.predeposit(64);
    }
}

/// @notice The same with a reserve.
contract ReserveTest is Committee {
    function poolBounds() internal pure override returns (PoolBase.Bounds memory b) {
        b = super.poolBounds();
        b.reserveBps = 100;
    }

    function test_theReserveStays() external {
        deployAll();
        vm.deal(address(this), 1_000 ether);
        pool.deposit{value: 999 ether}(address(this), 0);
        vm.store(address(pool), bytes32(MONEY_SLOT), bytes32(uint256(1_000 ether)));
        assertEq(more.freeWei(), 1_000 ether, "free");
        assertEq(more.usableWei(), 990 ether, "less a hundredth");
    }
}
