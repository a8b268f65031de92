// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IStateProofs} from "../interfaces/IStateProofs.sol";
import {BeaconHeader, BlockProof} from "../interfaces/Types.sol";
import {BeaconBlocks} from "./BeaconBlocks.sol";

/// @title Proofs of the reference block
/// @notice Shows that a block is the last one at or before a slot, on the chain that EIP-4788 vouches for.
/// @dev A block's root comes into EIP-4788 with the payload of its child, under the child's time. A payload can be withheld (Gloas), and then
/// the root never comes. What is there stands for all blocks below it: a header names its parent, and a state remembers older roots.
/// - No header above: EIP-4788 has the block's own root.
/// - One to four headers above, each the parent of the next: EIP-4788 has the root of the newest.
/// - A later header whose state remembers the block, at a constant price.
library BlockProofs {
    /// @notice Most headers above the reference block; from then on the branch is cheaper.
    uint256 internal constant MAX_LINKS = 4;

    /// @notice Slots must be: reference block <= reference slot < headers above < child block. `below` is the slot of the newest header above,
    /// or the reference slot.
    error WrongSlotOrder(uint64 slot, uint64 below, uint64 childSlot);
    /// @notice The header's fields do not hash to the reported block root.
    error WrongHeader(bytes32 given, bytes32 reported);
    /// @notice Header `link` of those above has another parent than the block below it.
    error WrongLink(uint256 link, bytes32 parentRoot, bytes32 below);
    /// @notice Header `link` of those above is not of a later slot than `below`, which is the reference slot or the header below it.
    error LinkOutOfOrder(uint256 link, uint64 slot, uint64 below);
    /// @notice More headers than 4 above, or with a branch another number than one.
    error WrongLinkCount(uint256 links);
    /// @notice The block at `childSlot` has another parent than the newest header.
    error WrongChildSlot(uint64 childSlot, bytes32 parentRoot, bytes32 newest);

    /// @notice Returns normally when the block of `blockRoot` has the header of the proof and is the last one at or before `refSlot`.
    /// @param childTime Timestamp of `proof.childSlot`, in seconds.
    function requireBlock(
        BlockProof calldata proof,
        uint64 refSlot,
        bytes32 blockRoot,
        uint256 childTime,
        IStateProofs states
    ) internal view {
        if (proof.header.slot > refSlot) {
            revert WrongSlotOrder(proof.header.slot, refSlot, proof.childSlot);
        }
        bytes32 root = BeaconBlocks.headerRoot(proof.header);
        if (root != blockRoot) revert WrongHeader(root, blockRoot);
        uint64 slot = refSlot;
        if (proof.branch.length != 0) {
            (root, slot) = _remembered(proof, refSlot, root, states);
        } else if (proof.above.length != 0) {
            (root, slot) = _linked(proof.above, refSlot, root);
        }
        if (proof.childSlot <= slot) revert WrongSlotOrder(proof.header.slot, slot, proof.childSlot);
        bytes32 known = BeaconBlocks.parentRootAt(childTime);
        if (known != root) revert WrongChildSlot(proof.childSlot, known, root);
    }

    /// @dev Root and slot of the newest header above.
    function _linked(BeaconHeader[] calldata above, uint64 slot, bytes32 root) private view returns (bytes32, uint64) {
        uint256 links = above.length;
        if (links > MAX_LINKS) revert WrongLinkCount(links);
        for (uint256 i = 0; i < links; ++i) {
            BeaconHeader calldata header = above[i];
            if (header.slot <= slot) revert LinkOutOfOrder(i, header.slot, slot);
            if (header.parentRoot != root) revert WrongLink(i, header.parentRoot, root);
            (root, slot) = (BeaconBlocks.headerRoot(header), header.slot);
        }
        return (root, slot);
    }

    /// @dev Root and slot of the header whose state remembers the block.
    function _remembered(BlockProof calldata proof, uint64 refSlot, bytes32 blockRoot, IStateProofs states)
        private
        view
        returns (bytes32, uint64)
    {
        if (proof.above.length != 1) revert WrongLinkCount(proof.above.length);
        BeaconHeader calldata header = proof.above[0];
        states.requireBlockRoot(header.stateRoot, header.slot, refSlot, blockRoot, proof.branch);
        return (BeaconBlocks.headerRoot(header), header.slot);
    }
}
