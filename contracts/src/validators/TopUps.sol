// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ValidatorProof} from "../interfaces/IStateProofs.sol";
import {KeyProof, Stake} from "../interfaces/IValidators.sol";
import {TopUpOrder} from "../lib/TopUpOrder.sol";
import {Key, KeyState, ValidatorBook} from "./ValidatorBook.sol";

/// @title Top-ups
/// @notice Who gets the next ether: the operator with the least at its keys, there the oldest key that waits for the rest of its 32 ether, which gets
/// all of it at once, else the key with the least, which gets all there is. Whoever calls chooses neither key nor amount, so nobody
/// spreads dust over the stock, steers ether to its own keys, or has it swallowed by a key that leaves.
abstract contract TopUps is ValidatorBook {
    using TopUpOrder for TopUpOrder.Order;

    /// @dev What a call works with.
    struct Run {
        uint256 availableGwei;
        uint256 capGwei;
        /// @dev Ether of each operator as the top-ups of this call leave it, in gwei, and the most it may have. 0: it gets none.
        uint256[] stakedGwei;
        uint256[] limitGwei;
        uint256 proofsUsed;
    }

    /// @notice Least top-up of a key that has 32 ether, in gwei.
    uint64 public constant LEAST_TOP_UP_GWEI = 2e9;
    /// @dev Most entries that one call throws away of an operator's order.
    uint256 private constant MAX_STALE = 32;

    /// @notice A key has more ether now, sent by this call.
    event KeyToppedUp(uint64 indexed keyId, uint64 amountGwei, uint64 netGwei);

    /// @notice No key can take ether now, or there is not enough for the next one.
    error NothingToTopUp(uint256 availableGwei);
    /// @notice The key in turn has had more than its first ether: prove that it is well.
    error ProofMissing(uint64 keyId);
    /// @notice The key in turn leaves or was slashed: prove that by `proveLeaving`, and the next one is in turn.
    error KeyIsLeaving(uint64 keyId, bool slashed, uint64 exitEpoch);
    /// @notice So much has changed that the operator's order must be cleaned first, by `prune`.
    error TooManyStaleEntries(uint256 operatorId);

    function _takeTopUps(uint32[] memory etherLimits, uint256 availableGwei, uint256 count, KeyProof[] calldata proofs)
        internal
        returns (uint64[] memory keyIds, uint64[] memory amountsGwei)
    {
        Run memory run = _begin(etherLimits, availableGwei);
        keyIds = new uint64[](count);
        amountsGwei = new uint64[](count);
        uint256 n = 0;
        while (n < count) {
            (bool any, uint256 operatorId) = _leastStaked(run);
            if (!any) break;
            (bool found, uint32 keyIndex, uint64 amountGwei) = _inTurn(run, operatorId);
            if (!found) {
                run.limitGwei[operatorId] = 0;
                continue;
            }
            if (amountGwei == 0) break;
            keyIds[n] = uint64(operatorId << 32 | keyIndex);
            Key memory k = _keys[keyIds[n]];
            if (k.state == KeyState.Funded) {
                if (run.proofsUsed == proofs.length) {
                    if (n > 0) break;
                    revert ProofMissing(keyIds[n]);
                }
                _requireWell(keyIds[n], proofs[run.proofsUsed++]);
            }
            _book(run, keyIds[n], k, amountGwei);
            amountsGwei[n++] = amountGwei;
        }
        if (n == 0) revert NothingToTopUp(availableGwei);
        assembly ("memory-safe") {
            mstore(keyIds, n)
            mstore(amountsGwei, n)
        }
    }

    /// @dev Throws away entries at the front of the operator's order that say nothing any more, at most `count`.
    /// @return clean Whether the front is as it should be.
    function _pruneOrder(uint256 operatorId, uint256 count) internal returns (bool clean) {
        TopUpOrder.Order storage order = _orders[operatorId];
        while (true) {
            (bool any, uint32 keyIndex) = order.front();
            if (!any || _keyOf(operatorId, keyIndex).state == KeyState.Waiting) break;
            if (count == 0) return false;
            --count;
            order.dequeue();
        }
        while (true) {
            (bool any, uint32 keyIndex, uint64 netGwei) = order.least();
            if (!any) return true;
            Key memory k = _keyOf(operatorId, keyIndex);
            if (k.state == KeyState.Funded && _netGwei(k) == netGwei) return true;
            if (count == 0) return false;
            --count;
            order.pop();
        }
    }

    function _begin(uint32[] memory etherLimits, uint256 availableGwei) private view returns (Run memory run) {
        uint256 operators = etherLimits.length;
        run.availableGwei = availableGwei;
        run.capGwei = _capGwei();
        run.stakedGwei = new uint256[](operators);
        run.limitGwei = new uint256[](operators);
        for (uint256 i = 0; i < operators; ++i) {
            Stake memory stake = _stakes[i];
            if (stake.overdue != 0) continue;
            run.stakedGwei[i] = uint256(stake.stakedEther) * 1e9;
            run.limitGwei[i] = uint256(etherLimits[i]) * 1e9;
        }
    }

    /// @dev Among equals the lowest identifier goes first.
    function _leastStaked(Run memory run) private pure returns (bool any, uint256 operatorId) {
        uint256 least = type(uint256).max;
        for (uint256 i = 0; i < run.stakedGwei.length; ++i) {
            if (run.limitGwei[i] > run.stakedGwei[i] && run.stakedGwei[i] < least) {
                (any, operatorId, least) = (true, i, run.stakedGwei[i]);
            }
        }
    }

    /// @dev The operator's key in turn and what it gets; 0 when there is not enough for it, so that it waits and nobody overtakes it.
    function _inTurn(Run memory run, uint256 operatorId)
        private
        returns (bool found, uint32 keyIndex, uint64 amountGwei)
    {
        if (!_pruneOrder(operatorId, MAX_STALE)) revert TooManyStaleEntries(operatorId);
        uint256 roomGwei = run.limitGwei[operatorId] - run.stakedGwei[operatorId];
        TopUpOrder.Order storage order = _orders[operatorId];
        (found, keyIndex) = order.front();
        if (found) {
            if (roomGwei < FULL_GWEI) return (false, 0, 0);
            amountGwei = FULL_GWEI - _netGwei(_keyOf(operatorId, keyIndex));
            return (true, keyIndex, amountGwei > run.availableGwei ? 0 : amountGwei);
        }
        uint64 netGwei;
        (found, keyIndex, netGwei) = order.least();
        if (!found) return (false, 0, 0);
        if (netGwei + LEAST_TOP_UP_GWEI > run.capGwei) return (false, 0, 0);
        if (run.capGwei - netGwei < roomGwei) roomGwei = run.capGwei - netGwei;
        if (roomGwei < LEAST_TOP_UP_GWEI) return (false, 0, 0);
        amountGwei = uint64(run.availableGwei < roomGwei ? run.availableGwei : roomGwei);
        return (true, keyIndex, amountGwei < LEAST_TOP_UP_GWEI ? 0 : amountGwei);
    }

    /// @dev The key is at the front of its operator's line or on top of its heap.
    function _book(Run memory run, uint64 keyId, Key memory k, uint64 amountGwei) private {
        uint256 operatorId = keyId >> 32;
        uint256 beforeEther = _earningEther(k);
        TopUpOrder.Order storage order = _orders[operatorId];
        if (k.state == KeyState.Waiting) {
            order.dequeue();
            --_stakes[operatorId].waiting;
            --_waitingTotal;
            k.state = KeyState.Funded;
        } else {
            order.pop();
        }
        k.sentGwei += amountGwei;
        _keys[keyId] = k;
        uint64 netGwei = _netGwei(k);
        if (k.compounding) order.push(uint32(keyId), netGwei);
        uint256 afterEther = _earningEther(k);
        _stakeChanges(operatorId, beforeEther, afterEther);
        run.stakedGwei[operatorId] += (afterEther - beforeEther) * 1e9;
        run.availableGwei -= amountGwei;
        emit KeyToppedUp(keyId, amountGwei, netGwei);
    }

    function _requireWell(uint64 keyId, KeyProof calldata proof) private view {
        _prove(keyId, proof, HEALTH_SECONDS);
        ValidatorProof calldata v = proof.validator;
        if (v.slashed || v.exitEpoch != FAR_FUTURE_EPOCH) revert KeyIsLeaving(keyId, v.slashed, v.exitEpoch);
    }

    function _keyOf(uint256 operatorId, uint32 keyIndex) private view returns (Key memory) {
        return _keys[uint64(operatorId << 32 | keyIndex)];
    }
}
