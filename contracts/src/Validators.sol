// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";
import {IStateProofs, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {IValidators, KeyProof, Stake} from "./interfaces/IValidators.sol";
import {BeaconState} from "./lib/BeaconState.sol";
import {TopUpOrder} from "./lib/TopUpOrder.sol";
import {UnprovenSet} from "./lib/UnprovenSet.sol";
import {TopUps} from "./validators/TopUps.sol";
import {Key, KeyState, ValidatorBook} from "./validators/ValidatorBook.sol";

/// @title The pool's validators
/// @notice Who may have ether, and how much: a key gets one ether first, must be proven to be the pool's, and only then gets the rest. All is proven under
/// beacon state roots that EIP-4788 vouches for, by anyone.
/// @dev The first valid deposit of a key decides where its ether goes, and its holder can make one before the pool does. So one ether of each key
/// is risked, the operator's bond pays it back, and until the proof it counts as one ether, whatever the beacon chain says.
contract Validators is IValidators, TopUps {
    using TopUpOrder for TopUpOrder.Order;
    using UnprovenSet for UnprovenSet.Set;

    /// @notice A proof of what became of a key is not older than this.
    uint256 public constant KEY_PROOF_SECONDS = 1 hours;

    /// @notice A key has had its first ether, and stands at this place of the set.
    event KeyOpened(uint64 indexed keyId, uint8 place, bytes pubkey);
    /// @notice A key is the pool's own: it waits for the rest of its ether.
    event KeyProven(uint64 indexed keyId, uint64 validatorIndex);
    /// @notice A key withdraws to the vault, but it is not as the pool deposited it: it gets no more.
    event KeyGiven(uint64 indexed keyId, uint64 validatorIndex, bytes32 withdrawalCredentials);
    /// @notice Somebody with the key's secret deposited it before the pool, for other credentials: the bond pays.
    event KeyForeign(uint64 indexed keyId, uint64 validatorIndex, bytes32 withdrawalCredentials);
    /// @notice A key was not proven in time: its operator gets no more until it is.
    event KeyOverdue(uint64 indexed keyId);
    /// @notice A key leaves or was slashed: it gets no more.
    event KeyLeaving(uint64 indexed keyId, bool slashed, uint64 exitEpoch);
    /// @notice A key has exited: it earns no more.
    event KeyExited(uint64 indexed keyId, uint64 exitEpoch);

    /// @notice Only the registry hands out keys.
    error OnlyRegistry(address caller);
    /// @notice So many keys wait for proof or ether already. Prove and top up first.
    error StockIsFull(uint256 waiting, uint256 limit);
    /// @notice A fork that moves the state comes: keys that are opened now might not be proven before it.
    error ForkIsNear(uint64 fromSlot);
    /// @notice The key is not one that waits for its proof.
    error NotUnproven(uint64 keyId);
    /// @notice The key has time left to be proven.
    error NotOverdue(uint64 keyId, uint256 overdueAt);
    /// @notice The key is not one of the pool's own, or all is known about it.
    error NothingToProve(uint64 keyId, KeyState state);
    /// @notice The validator neither leaves nor was slashed.
    error StillValidating(uint64 keyId);

    constructor(Config memory c) ValidatorBook(c) {}

    /// @inheritdoc IValidators
    function open(uint64[] calldata keyIds, bytes calldata pubkeys, uint256 compounding) external {
        if (msg.sender != address(registry)) revert OnlyRegistry(msg.sender);
        _requireQuiet();
        uint256 n = keyIds.length;
        uint256 limit = _stockLimit();
        if (_waitingTotal + n > limit) revert StockIsFull(_waitingTotal, limit);
        _waitingTotal += n;
        for (uint256 i = 0; i < n; ++i) {
            uint64 keyId = keyIds[i];
            bytes calldata pubkey = pubkeys[48 * i:48 * i + 48];
            uint8 place = _set.add(keccak256(pubkey));
            _keys[keyId] = Key({
                state: KeyState.Unproven,
                place: place,
                compounding: compounding >> i & 1 == 1,
                overdue: false,
                openedAt: uint40(block.timestamp),
                validatorIndex: 0,
                sentGwei: FIRST_GWEI,
                homeGwei: 0
            });
            Stake storage stake = _stakes[keyId >> 32];
            ++stake.unproven;
            ++stake.waiting;
            emit KeyOpened(keyId, place, pubkey);
        }
    }

    /// @inheritdoc IValidators
    function takeTopUps(uint32[] calldata etherLimits, uint256 availableGwei, uint256 count, KeyProof[] calldata proofs)
        external
        returns (uint64[] memory keyIds, uint64[] memory amountsGwei, uint256 compounding)
    {
        if (msg.sender != address(registry)) revert OnlyRegistry(msg.sender);
        return _takeTopUps(etherLimits, availableGwei, count, proofs);
    }

    /// @notice Shows what became of a key's first ether. By anyone.
    /// - Own: as the pool deposited it and not begun: the bond is free, the rest of its ether may come.
    /// - Given: it withdraws to the vault otherwise: the bond is free, the key gets no more.
    /// - Foreign: the bond pays the ether, and the operator gets no more.
    function proveKey(uint64 keyId, KeyProof calldata proof) external {
        Key memory k = _keys[keyId];
        if (k.state != KeyState.Unproven) revert NotUnproven(keyId);
        _prove(keyId, proof, KEY_PROOF_SECONDS);
        ValidatorProof calldata v = proof.validator;
        k.validatorIndex = uint40(v.validatorIndex);
        k.state = _endOf(k, v);
        Stake storage stake = _stakes[keyId >> 32];
        --stake.unproven;
        if (k.overdue) --stake.overdue;
        _set.remove(k.place);
        if (k.state == KeyState.Waiting) {
            _orders[keyId >> 32].enqueue(uint32(keyId));
            emit KeyProven(keyId, v.validatorIndex);
        } else {
            --stake.waiting;
            --_waitingTotal;
            if (k.state == KeyState.Given) emit KeyGiven(keyId, v.validatorIndex, v.withdrawalCredentials);
            else emit KeyForeign(keyId, v.validatorIndex, v.withdrawalCredentials);
        }
        _keys[keyId] = k;
        registry.firstEtherEnded(keyId >> 32, k.state == KeyState.Foreign);
    }

    /// @notice Says that a key was not proven in time: its operator gets no more until it is. Nothing is paid. By anyone.
    function noteOverdue(uint64 keyId) external {
        Key storage k = _keys[keyId];
        if (k.state != KeyState.Unproven || k.overdue) revert NotUnproven(keyId);
        uint256 overdueAt = k.openedAt + proofPatienceSeconds;
        if (block.timestamp <= overdueAt) revert NotOverdue(keyId, overdueAt);
        k.overdue = true;
        ++_stakes[keyId >> 32].overdue;
        emit KeyOverdue(keyId);
    }

    /// @notice Shows that a key of the pool leaves, was slashed or has exited. It is for good: a key that leaves gets no more, one that has exited earns
    /// no more and makes room for another. By anyone.
    function proveLeaving(uint64 keyId, KeyProof calldata proof) external {
        Key memory k = _keys[keyId];
        bool leaving = k.state == KeyState.Leaving;
        if (k.state != KeyState.Waiting && k.state != KeyState.Funded && !leaving) revert NothingToProve(keyId, k.state);
        uint64 slot = _prove(keyId, proof, HEALTH_SECONDS);
        ValidatorProof calldata v = proof.validator;
        bool exited = v.exitEpoch <= slot / slotsPerEpoch;
        if (!exited) {
            if (leaving) revert NothingToProve(keyId, k.state);
            if (!v.slashed && v.exitEpoch == FAR_FUTURE_EPOCH) revert StillValidating(keyId);
        }
        if (k.state == KeyState.Waiting) {
            --_stakes[keyId >> 32].waiting;
            --_waitingTotal;
        }
        uint256 beforeEther = _earningEther(k);
        k.state = exited ? KeyState.Exited : KeyState.Leaving;
        if (exited) k.homeGwei = k.sentGwei;
        _keys[keyId] = k;
        _stakeChanges(keyId >> 32, beforeEther, _earningEther(k));
        if (!leaving) emit KeyLeaving(keyId, v.slashed, v.exitEpoch);
        if (exited) emit KeyExited(keyId, v.exitEpoch);
    }

    /// @notice Throws away up to `count` entries of the operator's order of top-ups that say nothing any more. Never needed unless very many keys have
    /// changed. By anyone.
    function prune(uint256 operatorId, uint256 count) external {
        _pruneOrder(operatorId, count);
    }

    /// @notice All about a key.
    function keyOf(uint64 keyId) external view returns (Key memory) {
        return _keys[keyId];
    }

    /// @inheritdoc IValidators
    function stakeOf(uint256 operatorId) external view returns (Stake memory) {
        return _stakes[operatorId];
    }

    /// @inheritdoc IValidators
    function stakes(uint256 count) external view returns (Stake[] memory all) {
        all = new Stake[](count);
        for (uint256 i = 0; i < count; ++i) {
            all[i] = _stakes[i];
        }
    }

    /// @inheritdoc IValidators
    function unprovenCount() external view returns (uint256) {
        return _set.count();
    }

    /// @notice Word `place` of the set of unproven keys: `keccak256(pubkey)` with the state in its lowest byte: 1 free, 2 taken.
    function unprovenWord(uint256 place) external view returns (uint256) {
        return _set.words[place];
    }

    /// @notice Keys that have had their first ether only, and the most there may be.
    function stock() external view returns (uint256 waiting, uint256 limit) {
        return (_waitingTotal, _stockLimit());
    }

    /// @dev What the validator's record says of the first ether. The eleven bytes between prefix and address are looked at for own keys only.
    function _endOf(Key memory k, ValidatorProof calldata v) private view returns (KeyState) {
        if (!BeaconState.withdrawsTo(v.withdrawalCredentials, withdrawalVault)) return KeyState.Foreign;
        bool fresh = v.effectiveBalanceGwei < FULL_GWEI && !v.slashed && v.activationEligibilityEpoch == FAR_FUTURE_EPOCH
            && v.activationEpoch == FAR_FUTURE_EPOCH && v.exitEpoch == FAR_FUTURE_EPOCH;
        return fresh && v.withdrawalCredentials == _credentials(k.compounding) ? KeyState.Waiting : KeyState.Given;
    }

    /// @dev No layout of the state begins before the keys that are opened now can be proven.
    function _requireQuiet() private view {
        uint64 fromSlot = stateProofs.layoutOf(_slotAt(block.timestamp + forkQuietSeconds)).fromSlot;
        if (fromSlot > _slotAt(block.timestamp)) revert ForkIsNear(fromSlot);
    }
}
