// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDepositContract} from "../interfaces/IDepositContract.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IStakedEther} from "../interfaces/IStakedEther.sol";
import {IStakingPool} from "../interfaces/IStakingPool.sol";
import {IStateProofs} from "../interfaces/IStateProofs.sol";
import {KeyProof, Stake} from "../interfaces/IValidators.sol";
import {BeaconHeader, BlockProof} from "../interfaces/Types.sol";
import {BeaconBlocks} from "../lib/BeaconBlocks.sol";
import {BlockProofs} from "../lib/BlockProofs.sol";
import {TopUpOrder} from "../lib/TopUpOrder.sol";
import {UnprovenSet} from "../lib/UnprovenSet.sol";

/// @notice Where a key stands.
enum KeyState {
    /// @dev It has had nothing.
    Unused,
    /// @dev It has had its first ether and is not proven.
    Unproven,
    /// @dev It is the pool's own and waits for the rest.
    Waiting,
    /// @dev It has 32 ether and more.
    Funded,
    /// @dev It leaves or was slashed: it gets no more.
    Leaving,
    /// @dev It has exited.
    Exited,
    /// @dev It withdraws to the vault, but is not as the pool deposited it.
    Given,
    /// @dev Its first ether was lost.
    Foreign
}

/// @notice A key that has had ether. One storage word.
struct Key {
    KeyState state;
    /// @dev Place in the set of unproven keys.
    uint8 place;
    /// @dev It has 0x02 credentials, else 0x01.
    bool compounding;
    /// @dev It was not proven in time.
    bool overdue;
    /// @dev When its first ether was sent, in seconds.
    uint40 openedAt;
    /// @dev Index in the validator registry, once proven.
    uint40 validatorIndex;
    /// @dev Ether sent to it, and ether that was asked home or has exited, in gwei.
    uint64 sentGwei;
    uint64 homeGwei;
}

