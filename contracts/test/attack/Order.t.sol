// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/Types.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {Ground} from "../system/Ground.sol";

/// @notice Who sees what is about to be recognised deposits in front of it and leaves behind it, with borrowed ether if need be.
contract OrderTest is Ground {
    uint256 private constant HELD_WEI = 9_999 ether; // 10,000 with the bootstrap
    uint256 private constant PUT_WEI = 90_000 ether; // nine tenths of the pool then

    function setUp() public {
        _ground(HELD_WEI);
    }

    /// @dev What Mallory's shares are worth is no more than what she paid for them.
    function _noProfit(uint256 paidWei, string memory what) private view {
        assertLe(token.balanceOf(MALLORY), paidWei, what);
    }

    /// @dev She asks for all that she has, in requests of at most 1,000 ether.
    function _leave() private returns (uint64 lastId, uint256 valueWei) {
        uint256 haveWei = token.balanceOf(MALLORY);
        uint256 n = (haveWei + 1_000 ether - 1) / 1_000 ether;
        uint256[] memory amounts = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            amounts[i] = i + 1 < n ? 1_000 ether : haveWei - (n - 1) * 1_000 ether;
        }
        vm.startPrank(MALLORY);
        token.approve(address(queue), haveWei);
        uint256[] memory ids = queue.request(amounts, MALLORY);
        vm.stopPrank();
        for (uint256 i = 0; i < n; ++i) {
            (uint256 eachWei,,,,) = queue.requestOf(ids[i]);
            valueWei += eachWei;
        }
        return (uint64(ids[n - 1]), valueWei);
    }

    // ------------------------------------------------------------------------------------------- in one transaction

    /// @dev Ten ether that the others earned. At the plain rate nine of them would be hers.
    function test_6_depositSubmitRequestInOneTransactionTakesNothing() external {
        vm.deal(address(rewardsVault), 10 ether);
        _next();
        Certificate memory c = certify(report, 7);
        uint256 aliceWei = token.balanceOf(ALICE);
        _deposit(MALLORY, PUT_WEI);
        vm.prank(MALLORY);
        assertTrue(oracle.submit(report, c, proof), "submitted");
        _noProfit(PUT_WEI, "profit without a second of staking");
        (uint64 id, uint256 valueWei) = _leave();
        assertLe(valueWei, PUT_WEI, "nor by a request");
        // Nine of ten, but the fee, are Alice's: her part of the pool before was nearly all.
        assertLe(aliceWei + 8.9 ether, token.balanceOf(ALICE), "who earned it has it");
        _next();
        _submit();
        _next();
        report.finalizeUpTo = id;
        _submit();
        uint256 paidWei = 0;
        for (uint256 i = 1; i <= id; ++i) {
            paidWei += queue.payoutOf(i);
        }
        assertLe(paidWei, PUT_WEI, "nor later");
    }

    /// @dev 2,000 ether of execution rewards wait after an outage: more than a report lets in.
    function test_6_vaultsThatAreFullAfterAnOutageCannotBeBought() external {
        vm.deal(address(rewardsVault), 2_000 ether);
        _next();
        _deposit(MALLORY, PUT_WEI);
        for (uint256 i = 0; i < 20; ++i) {
            _submit();
            _noProfit(PUT_WEI, "while it is let in");
            vm.warp(block.timestamp + 10 days);
            _next();
        }
        _submit();
        assertEq(address(rewardsVault).balance, 0, "all is let in");
        assertEq(more.unrecognisedWei(), 0, "and recognised");
        _noProfit(PUT_WEI, "after all of it");
        // But for the fee on these rewards it is even.
        assertLe(PUT_WEI - 200 ether, token.balanceOf(MALLORY), "nor a loss beyond the fee");
    }

    /// @dev The normal reward of ten days is in the withdrawal vault, nobody has reported it, and it is due all the same.
    function test_6_theRewardOfAnOutageIsInThePrice() external {
        vm.warp(block.timestamp + 10 days);
        _next();
        uint256 seconds_ = (refSlot - more.lastReport().refSlot) * SECONDS_PER_SLOT;
        vm.deal(address(withdrawalVault), uint256(PRINCIPAL_GWEI) * 1 gwei * 300 * seconds_ / (10_000 * 365 days));
        report.withdrawalVaultWei = uint128(address(withdrawalVault).balance);
        assertLe(2.6 ether, report.withdrawalVaultWei, "2.6 ether");
        _deposit(MALLORY, PUT_WEI);
        _submit();
        _noProfit(PUT_WEI, "of ten days");
    }

    /// @dev A guardian accepts 20,000 ether that arrived in the vault. They are let out slowly, and nobody buys them meanwhile.
    function test_6_whatAGuardianAcceptedCannotBeBoughtWhileItIsLetOut() external {
        vm.deal(address(withdrawalVault), 20_000 ether);
        _next();
        _submitHeld();
        _accept();
        assertLe(19_999 ether, pool.dueWei(), "due");
        _deposit(MALLORY, PUT_WEI);
        _letOut();
    }

    /// @dev The same with ether that the consensus layer is said to have.
    function test_6_whatAGuardianAcceptedOnTheConsensusLayerCannotBeBoughtEither() external {
        _nextWith(PRINCIPAL_GWEI + 19_000e9);
        _submitHeld();
        _accept();
        assertLe(18_999 ether, more.unrecognisedWei(), "booked, not recognised");
        assertLe(18_999 ether, pool.dueWei(), "due");
        _deposit(MALLORY, PUT_WEI);
        _letOut();
    }

    function _letOut() private {
        for (uint256 i = 0; i < 25; ++i) {
            vm.warp(block.timestamp + 30 days);
            _next();
            _submit();
            _noProfit(PUT_WEI, "while it is let out");
        }
        assertLe(more.unrecognisedWei() + more.lastReport().withdrawalVaultLeftWei, 1 gwei, "all of it is out");
        assertClose(token.balanceOf(MALLORY), PUT_WEI, 200 ether, "she had what she paid");
    }

    // ------------------------------------------------------------------------------------------- the price

    function _due(uint256 unrecognisedWei, uint256 rewardsWei) private {
        vm.deal(address(pool), address(pool).balance + unrecognisedWei);
        more.skim();
        vm.deal(address(rewardsVault), rewardsWei);
    }

    /// @dev While waiting requests are worth their value at request.
    function testFuzz_6_noDepositMovesThePrice(
        uint256 putWei,
        uint256 unrecognisedWei,
        uint256 rewardsWei,
        uint8 waiting
    ) external {
        _due(bound(unrecognisedWei, 0, 1_000 ether), bound(rewardsWei, 0, 1_000 ether));
        for (uint256 i = 0; i < waiting % 4; ++i) {
            _request(ALICE, 3, 1_000 ether);
        }
        vm.warp(block.timestamp + putWei % 3 days);
        (uint256 weiBefore, uint256 sharesBefore) = pool.depositPrice();
        _deposit(MALLORY, bound(putWei, 10, more.stakeLimitWei()));
        (uint256 weiAfter, uint256 sharesAfter) = pool.depositPrice();
        // It never falls, and rises by what rounding leaves: less than a share.
        assertLe(weiBefore * sharesAfter, weiAfter * sharesBefore, "a lower price");
        assertLe(weiAfter * sharesBefore - weiBefore * sharesAfter, weiBefore, "a higher price");
    }

    /// @dev Behind a confirmed loss waiting requests are worth their shares: what deposits pay in advance lifts them towards their value, and
    /// by as much the price falls for the next deposit. It is never below what all that is due makes of a share.
    function testFuzz_6_noDepositGainsBehindALoss(uint256 putWei, uint256 rewardsWei, bool twice) external {
        _request(ALICE, 6, 1_000 ether);
        _nextWith(PRINCIPAL_GWEI - 150e9);
        _submit();
        _next();
        _submit();
        _due(0, bound(rewardsWei, 0, 400 ether));
        putWei = bound(putWei, 10, 40_000 ether);
        if (twice) _deposit(ALICE, putWei);
        (uint256 priceWei, uint256 priceShares) = pool.depositPrice();
        (uint256 pooledWei, uint256 shares) = token.totals();
        assertLe((pooledWei + pool.dueWei()) * priceShares, priceWei * shares, "a price below the worth");
        _deposit(MALLORY, putWei);
        _next();
        _submit();
        _noProfit(putWei, "before the requests are paid");
        _next();
        report.finalizeUpTo = 6;
        _submit();
        _noProfit(putWei, "and after");
    }

    /// @dev 9,000 of 10,000 ether wait. 100 are earned, and belong to the 1,000 that stay: one share of ten thousand buys a thousandth.
    function test_6_waitingRequestsTakeNoPartSoADepositBuysNotTheirs() external {
        uint64 id = _request(ALICE, 9, 1_000 ether);
        _next();
        _submit();
        vm.deal(address(rewardsVault), 100 ether);
        _next();
        (uint64 lastId,) = queue.bounds();
        (uint256 demandWei, uint256 demandShares) = queue.demand(lastId);
        (uint256 pooledWei, uint256 shares) = token.totals();
        (uint256 priceWei, uint256 priceShares) = pool.depositPrice();
        assertEq(priceWei, pooledWei + pool.dueWei() - demandWei, "their ether is left out");
        assertEq(priceShares, shares - demandShares, "and their shares");
        _deposit(MALLORY, PUT_WEI);
        report.finalizeUpTo = id;
        _submit();
        (, uint64 finalized) = queue.bounds();
        assertEq(finalized, id, "they are paid");
        _noProfit(PUT_WEI, "476 of 100,000 ether");
        for (uint64 i = 1; i <= id; ++i) {
            assertEq(queue.payoutOf(i), 1_000 ether, "their value");
        }
        // What the requests left behind is let in by the bound. When all of it is, she has what she paid, but for the fee.
        vm.warp(block.timestamp + 30 days);
        _next();
        _submit();
        assertEq(more.unrecognisedWei(), 0, "all is recognised");
        _noProfit(PUT_WEI, "nor later");
        assertLe(PUT_WEI - 10 ether, token.balanceOf(MALLORY), "nor a loss");
    }

    function test_6_forcedEtherIsDueAtOnceAndBookedByTheSkim() external {
        vm.deal(address(pool), address(pool).balance + 5 ether);
        uint256 dueWei = pool.dueWei();
        vm.expectEmit();
        emit PoolExtension.Skimmed(5 ether);
        more.skim();
        assertEq(pool.dueWei(), dueWei, "due all the time");
        assertEq(more.unrecognisedWei(), 5 ether, "and not recognised");
        vm.expectEmit();
        emit PoolExtension.Skimmed(0);
        more.skim();
        _next();
        _deposit(MALLORY, PUT_WEI);
        _submit();
        _noProfit(PUT_WEI, "of the five ether");
        assertEq(more.unrecognisedWei(), 0, "recognised");
    }

    function test_6_theSurplusOfABatchIsDueFromItsSettlementOn() external {
        uint256 dueWei = pool.dueWei();
        vm.deal(address(queue), 3 ether);
        vm.prank(address(queue));
        pool.receiveSurplus{value: 3 ether}();
        assertEq(pool.dueWei(), dueWei + 3 ether, "due");
        assertEq(more.unrecognisedWei(), 3 ether, "and not recognised");
        _next();
        _deposit(MALLORY, PUT_WEI);
        _submit();
        _noProfit(PUT_WEI, "of the three ether");
    }

    /// @dev What rounding leaves of a lock is counted to the wei.
    function test_6_aBatchIsSettledOnceAndItsSurplusBooked() external {
        uint256[] memory amounts = new uint256[](7);
        for (uint256 i = 0; i < 7; ++i) {
            amounts[i] = 1 ether + i;
        }
        vm.startPrank(ALICE);
        token.approve(address(queue), 8 ether);
        queue.request(amounts, ALICE);
        vm.stopPrank();
        _nextWith(PRINCIPAL_GWEI - 100e9);
        _submit();
        _nextWith(PRINCIPAL_GWEI - 100e9);
        report.finalizeUpTo = 7;
        _submit();
        uint256 paidWei = 0;
        for (uint256 i = 1; i <= 7; ++i) {
            paidWei += queue.payoutOf(i);
        }
        uint256 surplusWei = queue.lockedWei() - paidWei;
        assertTrue(surplusWei > 0 && surplusWei < 7, "roundings");
        uint256 unrecognisedWei = more.unrecognisedWei();
        queue.settle(0, 3);
        assertEq(queue.lockedWei(), paidWei + surplusWei, "not yet counted to the end");
        vm.expectEmit();
        emit WithdrawalQueue.Settled(0, surplusWei);
        queue.settle(0, 100);
        assertEq(more.unrecognisedWei(), unrecognisedWei + surplusWei, "booked");
        assertEq(queue.lockedWei(), paidWei, "the rest stays locked");
        queue.settle(0, 100); // nothing is left to count
        assertEq(queue.lockedWei(), paidWei, "once");
    }

    // ------------------------------------------------------------------------------------------- closed

    /// @dev From the hold on until a report is applied, whatever becomes of the held one.
    function test_6_depositsAreClosedFromAHoldUntilAReportIsApplied() external {
        _nextWith(PRINCIPAL_GWEI + 3_000e9);
        bytes32 digest = _submitHeld();
        _depositsAreClosed(HELD);
        vm.prank(GUARDIAN);
        oracle.rejectQuarantined(digest);
        _depositsAreClosed(HELD);
        vm.warp(block.timestamp + QUARANTINE_SECONDS + 1);
        _depositsAreClosed(HELD);
        _next();
        _submit();
        _deposit(MALLORY, 1 ether);

        _nextWith(PRINCIPAL_GWEI + 3_000e9);
        _submitHeld();
        _accept();
        _deposit(MALLORY, 1 ether);
    }
}
