// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBytes} from "solady/utils/LibBytes.sol";
import {TakenKeys} from "./interfaces/IOperatorRegistry.sol";
import {BuilderProof, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {BlockProof} from "./interfaces/Types.sol";
import {IValidators, KeyProof, Stake} from "./interfaces/IValidators.sol";
import {BeaconState} from "./lib/BeaconState.sol";
import {DepositData} from "./lib/DepositData.sol";
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
    using LibBytes for bytes;
    using TopUpOrder for TopUpOrder.Order;
    using UnprovenSet for UnprovenSet.Set;

    /// @notice A proof of what became of a key is not older than this.
    uint256 public constant KEY_PROOF_SECONDS = 1 hours;
    /// @notice Most keys of one `topUp`.
    uint256 public constant MAX_TOP_UPS = 16;

    /// @notice A key has had its first ether, and stands at this place of the set.
    event KeyOpened(uint64 indexed keyId, uint8 place, bytes pubkey);
    /// @notice A key is the pool's own: it waits for the rest of its ether.
    event KeyProven(uint64 indexed keyId, uint64 validatorIndex);
    /// @notice A key withdraws to the vault, but it is not as the pool deposited it: it gets no more.
    event KeyGiven(uint64 indexed keyId, uint64 validatorIndex, bytes32 withdrawalCredentials);
    /// @notice Somebody with the key's secret deposited it before the pool, for other credentials: the bond pays. Those of a builder have prefix 0x03.
    event KeyForeign(uint64 indexed keyId, uint64 validatorIndex, bytes32 withdrawalCredentials);
    /// @notice A key was not proven in time: its operator gets no more until it is.
    event KeyOverdue(uint64 indexed keyId);
    /// @notice A key leaves or was slashed: it gets no more.
    event KeyLeaving(uint64 indexed keyId, bool slashed, uint64 exitEpoch);
    /// @notice A key has exited: it earns no more.
    event KeyExited(uint64 indexed keyId, uint64 exitEpoch);

    /// @notice Ether comes from the pool only.
    error OnlyPool(address caller);
    /// @notice More keys than one call takes.
    error TooManyTopUps(uint256 count, uint256 max);
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

    /// @notice Sends one ether of the pool's buffer to each of the next `count` operator keys. Until they are proven they stand at par. By anyone.
    function predeposit(uint8 count) external {
        _requireQuiet();
        uint256 limit = _stockLimit();
        if (_waitingTotal + count > limit) revert StockIsFull(_waitingTotal, limit);
        _waitingTotal += count;
        pool.spend(FIRST_GWEI * count, count);
        TakenKeys memory taken = registry.takeKeys(count);
        for (uint256 i = 0; i < count; ++i) {
            bytes memory pubkey = taken.pubkeys.slice(48 * i, 48 * i + 48);
            bool compounding = taken.compounding >> i & 1 == 1;
            _open(taken.keyIds[i], pubkey, compounding);
            _deposit(pubkey, compounding, taken.signatures.slice(96 * i, 96 * i + 96), FIRST_GWEI);
        }
    }

    /// @notice Sends what the pool's buffer can spare to the next `count` keys at most. By anyone, who chooses neither key nor amount.
    /// @param proofs For each of them in turn that has had more than its first ether: that it is well.
    function topUp(uint256 count, KeyProof[] calldata proofs) external {
        if (count > MAX_TOP_UPS) revert TooManyTopUps(count, MAX_TOP_UPS);
        uint256 availableGwei = pool.usableWei() / 1 gwei;
        (uint64[] memory keyIds, uint64[] memory amountsGwei) =
            _takeTopUps(registry.etherLimits(), availableGwei, count, proofs);
        uint64 sumGwei = 0;
        for (uint256 i = 0; i < amountsGwei.length; ++i) {
            sumGwei += amountsGwei[i];
        }
        pool.spend(sumGwei, 0);
        // Whoever has this key has signed its first deposit: the beacon chain asks for no signature again.
        bytes memory signature = new bytes(96);
        signature[0] = 0xc0;
        for (uint256 i = 0; i < keyIds.length; ++i) {
            _deposit(registry.pubkeyOf(keyIds[i]), _keys[keyIds[i]].compounding, signature, amountsGwei[i]);
        }
    }

    /// @inheritdoc IValidators
    function receiveFromPool() external payable {
        if (msg.sender != address(pool)) revert OnlyPool(msg.sender);
    }

    /// @notice Shows what became of a key's first ether. By anyone.
    /// - Own: as the pool deposited it and not begun: the bond is free, the rest of its ether may come.
    /// - Given: it withdraws to the vault otherwise: the bond is free, the key gets no more.
    /// - Foreign: the bond pays the ether, and the operator gets no more.
    function proveKey(uint64 keyId, KeyProof calldata proof) external {
        Key memory k = _unproven(keyId);
        _prove(keyId, proof, KEY_PROOF_SECONDS);
        ValidatorProof calldata v = proof.validator;
        _end(keyId, k, _endOf(k, v), v.validatorIndex, v.withdrawalCredentials);
    }

    /// @notice Shows that a key's first ether went to a builder with its key: the bond pays the ether, and the operator gets no more. By anyone.
    /// @dev From Gloas on who has the key's secret can make a builder of it before the pool deposits; the pool's ether is the builder's then.
    function proveBuilder(uint64 keyId, BlockProof calldata origin, BuilderProof calldata proof) external {
        Key memory k = _unproven(keyId);
        uint64 slot = _proveBlock(origin, KEY_PROOF_SECONDS);
        stateProofs.requireBuilder(origin.header.stateRoot, slot, registry.pubkeyOf(keyId), proof);
        bytes32 credentials = bytes32(uint256(3) << 248 | uint160(proof.executionAddress));
        _end(keyId, k, KeyState.Foreign, proof.builderIndex, credentials);
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
        if (k.state != KeyState.Waiting && k.state != KeyState.Funded && !leaving) {
            revert NothingToProve(keyId, k.state);
        }
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

    /// @notice The keys that are not proven, in the order of their places in the set: what members look for in the beacon state, once each matches its word,
    /// and what anybody may prove.
    function unprovenKeys()
        external
        view
        returns (uint256[] memory places, uint64[] memory keyIds, bytes memory pubkeys)
    {
        uint256 n = _set.count();
        places = new uint256[](n);
        keyIds = new uint64[](n);
        uint256 found = 0;
        for (uint256 place = 0; found < n; ++place) {
            if (!_set.isTaken(place)) continue;
            (places[found], keyIds[found]) = (place, _set.keyIds[place]);
            pubkeys = bytes.concat(pubkeys, registry.pubkeyOf(keyIds[found]));
            ++found;
        }
    }

    /// @notice Keys that have had their first ether only, and the most there may be.
    function stock() external view returns (uint256 waiting, uint256 limit) {
        return (_waitingTotal, _stockLimit());
    }

    function _open(uint64 keyId, bytes memory pubkey, bool compounding) private {
        uint8 place = _set.add(keyId, keccak256(pubkey));
        _keys[keyId] = Key({
            state: KeyState.Unproven,
            place: place,
            compounding: compounding,
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

    function _deposit(bytes memory pubkey, bool compounding, bytes memory signature, uint64 amountGwei) private {
        bytes32 credentials = _credentials(compounding);
        bytes32 root = DepositData.root(pubkey, credentials, signature, amountGwei);
        depositContract.deposit{value: uint256(amountGwei) * 1 gwei}(
            pubkey, abi.encodePacked(credentials), signature, root
        );
    }

    function _unproven(uint64 keyId) private view returns (Key memory k) {
        k = _keys[keyId];
        if (k.state != KeyState.Unproven) revert NotUnproven(keyId);
    }

    /// @dev Ends a key that waited for its proof.
    /// @param index Of the validator or builder that has it.
    function _end(uint64 keyId, Key memory k, KeyState end, uint64 index, bytes32 credentials) private {
        k.validatorIndex = uint40(index);
        k.state = end;
        Stake storage stake = _stakes[keyId >> 32];
        --stake.unproven;
        if (k.overdue) --stake.overdue;
        _set.remove(k.place);
        if (end == KeyState.Waiting) {
            _orders[keyId >> 32].enqueue(uint32(keyId));
            emit KeyProven(keyId, index);
        } else {
            --stake.waiting;
            --_waitingTotal;
            if (end == KeyState.Given) emit KeyGiven(keyId, index, credentials);
            else emit KeyForeign(keyId, index, credentials);
        }
        _keys[keyId] = k;
        registry.firstEtherEnded(keyId >> 32, end == KeyState.Foreign);
    }

    /// @dev What the validator's record says of the first ether. The eleven bytes between prefix and address are looked at for own keys only.
    function _endOf(Key memory k, ValidatorProof calldata v) private view returns (KeyState) {
        if (!BeaconState.withdrawsTo(v.withdrawalCredentials, withdrawalVault)) return KeyState.Foreign;
        bool fresh = v.effectiveBalanceGwei < FULL_GWEI && !v.slashed
            && v.activationEligibilityEpoch == FAR_FUTURE_EPOCH && v.activationEpoch == FAR_FUTURE_EPOCH
            && v.exitEpoch == FAR_FUTURE_EPOCH;
        return fresh && v.withdrawalCredentials == _credentials(k.compounding) ? KeyState.Waiting : KeyState.Given;
    }

    /// @dev No layout of the state begins before the keys that are opened now can be proven.
    function _requireQuiet() private view {
        uint64 fromSlot = stateProofs.layoutOf(_slotAt(block.timestamp + forkQuietSeconds)).fromSlot;
        if (fromSlot > _slotAt(block.timestamp)) revert ForkIsNear(fromSlot);
    }
}
