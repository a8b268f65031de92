// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Forecast} from "./Forecast.sol";

/// @notice What holders, and anyone, do. Each action first makes sure that it can have its effect.
abstract contract HolderActions is Forecast {
    function _deposit(uint256 seed) internal {
        uint256 amount = bound(seed >> 8, 1 gwei, 200 ether);
        _openDeposits();
        if (amount > more.stakeLimitWei()) vm.warp(block.timestamp + 1 days);
        _depositNow(actor(seed), amount, bound(seed >> 128, 0, amount));
    }

    /// @dev Ends what closes deposits: a held report, an unconfirmed loss, a false rate.
    function _openDeposits() internal virtual;

    function _depositNow(address a, uint256 amount, uint256 part) private rateNeverFalls {
        vm.deal(a, a.balance + amount);
        uint256 splitShares = pool.sharesForDeposit(part) + pool.sharesForDeposit(amount - part);
        (uint256 priceWei, uint256 priceShares) = pool.depositPrice();
        vm.prank(a);
        uint256 shares = pool.deposit{value: amount}(a, 0);
        expect(splitShares <= shares, "splitting a deposit pays");
        (uint256 nextWei, uint256 nextShares) = pool.depositPrice();
        // To the share that rounding leaves.
        expect(nextWei * priceShares >= priceWei * nextShares, "a deposit lowers the price");
        expect(nextWei * (priceShares - 1) <= priceWei * nextShares, "a deposit raises the price");
        expect(token.weiForShares(shares) <= amount, "a deposit is worth more than it cost");
        expect(shares == bookDeposit(a, amount), "minted otherwise");
        reach(Effect.Deposit);
    }

    /// @dev A holder with something to move; makes one when there is none.
    function _holder(uint256 seed) internal returns (address a) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            a = actor(seed % ACTORS + i);
            if (token.balanceOf(a) > 2 gwei) return a;
        }
        _deposit(seed | 10 ether << 8);
        return actor(seed);
    }

    function _transfer(uint256 seed) internal {
        _transferNow(_holder(seed), actor(seed >> 8), seed >> 16);
    }

    function _transferNow(address from, address to, uint256 seed) private rateNeverFalls {
        uint256 amount = bound(seed, 1, token.balanceOf(from));
        moveShares(from, to, sharesFor(amount));
        vm.prank(from);
        token.transfer(to, amount);
        reach(Effect.Transfer);
    }

    function _transferShares(uint256 seed) internal {
        _transferSharesNow(_holder(seed), actor(seed >> 8), seed >> 16);
    }

    function _transferSharesNow(address from, address to, uint256 seed) private rateNeverFalls {
        uint256 shares = bound(seed, 1, token.sharesOf(from));
        moveShares(from, to, shares);
        vm.prank(from);
        token.transferShares(to, shares);
        reach(Effect.TransferShares);
    }

    function _transferFrom(uint256 seed) internal {
        _transferFromNow(_holder(seed), actor(seed >> 8), seed >> 16);
    }

    function _transferFromNow(address from, address to, uint256 seed) private rateNeverFalls {
        uint256 amount = bound(seed, 1, token.balanceOf(from));
        vm.prank(from);
        token.approve(to, amount);
        moveShares(from, to, sharesFor(amount));
        vm.prank(to);
        token.transferFrom(from, to, amount);
        expect(token.allowance(from, to) == 0, "an allowance is left");
        vm.prank(to);
        (bool ok,) = address(token).call(abi.encodeCall(token.transferFrom, (from, to, 1)));
        expect(!ok, "moved beyond the allowance");
        reach(Effect.TransferFrom);
    }

    function _wrap(uint256 seed) internal {
        _wrapNow(_holder(seed), seed >> 16);
    }

    function _wrapNow(address a, uint256 seed) private rateNeverFalls {
        uint256 amount = bound(seed, 1 gwei, token.balanceOf(a));
        uint256 shares = sharesFor(amount);
        moveShares(a, address(wrapper), shares);
        vm.prank(a);
        token.approve(address(wrapper), amount);
        vm.prank(a);
        expect(wrapper.deposit(amount, a) == shares && shares > 0, "wrapped otherwise");
        reach(Effect.Wrap);
    }

    function _unwrap(uint256 seed) internal {
        for (uint256 i = 0; i < ACTORS; ++i) {
            address a = actor(seed % ACTORS + i);
            if (wrapper.balanceOf(a) > 0) return _unwrapNow(a, bound(seed >> 16, 1, wrapper.balanceOf(a)));
        }
        _wrap(seed);
        _unwrap(seed);
    }

    function _unwrapNow(address a, uint256 amount) internal rateNeverFalls {
        moveShares(address(wrapper), a, amount);
        vm.prank(a);
        wrapper.redeem(amount, a, a);
        reach(Effect.Unwrap);
    }

    function _request(uint256 seed) internal {
        address a = _holder(seed);
        uint256 most = token.balanceOf(a) > 1000 ether ? 1000 ether : token.balanceOf(a);
        _requestNow(a, bound(seed >> 16, 1 gwei, most));
    }

    function _requestNow(address a, uint256 amount) internal rateNeverFalls {
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = amount;
        vm.prank(a);
        token.approve(address(queue), amount);
        vm.prank(a);
        uint256 id = queue.request(amounts, a)[0];
        requestShares[id] = sharesFor(amount);
        requestWei[id] = ledgerUnconfirmedGwei == 0 && !ledgerFalse
            ? weiFor(requestShares[id])
            : requestShares[id] * requestRate() / 1e18;
        requestFalls[id] = ledgerFalls;
        moveShares(a, address(queue), requestShares[id]);
        (uint256 valueWei, uint256 shares,,,) = queue.requestOf(id);
        expect(valueWei == requestWei[id] && shares == requestShares[id], "requested otherwise");
        bool doubt = ledgerUnconfirmedGwei > 0 || ledgerFalse;
        expect(doubt || valueWei <= amount, "a request is worth more than was asked");
        reach(Effect.Request);
    }

    /// @dev Claims the first finalized request that is unclaimed, from `seed` on.
    function _claimAny(uint256 seed) internal returns (bool) {
        for (uint256 k = 0; k < frozenUpTo; ++k) {
            uint256 id = 1 + (seed % frozenUpTo + k) % frozenUpTo;
            (,,,, bool claimed) = queue.requestOf(id);
            if (claimed) continue;
            _claimOne(id);
            return true;
        }
        return false;
    }

    function _claimOne(uint256 id) private rateNeverFalls {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory batches = new uint256[](1);
        (ids[0], batches[0]) = (id, queue.batchOf(id));
        address owner = queue.ownerOf(id);
        uint256 before = owner.balance;
        vm.prank(owner);
        queue.claim(ids, batches, payable(owner));
        expect(owner.balance - before == frozenPayoutWei[id], "paid otherwise than at finalization");
        outWei += owner.balance - before;
        paidWei[batches[0]] += owner.balance - before;
        expect(paidWei[batches[0]] <= queue.batchAt(batches[0]).lockWei, "a batch paid more than its lock");
        vm.prank(owner);
        (bool ok,) = address(queue).call(abi.encodeCall(queue.claim, (ids, batches, payable(owner))));
        expect(!ok, "claimed twice");
        reach(Effect.Claim);
    }

    /// @dev Counts on in the first batch that is not counted to its end, from `seed` on.
    function _settleAny(uint256 seed, uint256 maxRequests) internal returns (bool) {
        uint256 count = queue.batchCount();
        for (uint256 k = 0; k < count; ++k) {
            uint256 batch = (seed % count + k) % count;
            if (_settled(batch)) continue;
            _settleOne(batch, maxRequests);
            return true;
        }
        return false;
    }

    function _settled(uint256 batch) private view returns (bool) {
        return queue.batchAt(batch).settledCount == queue.batchAt(batch).lastId + 1 - queue.batchAt(batch).firstId;
    }

    function _settleOne(uint256 batch, uint256 maxRequests) private rateNeverFalls {
        uint256 payouts = 0;
        for (uint256 id = queue.batchAt(batch).firstId; id <= queue.batchAt(batch).lastId; ++id) {
            payouts += frozenPayoutWei[id];
        }
        uint256 count = queue.batchAt(batch).lastId + 1 - queue.batchAt(batch).firstId;
        uint256 before = address(pool).balance;
        queue.settle(batch, maxRequests);
        uint256 surplus = _settled(batch) ? queue.batchAt(batch).lockWei - payouts : 0;
        expect(address(pool).balance - before == surplus, "settled otherwise");
        expect(surplus <= count * 1e9, "a batch locks more than rounding leaves");
        ledgerBufferWei += surplus;
        if (_settled(batch)) reach(Effect.Settle);
    }

    /// @dev Forced ether is nobody's until it is skimmed to all.
    function _force(uint256 seed) internal rateNeverFalls {
        uint256 extra = bound(seed, 1, 1 ether);
        gift(address(pool), extra);
        more.skim();
        expect(more.bufferedWei() == ledgerBufferWei + extra, "skimmed otherwise than forced");
        ledgerBufferWei += extra;
        reach(Effect.Force);
    }

    function _forceQueue(uint256 seed) internal rateNeverFalls {
        uint256 extra = bound(seed, 1, 1 ether);
        gift(address(queue), extra);
        forcedQueueWei += extra;
        reach(Effect.ForceQueue);
    }
}
