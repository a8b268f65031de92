// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {LastReport, Report} from "../interfaces/Types.sol";
import {RebaseInput, Skip} from "../lib/RebaseMath.sol";
import {PoolBase} from "./PoolBase.sol";

/// @title What the pool remembers
/// @notice The buckets of ether, the last report, the round ring and the doubts about the rate, in words that reports rewrite and never create.
/// @dev Booked ether = buffer + first ether of unproven keys + consensus-layer ether of the last report + deposits to the beacon chain since. A key's
/// first ether is such a deposit when the key is proven, not when it is sent. The token keeps the recognised
/// ether, which is never more. What is booked and not recognised belongs to all holders and is let in by the bound of `RebaseMath`.
abstract contract PoolBook is PoolBase {
    using SafeCast for uint256;

    /// @dev Written by every report.
    struct Money {
        uint96 bufferedWei;
        uint64 depositedGwei;
        /// @dev Deposited to the pool since the last report, rounded up: it stays in the buffer until the next one.
        uint56 freshGwei;
        /// @dev When the last report was applied; the deployment before the first.
        uint40 acceptedAt;
    }

    /// @dev Written by every report.
    struct Last {
        uint40 refSlot;
        uint56 clValidatorsGwei;
        uint56 clPendingGwei;
        uint40 unprovenGwei;
        uint32 validators;
        uint32 exited;
    }

    /// @dev Written by every report.
    struct LastMore {
        uint64 depositedGwei;
        uint56 withdrawalVaultLeftGwei;
        uint56 clInFlightGwei;
        /// @dev Pulled from the withdrawal vault so far.
        uint64 pulledGwei;
        uint16 silentCalls;
    }

    /// @dev Written on events only.
    struct Doubt {
        uint64 unconfirmedGwei;
        /// @dev Lowest rate of a certified report that was held since the last applied one, in wei for 1e18 shares; 0 for none.
        uint104 lowestHeldRate;
        uint40 since;
        /// @dev Reports in a row, up to the last one, that lost more than noise.
        uint8 lossesInRow;
    }

    /// @dev Written on events only: losses confirmed up to a round.
    struct Confirmed {
        uint64 lossGwei;
        uint48 round;
        /// @dev Consensus-layer ether that silent calls since the last report brought home: it earned until then. Of no meaning without one.
        uint64 homeGwei;
    }

    /// @dev Written by every report, and when reports are paused, held or proven false.
    struct Head {
        uint48 round;
        uint8 flags;
        uint40 pausedUntil;
        uint40 heldUntil;
        /// @dev What the bucket held at the last report's reference slot.
        uint56 bucketGwei;
        /// @dev 0 until exits follow demand.
        uint64 exitsUpToGwei;
    }

    /// @notice Flags of the head. The first is always set.
    uint8 public constant FLAG_SET = 1;
    /// @notice The last report saw losses in progress.
    uint8 public constant FLAG_BUNKER = 2;
    /// @notice A certified report was held since the last applied one.
    uint8 public constant FLAG_HELD = 4;
    /// @notice The last report lost more than noise; the next one confirms the loss or takes it back.
    uint8 public constant FLAG_UNCONFIRMED = 8;
    /// @notice The last report was proven false.
    uint8 public constant FLAG_FALSE = 32;
    /// @notice The word of doubts holds something. Else no report reads it.
    uint8 public constant FLAG_DOUBT = 64;
    /// @notice The loss window or the word of confirmed losses holds something. Else no report reads them.
    uint8 public constant FLAG_LOSSES = 128;
    /// @notice Rounds that are remembered.
    uint256 public constant ROUNDS = 64;
    /// @notice Reports for which a confirmed loss may come back by a guardian's word.
    uint256 public constant CONFIRMED_ROUNDS = 16;
    /// @notice First ether of a key, in wei.
    uint256 internal constant FIRST_WEI = 1 ether;
    /// @notice Shares that rates are given for.
    uint256 internal constant RATE_SHARES = 1e18;

    Money internal _money;
    Last internal _last;
    LastMore internal _lastMore;
    Head internal _head;
    uint256 internal _lossWindow;
    Doubt internal _doubt;
    Confirmed internal _confirmed;
    /// @dev `rate uint104 | refTime uint48 | acceptedAt uint48 | round uint48 | flags uint8`, never 0.
    uint256[ROUNDS] internal _rounds;

    /// @notice First ether of a key is one ether: a bond pays that, or nothing.
    error NotFirstEther(uint256 weiAmount);
    /// @notice The round is not remembered or to come.
    error UnknownRound(uint256 round, uint256 newest);

    /// @dev The words as they are at deployment, so that no report creates one.
    function _fill(uint64 startRefSlot) internal {
        _last.refSlot = uint40(startRefSlot);
        _money.acceptedAt = uint40(block.timestamp);
        _head = Head(0, FLAG_SET, 0, 0, _bucketGwei, 0);
        for (uint256 i = 0; i < ROUNDS; ++i) {
            _rounds[i] = FLAG_SET;
        }
    }

    /// @dev The last report, unpacked.
    function _lastReport() internal view returns (LastReport memory l) {
        Last memory a = _last;
        LastMore memory b = _lastMore;
        l.refSlot = a.refSlot;
        l.clValidatorsGwei = a.clValidatorsGwei;
        l.clPendingGwei = a.clPendingGwei;
        l.unprovenGwei = a.unprovenGwei;
        l.clInFlightGwei = b.clInFlightGwei;
        l.validators = a.validators;
        l.exited = a.exited;
        l.silentCalls = b.silentCalls;
        l.depositedWei = uint128(b.depositedGwei) * 1 gwei;
        l.withdrawalVaultLeftWei = uint128(b.withdrawalVaultLeftGwei) * 1 gwei;
        Head memory h = _head;
        if (h.flags & FLAG_LOSSES != 0) l.lossWindow = _lossWindow;
        if (h.flags & FLAG_DOUBT != 0) l.unconfirmedGwei = _doubt.unconfirmedGwei;
        l.confirmedGwei = _confirmedGwei(h);
    }

    /// @dev Ether that is booked and not recognised yet, in wei.
    function _unrecognisedWei() internal view returns (uint256) {
        (uint256 pooledWei,) = token.totals();
        return _bookedWei() - pooledWei;
    }

    function _depositedWei() internal view returns (uint256) {
        return uint256(_money.depositedGwei) * 1 gwei;
    }

    /// @dev Sum of the buckets.
    function _bookedWei() internal view returns (uint256) {
        return _money.bufferedWei + _parWei() + _clGwei() * 1 gwei
            + (uint256(_money.depositedGwei) - _lastMore.depositedGwei) * 1 gwei;
    }

    /// @dev First ether of keys that are not proven: it stands at par, since a bond covers it whichever way it ends.
    function _parWei() internal view returns (uint256) {
        return _running.unprovenKeys * FIRST_WEI;
    }

    /// @dev Consensus-layer ether of the last report: what was in flight to the vault among it, first ether of unproven keys not.
    function _clGwei() internal view returns (uint256) {
        return uint256(_last.clValidatorsGwei) + _last.clPendingGwei + _lastMore.clInFlightGwei - _last.unprovenGwei;
    }

    function _bucketAt(Head memory h, uint256 elapsedSeconds) internal view returns (uint256) {
        return Math.min(_bucketGwei, h.bucketGwei + uint256(_bucketGwei) * elapsedSeconds / _bucketRefillSeconds);
    }

    /// @dev Confirmed losses that may still come back by a guardian's word.
    function _confirmedGwei(Head memory h) internal view returns (uint64) {
        if (h.flags & FLAG_LOSSES == 0) return 0;
        Confirmed memory c = _confirmed;
        return h.round < c.round + CONFIRMED_ROUNDS ? c.lossGwei : 0;
    }

    /// @dev Wei for 1e18 shares, saturating; 0 only of a pool without ether.
    function _rateOf(uint256 pooledWei, uint256 shares) internal pure returns (uint104) {
        if (shares == 0) return 0;
        return uint104(Math.min(Math.mulDiv(pooledWei, RATE_SHARES, shares), type(uint104).max));
    }

    /// @dev Rate of the report before the last one; 0 when there is none.
    function _rateBefore(uint256 round) internal view returns (uint256) {
        return round < 2 ? 0 : _rounds[(round - 1) % ROUNDS] >> 152;
    }

    function _setFlags(uint8 add, uint8 remove) internal {
        _head.flags = (_head.flags & ~remove) | add;
    }

    /// @dev What the pool and the token know, and what the report says.
    function _input(Report calldata report) internal view returns (RebaseInput memory i) {
        i = _present();
        i.clWei = (uint256(report.clValidatorsGwei)
                + report.clPendingGwei
                + report.clInFlightGwei
                - report.unprovenGwei) * 1 gwei;
        i.depositedWei = report.depositedWei / 1 gwei * 1 gwei;
        i.withdrawalVaultWei = report.withdrawalVaultWei;
        i.elRewardsVaultWei = report.elRewardsVaultWei;
        i.maxRiseBps = _maxRiseBps;
        Running memory r = _running;
        (i.feeBps, i.normalRewardBps, i.noisePcm) = (r.feeBps, r.normalRewardBps, r.noisePcm);
        if (_head.flags & FLAG_DOUBT == 0) return i;
        Doubt memory d = _doubt;
        i.unconfirmedWei = uint256(d.unconfirmedGwei) * 1 gwei;
        i.lossesInRow = d.lossesInRow;
    }

    /// @dev What the pool and the token know before a report.
    function _present() internal view returns (RebaseInput memory i) {
        (i.totalPooledWei, i.totalShares) = token.totals();
        i.bufferedWei = _money.bufferedWei;
        i.bookedWei = _bookedWei();
        i.lastClWei = _clGwei() * 1 gwei;
        i.lastDepositedWei = uint256(_lastMore.depositedGwei) * 1 gwei;
        i.lastVaultLeftWei = uint256(_lastMore.withdrawalVaultLeftGwei) * 1 gwei;
    }

    /// @dev A paused queue is left as it is: the report is applied without finalization.
    function _readBatch(RebaseInput memory i, uint64 upTo) internal view returns (Skip) {
        if (upTo == 0) return Skip.None;
        if (queue.paused()) return Skip.Paused;
        i.batch = queue.batchUpTo(upTo);
        return Skip.None;
    }

    /// @dev Gives the lock to the queue, whose requests are paid at `pooledWei / shares` at most.
    function _lock(uint64 upTo, uint256 lockWei, bool finalized, uint256 pooledWei, uint256 shares) internal {
        if (!finalized) return;
        _money.bufferedWei -= lockWei.toUint96();
        queue.finalize{value: lockWei}(upTo, pooledWei.toUint128(), shares.toUint128());
    }

    /// @dev What requests are valued at, in wei for 1e18 shares: in doubt about a fall, the rate before it.
    function _requestRate(uint256 pooledWei, uint256 shares, Head memory h) internal view returns (uint256 rate) {
        uint256 unconfirmedWei = h.flags & FLAG_UNCONFIRMED == 0 ? 0 : uint256(_doubt.unconfirmedGwei) * 1 gwei;
        rate = _rateOf(pooledWei + unconfirmedWei, shares);
        if (h.flags & FLAG_FALSE != 0) {
            uint256 beforeRate = _rateBefore(h.round);
            if (beforeRate > rate) rate = beforeRate;
        }
    }

    /// @dev Without the flag the word holds what an earlier doubt left there.
    function _doubtBegins() internal {
        if (_head.flags & FLAG_DOUBT != 0) return;
        _doubt = Doubt(0, 0, uint40(block.timestamp), 0);
        _setFlags(FLAG_DOUBT, 0);
    }
}
