// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LastReport} from "../../src/interfaces/Types.sol";
import {Signer} from "../Signer.sol";
import {DoubtActions} from "./DoubtActions.sol";

/// @notice Drives the whole set at random. Every call also makes the next action in turn, so that each run of `ACTIONS` calls reaches all.
contract SystemHandler is DoubtActions {
    uint256 public constant ACTIONS = uint256(type(Effect).max) + 1;

    uint256 public turn;

    constructor() {
        deployAll();
        for (uint256 i = 0; i < MEMBERS; ++i) {
            memberIds.push(newMember());
        }
        vm.prank(MEMBERSHIP);
        committee.admit(memberIds);
        _giveOperator();
        bookDeposit(pool.DEAD(), BOOTSTRAP_WEI);
        for (uint256 i = 0; i < ACTORS; ++i) {
            _deposit(i | 150 ether << 8);
        }
    }

    /// @notice Gives the pool its first validator; once.
    function begin() external {
        _fund(0);
    }

    receive() external payable {}

    function step(uint256 action, uint256 seed) external {
        _do(action % ACTIONS, seed);
        _do(turn++ % ACTIONS, uint256(keccak256(abi.encode(seed))));
    }

    /// @dev Action k has effect k.
    function _do(uint256 action, uint256 seed) private {
        function(uint256) internal[46] memory all = [
            _deposit,
            _transfer,
            _transferShares,
            _transferFrom,
            _wrap,
            _unwrap,
            _request,
            _claim,
            _settle,
            _force,
            _forceQueue,
            _fund,
            _reward,
            _loss,
            _sweep,
            _exit,
            _executionReward,
            _gift,
            _plainReport,
            _finalization,
            _reportWithAbsent,
            _bunkerReport,
            _accept,
            _reject,
            _lapse,
            _replace,
            _admit,
            _eject,
            _remove,
            _leave,
            _slash,
            _pauseAndResume,
            _silence,
            _claimFee,
            _bigLoss,
            _regain,
            _confirm,
            _silenceInDoubt,
            _silenceAtKnown,
            _provenLie,
            _heldLoss,
            _useBucket,
            _forceVault,
            _withhold,
            _firstEther,
            _endFirst
        ];
        assertEq(all.length, ACTIONS, "an action for each effect");
        uint256 before = reached[Effect(action)];
        all[action](seed);
        expect(reached[Effect(action)] > before, string.concat("without effect: action ", vm.toString(action)));
    }

    function check() external view {
        if (surprises.length > 0) assertTrue(false, surprises[0]);
        _checkShares();
        _checkEther();
        _checkQueue();
        _checkCommittee();
    }

    function _checkShares() private view {
        (uint256 pooledWei, uint256 shares) = token.totals();
        (uint256 held, uint256 balances) = (0, 0);
        address[6] memory others =
            [pool.DEAD(), TREASURY, address(queue), address(registry), address(wrapper), OPERATOR_RECIPIENT];
        for (uint256 i = 0; i < ACTORS + 6; ++i) {
            address holder = i < ACTORS ? actor(i) : others[i - ACTORS];
            assertEq(token.sharesOf(holder), sharesBy[holder], "a holder's shares are the ledger's");
            held += token.sharesOf(holder);
            balances += token.balanceOf(holder);
        }
        assertEq(held, shares, "shares sum to the total");
        assertEq(shares, ledgerShares, "shares are the ledger's");
        assertEq(pooledWei, ledgerWei, "pooled ether is the ledger's");
        assertLe(balances, pooledWei, "balances sum to no more than is pooled");
        assertEq(wrapper.totalSupply(), token.sharesOf(address(wrapper)), "one share for each wrapped token");
        bool nothing = token.sharesForWei(0) == 0 && token.sharesForWeiUp(0) == 0 && token.weiForShares(0) == 0
            && token.weiForSharesUp(0) == 0 && wrapper.convertToAssets(0) == 0 && wrapper.convertToShares(0) == 0;
        assertTrue(nothing, "zero is worth zero");
    }

    function _checkEther() private view {
        (uint256 pooledWei,) = token.totals();
        uint256 inFlight = more.depositedWei() - more.lastReport().depositedWei;
        uint256 reportedWei = _reportedGwei() * 1 gwei;
        uint256 bookedWei = more.bufferedWei() + unprovenIds.length * 1 ether + reportedWei + inFlight;
        assertLe(pooledWei, bookedWei, "recognised ether is booked");
        assertEq(more.unrecognisedWei(), bookedWei - pooledWei, "the rest is due");
        assertEq(more.bufferedWei(), ledgerBufferWei, "the buffer is the ledger's");
        assertEq(address(pool).balance, more.bufferedWei(), "the pool holds its buffer");
        assertEq(address(queue).balance, queue.lockedWei() + forcedQueueWei, "the queue holds its locks");
        assertLe(pulledWei, allowedWei, "vaults lost no more than was reported");
        assertEq(
            address(depositContract).balance,
            more.depositedWei() + unprovenIds.length * 1 ether + lostFirstWei,
            "deposits are at the deposit contract"
        );
        assertEq(more.depositedWei(), ledgerDepositedWei, "deposited as the ledger says");
        assertEq(validatorBook.unprovenCount(), unprovenIds.length, "keys that are not proven");
        assertEq(address(registry).balance, registry.operatorInfo(0).bondWei, "the registry holds the bonds");
        assertEq(
            address(pool).balance + address(queue).balance + address(withdrawalVault).balance
                + address(rewardsVault).balance + (clGwei + inFlightGwei) * 1 gwei + unprovenIds.length * 1 ether,
            inWei - outWei,
            "no ether is made or lost"
        );
    }

    function _reportedGwei() private view returns (uint256) {
        LastReport memory last = more.lastReport();
        return uint256(last.clValidatorsGwei) + last.clPendingGwei + last.clInFlightGwei - last.unprovenGwei;
    }

    function _checkQueue() private view {
        (uint64 last, uint64 finalized) = queue.bounds();
        assertEq(finalized, frozenUpTo, "finalized as the ledger says");
        uint256 owedShares = 0;
        uint256 owedWei = 0;
        for (uint256 id = 1; id <= last; ++id) {
            (,,,, bool claimed) = queue.requestOf(id);
            if (id > finalized) {
                owedShares += requestShares[id];
            } else {
                assertEq(queue.payoutOf(id), frozenPayoutWei[id], "a finalized payout changed");
                if (!claimed) owedWei += frozenPayoutWei[id];
            }
        }
        assertEq(token.sharesOf(address(queue)), owedShares, "the queue holds the shares of its requests");
        assertLe(owedWei, queue.lockedWei(), "every finalized request can be paid");
    }

    function _checkCommittee() private view {
        uint256 bondsWei = 0;
        for (uint256 i = 0; i < allMembers.length; ++i) {
            bondsWei += committee.member(allMembers[i]).bondWei;
        }
        assertEq(address(committee).balance, bondsWei, "the committee holds the bonds");
        (, bytes32[] memory ids) = committee.committeeAt(type(uint64).max);
        uint256 secrets = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            secrets += secretOfId[ids[i]];
        }
        bytes32 sum = keccak256(abi.encode(committee.keySumAt(type(uint64).max)));
        assertEq(sum, keccak256(abi.encode(Signer.keyOf(secrets))), "the sum of all keys is the members' keys'");
    }

    /// @notice Nothing is stuck for ever: all holders leave, all validators exit, one report finalizes everything that waits, all is
    /// claimed, and what stays in the queue is what was forced into it. The rest is accounted for by `check`.
    function windUp() external {
        for (uint256 i = 0; i < ACTORS; ++i) {
            address a = actor(i);
            if (wrapper.balanceOf(a) > 0) _unwrapNow(a, wrapper.balanceOf(a));
            for (uint256 left = token.balanceOf(a); left >= 1 gwei; left = token.balanceOf(a)) {
                _requestNow(a, left > 1000 ether ? 1000 ether : left);
            }
        }
        _openDeposits();
        _endAllFirst();
        _exitAll();
        _finalizeAll();
        while (_claimAny(0)) {}
        while (_settleAny(0, type(uint256).max)) {}
        assertEq(queue.lockedWei(), 0, "ether stays locked");
        assertEq(address(queue).balance, forcedQueueWei, "what stays in the queue was forced into it");
        assertEq(token.sharesOf(address(queue)), 0, "shares of nobody stay");
        for (uint256 i = 0; i < ACTORS; ++i) {
            assertLe(token.balanceOf(actor(i)), 1 gwei, "a holder keeps dust at most");
        }
        this.check();
    }
}
