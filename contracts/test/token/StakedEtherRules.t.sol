// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {Vm} from "../Vm.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice What ERC-20 and the share accounting demand at every rate and total, and what each refusal leaves as it was.
contract StakedEtherRulesTest is TokenFixture {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 shares);

    function _shareSum() private view returns (uint256) {
        return token.sharesOf(ALICE) + token.sharesOf(BOB) + token.sharesOf(CAROL) + token.sharesOf(DEAD);
    }

    function testFuzz_balancesAddUpToTheSupplyButForLessThanAWeiEach(uint256 seed, uint256 a, uint256 b) external {
        uint256 held = atAnyRate(seed);
        a = bound(a, 0, held);
        b = bound(b, 0, held - a);
        vm.prank(ALICE);
        token.transferShares(BOB, a);
        vm.prank(ALICE);
        token.transferShares(CAROL, b);
        (, uint256 shares) = token.totals();
        assertEq(_shareSum(), shares, "shares");
        uint256 sum = token.balanceOf(ALICE) + token.balanceOf(BOB) + token.balanceOf(CAROL) + token.balanceOf(DEAD);
        assertLe(sum, token.totalSupply(), "never more than the supply");
        assertLe(token.totalSupply() - sum, 3, "four accounts lose less than a wei each");
    }

    function testFuzz_conversionsRoundAsTheySay(uint256 seed, uint256 amount) external {
        atAnyRate(seed);
        amount = bound(amount, 0, 1 << 128);
        (uint256 pooled, uint256 shares) = token.totals();
        _roundsBothWays(token.sharesForWei(amount), token.sharesForWeiUp(amount), amount * shares, pooled);
        _roundsBothWays(token.weiForShares(amount), token.weiForSharesUp(amount), amount * pooled, shares);
    }

    function _roundsBothWays(uint256 down, uint256 up, uint256 numerator, uint256 denominator) private pure {
        assertLe(down * denominator, numerator, "down is not above");
        assertLe(numerator - down * denominator, denominator - 1, "and the next one is");
        assertLe(numerator, up * denominator, "up is not below");
        assertEq(up - down, numerator % denominator == 0 ? 0 : 1, "exact when it can be");
    }

    function testFuzz_transferFromMovesWhatTransferMoves(uint256 seed, uint256 amount) external {
        atAnyRate(seed);
        amount = bound(amount, 0, token.balanceOf(ALICE));
        vm.prank(ALICE);
        token.approve(CAROL, amount);
        uint256 snapshot = vm.snapshotState();
        vm.prank(ALICE);
        token.transfer(BOB, amount);
        uint256 moved = token.sharesOf(BOB);
        vm.revertToState(snapshot);
        vm.expectEmit();
        emit Transfer(ALICE, BOB, amount);
        vm.expectEmit();
        emit TransferShares(ALICE, BOB, moved);
        vm.prank(CAROL);
        assertTrue(token.transferFrom(ALICE, BOB, amount), "returns true");
        assertEq(token.sharesOf(BOB), moved, "the same shares");
        assertEq(token.allowance(ALICE, CAROL), 0, "all of the allowance");
    }

    function testFuzz_theWholeBalanceAndAllSharesCanBeMoved(uint256 seed) external {
        uint256 held = atAnyRate(seed);
        uint256 balance = token.balanceOf(ALICE);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, balance, balance + 1)
        );
        token.transfer(BOB, balance + 1);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, ALICE, held, held + 1));
        token.transferShares(BOB, held + 1);
        assertEq(fingerprint(), before, "changed");
        uint256 valueWei = token.weiForShares(held);
        vm.expectEmit();
        emit Transfer(ALICE, BOB, valueWei);
        vm.expectEmit();
        emit TransferShares(ALICE, BOB, held);
        vm.prank(ALICE);
        assertEq(token.transferShares(BOB, held), valueWei, "value");
        assertEq(token.sharesOf(ALICE), 0, "nothing left");
        vm.prank(BOB);
        token.transfer(CAROL, balance);
        assertLe(token.sharesOf(CAROL), held, "by value, rounded down");
    }

    function testFuzz_aMintTellsItsValueAndShares(uint256 seed, uint256 amount) external {
        atAnyRate(seed);
        liftToFloor();
        amount = bound(amount, 0, 1 << 96);
        uint256 shares = token.sharesForWei(amount);
        (uint256 pooled, uint256 total) = token.totals();
        uint256 valueWei = shares * (pooled + amount) / (total + shares);
        vm.expectEmit();
        emit Transfer(address(0), BOB, valueWei);
        vm.expectEmit();
        emit TransferShares(address(0), BOB, shares);
        assertEq(mint(BOB, amount), shares, "at the present rate, rounded down");
        (uint256 pooledAfter, uint256 totalAfter) = token.totals();
        assertTrue(pooledAfter == pooled + amount && totalAfter == total + shares, "totals");
        assertEq(_shareSum(), totalAfter, "conserved");
    }

    function testFuzz_aRebaseConservesSharesExactly(uint256 seed, uint256 next, uint256 burn, uint256 fee) external {
        uint256 held = atAnyRate(seed);
        (, uint256 total) = token.totals();
        burn = bound(burn, 0, held);
        fee = bound(fee, 0, 1 << 90);
        next = bound(next, 0, 1 << 96);
        rebase(next, ALICE, burn, fee);
        (uint256 pooledAfter, uint256 totalAfter) = token.totals();
        assertEq(totalAfter, total - burn + fee, "total");
        assertEq(_shareSum(), totalAfter, "sum");
        assertTrue(token.sharesOf(ALICE) == held - burn && pooledAfter == next, "burned and set");
        assertEq(token.sharesOf(CAROL), fee, "the fee's account");
    }

    function testFuzz_upAndDownAgainLeavesEveryBalanceAsItWas(uint256 seed, uint256 between) external {
        atAnyRate(seed);
        (uint256 pooled,) = token.totals();
        uint256 alice = token.balanceOf(ALICE);
        uint256 dead = token.balanceOf(DEAD);
        setPooled(bound(between, 0, 1 << 96));
        setPooled(pooled);
        assertTrue(token.balanceOf(ALICE) == alice && token.balanceOf(DEAD) == dead, "moved");
    }

    function test_aRebaseWithoutFeeAndBurnMovesNothingAndTellsNothing() external {
        vm.recordLogs();
        setPooled(2 ether);
        assertEq(vm.getRecordedLogs().length, 0, "events");
    }

    function test_aFeeIsToldAtTheRateAfterTheRebase() external {
        vm.recordLogs();
        rebase(3 ether, DEAD, 0, 0.5 ether); // 3 ether for 1.5 shares: two wei a share
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "one pair");
        assertEq(abi.decode(logs[0].data, (uint256)), 1 ether, "value");
        assertEq(abi.decode(logs[1].data, (uint256)), 0.5 ether, "shares");
        assertEq(logs[0].topics[0], Transfer.selector, "Transfer");
        assertEq(logs[1].topics[0], TransferShares.selector, "TransferShares");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(CAROL))), "the fee's account");
    }

    function testFuzz_onlyThePoolMintsAndRebases(address caller) external {
        vm.assume(caller != POOL);
        bytes32 before = fingerprint();
        bytes memory reason = abi.encodeWithSelector(StakedEther.OnlyPool.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(reason);
        token.mint(caller, 1 ether, 1 ether);
        vm.expectRevert(reason);
        token.applyRebase(5 ether, DEAD, 1, caller, 1);
        vm.stopPrank();
        assertEq(fingerprint(), before, "changed");
        assertEq(token.pool(), POOL, "pool");
    }

    function test_nothingIsMintedToNobodyOrToTheToken() external {
        bytes32 before = fingerprint();
        address[2] memory wrong = [address(0), address(token)];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(POOL);
            vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]));
            token.mint(wrong[i], 1 ether, 1 ether);
        }
        assertEq(fingerprint(), before, "changed");
    }

    /// @dev At 1 gwei of pooled ether a deposit of 1 ether would take 29.8 of 33 ether that are found later.
    function test_belowAHundredthOfTheFirstRateNobodyBuys() external {
        mint(ALICE, 32 ether);
        setPooled(1 gwei);
        bytes32 before = fingerprint();
        vm.startPrank(POOL);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.RateTooLow.selector, 1 gwei, 33 ether));
        token.mint(BOB, 1 ether, 1);
        vm.stopPrank();
        assertEq(fingerprint(), before, "changed");
        setPooled(0.33 ether);
        mint(BOB, 1 ether);
        assertEq(token.sharesOf(BOB), 100 ether, "at a hundredth somebody does");
        setPooled(1.33 ether - 1);
        vm.prank(POOL);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.RateTooLow.selector, 1.33 ether - 1, 133 ether));
        token.mint(BOB, 1 ether, 1);
    }

    function testFuzz_neverMoreSharesThanTheEtherIsWorth(uint256 pooledWei, uint256 weiAmount) external {
        mint(ALICE, 99 ether);
        setPooled(bound(pooledWei, 1 ether, 1e27));
        weiAmount = bound(weiAmount, 0, 1e27);
        uint256 most = token.sharesForWei(weiAmount);
        bytes32 before = fingerprint();
        vm.startPrank(POOL);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.TooManyShares.selector, most + 1, most));
        token.mint(BOB, weiAmount, most + 1);
        assertEq(fingerprint(), before, "changed");
        token.mint(BOB, weiAmount, most);
        vm.stopPrank();
        assertEq(token.sharesOf(BOB), most, "minted");
    }

    function test_noMoreIsBurnedThanIsHeld() external {
        mint(ALICE, 5 ether);
        bytes32 before = fingerprint();
        vm.prank(POOL);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, ALICE, 5 ether, 5 ether + 1));
        token.applyRebase(6 ether, ALICE, 5 ether + 1, CAROL, 0);
        vm.prank(POOL);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11)); // more than there are
        token.applyRebase(6 ether, ALICE, 6 ether + 1, CAROL, 0);
        assertEq(fingerprint(), before, "changed");
    }

    function test_totalsBeyondTheirWidthAreRefused() external {
        bytes32 before = fingerprint();
        uint256 beyond = uint256(type(uint128).max) + 1;
        vm.startPrank(POOL);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, beyond));
        token.mint(ALICE, beyond - 1 ether, beyond - 1 ether);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, beyond));
        token.applyRebase(beyond, DEAD, 0, CAROL, 0);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, beyond));
        token.applyRebase(1 ether, DEAD, 0, CAROL, beyond - 1 ether);
        token.mint(ALICE, beyond - 1 ether - 1, beyond - 1 ether - 1);
        vm.stopPrank();
        assertEq(token.balanceOf(ALICE), beyond - 1 ether - 1, "up to the width all is exact");
        assertTrue(fingerprint() != before, "the last one was taken");
    }

    function test_anEmptyPoolRefusesEtherAndLivesAgainWhenItHasSome() external {
        mint(ALICE, 3 ether);
        setPooled(0);
        bytes32 before = fingerprint();
        vm.startPrank(POOL);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.RateTooLow.selector, 0, 4 ether));
        token.mint(ALICE, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.RateTooLow.selector, 0, 4 ether));
        token.mint(ALICE, 1 ether, 1 ether);
        vm.stopPrank();
        assertEq(fingerprint(), before, "changed");
        assertEq(token.balanceOf(ALICE) + token.totalSupply(), 0, "worth nothing");
        assertEq(token.sharesForWei(1 ether) + token.sharesForWeiUp(1 ether), 0, "no number of shares is worth ether");
        vm.prank(ALICE);
        assertEq(token.transferShares(BOB, 1 ether), 0, "shares of no value move");
        setPooled(8 ether);
        assertEq(token.balanceOf(BOB), 2 ether, "and their value is there when ether is");
        assertEq(mint(CAROL, 2 ether), 1 ether, "as is the rate");
    }

    function test_anAllowanceIsNoBalance() external {
        mint(ALICE, 1 ether);
        vm.prank(ALICE);
        token.approve(BOB, 9 ether);
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, 1 ether, 2 ether));
        token.transferFrom(ALICE, BOB, 2 ether);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, ALICE, 1 ether, 2 ether));
        token.transferSharesFrom(ALICE, BOB, 2 ether);
        assertEq(fingerprint(), before, "the allowance too is as it was");
    }

    function test_anInfiniteAllowanceStays() external {
        mint(ALICE, 2 ether);
        vm.prank(ALICE);
        token.approve(BOB, type(uint256).max);
        vm.prank(BOB);
        token.transferSharesFrom(ALICE, CAROL, 1 ether);
        vm.prank(BOB);
        token.transferFrom(ALICE, CAROL, 1 ether);
        assertEq(token.allowance(ALICE, BOB), type(uint256).max, "infinite");
    }

    function test_anAllowanceIsReplacedAndForOneSpenderOnly() external {
        mint(ALICE, 2 ether);
        vm.startPrank(ALICE);
        token.approve(BOB, 2 ether);
        token.approve(BOB, 1 ether);
        assertEq(token.allowance(ALICE, BOB), 1 ether, "replaced");
        // Nobody is a spender of its own without an allowance.
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, ALICE, 0, 1));
        token.transferFrom(ALICE, CAROL, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidSpender.selector, address(0)));
        token.approve(address(0), 1);
        vm.stopPrank();
        vm.prank(CAROL);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, CAROL, 0, 1));
        token.transferFrom(ALICE, CAROL, 1);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        token.transferFrom(ALICE, address(0), 1);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(token)));
        token.transferSharesFrom(ALICE, address(token), 1);
        assertEq(token.allowance(ALICE, BOB), 1 ether, "not spent by what was refused");
    }

    function test_theTokenSaysWhatItIs() external view {
        assertEq(keccak256(bytes(token.name())), keccak256("Tidemark Staked Ether"), "name");
        assertEq(keccak256(bytes(token.symbol())), keccak256("tmETH"), "symbol");
        assertEq(token.decimals(), 18, "decimals");
    }
}
