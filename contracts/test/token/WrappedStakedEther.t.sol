// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice The wrapper as an ERC-4626 property suite would test it, at every rate.
contract WrappedStakedEtherTest is TokenFixture {
    /// @dev Alice holds tokens at some rate, half of them wrapped, and the wrapper may take the rest.
    function _ready(uint256 shares, uint256 rate) private returns (uint256 wrapped) {
        uint256 held = atRate(shares, rate);
        vm.prank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        wrapped = held / 2;
        vm.prank(ALICE);
        wrapper.mint(wrapped, ALICE);
    }

    function _oneShareEach() private view {
        assertEq(token.sharesOf(address(wrapper)), wrapper.totalSupply(), "one share for each wrapped token");
    }

    function testFuzz_depositGivesWhatItsPreviewSays(uint256 shares, uint256 rate, uint256 assets) external {
        _ready(shares, rate);
        assets = buyable(bound(assets, 0, token.balanceOf(ALICE)));
        uint256 preview = wrapper.previewDeposit(assets);
        uint256 before = token.sharesOf(ALICE);
        vm.prank(ALICE);
        uint256 minted = wrapper.deposit(assets, BOB);
        assertEq(minted, preview, "preview");
        assertEq(wrapper.balanceOf(BOB), minted, "receiver");
        assertEq(before - token.sharesOf(ALICE), minted, "exactly these shares were taken");
        assertLe(minted, wrapper.convertToShares(assets), "rounds down");
        _oneShareEach();
    }

    function testFuzz_mintTakesWhatItsPreviewSays(uint256 shares, uint256 rate, uint256 amount) external {
        _ready(shares, rate);
        amount = bound(amount, 0, token.sharesOf(ALICE));
        uint256 preview = wrapper.previewMint(amount);
        vm.prank(ALICE);
        uint256 assets = wrapper.mint(amount, BOB);
        assertEq(assets, preview, "preview");
        assertEq(wrapper.balanceOf(BOB), amount, "receiver");
        assertLe(wrapper.convertToAssets(amount), assets, "rounds up");
        _oneShareEach();
    }

    function testFuzz_withdrawTakesWhatItsPreviewSays(uint256 shares, uint256 rate, uint256 assets) external {
        _ready(shares, rate);
        assets = bound(assets, 0, wrapper.maxWithdraw(ALICE));
        uint256 preview = wrapper.previewWithdraw(assets);
        uint256 before = wrapper.balanceOf(ALICE);
        vm.prank(ALICE);
        uint256 burned = wrapper.withdraw(assets, BOB, ALICE);
        assertEq(burned, preview, "preview");
        assertEq(before - wrapper.balanceOf(ALICE), burned, "burned");
        assertLe(assets, token.balanceOf(BOB), "the receiver has at least the assets");
        _oneShareEach();
    }

    function testFuzz_redeemGivesWhatItsPreviewSays(uint256 shares, uint256 rate, uint256 amount) external {
        amount = bound(amount, 0, _ready(shares, rate));
        uint256 preview = wrapper.previewRedeem(amount);
        vm.prank(ALICE);
        uint256 assets = wrapper.redeem(amount, BOB, ALICE);
        assertEq(assets, preview, "preview");
        assertEq(token.balanceOf(BOB), assets, "received");
        assertLe(assets, wrapper.convertToAssets(amount), "rounds down");
        _oneShareEach();
    }

    function testFuzz_noRoundTripPays(uint256 shares, uint256 rate, uint256 amount) external {
        _ready(shares, rate);
        uint256 before = token.sharesOf(ALICE) + wrapper.balanceOf(ALICE);
        uint256 assets = buyable(bound(amount, 0, token.balanceOf(ALICE)));
        vm.prank(ALICE);
        uint256 minted = wrapper.deposit(assets, ALICE);
        vm.prank(ALICE);
        assertLe(wrapper.redeem(minted, ALICE, ALICE), assets, "deposit, redeem");

        minted = bound(amount, 0, token.sharesOf(ALICE));
        vm.prank(ALICE);
        uint256 paid = wrapper.mint(minted, ALICE);
        vm.prank(ALICE);
        assertLe(wrapper.redeem(minted, ALICE, ALICE), paid, "mint, redeem");

        assets = buyable(bound(amount, 0, wrapper.maxWithdraw(ALICE)));
        vm.prank(ALICE);
        uint256 burned = wrapper.withdraw(assets, ALICE, ALICE);
        vm.prank(ALICE);
        assertLe(wrapper.deposit(assets, ALICE), burned, "withdraw, deposit");

        minted = bound(amount, 0, wrapper.balanceOf(ALICE));
        vm.prank(ALICE);
        assets = wrapper.redeem(minted, ALICE, ALICE);
        vm.prank(ALICE);
        assertLe(assets, wrapper.mint(minted, ALICE), "redeem, mint");
        assertEq(token.sharesOf(ALICE) + wrapper.balanceOf(ALICE), before, "not a share gained or lost");
        _oneShareEach();
    }

    function testFuzz_theMostIsPossibleAndNotMore(uint256 shares, uint256 rate) external {
        uint256 wrapped = _ready(shares, rate);
        assertEq(wrapper.maxDeposit(ALICE), type(uint256).max, "maxDeposit");
        assertEq(wrapper.maxMint(ALICE), type(uint256).max, "maxMint");
        assertEq(wrapper.maxRedeem(ALICE), wrapped, "maxRedeem");
        uint256 most = wrapper.maxWithdraw(ALICE);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxWithdraw.selector, ALICE, most + 1, most));
        wrapper.withdraw(most + 1, ALICE, ALICE);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxRedeem.selector, ALICE, wrapped + 1, wrapped));
        wrapper.redeem(wrapped + 1, ALICE, ALICE);
        assertEq(fingerprint(), before, "changed");
        vm.prank(ALICE);
        wrapper.withdraw(most, ALICE, ALICE);
        assertEq(wrapper.maxRedeem(BOB) + wrapper.maxWithdraw(BOB), 0, "nothing for who has nothing");
    }

    function testFuzz_othersNeedAnAllowance(uint256 shares, uint256 rate, uint256 amount) external {
        amount = bound(amount, 1, _ready(shares, rate));
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, BOB, 0, amount));
        wrapper.redeem(amount, BOB, ALICE);
        assertEq(fingerprint(), before, "changed");
        vm.prank(ALICE);
        wrapper.approve(BOB, amount);
        vm.prank(BOB);
        wrapper.redeem(amount, CAROL, ALICE);
        assertEq(wrapper.allowance(ALICE, BOB), 0, "spent");
        assertEq(token.sharesOf(CAROL), amount, "to the receiver");
    }

    function test_depositingNeedsAnAllowanceForTheAsset() external {
        mint(ALICE, 5 ether);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(wrapper), 0, 1 ether)
        );
        wrapper.deposit(1 ether, ALICE);
        assertEq(fingerprint(), before, "changed");
    }

    function testFuzz_aGiftToTheWrapperChangesNothing(uint256 shares, uint256 rate, uint256 gift) external {
        uint256 wrapped = _ready(shares, rate);
        uint256 assets = wrapper.totalAssets();
        uint256 value = wrapper.previewRedeem(wrapped);
        uint256 price = wrapper.previewMint(1e18);
        gift = bound(gift, 0, token.sharesOf(ALICE));
        vm.prank(ALICE);
        token.transferShares(address(wrapper), gift);
        assertEq(wrapper.totalAssets(), assets, "assets");
        assertEq(wrapper.previewRedeem(wrapped), value, "value");
        assertEq(wrapper.previewMint(1e18), price, "price");
        assertEq(token.sharesOf(address(wrapper)), wrapper.totalSupply() + gift, "the gift lies there");
    }

    function test_theFirstDepositorCannotBeRobbedByInflation() external {
        mint(BOB, 100 ether);
        mint(ALICE, 50 ether);
        vm.prank(BOB);
        token.approve(address(wrapper), type(uint256).max);
        vm.prank(BOB);
        wrapper.mint(1, BOB);
        vm.prank(BOB);
        token.transfer(address(wrapper), 99 ether);
        vm.prank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        vm.prank(ALICE);
        uint256 minted = wrapper.deposit(50 ether, ALICE);
        vm.prank(ALICE);
        assertEq(wrapper.redeem(minted, ALICE, ALICE), 50 ether, "all of it");
    }

    function test_valueRisesWithRewardsAndTheCountStays() external {
        mint(ALICE, 10 ether);
        vm.prank(ALICE);
        token.approve(address(wrapper), type(uint256).max);
        vm.prank(ALICE);
        wrapper.deposit(10 ether, ALICE);
        assertEq(wrapper.weiPerToken(), 1 ether, "before");
        setPooled(11 ether * 12 / 10);
        assertEq(wrapper.balanceOf(ALICE), 10 ether, "count");
        assertEq(wrapper.weiPerToken(), 1.2 ether, "value");
        assertEq(wrapper.totalAssets(), 12 ether, "assets");
    }

    function test_zeroGivesZero() external view {
        assertEq(
            wrapper.previewDeposit(0) + wrapper.previewMint(0) + wrapper.previewWithdraw(0) + wrapper.previewRedeem(0),
            0,
            "previews"
        );
        assertEq(wrapper.convertToAssets(0) + wrapper.convertToShares(0) + wrapper.totalAssets(), 0, "converts");
        assertEq(wrapper.decimals(), 18, "decimals");
        assertEq(wrapper.asset(), address(token), "asset");
    }
}
