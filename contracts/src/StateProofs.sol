// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {BalanceProof, BuilderProof, IStateProofs, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {BeaconState} from "./lib/BeaconState.sol";
import {SSZ} from "./lib/SSZ.sol";
import {StateLayout, StateLayouts} from "./lib/StateLayouts.sol";

/// @title State proofs
/// @notice Verifies branches under roots of beacon states of every fork that it has a layout of. So registry, fees, keys and anchors outlive
/// a fork that moves everything in the state.
/// @dev The layout is chosen by the slot of the block whose state it is, never by a reference slot: after missed slots a state of the old
/// fork stands under a reference slot of the new one. The owner appends the layouts of forks to come, and moves a fork that is postponed;
/// what a past slot has is for ever. A wrong slot of Gloas delays proofs, and lets nobody prove a false validator or balance: the indices of
/// each layout lead below numbers in states of the other, and nobody knows what would hash to a number.
contract StateProofs is IStateProofs, AccessControl {
    using StateLayouts for StateLayout;

    /// @notice Highest index, plus one, for which an element can be proven: `VALIDATOR_REGISTRY_LIMIT` up to Fulu.
    uint64 public constant VALIDATOR_LIMIT = 1 << 40;

    /// @notice Timestamp of slot 0, in seconds.
    uint64 public immutable genesisTime;
    /// @notice Length of a slot, in seconds.
    uint64 public immutable secondsPerSlot;
    /// @notice `SLOTS_PER_HISTORICAL_ROOT` of the network: so many block roots does a state remember.
    uint64 public immutable slotsPerHistoricalRoot;

    uint256 private immutable _blockRootLevels;
    StateLayout[] private _layouts;

    /// @notice States of blocks from `entry.fromSlot` on have this layout. `index` counts from 0; an older entry of it no longer holds.
    event LayoutSet(uint256 indexed index, StateLayout entry);

    /// @notice A slot has a length, and a state remembers at least one block root.
    error ImpossibleNetwork();
    /// @notice The table has no such entry.
    error UnknownEntry(uint256 index);
    /// @notice What the states of a slot that has begun look like cannot be changed.
    error LayoutInForce(uint64 fromSlot, uint256 currentSlot);
    /// @notice Entries follow each other by slot.
    error LayoutOutOfOrder(uint64 fromSlot);
    /// @notice Two of the fields have one index, or one has that of the root.
    error InvalidLayout();
    /// @notice No registry has this index.
    error ValidatorIndexTooLarge(uint64 validatorIndex);
    /// @notice The list is longer: it has a validator of this index.
    error NotBeyondEnd(uint64 validatorIndex, uint64 length);
    /// @notice The branch does not lead from the validator or balance to the state root.
    error NotInState(uint64 validatorIndex, bytes32 root, bytes32 stateRoot);
    /// @notice States of `headerSlot` have no list of builders.
    error NoBuilders(uint64 headerSlot);
    /// @notice A state of `headerSlot` does not remember the block root of `slot`.
    error BlockRootOutOfReach(uint64 headerSlot, uint64 slot);
    /// @notice The branch does not lead from the block root to the state root.
    error BlockRootNotInState(bytes32 root, bytes32 stateRoot);

    /// @param admin Appends and moves layouts; the timelock.
    /// @param genesisTime_ Timestamp of slot 0, in seconds.
    /// @param secondsPerSlot_ Length of a slot.
    /// @param slotsPerHistoricalRoot_ `SLOTS_PER_HISTORICAL_ROOT` of the network.
    /// @param gloasSlot First slot of Gloas; the largest number when nobody knows it yet.
    constructor(
        address admin,
        uint64 genesisTime_,
        uint64 secondsPerSlot_,
        uint64 slotsPerHistoricalRoot_,
        uint64 gloasSlot
    ) {
        if (secondsPerSlot_ == 0 || slotsPerHistoricalRoot_ == 0) {
            revert ImpossibleNetwork();
        }
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        genesisTime = genesisTime_;
        secondsPerSlot = secondsPerSlot_;
        slotsPerHistoricalRoot = slotsPerHistoricalRoot_;
        uint256 levels = 0;
        while (uint256(1) << levels < slotsPerHistoricalRoot_) ++levels;
        _blockRootLevels = levels;
        _layouts.push();
        _set(0, StateLayouts.electra());
        _layouts.push();
        _set(1, StateLayouts.gloas(gloasSlot));
    }

    /// @notice Adds the layout of a fork to come. Only the owner.
    function append(StateLayout calldata entry) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _requireToCome(entry.fromSlot);
        _layouts.push();
        _replace(_layouts.length - 1, entry);
    }

    /// @notice Changes a layout whose fork is to come: it was postponed, or its slot has become known. Only the owner.
    function replace(uint256 index, StateLayout calldata entry) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _requireToCome(entryOf(index).fromSlot);
        _requireToCome(entry.fromSlot);
        _replace(index, entry);
    }

    /// @inheritdoc IStateProofs
    function requireValidator(
        bytes32 stateRoot,
        uint64 headerSlot,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external view {
        uint64 index = proof.validatorIndex;
        if (index >= VALIDATOR_LIMIT) revert ValidatorIndexTooLarge(index);
        bytes32 leaf = BeaconState.validatorRoot(pubkey, proof);
        bytes32 root = SSZ.branchRoot(leaf, layoutOf(headerSlot).validator(index), proof.branch);
        if (root != stateRoot) revert NotInState(index, root, stateRoot);
    }

    /// @inheritdoc IStateProofs
    function requireBuilder(bytes32 stateRoot, uint64 headerSlot, bytes calldata pubkey, BuilderProof calldata proof)
        external
        view
    {
        uint64 index = proof.builderIndex;
        if (index >= VALIDATOR_LIMIT) revert ValidatorIndexTooLarge(index);
        uint256 list = layoutOf(headerSlot).builders;
        if (list == 0) revert NoBuilders(headerSlot);
        bytes32 leaf = BeaconState.builderRoot(pubkey, proof);
        bytes32 root = SSZ.branchRoot(leaf, StateLayouts.progressiveElement(list, index), proof.branch);
        if (root != stateRoot) revert NotInState(index, root, stateRoot);
    }

    /// @inheritdoc IStateProofs
    /// @dev A progressive list has nothing behind its last subtree, so a balance that does not exist is proven by the list's length.
    function provenBalance(bytes32 stateRoot, uint64 headerSlot, uint64 validatorIndex, BalanceProof calldata proof)
        external
        view
        returns (uint64 balanceGwei)
    {
        if (!proof.beyondEnd && validatorIndex >= VALIDATOR_LIMIT) revert ValidatorIndexTooLarge(validatorIndex);
        StateLayout memory l = layoutOf(headerSlot);
        uint256 gindex = proof.beyondEnd ? l.balancesLength() : l.balanceChunk(validatorIndex);
        bytes32 root = SSZ.branchRoot(proof.chunk, gindex, proof.branch);
        if (root != stateRoot) revert NotInState(validatorIndex, root, stateRoot);
        if (!proof.beyondEnd) return SSZ.uint64At(proof.chunk, validatorIndex % 4);
        uint64 length = SSZ.uint64At(proof.chunk, 0);
        if (validatorIndex < length) revert NotBeyondEnd(validatorIndex, length);
    }

    /// @inheritdoc IStateProofs
    /// @dev Source: consensus specs, phase0 beacon-chain.md, `process_slot` and `get_block_root_at_slot`: the state of slot `s` has the roots
    /// for the slots from `s - SLOTS_PER_HISTORICAL_ROOT` to `s - 1`, and a slot without a block has the root of the block before.
    function requireBlockRoot(
        bytes32 stateRoot,
        uint64 headerSlot,
        uint64 slot,
        bytes32 blockRoot,
        bytes32[] calldata branch
    ) external view {
        if (headerSlot <= slot || headerSlot - slot > slotsPerHistoricalRoot) {
            revert BlockRootOutOfReach(headerSlot, slot);
        }
        uint256 gindex = layoutOf(headerSlot).blockRoot(_blockRootLevels, slot % slotsPerHistoricalRoot);
        bytes32 root = SSZ.branchRoot(blockRoot, gindex, branch);
        if (root != stateRoot) revert BlockRootNotInState(root, stateRoot);
    }

    /// @notice Number of entries of the table.
    function entryCount() external view returns (uint256) {
        return _layouts.length;
    }

    /// @notice An entry of the table, oldest first: 0 is Electra's and Fulu's, 1 is Gloas'.
    function entryOf(uint256 index) public view returns (StateLayout memory) {
        if (index >= _layouts.length) revert UnknownEntry(index);
        return _layouts[index];
    }

    /// @notice Layout of the state of a block of this slot.
    function layoutOf(uint64 headerSlot) public view returns (StateLayout memory) {
        uint256 index = _layouts.length - 1;
        while (headerSlot < _layouts[index].fromSlot) --index;
        return _layouts[index];
    }

    /// @dev What the owner writes keeps the order; the constructor's Gloas may begin with slot 0.
    function _replace(uint256 index, StateLayout calldata entry) private {
        uint256 last = _layouts.length - 1;
        if (entry.fromSlot <= _layouts[index - 1].fromSlot) revert LayoutOutOfOrder(entry.fromSlot);
        if (index < last && entry.fromSlot >= _layouts[index + 1].fromSlot) revert LayoutOutOfOrder(entry.fromSlot);
        if (
            entry.validators < 2 || entry.balances < 2 || entry.blockRoots < 2 || entry.validators == entry.balances
                || entry.validators == entry.blockRoots || entry.balances == entry.blockRoots || entry.builders == 1
                || entry.builders == entry.validators || entry.builders == entry.balances
                || entry.builders == entry.blockRoots
        ) revert InvalidLayout();
        _set(index, entry);
    }

    function _set(uint256 index, StateLayout memory entry) private {
        _layouts[index] = entry;
        emit LayoutSet(index, entry);
    }

    function _requireToCome(uint64 fromSlot) private view {
        uint256 current = block.timestamp < genesisTime ? 0 : (block.timestamp - genesisTime) / secondsPerSlot;
        if (fromSlot <= current) revert LayoutInForce(fromSlot, current);
    }
}
