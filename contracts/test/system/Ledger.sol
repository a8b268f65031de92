// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Certificate, Report} from "../../src/interfaces/Types.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "./Committee.sol";

/// @notice The whole set with a world around it (consensus layer, holders, members) and accounts of what must be true, in arithmetic of
/// its own: amounts here are small enough for plain products.
abstract contract Ledger is Committee {
    uint256 internal constant ACTORS = 4;
    address internal constant OPERATOR_RECIPIENT = address(0xFEE);

    /// @notice What the campaign must reach, each with its effect.
    enum Effect {
        Deposit,
        Transfer,
        TransferShares,
        TransferFrom,
        Wrap,
        Unwrap,
        Request,
        Claim,
        Settle,
        Force,
        ForceQueue,
        Fund,
        Reward,
        Loss,
        Sweep,
        Exit,
        ExecutionReward,
        Gift,
        Report,
        Finalization,
        Absentees,
        Bunker,
        Accept,
        Reject,
        Lapse,
        Replace,
        Admit,
        Eject,
        Remove,
        Leave,
        Slash,
        Pause,
        Silence,
        FeeClaim,
        BigLoss,
        Regain,
        Confirm,
        SilenceInDoubt,
        SilenceAtKnown,
        ProvenLie,
        HeldLoss,
        Bucket,
        ForceVault,
        Withhold,
        FirstEther,
        FirstEtherEnd
    }

    /// @notice How often each effect was had.
    mapping(Effect => uint256) public reached;

    /// @notice Pooled ether and its buffer, shares in all and of each holder, by this ledger.
    uint256 public ledgerWei;
    uint256 public ledgerBufferWei;
    uint256 public ledgerShares;
    mapping(address holder => uint256) public sharesBy;
    /// @notice Rate (wei for 1e18 shares) of the last report and of the one before, and how many reports there were.
    uint256 internal ledgerRate;
    uint256 internal ledgerRateBefore;
    uint256 internal ledgerRound;
    /// @notice The bucket at the last report, what that report lost beyond noise, and how many such losses came in a row.
    uint256 internal ledgerBucketGwei = BUCKET_GWEI;
    uint256 internal ledgerUnconfirmedGwei;
    uint256 internal ledgerLossesInRow;
    /// @notice Whether the last report was proven false, and the lowest rate that was held since.
    bool internal ledgerFalse;
    uint256 internal ledgerHeldRate;
    /// @notice Consensus-layer ether that silent calls brought home since the last report.
    uint256 internal ledgerHomeGwei;
    /// @notice Fee that the treasury has not claimed.
    uint256 internal ledgerTreasuryShares;
    /// @notice Falls of what requests are valued at.
    uint256 internal ledgerFalls;
    /// @notice All ether that came into the world and that left it, in wei: rewards and losses count.
    uint256 public inWei;
    uint256 public outWei;
    /// @notice Ether of the pool's validators, in gwei, now and as last reported.
    uint256 public clGwei;
    /// @notice Deducted from validators, and paid to the vault by a later payload.
    uint256 public inFlightGwei;
    /// @notice Keys that have had their first ether and are not proven, and how each will end.
    uint64[] internal unprovenIds;
    mapping(uint64 keyId => uint256) internal endOf;
    uint256 internal constant OWN = 0;
    uint256 internal constant GIVEN = 1;
    uint256 internal constant FOREIGN = 2;
    /// @notice First ether that was lost and paid by bonds, and what counts as deposited.
    uint256 internal lostFirstWei;
    uint256 internal ledgerDepositedWei;
    uint64 internal reportedRefSlot = (INITIAL_EPOCH - EPOCHS_PER_FRAME) * SLOTS_PER_EPOCH;
    uint256 internal reportedClGwei;
    uint256 internal reportedLeftWei;
    uint256 internal reportedDepositedWei;
    uint32 internal validators;
    uint32 internal exited;
    /// @notice Ether that reports pulled from the vaults, by the vaults' balances, and what the reports allowed.
    uint256 public pulledWei;
    uint256 public allowedWei;
    /// @notice Ether that was forced into the queue: nobody's.
    uint256 public forcedQueueWei;
    /// @notice Things that went otherwise than this ledger says.
    string[] public surprises;

    /// @dev What each request is worth at most and holds, and, once finalized, must pay for ever.
    mapping(uint256 id => uint256) internal requestWei;
    mapping(uint256 id => uint256) internal requestShares;
    mapping(uint256 id => uint256) internal requestFalls;
    mapping(uint256 id => uint256) internal frozenPayoutWei;
    mapping(uint256 batch => uint256) internal paidWei;
    uint64 internal frozenUpTo;
    mapping(bytes32 id => uint256) internal secretOfId;
    bytes32[] internal allMembers;

    function actor(uint256 seed) internal pure returns (address) {
        return address(uint160(0xAC00 + seed % ACTORS));
    }

    function expect(bool ok, string memory what) internal {
        if (!ok) surprises.push(what);
    }

    function reach(Effect effect) internal {
        ++reached[effect];
    }

    /// @dev Runs around what must never lower the share rate.
    modifier rateNeverFalls() {
        (uint256 pooledWei, uint256 shares) = token.totals();
        _;
        (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
        expect(pooledWei * sharesAfter <= pooledAfter * shares, "the rate fell without a report");
    }

    function sharesFor(uint256 weiAmount) internal view returns (uint256) {
        return weiAmount * ledgerShares / ledgerWei;
    }

    /// @dev Ether that is booked: the buffer, and what is or was on the way to the consensus layer.
    function bookedNow() internal view returns (uint256) {
        return ledgerBufferWei + unprovenIds.length * 1 ether + reportedClGwei * 1 gwei + more.depositedWei()
            - reportedDepositedWei;
    }

    /// @dev What requests are valued at, for 1e18 shares.
    function requestRate() internal view returns (uint256 rate) {
        rate = (ledgerWei + ledgerUnconfirmedGwei * 1 gwei) * 1e18 / ledgerShares;
        if (ledgerFalse && ledgerRateBefore > rate) rate = ledgerRateBefore;
    }

    /// @dev Shares that a deposit buys: at the rate of those who stay, with all that is known to be theirs.
    function depositShares(uint256 weiAmount) internal view returns (uint256) {
        (uint256 waitingWei, uint256 waitingShares,) = waitingWorth();
        uint256 refTime = GENESIS_TIME + uint256(reportedRefSlot) * SECONDS_PER_SLOT;
        uint256 earningWei = bookedNow() - ledgerBufferWei - unprovenIds.length * 1 ether + ledgerHomeGwei * 1 gwei;
        uint256 dueWei = bookedNow() - ledgerWei + reportedLeftWei + address(rewardsVault).balance + earningWei
            * NORMAL_REWARD_BPS * (block.timestamp - refTime) / (10_000 * 365 days);
        return weiAmount * (ledgerShares - waitingShares) / (ledgerWei + dueWei - waitingWei);
    }

    /// @dev What waiting requests are worth at the rate, group by group between falls; their shares; and whether some would get more of a rise.
    function waitingWorth() internal view returns (uint256 worthWei, uint256 shares, bool rises) {
        (uint64 last,) = queue.bounds();
        uint256 first = frozenUpTo + 1;
        while (first <= last) {
            (uint256 groupWei, uint256 groupShares, uint256 id) = (0, 0, first);
            for (; id <= last && requestFalls[id] == requestFalls[first]; ++id) {
                groupWei += requestWei[id];
                groupShares += requestShares[id];
            }
            bool rise = requestWei[id - 1] > weiFor(requestShares[id - 1]);
            if (rise) {
                groupWei = weiFor(groupShares);
                uint256 byFirst = groupShares * requestWei[first] / requestShares[first];
                if (requestWei[first] <= weiFor(requestShares[first]) && byFirst < groupWei) groupWei = byFirst;
            }
            (worthWei, shares, rises, first) = (worthWei + groupWei, shares + groupShares, rises || rise, id);
        }
    }

    /// @dev Wei for 1e18 shares, as the pool says.
    function depositPriceNow() internal view returns (uint256) {
        (uint256 priceWei, uint256 priceShares) = pool.depositPrice();
        return priceWei * 1e18 / priceShares;
    }

    function weiFor(uint256 shares) internal view returns (uint256) {
        return shares * ledgerWei / ledgerShares;
    }

    function moveShares(address from, address to, uint256 shares) internal {
        sharesBy[from] -= shares;
        sharesBy[to] += shares;
    }

    function bookDeposit(address to, uint256 weiAmount) internal returns (uint256 shares) {
        shares = ledgerShares == 0 ? weiAmount : depositShares(weiAmount);
        uint256 recognisedWei = weiAmount;
        if (ledgerShares > 0) {
            // What a deposit pays for what is due stays due while waiting requests would get a part of it.
            (,, bool rises) = waitingWorth();
            if (rises) recognisedWei = (shares * ledgerWei + ledgerShares - 1) / ledgerShares;
        }
        ledgerWei += recognisedWei;
        ledgerShares += shares;
        sharesBy[to] += shares;
        ledgerBufferWei += weiAmount;
        inWei += weiAmount;
    }

    function gift(address to, uint256 weiAmount) internal {
        vm.deal(to, to.balance + weiAmount);
        inWei += weiAmount;
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
        r.unprovenGwei = 0;
        r.clValidatorsGwei = uint64(clGwei);
        r.clInFlightGwei = uint64(inFlightGwei);
        // First ether that somebody else has by now is nowhere among the pool's.
        for (uint256 i = 0; i < unprovenIds.length; ++i) {
            if (endOf[unprovenIds[i]] != FOREIGN || (refSlot + i) % 2 == 0) r.unprovenGwei += 1e9;
        }
        (r.clPendingGwei, r.clValidatorsGwei) =
            refSlot % 2 == 0 ? (0, r.clValidatorsGwei + r.unprovenGwei) : (r.unprovenGwei, r.clValidatorsGwei);
        r.validators = validators;
        r.exited = exited;
        r.depositedWei = uint128(more.depositedWei());
        r.bunker = bunker;
    }

    /// @dev Newest request that is old enough at the reference slot.
    function ripeRequest(uint64 refSlot) internal view returns (uint64 id) {
        (id,) = queue.bounds();
        uint256 refTime = GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT;
        while (id > 0 && queue.createdAt(id) + 1 hours > refTime) --id;
    }

    /// @dev Value and shares of the open requests up to `upTo`.
    function openDemand(uint64 upTo) internal view returns (uint256 demandWei, uint256 demandShares) {
        for (uint256 id = frozenUpTo + 1; id <= upTo; ++id) {
            demandWei += requestWei[id];
            demandShares += requestShares[id];
        }
    }

    /// @dev Newly finalized requests must pay the lower of value and shares at this rate, for ever.
    function freeze(uint64 upTo, uint256 pooledWei, uint256 shares) internal {
        while (frozenUpTo < upTo) {
            uint256 id = ++frozenUpTo;
            uint256 atRate = requestShares[id] * pooledWei / shares;
            frozenPayoutWei[id] = atRate < requestWei[id] ? atRate : requestWei[id];
            expect(queue.payoutOf(id) == frozenPayoutWei[id], "a payout is not min(value, shares * rate)");
        }
    }
}
