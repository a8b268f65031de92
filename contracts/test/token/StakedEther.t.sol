// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice The token as an ERC-20 that knows nothing of the pool should see it.
contract StakedEtherTest is TokenFixture {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 shares);

    function testFuzz_aTransferMovesTheSharesOfTheAmount(uint256 shares, uint256 rate, uint256 amount) external {
        uint256 held = atRate(shares, rate);
        amount = bound(amount, 0, token.balanceOf(ALICE));
        uint256 moved = token.sharesForWei(amount);
        vm.expectEmit();
        emit Transfer(ALICE, BOB, amount);
        vm.expectEmit();
        emit TransferShares(ALICE, BOB, moved);
        vm.prank(ALICE);
        assertTrue(token.transfer(BOB, amount), "returns true");
        assertEq(token.sharesOf(ALICE), held - moved, "sender's shares");
        assertEq(token.sharesOf(BOB), moved, "receiver's shares");
        assertLe(token.balanceOf(BOB), amount, "no more than the amount arrives");
        assertLe(token.balanceOf(ALICE) + token.balanceOf(BOB) + token.balanceOf(DEAD), token.totalSupply(), "sum");
    }

    function testFuzz_aSelfTransferAndAZeroTransferChangeNothing(uint256 shares, uint256 rate, uint256 amount)
        external
    {
        atRate(shares, rate);
        bytes32 before = fingerprint();
        amount = bound(amount, 0, token.balanceOf(ALICE));
        vm.prank(ALICE);
        token.transfer(ALICE, amount);
        vm.prank(ALICE);
        token.transfer(BOB, 0);
        vm.prank(ALICE);
        token.transferShares(BOB, 0);
        assertEq(fingerprint(), before, "changed");
    }

    function test_aTransferOfMoreThanTheBalanceIsRefused() external {
        mint(ALICE, 5 ether);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, 5 ether, 5 ether + 1)
        );
        token.transfer(BOB, 5 ether + 1);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, ALICE, 5 ether, 5 ether + 1));
        token.transferShares(BOB, 5 ether + 1);
        assertEq(fingerprint(), before, "changed");
    }

    function test_transfersToNobodyAndToTheTokenAreRefused() external {
        mint(ALICE, 5 ether);
        bytes32 before = fingerprint();
        address[2] memory wrong = [address(0), address(token)];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory reason = abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            vm.prank(ALICE);
            vm.expectRevert(reason);
            token.transfer(wrong[i], 1);
            vm.prank(ALICE);
            vm.expectRevert(reason);
            token.transferShares(wrong[i], 1);
        }
        assertEq(fingerprint(), before, "changed");
    }

    function test_anAllowanceIsSpentAndNotExceeded() external {
        mint(ALICE, 5 ether);
        vm.prank(ALICE);
        token.approve(BOB, 2 ether);
        vm.prank(BOB);
        token.transferFrom(ALICE, CAROL, 1.5 ether);
        assertEq(token.allowance(ALICE, BOB), 0.5 ether, "left");
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, 0.5 ether, 0.5 ether + 1)
        );
        token.transferFrom(ALICE, CAROL, 0.5 ether + 1);
        assertEq(fingerprint(), before, "changed");
    }

    function testFuzz_movingSharesSpendsTheirValueRoundedUp(uint256 shares, uint256 rate, uint256 moved) external {
        moved = bound(moved, 1, atRate(shares, rate));
        uint256 valueUp = token.weiForSharesUp(moved);
        vm.prank(ALICE);
        token.approve(BOB, valueUp - 1);
        vm.prank(BOB);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, valueUp - 1, valueUp)
        );
        token.transferSharesFrom(ALICE, CAROL, moved);
        vm.prank(ALICE);
        token.approve(BOB, valueUp);
        vm.prank(BOB);
        uint256 valueWei = token.transferSharesFrom(ALICE, CAROL, moved);
        assertLe(valueUp - valueWei, 1, "rounding");
        assertEq(token.allowance(ALICE, BOB), 0, "spent");
        assertEq(token.sharesOf(CAROL), moved, "exactly these shares");
    }

    function testFuzz_aRebaseMovesEveryBalanceAlike(uint256 shares, uint256 rate, uint256 next) external {
        uint256 held = atRate(shares, rate);
        (, uint256 total) = token.totals();
        next = bound(next, 1, 1e29);
        setPooled(next);
        assertEq(token.totalSupply(), next, "supply");
        assertEq(token.sharesOf(ALICE), held, "shares stay");
        assertEq(token.balanceOf(ALICE), held * next / total, "balance follows");
    }

    function test_aRebaseBurnsAndMintsWithEvents() external {
        mint(ALICE, 9 ether);
        vm.expectEmit();
        emit Transfer(ALICE, address(0), 2.4 ether); // at the rate after the rebase: 12 ether for 10 shares
        vm.expectEmit();
        emit TransferShares(ALICE, address(0), 2 ether);
        vm.expectEmit();
        emit Transfer(address(0), CAROL, 2.4 ether);
        vm.expectEmit();
        emit TransferShares(address(0), CAROL, 2 ether);
        rebase(12 ether, ALICE, 2 ether, 2 ether);
        assertEq(token.totalSupply(), 12 ether, "pooled");
        assertEq(token.sharesOf(ALICE), 7 ether, "burned");
        assertEq(token.sharesOf(CAROL), 2 ether, "fee");
    }

    function testFuzz_splittingADepositNeverPays(uint256 shares, uint256 rate, uint256 amount, uint256 part) external {
        atRate(shares, rate);
        liftToFloor();
        amount = bound(amount, 0, 1e26);
        part = bound(part, 0, amount);
        uint256 whole = token.sharesForWei(amount);
        uint256 first = mint(BOB, part);
        uint256 second = mint(BOB, amount - part);
        assertLe(first + second, whole, "two deposits minted more than one");
    }

    function testFuzz_aDepositNeverLowersTheRate(uint256 shares, uint256 rate, uint256 amount) external {
        atRate(shares, rate);
        liftToFloor();
        (uint256 pooled, uint256 total) = token.totals();
        mint(BOB, bound(amount, 0, 1e26));
        (uint256 pooledAfter, uint256 totalAfter) = token.totals();
        assertLe(pooled * totalAfter, pooledAfter * total, "rate fell");
        assertLe(token.balanceOf(BOB), bound(amount, 0, 1e26), "worth more than paid");
    }

    function test_zeroIsWorthZero() external view {
        assertEq(
            token.sharesForWei(0) + token.sharesForWeiUp(0) + token.weiForShares(0) + token.weiForSharesUp(0), 0, "zero"
        );
    }

    function test_beforeTheFirstShareNothingIsWorthAnything() external {
        StakedEther fresh = new StakedEther(POOL);
        assertEq(fresh.sharesForWei(1 ether) + fresh.weiForShares(1 ether) + fresh.totalSupply(), 0, "empty");
        assertEq(fresh.decimals(), 18, "decimals");
        assertEq(keccak256(bytes(fresh.symbol())), keccak256("tmETH"), "symbol");
    }
}
