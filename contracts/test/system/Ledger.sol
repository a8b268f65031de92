// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Certificate, Report} from "../../src/interfaces/Types.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "./Committee.sol";

/// @notice The whole set with a world around it (consensus layer, holders, members) and accounts of what must be true, in arithmetic of
/// its own.
abstract contract Ledger is Committee {
    uint256 internal constant ACTORS = 4;

    /// @notice Pooled ether by this ledger, in wei.
    uint256 public ledgerWei;
    /// @notice Ether of the pool's validators, in gwei, now and as last reported.
    uint256 public clGwei;
    uint256 internal reportedClGwei;
    uint256 internal reportedDepositedWei;
    uint32 internal validators;
    uint32 internal exited;
    /// @notice Ether that reports pulled from the vaults, by the vaults' balances, and what the reports allowed.
    uint256 public pulledWei;
    uint256 public allowedWei;
    /// @notice Things that went otherwise than this ledger says.
    string[] public surprises;

    /// @dev What each finalized request must pay, for ever.
    mapping(uint256 id => uint256) internal frozenPayoutWei;
    mapping(uint256 batch => uint256) internal paidWei;
    uint256 internal frozenUpTo;
    mapping(bytes32 id => uint256) internal secretOfId;
    bytes32[] internal allMembers;

    function actor(uint256 seed) internal pure returns (address) {
        return address(uint160(0xAC00 + seed % ACTORS));
    }

    function expect(bool ok, string memory what) internal {
        if (!ok) surprises.push(what);
    }

    function rate() internal view returns (uint256 pooledWei, uint256 shares) {
        return token.totals();
    }

    /// @dev Runs around what must never lower the share rate.
    modifier rateNeverFalls() {
        (uint256 pooledWei, uint256 shares) = rate();
        _;
        (uint256 pooledAfter, uint256 sharesAfter) = rate();
        expect(pooledWei * sharesAfter <= pooledAfter * shares, "the rate fell without a report");
    }

    function newMember() internal returns (bytes32 id) {
        id = registerMember(allMembers.length);
        secretOfId[id] = secretOf(allMembers.length);
        allMembers.push(id);
    }

    /// @dev Certificate by all members in force but the `absent` last ones.
    function certifyInForce(Report memory r, uint256 absent) internal view returns (Certificate memory c) {
        (, bytes32[] memory ids) = committee.committeeAt(r.refSlot);
        uint256 sum = 0;
        c.signers = new uint256[](1);
        for (uint256 i = 0; i + absent < ids.length; ++i) {
            sum += secretOfId[ids[i]];
            c.signers[0] |= 1 << i;
        }
        c.signature = Signer.sign(sum, oracle.voteMessage(r.committee, r.refSlot, oracle.digest(r)));
    }

    /// @dev What the world looks like at the frame's reference slot.
    function truth(uint64 refSlot, BlockProof memory proof, bool bunker) internal view returns (Report memory r) {
        r = quietReport(refSlot, proof);
        r.clValidatorsGwei = uint64(clGwei);
        r.validators = validators;
        r.exited = exited;
        r.depositedWei = uint128(pool.depositedWei());
        r.bunker = bunker;
        r.finalizeUpTo = bunker ? 0 : ripeRequest(refSlot);
    }

    /// @dev Newest request that is old enough at the reference slot.
    function ripeRequest(uint64 refSlot) internal view returns (uint64 id) {
        (id,) = queue.bounds();
        uint256 refTime = GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT;
        while (id > 0 && queue.createdAt(id) + 1 hours > refTime) --id;
    }

    /// @dev Applies a report by `apply_` and follows it in the ledger.
    function follow(Report memory r, function() internal apply_) internal {
        Before memory b = _before();
        apply_();
        uint256 fromWithdrawals = b.withdrawalVaultWei - address(withdrawalVault).balance;
        uint256 fromRewards = b.rewardsVaultWei - address(rewardsVault).balance;
        uint256 lockWei = queue.lockedWei() - b.lockedWei;
        int256 change = int256(uint256(r.clValidatorsGwei) * 1 gwei)
            - int256(reportedClGwei * 1 gwei + r.depositedWei - reportedDepositedWei);

        ledgerWei = uint256(int256(ledgerWei + fromWithdrawals + fromRewards - lockWei) + change);
        pulledWei += fromWithdrawals + fromRewards;
        allowedWei += r.withdrawalVaultWei + r.elRewardsVaultWei;
        expect(
            fromWithdrawals <= r.withdrawalVaultWei && fromRewards <= r.elRewardsVaultWei, "pulled more than reported"
        );
        (reportedClGwei, reportedDepositedWei) = (r.clValidatorsGwei, r.depositedWei);
        expect(pool.lastReport().refSlot == r.refSlot && r.refSlot > b.refSlot, "last ref slot grows");
        _checkFee(b, change + int256(fromWithdrawals), fromRewards);
        _checkCap(b, change);
        freeze();
    }

    struct Before {
        uint256 pooledWei;
        uint256 shares;
        uint256 withdrawalVaultWei;
        uint256 rewardsVaultWei;
        uint256 lockedWei;
        uint256 feeShares;
        uint64 refSlot;
    }

    function _before() private view returns (Before memory b) {
        (b.pooledWei, b.shares) = rate();
        b.withdrawalVaultWei = address(withdrawalVault).balance;
        b.rewardsVaultWei = address(rewardsVault).balance;
        b.lockedWei = queue.lockedWei();
        b.feeShares = feeShares();
        b.refSlot = pool.lastReport().refSlot;
    }

    function feeShares() internal view returns (uint256) {
        return token.sharesOf(TREASURY) + token.sharesOf(address(registry));
    }

    /// @dev Fees are on profit only, and worth no more than their part of it.
    function _checkFee(Before memory b, int256 gainWei, uint256 fromRewards) private {
        uint256 minted = feeShares() - b.feeShares;
        uint256 dueWei = gainWei > 0 ? (uint256(gainWei) + fromRewards) * FEE_BPS / 10_000 : 0;
        expect(token.weiForShares(minted) <= dueWei, "fee above its part of the profit");
        if (dueWei > 10 && dueWei < token.totalSupply() / 2) expect(minted > 0, "no fee on profit");
    }

    /// @dev Only the consensus layer alone can pass the cap.
    function _checkCap(Before memory b, int256 change) private {
        uint256 capWei = b.pooledWei * CAP_PPB / 1e9;
        if (change > int256(capWei)) return;
        (uint256 pooledAfter, uint256 sharesAfter) = rate();
        expect(
            pooledAfter * b.shares <= (b.pooledWei + capWei) * sharesAfter + b.shares * sharesAfter / 1e9,
            "rate passed the cap"
        );
    }

    /// @dev Notes what newly finalized requests must pay.
    function freeze() internal {
        (, uint64 last) = queue.bounds();
        while (frozenUpTo < last) {
            ++frozenUpTo;
            (uint256 valueWei,,,,) = queue.requestOf(frozenUpTo);
            frozenPayoutWei[frozenUpTo] = queue.payoutOf(frozenUpTo);
            expect(frozenPayoutWei[frozenUpTo] <= valueWei, "paid more than at request");
        }
    }
}
