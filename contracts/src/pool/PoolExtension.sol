// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IPoolExtension} from "../interfaces/IStakingPool.sol";
import {LastReport} from "../interfaces/Types.sol";
import {DepositData} from "../lib/DepositData.sol";
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

    /// @notice What a validator is funded with, in wei.
    uint256 public constant VALIDATOR_DEPOSIT_WEI = 32 ether;
    uint256 private constant PUBKEY_LENGTH = 48;
    uint256 private constant SIGNATURE_LENGTH = 96;

    /// @notice Hash of the configuration that this was made with.
    bytes32 public immutable configHash;
    /// @notice Withdrawal credentials of every pool validator: 0x01 and the withdrawal vault's address.
    bytes32 public immutable withdrawalCredentials;

    /// @notice A validator was funded.
    event ValidatorFunded(bytes pubkey, uint256 weiAmount);
    /// @notice Ether that had been forced into the pool is in the buffer now; later reports recognise it.
    event Skimmed(uint256 weiAmount);

    /// @notice The last report, of `refSlot`, was proven false: deposits and requests wait for a report that a guardian accepts.
    event RateFalse(uint64 indexed refSlot);

    /// @notice A deposit to the beacon chain of no key.
    error NoKeys();
    /// @notice The buffer, less what unfinalized requests need, cannot carry the deposits.
    error NotEnoughFreeEther(uint256 neededWei, uint256 freeWei);
    /// @notice Somebody made a deposit since `expected` was read: check again that no key was front-run.
    error DepositRootChanged(bytes32 expected, bytes32 actual);
    /// @notice Losses are in progress: ether stays for the queue.
    error BunkerMode();
    /// @notice The keys that the registry hands out are not those that the caller looked at: look again.
    error KeysChanged(bytes32 expected, bytes32 actual);

    /// @param c As for the pool.
    constructor(Config memory c) PoolBase(c) {
        configHash = keccak256(abi.encode(c));
        withdrawalCredentials = bytes32(uint256(0x01) << 248 | uint160(address(c.wiring.withdrawalVault)));
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

    /// @notice Sends 32 ether of the buffer to the deposit contract for each of the next `count` operator keys.
    /// @param expectedDepositRoot Root of the deposit contract when the caller checked that none of the keys had been deposited
    /// with foreign credentials: a deposit by anyone since then stops the call.
    /// @param expectedKeysHash keccak256 of the compressed public keys that the caller checked, one after the other, as `nextKeys` of the
    /// registry gave them: other keys stop the call, because the root says nothing about them.
    function depositToBeacon(uint256 count, bytes32 expectedDepositRoot, bytes32 expectedKeysHash)
        external
        onlyRole(DEPOSITOR_ROLE)
        whenNotPaused
    {
        if (_head.flags & FLAG_BUNKER != 0) revert BunkerMode();
        if (count == 0) revert NoKeys();
        bytes32 actualRoot = depositContract.get_deposit_root();
        if (actualRoot != expectedDepositRoot) revert DepositRootChanged(expectedDepositRoot, actualRoot);
        uint256 neededWei = count * VALIDATOR_DEPOSIT_WEI;
        uint256 free = freeWei();
        if (neededWei > free) revert NotEnoughFreeEther(neededWei, free);

        _money.bufferedWei -= neededWei.toUint96();
        _money.depositedGwei += (neededWei / 1 gwei).toUint64();
        (bytes memory pubkeys, bytes memory signatures) = _running.registry.takeKeys(count);
        bytes32 keysHash = keccak256(pubkeys);
        if (keysHash != expectedKeysHash) revert KeysChanged(expectedKeysHash, keysHash);
        for (uint256 i = 0; i < count; ++i) {
            _fund(_slice(pubkeys, i, PUBKEY_LENGTH), _slice(signatures, i, SIGNATURE_LENGTH));
        }
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
            doubtAfterSeconds: _doubtAfterSeconds
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
        (uint64 lastRequestId,) = queue.bounds();
        (uint256 demandWei, uint256 demandShares) = queue.demand(lastRequestId);
        uint256 neededWei = Math.min(demandWei, token.weiForSharesUp(demandShares));
        uint256 haveWei = _money.bufferedWei;
        return haveWei > neededWei ? haveWei - neededWei : 0;
    }

    function _fund(bytes memory pubkey, bytes memory signature) private {
        bytes32 root =
            DepositData.root(pubkey, withdrawalCredentials, signature, uint64(VALIDATOR_DEPOSIT_WEI / 1 gwei));
        emit ValidatorFunded(pubkey, VALIDATOR_DEPOSIT_WEI);
        depositContract.deposit{value: VALIDATOR_DEPOSIT_WEI}(
            pubkey, abi.encodePacked(withdrawalCredentials), signature, root
        );
    }

    /// @dev Item `index` of `items`, each `length` bytes.
    function _slice(bytes memory items, uint256 index, uint256 length) private pure returns (bytes memory item) {
        item = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(item, 0x20), add(add(items, 0x20), mul(index, length)), length)
        }
    }
}