/// @title Book of validators
/// @notice What each key has had and what is proven of it. Balances of the beacon chain are not followed: the book says what the pool sent.
abstract contract ValidatorBook {
    /// @notice What the book is made with.
    struct Config {
        IOperatorRegistry registry;
        IStakingPool pool;
        IStakedEther token;
        IDepositContract depositContract;
        IStateProofs stateProofs;
        address withdrawalVault;
        /// @dev `SLOTS_PER_EPOCH` of the network.
        uint64 slotsPerEpoch;
        /// @dev After so long without proof a key's operator gets no more: longer than any entry queue, in seconds.
        uint40 proofPatienceSeconds;
        /// @dev No key is opened when a fork that moves the state is nearer than this, in seconds.
        uint40 forkQuietSeconds;
        /// @dev Keys that have their first ether only: at most this part of the pool's ether, in parts per 10,000, or so many keys.
        uint16 stockBps;
        uint16 minStock;
        /// @dev Most ether at one key, in parts per 10,000 of the pool's; never less than 32 ether.
        uint16 keyBps;
    }

    /// @notice First ether of a key, in gwei.
    uint64 public constant FIRST_GWEI = 1e9;
    /// @notice `MIN_ACTIVATION_BALANCE`, in gwei.
    uint64 public constant FULL_GWEI = 32e9;
    /// @notice `MAX_EFFECTIVE_BALANCE_ELECTRA`, in gwei.
    uint64 public constant MAX_GWEI = 2048e9;
    /// @notice A proof that a key is well is not older than this.
    uint256 public constant HEALTH_SECONDS = 1 days;
    uint64 internal constant FAR_FUTURE_EPOCH = type(uint64).max;
    uint256 private constant BPS = 10_000;

    IOperatorRegistry public immutable registry;
    IStakingPool public immutable pool;
    IStakedEther public immutable token;
    IDepositContract public immutable depositContract;
    IStateProofs public immutable stateProofs;
    address public immutable withdrawalVault;
    uint64 public immutable slotsPerEpoch;
    uint40 public immutable proofPatienceSeconds;
    uint40 public immutable forkQuietSeconds;
    uint16 public immutable stockBps;
    uint16 public immutable minStock;
    uint16 public immutable keyBps;
    uint64 private immutable _genesisTime;
    uint64 private immutable _secondsPerSlot;

    /// @dev First of all: members read it by storage proof.
    UnprovenSet.Set internal _set;
    mapping(uint64 keyId => Key) internal _keys;
    mapping(uint256 operatorId => Stake) internal _stakes;
    mapping(uint256 operatorId => TopUpOrder.Order) internal _orders;
    uint256 internal _waitingTotal;

    /// @notice The proof is of a state at `stateTime`; it must not be older than `maxSeconds`.
    error ProofTooOld(uint256 stateTime, uint256 maxSeconds);
    /// @notice A term is missing or beyond its range.
    error ImpossibleTerm(string field, uint256 value);

    constructor(Config memory c) {
        if (c.slotsPerEpoch == 0) revert ImpossibleTerm("slotsPerEpoch", 0);
        if (c.proofPatienceSeconds == 0) revert ImpossibleTerm("proofPatienceSeconds", 0);
        if (c.stockBps > BPS) revert ImpossibleTerm("stockBps", c.stockBps);
        if (c.minStock == 0) revert ImpossibleTerm("minStock", 0);
        if (c.keyBps > BPS) revert ImpossibleTerm("keyBps", c.keyBps);
        registry = c.registry;
        pool = c.pool;
        token = c.token;
        depositContract = c.depositContract;
        stateProofs = c.stateProofs;
        withdrawalVault = c.withdrawalVault;
        slotsPerEpoch = c.slotsPerEpoch;
        proofPatienceSeconds = c.proofPatienceSeconds;
        forkQuietSeconds = c.forkQuietSeconds;
        stockBps = c.stockBps;
        minStock = c.minStock;
        keyBps = c.keyBps;
        _genesisTime = c.stateProofs.genesisTime();
        _secondsPerSlot = c.stateProofs.secondsPerSlot();
        UnprovenSet.fill(_set);
    }

    /// @dev Requires that the key's validator is as the proof says in a state of EIP-4788's chain that is not too old.
    /// @return slot Slot of the state's block.
    function _prove(uint64 keyId, KeyProof calldata proof, uint256 maxSeconds) internal view returns (uint64 slot) {
        slot = _proveBlock(proof.origin, maxSeconds);
        stateProofs.requireValidator(proof.origin.header.stateRoot, slot, registry.pubkeyOf(keyId), proof.validator);
    }

    /// @dev Requires a block of EIP-4788's chain that is not too old.
    function _proveBlock(BlockProof calldata origin, uint256 maxSeconds) internal view returns (uint64 slot) {
        BeaconHeader calldata header = origin.header;
        slot = header.slot;
        if (_timeOf(slot) + maxSeconds < block.timestamp) revert ProofTooOld(_timeOf(slot), maxSeconds);
        BlockProofs.requireBlock(origin, slot, BeaconBlocks.headerRoot(header), _timeOf(origin.childSlot), stateProofs);
    }

    /// @dev Whole ether for which a key earns.
    function _earningEther(Key memory k) internal pure returns (uint256) {
        if (k.state != KeyState.Funded && k.state != KeyState.Leaving) return 0;
        uint64 net = _netGwei(k);
        return net < FULL_GWEI ? 0 : net / 1e9;
    }

    /// @dev Sent and not home, in gwei.
    function _netGwei(Key memory k) internal pure returns (uint64) {
        return k.sentGwei > k.homeGwei ? k.sentGwei - k.homeGwei : 0;
    }

    /// @dev Books that an operator's earning ether changes, after its fee has been settled.
    function _stakeChanges(uint256 operatorId, uint256 beforeEther, uint256 afterEther) internal {
        if (beforeEther == afterEther) return;
        registry.stakeChanges(operatorId, beforeEther, afterEther);
        Stake storage stake = _stakes[operatorId];
        stake.stakedEther = uint32(stake.stakedEther + afterEther - beforeEther);
    }

    /// @dev Most keys that may wait for proof or ether.
    function _stockLimit() internal view returns (uint256) {
        (uint256 pooledWei,) = token.totals();
        return Math.max(minStock, pooledWei * stockBps / (BPS * 1 ether));
    }

    /// @dev Most ether that a compounding key may have, in gwei.
    function _capGwei() internal view returns (uint256) {
        (uint256 pooledWei,) = token.totals();
        return Math.min(MAX_GWEI, Math.max(FULL_GWEI, pooledWei * keyBps / (BPS * 1 gwei)));
    }

    /// @dev What the pool's deposits name as withdrawal credentials.
    function _credentials(bool compounding) internal view returns (bytes32) {
        return bytes32(uint256(compounding ? 2 : 1) << 248 | uint160(withdrawalVault));
    }

    function _timeOf(uint64 slot) internal view returns (uint256) {
        return uint256(_genesisTime) + uint256(slot) * _secondsPerSlot;
    }

    function _slotAt(uint256 time) internal view returns (uint64) {
        return time < _genesisTime ? 0 : uint64((time - _genesisTime) / _secondsPerSlot);
    }
}
