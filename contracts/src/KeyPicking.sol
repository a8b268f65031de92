// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {KeyStore} from "./lib/KeyStore.sol";
import {Operator, OperatorKeys} from "./OperatorKeys.sol";

/// @title Which keys the pool deposits next
/// @notice The least loaded active operator under its limit gives the next key; among equals the lowest identifier goes first.
abstract contract KeyPicking is OperatorKeys {
    using KeyStore for KeyStore.Batch[];

    /// @dev An operator while keys are being taken.
    struct Candidate {
        uint256 load;
        uint256 room;
        uint256 nextIndex;
        uint256 batchCursor;
        uint256 taken;
    }

    /// @notice Active operators under their limits have fewer keys than wanted.
    error NotEnoughKeys(uint256 have, uint256 want);

    /// @inheritdoc IOperatorRegistry
    function nextKeys(uint256 count) external view returns (bytes memory pubkeys) {
        (pubkeys,,,) = _pick(count);
    }

    /// @notice Keys that `takeKeys` could hand out now.
    function availableKeys() external view returns (uint256 have) {
        (, have) = _candidates();
    }

    /// @dev The next `count` keys with their signatures and names, and the operators after they are taken.
    function _pick(uint256 count)
        internal
        view
        returns (bytes memory pubkeys, bytes memory signatures, uint64[] memory keyIds, Candidate[] memory candidates)
    {
        uint256 have;
        (candidates, have) = _candidates();
        if (have < count) revert NotEnoughKeys(have, count);
        pubkeys = new bytes(count * 48);
        signatures = new bytes(count * 96);
        keyIds = new uint64[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 operatorId = _leastLoaded(candidates);
            Candidate memory c = candidates[operatorId];
            KeyStore.Batch[] storage batches = _batches[operatorId];
            c.batchCursor = batches.batchFrom(c.batchCursor, c.nextIndex);
            batches.copy(c.batchCursor, c.nextIndex, pubkeys, signatures, i);
            keyIds[i] = uint64(operatorId << 32 | c.nextIndex);
            ++c.nextIndex;
            ++c.load;
            ++c.taken;
            --c.room;
        }
    }

    /// @dev All operators with what they have to give, and the sum of that. A retired registry gives nothing.
    function _candidates() private view returns (Candidate[] memory candidates, uint256 have) {
        if (_isRetired()) return (candidates, 0);
        uint256 n = _operators.length;
        candidates = new Candidate[](n);
        for (uint256 i = 0; i < n; ++i) {
            Operator storage operator_ = _operators[i];
            Candidate memory c = candidates[i];
            c.nextIndex = operator_.depositedKeys;
            c.load = c.nextIndex - operator_.exitedKeys;
            c.batchCursor = operator_.batchCursor;
            if (!operator_.active || c.load >= operator_.keyLimit) continue;
            uint256 unused = operator_.totalKeys - c.nextIndex;
            uint256 underLimit = operator_.keyLimit - c.load;
            c.room = unused < underLimit ? unused : underLimit;
            have += c.room;
        }
    }

    /// @dev The caller has made sure that one has room.
    function _leastLoaded(Candidate[] memory candidates) private pure returns (uint256 best) {
        uint256 least = type(uint256).max;
        for (uint256 i = 0; i < candidates.length; ++i) {
            Candidate memory c = candidates[i];
            if (c.room != 0 && c.load < least) (best, least) = (i, c.load);
        }
    }
}
