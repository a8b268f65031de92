// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WorldActions} from "./WorldActions.sol";
import {Signer} from "../Signer.sol";
import {TestBase} from "../TestBase.sol";

/// @notice Drives the whole set at random. Every call also makes the next action in turn, so that a run of some dozen calls reaches each.
contract SystemHandler is WorldActions {
    uint256 public constant ACTIONS = 20;

    /// @notice How often each action had its effect.
    uint256[ACTIONS] public reached;
    uint256 private _turn;

    constructor() {
        deployAll();
        for (uint256 i = 0; i < MEMBERS; ++i) {
            memberIds.push(newMember());
        }
        vm.prank(MEMBERSHIP);
        committee.admit(memberIds);
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("operator", address(this), address(0xFEE), 1000);
        ledgerWei = BOOTSTRAP_WEI;
        reportedDepositedWei = 0;
        // A start from which every action is possible: staked, funded, with a finalized request and a fee.
        for (uint256 i = 0; i < ACTORS; ++i) {
            _deposit(i | 150 ether << 8);
        }
        for (uint256 i = 0; i < 3; ++i) {
            _fund(0);
        }
        for (uint256 i = 0; i < 12; ++i) {
            _request(i);
        }
        _executionReward(1);
        _reward(0);
        _reportFrame(1);
        _reward(type(uint256).max / 2);
        _reportFrame(1);
        expect(queue.batchCount() > 0, "the start finalized nothing");
    }

    receive() external payable {}

    function step(uint256 action, uint256 seed) external {
        _do(action % ACTIONS, seed);
        _do(_turn++ % ACTIONS, uint256(keccak256(abi.encode(seed))));
    }

    function _do(uint256 action, uint256 seed) private {
        function(uint256) internal returns (bool)[ACTIONS] memory all = [
            _deposit,
            _transfer,
            _wrap,
            _unwrap,
            _request,
            _claim,
            _settle,
            _force,
            _fund,
            _reward,
            _loss,
            _sweep,
            _executionReward,
            _reportFrame,
            _quarantine,
            _changeCommittee,
            _equivocate,
            _pauseAndResume,
            _silence,
            _claimFee
        ];
        if (all[action](seed)) ++reached[action];
    }

    function check() external view {
        if (surprises.length > 0) assertTrue(false, surprises[0]);
        (uint256 pooledWei, uint256 shares) = token.totals();
        uint256 held = token.sharesOf(pool.DEAD()) + token.sharesOf(TREASURY) + token.sharesOf(address(queue))
            + token.sharesOf(address(registry)) + token.sharesOf(address(wrapper)) + token.sharesOf(address(0xFEE));
        uint256 balances = token.balanceOf(pool.DEAD());
        for (uint256 i = 0; i < ACTORS; ++i) {
            held += token.sharesOf(actor(i));
            balances += token.balanceOf(actor(i));
        }
        assertEq(held, shares, "shares sum to the total");
        assertLe(balances, pooledWei, "balances sum to no more than is pooled");
        assertEq(wrapper.totalSupply(), token.sharesOf(address(wrapper)), "one share for each wrapped token");
        _checkEther(pooledWei);
        _checkQueue();
        _checkCommittee();
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
        assertEq(
            sum, keccak256(abi.encode(Signer.keyOf(secrets))), "the sum of all keys is the sum of the members' keys"
        );
    }

    function _checkEther(uint256 pooledWei) private view {
        uint256 inFlight = pool.depositedWei() - pool.lastReport().depositedWei;
        uint256 clWei = (uint256(pool.lastReport().clValidatorsGwei) + pool.lastReport().clPendingGwei) * 1 gwei;
        assertEq(pooledWei, pool.bufferedWei() + clWei + inFlight, "pooled ether is its buckets");
        assertEq(pooledWei, ledgerWei, "pooled ether is the ledger's");
        assertEq(address(pool).balance, pool.bufferedWei(), "the pool holds its buffer");
        assertEq(address(queue).balance, queue.lockedWei(), "the queue holds its locks");
        assertLe(pulledWei, allowedWei, "vaults lost no more than was reported");
        assertEq(address(depositContract).balance, pool.depositedWei(), "deposits are at the deposit contract");
        assertEq(pool.depositedWei(), uint256(validators) * 32 ether, "32 ether each");
    }

    function _checkQueue() private view {
        (uint64 last, uint64 finalized) = queue.bounds();
        uint256 owedShares = pool.pendingBurnShares();
        uint256 owedWei = 0;
        for (uint256 id = 1; id <= last; ++id) {
            (, uint256 shares,,, bool claimed) = queue.requestOf(id);
            if (id > finalized) {
                owedShares += shares;
            } else {
                assertEq(queue.payoutOf(id), frozenPayoutWei[id], "a finalized payout changed");
                if (!claimed) owedWei += frozenPayoutWei[id];
            }
        }
        assertEq(
            token.sharesOf(address(queue)), owedShares, "the queue holds the shares of open requests and pending burns"
        );
        assertLe(owedWei, queue.lockedWei(), "every finalized request can be paid");
    }

    /// @notice Nothing is stuck for ever: a few reports finalize everything, everything is claimed, and not a wei stays in the queue.
    function windUp() external {
        uint256 amountGwei = clGwei;
        clGwei = 0;
        vm.deal(address(withdrawalVault), address(withdrawalVault).balance + amountGwei * 1 gwei);
        for (uint256 i = 0; i < 3; ++i) {
            vm.warp(block.timestamp + 2 hours);
            _reportFrame(1);
        }
        (uint64 last, uint64 finalized) = queue.bounds();
        assertEq(finalized, last, "a request waits for ever");
        while (_claim(0)) {}
        for (uint256 i = 0; i < queue.batchCount(); ++i) {
            queue.settle(i, type(uint256).max);
        }
        assertEq(queue.lockedWei() + address(queue).balance, 0, "ether stays in the queue");
        this.check();
    }
}

contract SystemInvariantTest is TestBase {
    SystemHandler private handler;

    function setUp() public {
        handler = new SystemHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](1);
        targets[0].selectors[0] = SystemHandler.step.selector;
    }

    function test_theStartIsSound() public view {
        handler.check();
    }

    function test_theStartCanBeWoundUp() public {
        handler.windUp();
    }

    /// @dev One function, since each has a campaign of its own: all must hold after every call.
    function invariant_sharesEtherAndQueueAddUp() public view {
        handler.check();
    }

    /// @dev At the end of every run: each action had its effect, and everything can be wound up.
    function afterInvariant() public {
        for (uint256 i = 0; i < handler.ACTIONS(); ++i) {
            assertTrue(handler.reached(i) > 0, string.concat("never reached: action ", vm.toString(i)));
        }
        handler.windUp();
    }
}
