// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {WrappedStakedEther} from "../../src/WrappedStakedEther.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice EIP-4626, rule by rule: rounding, round trips, limits, allowances, events, and what a donor can do.
contract WrapperRulesTest is TokenFixture {
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    event Withdraw(
        address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares
    );

    /// @dev Alice holds tokens at some rate, half of them wrapped, and the wrapper may take the rest.
    function _ready(uint256 seed) private returns (uint256 wrapped) {
        wrapped = atAnyRate(seed) / 2;
        vm.startPrank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        wrapper.mint(wrapped, ALICE);
        vm.stopPrank();
    }

    function testFuzz_previewsRoundAgainstTheCallerAndByLessThanOne(uint256 seed, uint256 amount) external {
        _ready(seed);
        (uint256 pooled, uint256 shares) = token.totals();
        amount = bound(amount, 0, 1 << 112);
        _isDown(wrapper.previewDeposit(amount), amount * shares, pooled);
        _isUp(wrapper.previewMint(amount), amount * pooled, shares);
        _isUp(wrapper.previewWithdraw(amount), amount * shares, pooled);
        _isDown(wrapper.previewRedeem(amount), amount * pooled, shares);
        _isDown(wrapper.convertToShares(amount), amount * shares, pooled);
        _isDown(wrapper.convertToAssets(amount), amount * pooled, shares);
        assertEq(wrapper.weiPerToken(), 1e18 * pooled / shares, "weiPerToken");
        _isDown(wrapper.totalAssets(), wrapper.totalSupply() * pooled, shares);
    }

    function _isDown(uint256 quotient, uint256 numerator, uint256 denominator) private pure {
        assertEq(quotient, numerator / denominator, "rounded down");
    }

    function _isUp(uint256 quotient, uint256 numerator, uint256 denominator) private pure {
        assertEq(quotient, numerator / denominator + (numerator % denominator == 0 ? 0 : 1), "rounded up");
    }

    function testFuzz_viewsAreTheSameForEveryCaller(uint256 seed, uint256 amount) external {
        _ready(seed);
        amount = bound(amount, 0, 1 << 112);
        bytes32 mine = _views(amount);
        address[3] memory callers = [ALICE, BOB, address(wrapper)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.startPrank(callers[i]);
            assertEq(_views(amount), mine, "depends on the caller");
            vm.stopPrank();
        }
    }

    function _views(uint256 amount) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                [wrapper.previewDeposit(amount), wrapper.previewMint(amount), wrapper.previewWithdraw(amount)],
                [wrapper.previewRedeem(amount), wrapper.convertToShares(amount), wrapper.convertToAssets(amount)],
                [wrapper.maxDeposit(ALICE), wrapper.maxMint(ALICE), wrapper.maxWithdraw(ALICE)],
                [wrapper.maxRedeem(ALICE), wrapper.totalAssets(), wrapper.weiPerToken()]
            )
        );
    }

    /// @dev The eight round trips of the usual property suites. Shares of token and wrapper together never change at all.
    function testFuzz_noRoundTripPays(uint256 seed, uint256 amount, uint256 way) external {
        uint256 wrapped = _ready(seed);
        uint256 wealth = token.sharesOf(ALICE) + wrapped;
        uint256 assets = buyable(bound(amount, 0, token.balanceOf(ALICE)));
        uint256 count = bound(amount, 0, token.sharesOf(ALICE));
        if (count > wrapped) count = wrapped;
        if (assets > wrapper.maxWithdraw(ALICE)) assets = buyable(wrapper.maxWithdraw(ALICE));
        vm.startPrank(ALICE);
        way %= 8;
        if (way == 0) assertLe(wrapper.redeem(wrapper.deposit(assets, ALICE), ALICE, ALICE), assets, "deposit redeem");
        if (way == 1) {
            uint256 minted = wrapper.deposit(assets, ALICE);
            assertLe(minted, wrapper.withdraw(assets, ALICE, ALICE), "deposit withdraw");
        }
        if (way == 2) {
            uint256 paid = wrapper.mint(count, ALICE);
            assertLe(wrapper.redeem(count, ALICE, ALICE), paid, "mint redeem");
        }
        if (way == 3) {
            uint256 paid = wrapper.previewMint(count);
            assertLe(count, wrapper.previewWithdraw(paid), "mint withdraw");
            wrapper.mint(count, ALICE);
            if (paid <= wrapper.maxWithdraw(ALICE)) wrapper.withdraw(paid, ALICE, ALICE);
        }
        if (way == 4) {
            assertLe(wrapper.deposit(buyable(wrapper.redeem(count, ALICE, ALICE)), ALICE), count, "redeem deposit");
        }
        if (way == 5) {
            uint256 got = wrapper.redeem(count, ALICE, ALICE);
            assertLe(got, wrapper.mint(count, ALICE), "redeem mint");
        }
        if (way == 6) {
            uint256 burned = wrapper.withdraw(assets, ALICE, ALICE);
            assertLe(wrapper.deposit(assets, ALICE), burned, "withdraw deposit");
        }
        if (way == 7) assertLe(assets, wrapper.mint(wrapper.withdraw(assets, ALICE, ALICE), ALICE), "withdraw mint");
        vm.stopPrank();
        assertEq(token.sharesOf(ALICE) + wrapper.balanceOf(ALICE), wealth, "not a share gained or lost");
        assertEq(token.sharesOf(address(wrapper)), wrapper.totalSupply(), "one share each");
    }

    function testFuzz_noActionLowersTheValueOfAToken(uint256 seed, uint256[6] memory steps) external {
        _ready(seed);
        liftToFloor();
        (uint256 pooled, uint256 shares) = token.totals();
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 amount = steps[i] >> 8;
            vm.startPrank(ALICE);
            uint256 way = steps[i] % 6;
            if (way == 0) wrapper.deposit(buyable(bound(amount, 0, token.balanceOf(ALICE))), BOB);
            if (way == 1) wrapper.mint(bound(amount, 0, token.sharesOf(ALICE)), ALICE);
            if (way == 2) wrapper.withdraw(bound(amount, 0, wrapper.maxWithdraw(ALICE)), BOB, ALICE);
            if (way == 3) wrapper.redeem(bound(amount, 0, wrapper.maxRedeem(ALICE)), ALICE, ALICE);
            if (way == 4) token.transfer(address(wrapper), bound(amount, 0, token.balanceOf(ALICE)));
            vm.stopPrank();
            if (way == 5) mint(CAROL, bound(amount, 0, 1 << 90));
            (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
            assertLe(pooled * sharesAfter, pooledAfter * shares, "value of a share fell");
            if (way < 5) assertTrue(pooledAfter == pooled && sharesAfter == shares, "wrapping moves the totals");
            (pooled, shares) = (pooledAfter, sharesAfter);
        }
    }

    function testFuzz_depositAndMintTellWhatHappened(uint256 seed, uint256 amount) external {
        _ready(seed);
        uint256 assets = buyable(bound(amount, 0, token.balanceOf(ALICE)));
        uint256 shares = wrapper.previewDeposit(assets);
        vm.expectEmit();
        emit Deposit(ALICE, BOB, assets, shares);
        vm.prank(ALICE);
        wrapper.deposit(assets, BOB);
        shares = bound(amount, 0, token.sharesOf(ALICE));
        assets = wrapper.previewMint(shares);
        vm.expectEmit();
        emit Deposit(ALICE, CAROL, assets, shares);
        vm.prank(ALICE);
        wrapper.mint(shares, CAROL);
        assertEq(wrapper.balanceOf(CAROL), shares, "exactly these");
    }

    function testFuzz_anotherWithdrawsAsFarAsAllowed(uint256 seed, uint256 amount) external {
        if (_ready(seed) == 0) return;
        uint256 assets = bound(amount, 0, wrapper.maxWithdraw(ALICE));
        uint256 shares = wrapper.previewWithdraw(assets);
        if (shares > 0) {
            vm.prank(ALICE);
            wrapper.approve(BOB, shares - 1);
            bytes32 before = fingerprint();
            vm.prank(BOB);
            vm.expectRevert(
                abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, shares - 1, shares)
            );
            wrapper.withdraw(assets, BOB, ALICE);
            assertEq(fingerprint(), before, "changed");
        }
        vm.prank(ALICE);
        wrapper.approve(BOB, shares);
        vm.expectEmit();
        emit Withdraw(BOB, CAROL, ALICE, assets, shares);
        vm.prank(BOB);
        assertEq(wrapper.withdraw(assets, CAROL, ALICE), shares, "burned");
        assertEq(wrapper.allowance(ALICE, BOB), 0, "spent");
        assertLe(assets, token.balanceOf(CAROL), "the receiver has the assets");
    }

    function test_anInfiniteAllowanceForTheWrapperAndOnItStays() external {
        _ready(29 * 8 + 20);
        vm.prank(ALICE);
        wrapper.approve(BOB, type(uint256).max);
        vm.prank(BOB);
        wrapper.redeem(1e9, BOB, ALICE);
        assertEq(wrapper.allowance(ALICE, BOB), type(uint256).max, "for the wrapped");
        assertEq(token.allowance(ALICE, address(wrapper)), type(uint256).max, "for the token");
    }

    function testFuzz_wrappingNeedsBalanceAndAllowance(uint256 seed, uint256 amount) external {
        uint256 held = atAnyRate(seed);
        uint256 shares = bound(amount, 1, held);
        uint256 assets = wrapper.previewMint(shares);
        vm.prank(ALICE);
        token.approve(address(wrapper), assets - 1);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(wrapper), assets - 1, assets
            )
        );
        wrapper.mint(shares, ALICE);
        vm.prank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        bytes32 approved = fingerprint();
        assertEq(approved, before, "refusals change nothing");
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.NotEnoughShares.selector, ALICE, held, held + 1));
        wrapper.mint(held + 1, ALICE);
        vm.prank(BOB); // the allowance of Alice is not Bob's
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(wrapper), 0, assets)
        );
        wrapper.mint(shares, BOB);
        assertEq(fingerprint(), approved, "changed");
        vm.prank(ALICE);
        token.approve(address(wrapper), assets);
        vm.prank(ALICE);
        assertEq(wrapper.mint(shares, ALICE), assets, "exactly the allowance is enough");
        assertEq(token.allowance(ALICE, address(wrapper)), 0, "and spent");
    }

    function testFuzz_zeroGivesZeroAndChangesNothing(uint256 seed) external {
        _ready(seed);
        bytes32 before = fingerprint();
        vm.startPrank(ALICE);
        uint256 sum = wrapper.deposit(0, BOB) + wrapper.mint(0, BOB);
        sum += wrapper.withdraw(0, BOB, ALICE) + wrapper.redeem(0, BOB, ALICE);
        vm.stopPrank();
        assertEq(sum, 0, "zero");
        assertEq(fingerprint(), before, "changed");
    }

    /// @dev At more than a wei a share there are assets that buy none.
    function testFuzz_assetsThatBuyNoShareAreRefusedAndNothingIsTaken(uint256 seed, uint256 assets) external {
        _ready(seed);
        uint256 most = Math.min(token.weiForSharesUp(1), token.balanceOf(ALICE));
        if (most == 0) return;
        assets = bound(assets, 1, most);
        bytes32 before = fingerprint();
        bool none = token.sharesForWei(assets) == 0;
        vm.prank(ALICE);
        if (none) {
            vm.expectRevert(abi.encodeWithSelector(WrappedStakedEther.LessThanAShare.selector, assets));
            wrapper.deposit(assets, BOB);
            assertEq(fingerprint(), before, "changed");
        } else {
            assertTrue(wrapper.deposit(assets, BOB) > 0, "a share at least");
        }
    }

    function test_nobodyAndTheTokenReceiveNothing() external {
        _ready(29 * 8 + 20);
        bytes32 before = fingerprint();
        bytes memory nobody = abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0));
        vm.startPrank(ALICE);
        vm.expectRevert(nobody);
        wrapper.deposit(1e9, address(0));
        vm.expectRevert(nobody);
        wrapper.mint(1e9, address(0));
        vm.expectRevert(nobody);
        wrapper.withdraw(1e9, address(0), ALICE);
        vm.expectRevert(nobody);
        wrapper.redeem(1e9, address(0), ALICE);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(token)));
        wrapper.redeem(1e9, address(token), ALICE);
        vm.stopPrank();
        assertEq(fingerprint(), before, "changed");
    }

    function testFuzz_maxFunctionsNeverRevertAndAreExact(uint256 seed, address anyone) external {
        uint256 wrapped = _ready(seed);
        if (anyone != ALICE) assertEq(wrapper.maxWithdraw(anyone) + wrapper.maxRedeem(anyone), 0, "has nothing");
        assertEq(wrapper.maxRedeem(ALICE), wrapped, "all");
        assertEq(wrapper.maxWithdraw(ALICE), wrapper.convertToAssets(wrapped), "its value");
        // What a caller without limits can be given is taken whole.
        vm.startPrank(ALICE);
        wrapper.withdraw(wrapper.maxWithdraw(ALICE), ALICE, ALICE);
        wrapper.redeem(wrapper.maxRedeem(ALICE), ALICE, ALICE);
        wrapper.mint(token.sharesOf(ALICE), ALICE);
        vm.stopPrank();
        assertEq(token.sharesOf(ALICE), 0, "all that there is was wrapped");
    }

    function test_beforeTheFirstShareAndInAnEmptyPoolNothingReverts() external {
        WrappedStakedEther fresh = new WrappedStakedEther(new StakedEther(POOL));
        assertEq(fresh.maxWithdraw(ALICE) + fresh.maxRedeem(ALICE) + fresh.totalAssets(), 0, "fresh");
        assertEq(fresh.previewDeposit(5) + fresh.previewMint(5) + fresh.previewWithdraw(5), 0, "fresh previews");
        assertEq(fresh.previewRedeem(5) + fresh.weiPerToken(), 0, "fresh value");

        uint256 wrapped = _ready(29 * 8 + 20);
        setPooled(0);
        assertEq(wrapper.maxWithdraw(ALICE) + wrapper.totalAssets() + wrapper.weiPerToken(), 0, "empty");
        assertEq(wrapper.maxRedeem(ALICE), wrapped, "worthless shares can leave");
        vm.prank(ALICE);
        assertEq(wrapper.redeem(wrapped, ALICE, ALICE), 0, "for nothing now");
        setPooled(7 ether);
        assertTrue(token.balanceOf(ALICE) > 0, "and have their part of what comes back");
    }

    function testFuzz_noDonationEverRobsADepositor(uint256 seed, uint256 bait, uint256 gift, uint256 assets) external {
        uint256 held = atAnyRate(seed);
        vm.prank(ALICE);
        token.transferShares(BOB, held / 2);
        _wrapAll(BOB, bound(bait, 0, held / 2));
        vm.startPrank(BOB);
        token.transferShares(address(wrapper), bound(gift, 0, token.sharesOf(BOB)));
        vm.stopPrank();
        assets = buyable(bound(assets, 0, token.balanceOf(ALICE)));
        uint256 shares = token.sharesForWei(assets);
        vm.startPrank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        assertEq(wrapper.deposit(assets, ALICE), shares, "as if there were no gift");
        assertEq(wrapper.redeem(shares, ALICE, ALICE), token.weiForShares(shares), "and all comes back");
        vm.stopPrank();
        assertEq(token.sharesOf(ALICE), held - held / 2, "to the share");
    }

    function _wrapAll(address who, uint256 shares) private {
        vm.startPrank(who);
        token.approve(address(wrapper), type(uint256).max);
        wrapper.mint(shares, who);
        vm.stopPrank();
    }
}
