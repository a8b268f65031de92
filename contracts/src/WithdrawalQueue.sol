// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";
import {IStakingPool} from "./interfaces/IStakingPool.sol";
import {Batch as Demand} from "./interfaces/Types.sol";
import {IWithdrawalQueue} from "./interfaces/IWithdrawalQueue.sol";
import {RebaseMath} from "./lib/RebaseMath.sol";
import {TimedPause} from "./lib/TimedPause.sol";

/// @title Withdrawal queue
/// @notice Holders give tokens and get an ERC-721 for each request; reports finalize requests in order at one rate a batch; the
/// owner of the ERC-721 then claims ether. A request is paid the lower of its value at request and its value at finalization.
/// @dev Solvency: a batch is locked with min(sum of wei, sum of shares * rate), and the sum of the requests' floored minima is
/// never more than that. A batch spans no fall of the rate and does not mix requests that are paid their value with such that are paid
/// their shares, so the difference is what rounding leaves: `settle` counts it and gives it to all holders.
contract WithdrawalQueue is IWithdrawalQueue, ERC721, TimedPause, ReentrancyGuardTransient {
    using SafeCast for uint256;

    /// @dev One storage word, so that one storage proof proves a request. Sums run over all requests from the first.
    struct Request {
        uint96 cumulativeWei;
        uint96 cumulativeShares;
        uint40 createdAt;
        bool claimed;
        /// @dev Falls of the rate before it, modulo 2**16.
        uint16 falls;
    }

    /// @notice Requests that were finalized together.
    struct Batch {
        /// @dev Rate of the batch: `pooledWei / shares`.
        uint128 pooledWei;
        uint128 shares;
        /// @dev Ether locked for the batch, and its requests: those after `firstId - 1` up to `lastId`.
        uint96 lockWei;
        uint64 firstId;
        uint64 lastId;
        /// @dev Payouts of the `settledCount` first requests, counted by `settle`. A word of their own: finalization does not write it.
        uint96 settledWei;
        uint64 settledCount;
    }

    /// @notice Most groups of waiting requests, told apart by falls of the rate, that a price is made of.
    uint256 public constant MAX_WAITING_GROUPS = 16;

    /// @notice The only one that finalizes.
    IStakingPool public immutable pool;
    IStakedEther public immutable token;
    /// @notice Smallest and largest value of one request, in wei.
    uint256 public immutable minRequestWei;
    uint256 public immutable maxRequestWei;

    // These four share one storage word with Pausable's flag: a report reads and writes the queue's head at once.
    /// @notice Ether that finalized and unclaimed requests, and unsettled batches, hold, in wei.
    uint96 public lockedWei;
    uint64 private _lastRequestId;
    uint64 private _lastFinalizedId;
    uint24 private _batchCount;
    /// @notice Falls of the rate so far, modulo 2**16: requests with different ones are not finalized together.
    uint16 public falls;
    /// @dev The last request before the next fall.
    mapping(uint16 falls => uint64) private _lastBefore;
    mapping(uint256 id => Request) private _requests;
    mapping(uint256 batch => Batch) private _batches;

    /// @notice A request stands in the queue.
    event Requested(uint256 indexed id, address indexed owner, uint256 valueWei, uint256 shares);
    /// @notice Requests `firstId` to `lastId` can be claimed.
    event Finalized(
        uint256 indexed batch, uint256 firstId, uint256 lastId, uint256 lockWei, uint256 pooledWei, uint256 shares
    );
    /// @notice A request was paid.
    event Claimed(uint256 indexed id, address indexed to, uint256 payoutWei);
    /// @notice All payouts of a batch are counted; `surplusWei` went to all holders.
    event Settled(uint256 indexed batch, uint256 surplusWei);

    /// @notice The caller is not the pool.
    error OnlyPool(address caller);
    /// @notice A request is smaller than the least or larger than the most, or worth no share.
    error RequestOutOfRange(uint256 valueWei, uint256 minWei, uint256 maxWei);
    /// @notice No request has this identifier.
    error UnknownRequest(uint256 id);
    /// @notice The request waits for a report to finalize it.
    error NotFinalized(uint256 id);
    /// @notice The caller neither owns the request nor is approved for it.
    error NotRequestOwner(uint256 id, address caller);
    /// @notice The batch given as a hint does not hold the request.
    error WrongBatch(uint256 id, uint256 batch);
    /// @notice The batch does not exist.
    error UnknownBatch(uint256 batch);
    /// @notice The rate has fallen so often among waiting requests that nobody can tell what they are worth: deposits wait for reports to finalize some.
    error TooManyFalls(uint256 groups);
    /// @notice Each request needs its batch.
    error HintsDoNotPair(uint256 ids, uint256 batches);
    /// @notice Finalization goes backwards or beyond the last request.
    error FinalizationOutOfRange(uint256 upTo, uint256 lastFinalizedId, uint256 lastRequestId);

    /// @param admin Grants roles; the timelock.
    /// @param pauser First holder of `PAUSER_ROLE`.
    /// @param resumer First holder of `RESUMER_ROLE`.
    /// @param pool_ The staking pool.
    /// @param token_ The staked ether token.
    /// @param minRequestWei_ Smallest value of one request, in wei.
    /// @param maxRequestWei_ Largest value of one request, in wei.
    /// @param maxPauseSeconds_ Longest pause of requests and finalization, in seconds.
    constructor(
        address admin,
        address pauser,
        address resumer,
        IStakingPool pool_,
        IStakedEther token_,
        uint256 minRequestWei_,
        uint256 maxRequestWei_,
        uint256 maxPauseSeconds_
    ) ERC721("Tidemark Withdrawal", "tmWDR") TimedPause(maxPauseSeconds_) {
        if (minRequestWei_ == 0 || minRequestWei_ > maxRequestWei_) {
            revert RequestOutOfRange(minRequestWei_, 1, maxRequestWei_);
        }
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(PAUSER_ROLE, pauser);
        _grantRole(RESUMER_ROLE, resumer);
        pool = pool_;
        token = token_;
        minRequestWei = minRequestWei_;
        maxRequestWei = maxRequestWei_;
    }

    /// @notice Puts requests of `amountsWei` each into the queue, taking that much of the caller's tokens (allowance needed).
    /// @param owner Receives an ERC-721 for each request.
    /// @return ids Identifiers of the requests, ascending.
    function request(uint256[] calldata amountsWei, address owner) external returns (uint256[] memory ids) {
        return _request(amountsWei, owner);
    }

    /// @notice As `request`, with the allowance given by an EIP-2612 signature of the caller over `allowanceWei`.
    function requestWithPermit(
        uint256[] calldata amountsWei,
        address owner,
        uint256 allowanceWei,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256[] memory ids) {
        // Whoever saw the signature may have used it already: the allowance is what counts.
        try token.permit(msg.sender, address(this), allowanceWei, deadline, v, r, s) {} catch {}
        return _request(amountsWei, owner);
    }

    /// @notice Pays finalized requests that the caller owns or is approved for.
    /// @param ids Requests.
    /// @param batches The batch of each, from `batchOf`.
    /// @param to Receives the ether.
    function claim(uint256[] calldata ids, uint256[] calldata batches, address payable to) external nonReentrant {
        if (ids.length != batches.length) revert HintsDoNotPair(ids.length, batches.length);
        uint256 totalWei = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            totalWei += _redeem(ids[i], batches[i], to);
        }
        lockedWei -= totalWei.toUint96();
        Address.sendValue(to, totalWei);
    }

    /// @inheritdoc IWithdrawalQueue
    function finalize(uint64 upTo, uint128 pooledWei, uint128 shares) external payable {
        if (msg.sender != address(pool)) revert OnlyPool(msg.sender);
        uint64 last = _lastFinalizedId;
        if (upTo <= last || upTo > _lastRequestId) revert FinalizationOutOfRange(upTo, last, _lastRequestId);
        uint256 batch = _batchCount++;
        Batch storage b = _batches[batch];
        (b.pooledWei, b.shares) = (pooledWei, shares);
        (b.lockWei, b.firstId, b.lastId) = (msg.value.toUint96(), last + 1, upTo);
        _lastFinalizedId = upTo;
        lockedWei += uint96(msg.value);
        emit Finalized(batch, last + 1, upTo, msg.value, pooledWei, shares);
    }

    /// @inheritdoc IWithdrawalQueue
    function rateFell() external {
        if (msg.sender != address(pool)) revert OnlyPool(msg.sender);
        uint64 last = _lastRequestId;
        // Without a request since the last fall there is nothing to tell apart.
        if (last == _lastFinalizedId || _requests[last].falls != falls) return;
        _lastBefore[falls] = uint64(last);
        unchecked {
            ++falls;
        }
    }

    /// @notice Counts the payouts of a batch, at most `maxRequests` in this call; when all are counted, gives what the lock
    /// exceeds them by to all holders. Anyone may call; claims do not depend on it.
    function settle(uint256 batch, uint256 maxRequests) external nonReentrant {
        Batch storage b = _batch(batch);
        uint256 next = b.firstId + b.settledCount;
        if (next > b.lastId) return;
        uint256 end = next + Math.min(maxRequests, uint256(b.lastId) + 1 - next);
        uint256 sumWei = b.settledWei;
        for (uint256 id = next; id < end; ++id) {
            sumWei += _payout(b, id);
        }
        b.settledWei = sumWei.toUint96();
        b.settledCount = uint64(end - b.firstId);
        if (end <= b.lastId) return;
        uint256 surplusWei = b.lockWei - sumWei;
        lockedWei -= uint96(surplusWei);
        emit Settled(batch, surplusWei);
        if (surplusWei > 0) pool.receiveSurplus{value: surplusWei}();
    }

    /// @inheritdoc IWithdrawalQueue
    function bounds() external view returns (uint64 lastRequestId, uint64 lastFinalizedId) {
        return (_lastRequestId, _lastFinalizedId);
    }

    /// @inheritdoc IWithdrawalQueue
    /// @dev Group by group, since the sum over groups from before and after a fall would hide that some are paid their value and others their
    /// shares. Where that is so within a group, none of it counts for more than the first request's rate gives.
    function waitingAt(uint256 pooledWei, uint256 totalShares)
        external
        view
        returns (uint256 worthWei, uint256 shares, bool rises)
    {
        (uint64 from, uint64 last) = (_lastFinalizedId, _lastRequestId);
        for (uint256 groups = 0; from < last; ++groups) {
            if (groups == MAX_WAITING_GROUPS) revert TooManyFalls(groups);
            uint16 group = _requests[from + 1].falls;
            uint64 to = group == falls ? last : _lastBefore[group];
            (uint256 groupWei, uint256 groupShares, bool rise) = _groupAt(from, to, pooledWei, totalShares);
            (worthWei, shares, rises) = (worthWei + groupWei, shares + groupShares, rises || rise);
            from = to;
        }
    }

    /// @inheritdoc IWithdrawalQueue
    function batchUpTo(uint64 upTo) external view returns (Demand memory d) {
        (d.demandWei, d.demandShares) = demand(upTo);
        if (d.demandShares == 0) return d;
        uint256 first = _lastFinalizedId + 1;
        (d.firstWei, d.firstShares) = _amounts(first);
        (d.lastWei, d.lastShares) = _amounts(upTo);
        d.spansFall = _requests[first].falls != _requests[upTo].falls;
    }

    /// @inheritdoc IWithdrawalQueue
    function demand(uint64 upTo) public view returns (uint256 demandWei, uint256 demandShares) {
        if (upTo > _lastRequestId) revert UnknownRequest(upTo);
        if (upTo <= _lastFinalizedId) return (0, 0);
        Request storage first = _requests[_lastFinalizedId];
        Request storage last = _requests[upTo];
        return (last.cumulativeWei - first.cumulativeWei, last.cumulativeShares - first.cumulativeShares);
    }

    /// @inheritdoc IWithdrawalQueue
    function createdAt(uint64 id) external view returns (uint256) {
        return _requests[id].createdAt;
    }

    /// @inheritdoc IWithdrawalQueue
    function paused() public view override(IWithdrawalQueue, TimedPause) returns (bool) {
        return super.paused();
    }

    /// @notice A request: its value at request in wei, its shares, when it was made, and whether it is finalized and claimed.
    function requestOf(uint256 id)
        external
        view
        returns (uint256 valueWei, uint256 shares, uint256 madeAt, bool finalized, bool claimed)
    {
        _requireKnown(id);
        (valueWei, shares) = _amounts(id);
        Request storage r = _requests[id];
        return (valueWei, shares, r.createdAt, id <= _lastFinalizedId, r.claimed);
    }

    /// @notice What request `id` pays, in wei. It never changes once the request is finalized.
    function payoutOf(uint256 id) external view returns (uint256) {
        return _payout(_batches[batchOf(id)], id);
    }

    /// @notice The batch that finalized request `id`.
    function batchOf(uint256 id) public view returns (uint256) {
        _requireKnown(id);
        if (id > _lastFinalizedId) revert NotFinalized(id);
        (uint256 low, uint256 high) = (0, _batchCount - 1);
        while (low < high) {
            uint256 mid = (low + high) / 2;
            if (_batches[mid].lastId < id) low = mid + 1;
            else high = mid;
        }
        return low;
    }

    /// @notice Number of batches so far.
    function batchCount() external view returns (uint256) {
        return _batchCount;
    }

    /// @notice A batch.
    function batchAt(uint256 batch) external view returns (Batch memory) {
        return _batch(batch);
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, AccessControl) returns (bool) {
        return super.supportsInterface(interfaceId);
    }

    function _request(uint256[] calldata amountsWei, address owner)
        private
        nonReentrant
        whenNotPaused
        returns (uint256[] memory ids)
    {
        ids = new uint256[](amountsWei.length);
        for (uint256 i = 0; i < amountsWei.length; ++i) {
            uint256 shares = token.sharesForWei(amountsWei[i]);
            if (amountsWei[i] < minRequestWei || amountsWei[i] > maxRequestWei || shares == 0) {
                revert RequestOutOfRange(amountsWei[i], minRequestWei, maxRequestWei);
            }
            uint256 valueWei = pool.requestValue(shares);
            token.transferSharesFrom(msg.sender, address(this), shares);
            ids[i] = _enqueue(owner, valueWei, shares);
        }
        // The words of the next batch are made by who asks first, not by the report that finalizes it: new state is dear.
        Batch storage next = _batches[_batchCount];
        if (next.shares == 0) (next.shares, next.lockWei) = (1, 1);
    }

    function _enqueue(address owner, uint256 valueWei, uint256 shares) private returns (uint256 id) {
        Request storage previous = _requests[_lastRequestId];
        id = ++_lastRequestId;
        _requests[id] = Request({
            cumulativeWei: (previous.cumulativeWei + valueWei).toUint96(),
            cumulativeShares: (previous.cumulativeShares + shares).toUint96(),
            createdAt: uint40(block.timestamp),
            claimed: false,
            falls: falls
        });
        // Not _safeMint: an owner that cannot receive must not be able to stop or re-enter the queue.
        _mint(owner, id);
        emit Requested(id, owner, valueWei, shares);
    }

    function _redeem(uint256 id, uint256 batch, address to) private returns (uint256 payoutWei) {
        if (!_isAuthorized(_requireOwned(id), msg.sender, id)) revert NotRequestOwner(id, msg.sender);
        if (id > _lastFinalizedId) revert NotFinalized(id);
        Batch storage b = _batch(batch);
        if (id < b.firstId || id > b.lastId) revert WrongBatch(id, batch);
        payoutWei = _payout(b, id);
        _requests[id].claimed = true;
        _burn(id);
        emit Claimed(id, to, payoutWei);
    }

    function _payout(Batch storage b, uint256 id) private view returns (uint256) {
        (uint256 valueWei, uint256 shares) = _amounts(id);
        return RebaseMath.payout(valueWei, shares, b.pooledWei, b.shares);
    }

    function _amounts(uint256 id) private view returns (uint256 valueWei, uint256 shares) {
        Request storage r = _requests[id];
        Request storage previous = _requests[id - 1];
        return (r.cumulativeWei - previous.cumulativeWei, r.cumulativeShares - previous.cumulativeShares);
    }

    function _batch(uint256 batch) private view returns (Batch storage) {
        if (batch >= _batchCount) revert UnknownBatch(batch);
        return _batches[batch];
    }

    /// @dev Requests `from + 1` to `to`, between which the rate did not fall.
    function _groupAt(uint64 from, uint64 to, uint256 pooledWei, uint256 totalShares)
        private
        view
        returns (uint256 worthWei, uint256 shares, bool rises)
    {
        uint256 valueWei = _requests[to].cumulativeWei - _requests[from].cumulativeWei;
        shares = _requests[to].cumulativeShares - _requests[from].cumulativeShares;
        (uint256 lastWei, uint256 lastShares) = _amounts(to);
        rises = lastWei > Math.mulDiv(lastShares, pooledWei, totalShares);
        if (!rises) return (valueWei, shares, false);
        (uint256 firstWei, uint256 firstShares) = _amounts(from + 1);
        worthWei = Math.mulDiv(shares, pooledWei, totalShares);
        if (firstWei <= Math.mulDiv(firstShares, pooledWei, totalShares)) {
            worthWei = Math.min(worthWei, Math.mulDiv(shares, firstWei, firstShares));
        }
    }

    function _requireKnown(uint256 id) private view {
        if (id == 0 || id > _lastRequestId) revert UnknownRequest(id);
    }
}
