// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolBook} from "../../src/pool/PoolBook.sol";
import {Validators} from "../../src/Validators.sol";
import {ValidatorBook} from "../../src/validators/ValidatorBook.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {Ground} from "./Ground.sol";

/// @notice What pool, queue and registry refuse since it is out of their range.
contract LimitsTest is Ground {
    uint256 private constant MOST_GROUPS = 16;
    uint64 private constant SMALL_LOSS_GWEI = 0.01e9; // below noise

    function setUp() public {
        _ground(4_000 ether);
    }

    function _finalizationIsRefused(uint64 upTo, uint64 first, uint64 last) private {
        bytes32 before = fingerprint();
        vm.prank(address(pool));
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.FinalizationOutOfRange.selector, upTo, first, last));
        queue.finalize(upTo, 1, 1);
        assertEq(fingerprint(), before, "moved");
    }

    function test_aBatchIsBehindTheLastOneAndNotBeyondTheLastRequest() external {
        _request(ALICE, 3, 1 ether);
        _finalizationIsRefused(0, 0, 3);
        _finalizationIsRefused(4, 0, 3);
        _next();
        _submit();
        _next();
        report.finalizeUpTo = 2;
        _submit();
        _finalizationIsRefused(2, 2, 3);
    }

    /// @dev Requests, then a fall of the rate, and so on: each is a group of its own in the price of deposits.
    function test_withTooManyFallsBehindWaitingRequestsDepositsWait() external {
        uint64 clGwei = PRINCIPAL_GWEI;
        for (uint256 i = 0; i < MOST_GROUPS; ++i) {
            _request(ALICE, 1, 1 ether);
            clGwei -= SMALL_LOSS_GWEI;
            _nextWith(clGwei);
            _submit();
        }
        _deposit(MALLORY, 1 ether);
        _request(ALICE, 1, 1 ether);
        bytes32 before = fingerprint();
        vm.prank(MALLORY);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.TooManyFalls.selector, MOST_GROUPS));
        pool.deposit{value: 1 ether}(MALLORY, 0);
        assertEq(fingerprint(), before, "moved");
        _nextWith(clGwei);
        report.finalizeUpTo = 1;
        _submit();
        _deposit(MALLORY, 1 ether);
    }

    function _roundIsUnknown(uint256 round, uint256 newest) private {
        vm.expectRevert(abi.encodeWithSelector(PoolBook.UnknownRound.selector, round, newest));
        more.roundAt(round);
    }

    function test_theLast64RoundsAreRemembered() external {
        _roundIsUnknown(0, 1);
        _roundIsUnknown(2, 1);
        for (uint256 i = 0; i < 64; ++i) {
            _next();
            _submit();
        }
        _roundIsUnknown(1, 65);
        (uint256 rate,,,) = more.roundAt(2);
        assertEq(rate, 1e18, "the oldest of them");
        (, uint256 refTime,,) = more.roundAt(65);
        assertEq(refTime, GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT, "the newest");
        _roundIsUnknown(66, 65);
    }

    function makeBook(ValidatorBook.Config calldata c) external {
        new Validators(c);
    }

    function test_theBookOfValidatorsHasItsTerms() external {
        ValidatorBook.Config memory c = _validatorsConfig(registry);
        this.makeBook(c);
        c.slotsPerEpoch = 0;
        _impossible(c, "slotsPerEpoch", 0);
        c = _validatorsConfig(registry);
        c.proofPatienceSeconds = 0;
        _impossible(c, "proofPatienceSeconds", 0);
        c = _validatorsConfig(registry);
        c.stockBps = 10_001;
        _impossible(c, "stockBps", 10_001);
        c = _validatorsConfig(registry);
        c.minStock = 0;
        _impossible(c, "minStock", 0);
        c = _validatorsConfig(registry);
        c.keyBps = 10_001;
        _impossible(c, "keyBps", 10_001);
    }

    function _impossible(ValidatorBook.Config memory c, string memory field, uint256 value) private {
        vm.expectRevert(abi.encodeWithSelector(ValidatorBook.ImpossibleTerm.selector, field, value));
        this.makeBook(c);
    }

    /// @dev Words 6 and 7 of the pool, `Last` and `LastMore`: what later versions count has its room there, and nothing in it.
    function test_numbersOfLaterVersionsStay0() external {
        _next();
        _submit();
        uint256 last = uint256(vm.load(address(pool), bytes32(uint256(6))));
        uint256 more_ = uint256(vm.load(address(pool), bytes32(uint256(7))));
        assertEq(uint40(last), refSlot, "the words are these");
        assertEq(uint64(more_), KEYS * 32e9, "both of them");
        assertEq(uint40(last >> 152), 0, "unprovenGwei");
        assertEq(uint56(more_ >> 120), 0, "clInFlightGwei");
    }

    /// @dev Slots 9 to 72 of the oracle. A slot that is filled at deployment costs a report 5,000 gas, an empty one 22,100.
    function test_deploymentFillsEveryAnchor() external {
        deployAll();
        for (uint256 i = 0; i < 64; ++i) {
            assertEq(uint256(vm.load(address(oracle), bytes32(9 + i))), 1, "filled");
        }
    }

    /// @dev What is booked is there: also the smallest amount is pulled.
    function test_aSingleWeiIsPulledFromEachVault() external {
        vm.deal(address(rewardsVault), 1);
        vm.deal(address(withdrawalVault), 1);
        uint256 bufferWei = more.bufferedWei();
        _next();
        (report.elRewardsVaultWei, report.withdrawalVaultWei) = (1, 1);
        _submit();
        assertEq(more.bufferedWei(), bufferWei + 2, "booked");
        assertEq(address(pool).balance, bufferWei + 2, "there");
        assertEq(address(rewardsVault).balance + address(withdrawalVault).balance, 0, "pulled");
    }
}
