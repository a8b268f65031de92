// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IOperatorRegistry, TakenKeys} from "./interfaces/IOperatorRegistry.sol";
import {IValidators, Stake} from "./interfaces/IValidators.sol";
import {KeyStore} from "./lib/KeyStore.sol";
import {Operator, OperatorKeys} from "./OperatorKeys.sol";

/// @title Which keys have their first ether next
/// @notice The least loaded active operator with a free bond and under its limits gives the next key; among equals the lowest identifier goes first.
/// Its load is the ether at its keys, and 32 for each key that waits for proof or ether.
abstract contract KeyPicking is OperatorKeys {
    using KeyStore for KeyStore.Batch[];

    /// @dev An operator while keys are being taken.
    struct Candidate {
        /// @dev In ether.
        uint256 load;
        uint256 room;
        uint256 nextIndex;
        uint256 batchCursor;
        bool taken;
    }

    /// @dev Ether of a key that has all it needs to be active.
    uint256 private constant KEY_ETHER = 32;

    /// @inheritdoc IOperatorRegistry
    IValidators public immutable validators;

    /// @notice Active operators under their limits have fewer keys than wanted.
    error NotEnoughKeys(uint256 have, uint256 want);

    constructor(IValidators validators_) {
        validators = validators_;
    }

    /// @inheritdoc IOperatorRegistry
    function nextKeys(uint256 count) external view returns (bytes memory pubkeys) {
        TakenKeys memory picked;
        (picked,) = _pick(count);
        return picked.pubkeys;
    }

    /// @notice Keys that `takeKeys` could hand out now.
    function availableKeys() external view returns (uint256 have) {
        (, have) = _candidates();
    }

    /// @dev The next `count` keys, and the operators after they are taken.
    function _pick(uint256 count) internal view returns (TakenKeys memory picked, Candidate[] memory candidates) {
        uint256 have;
        (candidates, have) = _candidates();
        if (have < count) revert NotEnoughKeys(have, count);
        picked.pubkeys = new bytes(count * 48);
        picked.signatures = new bytes(count * 96);
        picked.keyIds = new uint64[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 operatorId = _leastLoaded(candidates);
            Candidate memory c = candidates[operatorId];
            KeyStore.Batch[] storage batches = _batches[operatorId];
            c.batchCursor = batches.batchFrom(c.batchCursor, c.nextIndex);
            batches.copy(c.batchCursor, c.nextIndex, picked.pubkeys, picked.signatures, i);
            if (batches[c.batchCursor].compounding) picked.compounding |= 1 << i;
            picked.keyIds[i] = uint64(operatorId << 32 | c.nextIndex);
            ++c.nextIndex;
            c.load += KEY_ETHER;
            c.taken = true;
            --c.room;
        }
    }

    /// @dev All operators with what they have to give, and the sum of that. A retired registry gives nothing.
    function _candidates() private view returns (Candidate[] memory candidates, uint256 have) {
        if (_isRetired()) return (candidates, 0);
        uint256 n = _operators.length;
        Stake[] memory stakes = validators.stakes(n);
        candidates = new Candidate[](n);
        for (uint256 i = 0; i < n; ++i) {
            Operator storage operator_ = _operators[i];
            Candidate memory c = candidates[i];
            c.nextIndex = operator_.depositedKeys;
            c.load = stakes[i].stakedEther + KEY_ETHER * stakes[i].waiting;
            c.batchCursor = operator_.batchCursor;
            if (!operator_.active || stakes[i].overdue != 0 || c.load >= operator_.etherLimit) continue;
            c.room = Math.min(operator_.totalKeys - c.nextIndex, (operator_.etherLimit - c.load) / KEY_ETHER);
            uint256 covered = Math.min(operator_.quota, operator_.bondWei / FIRST_WEI);
            c.room = Math.min(c.room, Math.saturatingSub(covered, stakes[i].unproven));
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
