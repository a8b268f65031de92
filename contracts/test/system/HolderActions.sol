// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "./Ledger.sol";

/// @notice What holders, and anyone, do. Each action returns whether it had its effect.
abstract contract HolderActions is Ledger {
    function _deposit(uint256 seed) internal rateNeverFalls returns (bool) {
        address a = actor(seed);
        uint256 amount = bound(seed >> 8, 1 gwei, 200 ether);
        if (amount > pool.stakeLimitWei()) return false;
        vm.deal(a, amount);
        uint256 part = bound(seed >> 128, 0, amount);
        uint256 splitShares = token.sharesForWei(part) + token.sharesForWei(amount - part);
        vm.prank(a);
        uint256 shares = pool.deposit{value: amount}(a, 0);
        expect(splitShares <= shares, "splitting a deposit pays");
        ledgerWei += amount;
        return true;
    }

    function _transfer(uint256 seed) internal rateNeverFalls returns (bool) {
        (address from, address to) = (actor(seed), actor(seed >> 8));
        uint256 both = token.sharesOf(from) + token.sharesOf(to);
        if (seed & 1 == 0) {
            uint256 amount = bound(seed >> 16, 0, token.balanceOf(from));
            vm.prank(from);
            token.transfer(to, amount);
        } else {
            uint256 shares = bound(seed >> 16, 0, token.sharesOf(from));
            vm.prank(from);
            token.transferShares(to, shares);
        }
        expect(from == to || token.sharesOf(from) + token.sharesOf(to) == both, "a transfer made or lost shares");
        return both > 0;
    }

    function _wrap(uint256 seed) internal rateNeverFalls returns (bool) {
        address a = actor(seed);
        uint256 amount = bound(seed >> 16, 0, token.balanceOf(a));
        vm.prank(a);
        token.approve(address(wrapper), amount);
        vm.prank(a);
        return wrapper.deposit(amount, a) > 0;
    }

    function _unwrap(uint256 seed) internal rateNeverFalls returns (bool) {
        address a = actor(seed);
        uint256 amount = bound(seed >> 16, 0, wrapper.balanceOf(a));
        vm.prank(a);
        wrapper.redeem(amount, a, a);
        return true;
    }

    function _request(uint256 seed) internal rateNeverFalls returns (bool) {
        address a = actor(seed);
        uint256 most = token.balanceOf(a) > 1000 ether ? 1000 ether : token.balanceOf(a);
        if (most < 1 gwei) return false;
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = bound(seed >> 16, 1 gwei, most);
        vm.prank(a);
        token.approve(address(queue), amounts[0]);
        vm.prank(a);
        queue.request(amounts, a);
        return true;
    }

    /// @dev Claims the first finalized request that is unclaimed, from `seed` on.
    function _claim(uint256 seed) internal rateNeverFalls returns (bool) {
        (, uint64 finalized) = queue.bounds();
        for (uint256 k = 0; k < finalized; ++k) {
            uint256 id = 1 + (seed % finalized + k) % finalized;
            (,,,, bool claimed) = queue.requestOf(id);
            if (claimed) continue;
            _claimOne(id);
            return true;
        }
        return false;
    }

    function _claimOne(uint256 id) internal {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory batches = new uint256[](1);
        (ids[0], batches[0]) = (id, queue.batchOf(id));
        address owner = queue.ownerOf(id);
        uint256 before = owner.balance;
        vm.prank(owner);
        queue.claim(ids, batches, payable(owner));
        expect(owner.balance - before == frozenPayoutWei[id], "paid otherwise than at finalization");
        paidWei[batches[0]] += owner.balance - before;
        expect(paidWei[batches[0]] <= queue.batchAt(batches[0]).lockWei, "a batch paid more than its lock");
    }

    function _settle(uint256 seed) internal rateNeverFalls returns (bool) {
        uint256 count = queue.batchCount();
        if (count == 0) return false;
        queue.settle(seed % count, 1 + (seed >> 8) % 3);
        return true;
    }

    /// @dev Forced ether is nobody's until it is skimmed to all.
    function _force(uint256 seed) internal rateNeverFalls returns (bool) {
        uint256 extra = bound(seed, 1, 1 ether);
        vm.deal(address(pool), address(pool).balance + extra);
        uint256 before = address(rewardsVault).balance;
        pool.skim();
        expect(address(rewardsVault).balance == before + extra, "skimmed otherwise than forced");
        return true;
    }
}
