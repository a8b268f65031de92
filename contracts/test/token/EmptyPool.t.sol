// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IStakingPool} from "../../src/interfaces/IStakingPool.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {WrappedStakedEther} from "../../src/WrappedStakedEther.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice What holds when all pooled ether is lost, or nearly all: shares are worth nothing now, may be worth something
/// later, and stay whose they are.
contract EmptyPoolTest is TokenFixture {
    uint256 private constant HELD = 3 ether;

    /// @dev Alice holds shares, and Bob may take `allowanceWei` of them; then the pool loses all.
    function _lostAll(uint256 allowanceWei) private {
        mint(ALICE, HELD);
        vm.prank(ALICE);
        token.approve(BOB, allowanceWei);
        setPooled(0);
    }

    function testFuzz_noAllowanceReachesSharesThatAreWorthNothing(uint256 allowanceWei, uint256 shares) external {
        _lostAll(allowanceWei);
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(StakedEther.PoolIsEmpty.selector);
        token.transferSharesFrom(ALICE, BOB, bound(shares, 1, HELD));
        assertEq(fingerprint(), before, "changed");
    }

    function test_anUnlimitedAllowanceWaitsForAValue() external {
        _lostAll(type(uint256).max);
        vm.prank(BOB);
        vm.expectRevert(StakedEther.PoolIsEmpty.selector);
        token.transferSharesFrom(ALICE, BOB, HELD);
        setPooled(1);
        vm.prank(BOB);
        assertEq(token.transferSharesFrom(ALICE, BOB, HELD), 0, "three quarters of a wei, rounded down");
        assertEq(token.sharesOf(BOB), HELD, "moved");
    }

    /// @dev However little a share is worth: no allowance, no shares.
    function testFuzz_sharesOfOthersAlwaysCostAllowance(uint256 pooledWei, uint256 shares) external {
        mint(ALICE, 1e27);
        setPooled(bound(pooledWei, 1, 1e9));
        shares = bound(shares, 1, 1e27);
        uint256 neededWei = token.weiForSharesUp(shares);
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, 0, neededWei));
        token.transferSharesFrom(ALICE, BOB, shares);
        assertEq(fingerprint(), before, "changed");
        assertLe(1, neededWei, "at least a wei");
    }

    function test_theOwnerMovesWorthlessSharesAndTheyComeBackToLife() external {
        _lostAll(0);
        vm.prank(ALICE);
        assertEq(token.transferShares(CAROL, HELD), 0, "worth nothing");
        setPooled(8 ether);
        assertEq(token.balanceOf(CAROL), 6 ether, "three of four shares");
    }

    function test_amountsOfWeiMoveNothingAndNothingIsMoved() external {
        _lostAll(1 ether);
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, 0, 1));
        token.transferFrom(ALICE, BOB, 1);
        vm.prank(BOB);
        assertTrue(token.transferFrom(ALICE, BOB, 0), "nothing can be moved");
        vm.prank(BOB);
        token.transferSharesFrom(ALICE, BOB, 0);
        assertEq(fingerprint(), before, "changed");
    }

    function test_theWrapperTakesNothingInAndLetsAllOut() external {
        mint(ALICE, HELD);
        vm.startPrank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        wrapper.mint(1 ether, ALICE);
        vm.stopPrank();
        assertEq(wrapper.maxDeposit(ALICE), type(uint256).max, "any deposit");
        assertEq(wrapper.maxMint(ALICE), type(uint256).max, "any count");

        setPooled(0);
        assertEq(wrapper.maxDeposit(ALICE) + wrapper.maxMint(ALICE) + wrapper.maxWithdraw(ALICE), 0, "no ether");
        bytes32 before = fingerprint();
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, ALICE, 1, 0));
        wrapper.deposit(1, ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxMint.selector, ALICE, 1, 0));
        wrapper.mint(1, ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxWithdraw.selector, ALICE, 1, 0));
        wrapper.withdraw(1, ALICE, ALICE);
        assertEq(fingerprint(), before, "changed");
        assertEq(wrapper.redeem(1 ether, ALICE, ALICE), 0, "worth nothing");
        vm.stopPrank();
        assertEq(token.sharesOf(ALICE), HELD, "and all of it came back");
    }

    function test_nobodyTakesTheWrappersSharesOrRedeemsForOthers() external {
        mint(ALICE, HELD);
        vm.startPrank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        wrapper.mint(HELD, ALICE);
        vm.stopPrank();
        setPooled(0);
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, 0, HELD));
        wrapper.redeem(HELD, BOB, ALICE);
        vm.prank(BOB);
        vm.expectRevert(StakedEther.PoolIsEmpty.selector);
        token.transferSharesFrom(address(wrapper), BOB, HELD);
        assertEq(fingerprint(), before, "changed");
    }

    function test_theQueueTakesNoRequest() external {
        WithdrawalQueue queue = new WithdrawalQueue(
            address(this), address(this), address(this), IStakingPool(POOL), token, 1, 1 ether, 1 days
        );
        mint(ALICE, HELD);
        vm.prank(ALICE);
        token.approve(address(queue), type(uint256).max);
        setPooled(0);
        bytes32 before = fingerprint();
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1;
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.RequestOutOfRange.selector, 1, 1, 1 ether));
        queue.request(amounts, ALICE);
        assertEq(fingerprint(), before, "changed");
        assertEq(token.sharesOf(address(queue)), 0, "nothing waits");
    }

    function test_beforeTheFirstShareNothingMoves() external {
        token = new StakedEther(POOL);
        wrapper = new WrappedStakedEther(token);
        vm.expectRevert(StakedEther.PoolIsEmpty.selector);
        token.transferSharesFrom(ALICE, BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, address(this), 0, 1));
        token.transferShares(BOB, 1);
        assertEq(wrapper.maxDeposit(ALICE) + wrapper.maxMint(ALICE), 0, "nothing to wrap");
    }
}
