// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {StakedEther} from "../../src/StakedEther.sol";
import {WrappedStakedEther} from "../../src/WrappedStakedEther.sol";
import {TestBase} from "../TestBase.sol";

/// @notice Token and wrapper, driven from the address that the token takes for the pool.
abstract contract TokenFixture is TestBase {
    address internal constant POOL = address(0x9001);
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA201);
    address internal constant DEAD = address(0xdEaD);

    StakedEther internal token;
    WrappedStakedEther internal wrapper;

    function setUp() public virtual {
        token = new StakedEther(POOL);
        wrapper = new WrappedStakedEther(token);
        mint(DEAD, 1 ether);
    }

    /// @dev As a pool without anything due: at the plain rate.
    function mint(address to, uint256 weiAmount) internal returns (uint256 shares) {
        (uint256 pooledWei, uint256 total) = token.totals();
        shares = total == 0 ? weiAmount : token.sharesForWei(weiAmount);
        if (total > 0 && pooledWei == 0) shares = 0;
        vm.prank(POOL);
        token.mint(to, weiAmount, shares);
    }

    function setPooled(uint256 pooledWei) internal {
        rebase(pooledWei, DEAD, 0, 0);
    }

    function rebase(uint256 pooledWei, address burnFrom, uint256 burnShares, uint256 feeShares) internal {
        vm.prank(POOL);
        token.applyRebase(pooledWei, burnFrom, burnShares, CAROL, feeShares);
    }

    /// @dev A rate between 1e-9 and 1e9 wei a share, with Alice holding `shares` shares.
    function atRate(uint256 shares, uint256 rateSeed) internal returns (uint256 held) {
        held = bound(shares, 1e9, 1e26);
        mint(ALICE, held);
        (, uint256 total) = token.totals();
        setPooled(bound(rateSeed, total / 1e9 + 1, total > 1e29 / 1e9 ? 1e29 : total * 1e9));
    }

    /// @dev Any rate from 1e-9 to 1e9 wei a share at any total from 2 to 2^96, every magnitude alike; in half of the cases the
    /// bootstrap shares are burned to one, so that small totals are reached. Alice holds the rest.
    function atAnyRate(uint256 seed) internal returns (uint256 held) {
        uint256 digits = seed % 29;
        held = bound(seed >> 8, 10 ** digits, digits == 28 ? 7e28 : 10 ** (digits + 1));
        mint(ALICE, held);
        if (seed >> 255 == 1) rebase(1, DEAD, 1 ether - 1, 0);
        (, uint256 total) = token.totals();
        uint256 pooledWei = total * bound(seed >> 128, 1e8, 1e9) / 10 ** (seed / 29 % 18);
        setPooled(bound(pooledWei, 1, 1 << 96));
    }

    /// @dev Lifts a rate that nobody may buy at to the least one.
    function liftToFloor() internal {
        (uint256 pooledWei, uint256 total) = token.totals();
        if (pooledWei * 100 < total) setPooled(total / 100 + 1);
    }

    /// @dev `assets`, or nothing when they buy no share: the wrapper refuses those.
    function buyable(uint256 assets) internal view returns (uint256) {
        return token.sharesForWei(assets) == 0 ? 0 : assets;
    }

    /// @dev All of an account and of the totals that a refused call must leave.
    function fingerprint() internal view returns (bytes32) {
        (uint256 pooledWei, uint256 shares) = token.totals();
        return keccak256(
            abi.encode(
                [pooledWei, shares, token.sharesOf(ALICE), token.sharesOf(BOB), token.sharesOf(address(wrapper))],
                [token.allowance(ALICE, BOB), wrapper.totalSupply(), wrapper.balanceOf(ALICE), wrapper.balanceOf(BOB)],
                [token.nonces(ALICE), wrapper.allowance(ALICE, BOB)]
            )
        );
    }
}
