// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IPoolExtension} from "../interfaces/IStakingPool.sol";
import {IValidators} from "../interfaces/IValidators.sol";
import {LastReport} from "../interfaces/Types.sol";
import {StakeLimit, StakeLimits} from "../lib/StakeLimits.sol";
import {PoolBase} from "./PoolBase.sol";
import {PoolSilence} from "./PoolSilence.sol";

/// @title The pool's second half
/// @notice What the pool does seldom: its terms, its words for who reads them, deposits to the beacon chain, doubts, silence. `StakingPool` runs
/// this code on its own storage for every call that it has no function for: one contract does not hold all of it (EIP-170).
/// @dev Not a proxy: the pool names this contract for ever, and both are made with the same `Config`. Called by itself it holds
/// nothing and nobody has a role there that matters.
contract PoolExtension is IPoolExtension, PoolSilence {
    using SafeCast for uint256;
    using StakeLimits for StakeLimit;

    /// @notice Hash of the configuration that this was made with.
    bytes32 public immutable configHash;

    /// @notice Ether that had been forced into the pool is in the buffer now; later reports recognise it.
    event Skimmed(uint256 weiAmount);

    /// @notice The last report, of `refSlot`, was proven false: deposits and requests wait for a report that a guardian accepts.
    event RateFalse(uint64 indexed refSlot);

    /// @notice A deposit to the beacon chain of no key.
    error NoKeys();
    /// @notice The buffer, less what is fresh, what unfinalized requests need and the reserve, cannot carry the deposits.
    error NotEnoughFreeEther(uint256 neededWei, uint256 freeWei);
    /// @notice In bunker or in doubt about the rate: ether stays for the queue.
    error EtherStays(uint8 flags);
    /// @notice The caller is not the book of validators of the registry in force.
    error OnlyValidators(address caller);

    /// @param c As for the pool.
    constructor(Config memory c) PoolBase(c) {
        configHash = keccak256(abi.encode(c));
    }

    /// @notice Stops deposits to the pool and to the beacon chain.
    function pause() external onlyRole(PAUSER_ROLE) {
        _pause();
    }

    /// @notice Lets deposits go on.
    function unpause() external onlyRole(RESUMER_ROLE) {
        _unpause();
    }

    /// @notice Sets fee, treasury, normal reward and noise, each below its ceiling. Only the admin.
    function setTerms(Terms calldata terms_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setTerms(terms_);
    }

    /// @notice Sets the stake limit and fills it. Only the admin.
    function setStakeLimit(uint256 maxWei, uint256 refillSeconds) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setStakeLimit(maxWei, refillSeconds);
    }

    /// @notice Takes keys from another registry from now on, one that names the present registry as its predecessor: it keeps the old keys known
    /// and their fees paid. Only the admin.
    function setRegistry(IOperatorRegistry registry_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        IOperatorRegistry old = _running.registry;
        _setRegistry(registry_);
        old.retire(registry_);
    }

    /// @inheritdoc IPoolExtension
    function spend(uint64 amountGwei, uint8 firstKeys) external whenNotPaused {
        IValidators validators = _running.registry.validators();
        if (msg.sender != address(validators)) revert OnlyValidators(msg.sender);
        // In bunker and in doubt about the rate ether stays for the queue.
        uint8 doubts_ = _head.flags & (FLAG_BUNKER | FLAG_HELD | FLAG_UNCONFIRMED | FLAG_FALSE);
        if (doubts_ != 0) revert EtherStays(doubts_);
        uint256 amountWei = uint256(amountGwei) * 1 gwei;
        if (amountWei == 0) revert NoKeys();
        uint256 haveWei = usableWei();
        if (amountWei > haveWei) revert NotEnoughFreeEther(amountWei, haveWei);
        _money.bufferedWei -= uint96(amountWei);
        if (firstKeys == 0) _money.depositedGwei += amountGwei;
        else if (amountWei == firstKeys * FIRST_WEI) _running.unprovenKeys += firstKeys;
        else revert NotFirstEther(amountWei);
        validators.receiveFromPool{value: amountWei}();
    }

    /// @notice Books ether that was forced into the pool, and is nobody's, to all holders. Anyone may call.
    function skim() external {
        uint256 extraWei = address(this).balance - _money.bufferedWei;
        _money.bufferedWei = address(this).balance.toUint96();
        emit Skimmed(extraWei);
    }

    /// @inheritdoc IPoolExtension
    function notePaused(uint40 until) external onlyRole(ORACLE_ROLE) {
        _head.pausedUntil = until;
    }

    /// @inheritdoc IPoolExtension
    function noteFalse(uint64 refSlot) external onlyRole(ORACLE_ROLE) {
        if (refSlot != _last.refSlot || _head.flags & FLAG_FALSE != 0) return;
        _setFlags(FLAG_FALSE, 0);
        _doubtBegins();
        emit RateFalse(refSlot);
    }

    /// @inheritdoc IPoolExtension
    function lastReport() external view returns (LastReport memory) {
        return _lastReport();
    }

    /// @notice The terms in force.
    function terms() external view returns (Terms memory) {
        Running memory r = _running;
        return Terms(_treasury, r.feeBps, r.operatorsBps, r.normalRewardBps, r.noisePcm);
    }

    /// @notice Where the treasury's part of the fee goes when it is claimed.
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @notice What bounds terms and reports for ever.
    function bounds() external view returns (Bounds memory) {
        return Bounds({
            maxFeeBps: _maxFeeBps,
            maxNormalRewardBps: _maxNormalRewardBps,
            maxNoisePcm: _maxNoisePcm,
            maxRiseBps: _maxRiseBps,
            bucketGwei: _bucketGwei,
            bucketRefillSeconds: _bucketRefillSeconds,
            minReportSeconds: _minReportSeconds,
            staleAfterSeconds: _staleAfterSeconds,
            doubtAfterSeconds: _doubtAfterSeconds,
            reserveBps: _reserveBps
        });
    }

    /// @inheritdoc IPoolExtension
    function staleAfterSeconds() external view returns (uint256) {
        return _staleAfterSeconds;
    }

    /// @notice The registry that keys come from.
    function registry() external view returns (IOperatorRegistry) {
        return _running.registry;
    }

    /// @notice What can be deposited now, in wei.
    function stakeLimitWei() external view returns (uint256) {
        return _stakeLimit.available();
    }

    /// @notice Ether that waits in the pool, in wei.
    function bufferedWei() external view returns (uint256) {
        return _money.bufferedWei;
    }

    /// @inheritdoc IPoolExtension
    function depositedWei() public view returns (uint256) {
        return uint256(_money.depositedGwei) * 1 gwei;
    }

    /// @notice When the last report was applied, in seconds; the deployment before the first.
    function lastReportAt() external view returns (uint256) {
        return _money.acceptedAt;
    }

    /// @notice Whether the last report saw losses in progress.
    function bunker() external view returns (bool) {
        return _head.flags & FLAG_BUNKER != 0;
    }

    /// @notice The head: newest round, flags, ends of a pause and of a hold, and the bucket at the last report.
    function head() external view returns (Head memory) {
        return _head;
    }

    /// @notice Doubts about the rate.
    function doubts() external view returns (Doubt memory d) {
        if (_head.flags & FLAG_DOUBT != 0) d = _doubt;
    }

    /// @notice Rate (wei for 1e18 shares), time of the reference slot, time of acceptance and flags of a round; one round a report, from 1.
    function roundAt(uint256 round)
        external
        view
        returns (uint256 rate, uint256 refTime, uint256 acceptedAt, uint256 flags)
    {
        uint256 newest = _head.round;
        if (round == 0 || round > newest || round + ROUNDS <= newest) revert UnknownRound(round, newest);
        uint256 word = _rounds[round % ROUNDS];
        return (word >> 152, uint48(word >> 104), uint48(word >> 56), uint8(word));
    }

    /// @notice Ether that is booked and not recognised yet, in wei.
    function unrecognisedWei() external view returns (uint256) {
        return _unrecognisedWei();
    }

    /// @notice Ether in the buffer that no unfinalized request needs at the present rate, in wei.
    function freeWei() public view returns (uint256) {
        return Math.saturatingSub(_money.bufferedWei, _neededWei());
    }

    /// @inheritdoc IPoolExtension
    function usableWei() public view returns (uint256) {
        (uint256 pooledWei,) = token.totals();
        uint256 keptWei = uint256(_money.freshGwei) * 1 gwei + _neededWei() + pooledWei * _reserveBps / BPS;
        return Math.saturatingSub(_money.bufferedWei, keptWei);
    }

    function _neededWei() private view returns (uint256) {
        (uint64 lastRequestId,) = queue.bounds();
        (uint256 demandWei, uint256 demandShares) = queue.demand(lastRequestId);
        return Math.min(demandWei, token.weiForSharesUp(demandShares));
    }
}
