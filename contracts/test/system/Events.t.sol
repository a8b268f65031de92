// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {TopUps} from "../../src/validators/TopUps.sol";
import {Validators} from "../../src/Validators.sol";
import {TestValidator} from "../registry/StateTree.sol";
import {Limits} from "../../src/lib/Sanity.sol";
import {Skip} from "../../src/lib/RebaseMath.sol";
import {ELRewardsVault} from "../../src/ELRewardsVault.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {SanityChecker} from "../../src/SanityChecker.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {Vm} from "../Vm.sol";
import {Ground} from "./Ground.sol";

/// @notice Who reads only the events knows what happened, to the wei.
contract EventsTest is Ground {
    function setUp() public {
        _ground(4_200 ether);
    }

    function test_aDepositTellsWhoPaidForWhomAndWhatItBought() external {
        uint256 shares = pool.sharesForDeposit(10 ether);
        vm.expectEmit();
        emit StakingPool.Deposited(MALLORY, ALICE, 10 ether, shares);
        vm.prank(MALLORY);
        assertEq(pool.deposit{value: 10 ether}(ALICE, shares), shares, "as it was told");
    }

    function test_fundingTellsTheKey() external {
        _deposit(ALICE, 64 ether);
        _addKeys(1, true);
        _age();
        uint64 keyId = uint64(KEYS);
        bytes memory pubkey = registry.nextKeys(1);
        vm.expectEmit();
        emit Validators.KeyOpened(keyId, 0, pubkey);
        validatorBook.predeposit(1);
        TestValidator[] memory all = new TestValidator[](1);
        all[0] = _freshValidator(keyId);
        KeyProof[] memory proofs = _keyProofs(all);
        vm.expectEmit();
        emit Validators.KeyProven(keyId, 0);
        validatorBook.proveKey(keyId, proofs[0]);
        vm.expectEmit();
        emit TopUps.KeyToppedUp(keyId, 31e9, 32e9);
        validatorBook.topUp(1, new KeyProof[](0));
    }

    function test_theRewardsVaultTellsWhatCameIn() external {
        vm.expectEmit();
        emit ELRewardsVault.Received(MALLORY, 3 ether);
        vm.prank(MALLORY);
        (bool ok,) = address(rewardsVault).call{value: 3 ether}("");
        assertTrue(ok, "anybody may");
    }

    function test_softLimitsAreTold() external {
        Limits memory l = softLimits();
        l.giftMarginGwei = 1;
        vm.expectEmit();
        emit SanityChecker.LimitsSet(l);
        vm.prank(ADMIN);
        sanity.setLimits(l);
    }

    function test_aRequestItsBatchAndItsClaimAreTold() external {
        uint256 shares = token.sharesForWei(10 ether);
        uint256 valueWei = pool.requestValue(shares);
        vm.prank(ALICE);
        token.approve(address(queue), 10 ether);
        vm.expectEmit();
        emit WithdrawalQueue.Requested(1, MALLORY, valueWei, shares);
        vm.prank(ALICE);
        queue.request(_list(10 ether), MALLORY);
        _next();
        _submit();
        _next();
        report.finalizeUpTo = 1;
        (uint256 pooledWei, uint256 totalShares) = token.totals();
        vm.expectEmit();
        emit WithdrawalQueue.Finalized(0, 1, 1, valueWei, pooledWei, totalShares);
        _submit();
        vm.expectEmit();
        emit WithdrawalQueue.Claimed(1, address(0xF00), valueWei);
        vm.prank(MALLORY);
        queue.claim(_list(1), _list(0), payable(address(0xF00)));
        assertEq(address(0xF00).balance, valueWei, "paid");
    }

    /// @dev 64 ether swept, 2 earned on the execution layer, one request paid, a gwei lost: everything in one report.
    function test_aReportTellsAllThatAnAuditorNeeds() external {
        uint64 id = _request(ALICE, 1, 100 ether);
        _next();
        _submit();
        vm.deal(address(withdrawalVault), 64 ether);
        vm.deal(address(rewardsVault), 2 ether);
        _nextWith(PRINCIPAL_GWEI - 64e9 - 1);
        report.finalizeUpTo = id;
        uint256 pooledAfterWei = 4_201 ether + 2 ether - 1 gwei - 100 ether;
        uint256 leftShares = 4_101 ether;
        // A tenth of two ether, as shares that are worth it after they are minted. What the validators lost is not set off.
        uint256 feeWei = (2 ether - 1 gwei) / 10;
        uint256 feeShares = feeWei * leftShares / (pooledAfterWei - feeWei);
        vm.expectEmit();
        emit PoolReports.Rebased(
            refSlot,
            4_201 ether,
            4_201 ether,
            pooledAfterWei,
            leftShares + feeShares,
            -int256(64 ether + 1 gwei),
            64 ether,
            2 ether,
            100 ether,
            100 ether,
            feeWei,
            feeShares
        );
        _submit();
    }

    function test_bunkerIsToldWhenItBeginsAndWhenItEnds() external {
        bytes32 topic = PoolReports.BunkerSet.selector;
        for (uint256 i = 0; i < 2; ++i) {
            _next();
            report.bunker = i == 0;
            vm.expectEmit();
            emit PoolReports.BunkerSet(i == 0);
            _submit();
            assertTrue(more.bunker() == (i == 0), "as told");
            _next();
            report.bunker = i == 0;
            assertEq(_logsOf(topic), 0, "told once");
        }
    }

    function test_whatIsBookedAndNotRecognisedIsTold() external {
        _nextWith(PRINCIPAL_GWEI + 3_000e9);
        _submitHeld();
        uint256 riseWei = uint256(4_201 ether) * MAX_RISE_BPS * FRAME_SECONDS / (10_000 * 365 days);
        vm.expectEmit();
        emit PoolReports.Unrecognised(refSlot, 3_000 ether - riseWei);
        _accept();
        assertEq(more.unrecognisedWei(), 3_000 ether - riseWei, "as told");
    }

    /// @dev Reports that ask for no finalization skip none, also when the queue is paused and requests wait.
    function test_noSkipIsToldWhenNothingWasAsked() external {
        uint64 id = _request(ALICE, 1, 100 ether);
        bytes32 topic = PoolReports.FinalizationSkipped.selector;
        _next();
        assertEq(_logsOf(topic), 0, "a queue that runs");
        vm.prank(PAUSER);
        queue.pause();
        _next();
        assertEq(_logsOf(topic), 0, "a queue that is paused");
        _next();
        report.finalizeUpTo = id;
        vm.expectEmit();
        emit PoolReports.FinalizationSkipped(id, Skip.Paused, 0, more.bufferedWei());
        _submit();
        vm.prank(RESUMER);
        queue.unpause();
        _nextWith(PRINCIPAL_GWEI - 32e9);
        assertEq(_logsOf(topic), 0, "a loss");
        _nextWith(PRINCIPAL_GWEI - 32e9);
        report.finalizeUpTo = id;
        assertEq(_logsOf(topic), 0, "a finalization");
        _nextWith(PRINCIPAL_GWEI - 32e9);
        report.finalizeUpTo = id;
        assertEq(_logsOf(topic), 0, "what is finalized already");
    }

    /// @dev Submits the report under way and counts what it logs under `topic`.
    function _logsOf(bytes32 topic) private returns (uint256 count) {
        vm.recordLogs();
        _submit();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == topic) ++count;
        }
    }

    // ------------------------------------------------------------------------------------------- the buffer

    /// @dev What waiting requests need of the buffer is the lower of their value and of their shares: by gains the value, by losses the shares.
    function test_theBufferKeepsTheLowerOfValueAndShares() external {
        uint256 bufferWei = more.bufferedWei();
        _request(ALICE, 1, 500 ether);
        assertEq(more.freeWei(), bufferWei - 500 ether, "at request");
        uint256 snapshot = vm.snapshotState();
        _nextWith(PRINCIPAL_GWEI + 300e9);
        _submit();
        assertEq(more.freeWei(), bufferWei - 500 ether, "a gain is not theirs");

        vm.revertToState(snapshot);
        _nextWith(PRINCIPAL_GWEI - 150e9);
        _submit();
        (uint256 pooledWei, uint256 shares) = token.totals();
        uint256 neededWei = (500 ether * pooledWei + shares - 1) / shares;
        assertTrue(neededWei < 490 ether, "they bear the loss");
        assertEq(more.freeWei(), bufferWei - neededWei, "and need less, rounded up");
    }
}
