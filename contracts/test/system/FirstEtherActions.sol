// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {TestValidator} from "../registry/StateTree.sol";
import {WorldActions} from "./WorldActions.sol";

/// @notice Keys that have had their first ether and are not proven, over reports and everything else, and the ends of it.
abstract contract FirstEtherActions is WorldActions {
    uint256 private constant MOST = 6;

    /// @dev Operator 0 may have deposited the key for itself before: `seed` says which end it will have.
    function _firstEther(uint256 seed) internal {
        if (unprovenIds.length == MOST) _endFirst(seed);
        _makeUsable(1 ether);
        _firstEtherNow(seed);
        reach(Effect.FirstEther);
    }

    function _firstEtherNow(uint256 seed) private rateNeverFalls {
        uint256 price = depositPriceNow();
        unprovenIds.push(_addKey());
        endOf[unprovenIds[unprovenIds.length - 1]] = seed % 3;
        validatorBook.predeposit(1);
        ledgerBufferWei -= 1 ether;
        expect(depositPriceNow() == price, "first ether moves the price");
    }

    function _endFirst(uint256 seed) internal {
        if (unprovenIds.length == 0) _firstEther(seed);
        _endFirstNow(seed % unprovenIds.length);
        reach(Effect.FirstEtherEnd);
    }

    /// @dev All are proven, whatever they are.
    function _endAllFirst() internal {
        while (unprovenIds.length > 0) _endFirstNow(0);
    }

    function _endFirstNow(uint256 place) private {
        uint64 keyId = unprovenIds[place];
        unprovenIds[place] = unprovenIds[unprovenIds.length - 1];
        unprovenIds.pop();
        uint256 end = endOf[keyId];
        KeyProof memory proof = _proofWithEnd(keyId, end);
        uint256 price = depositPriceNow();
        (uint256 pooledWei, uint256 shares) = token.totals();
        validatorBook.proveKey(keyId, proof);
        if (end == FOREIGN) {
            ledgerBufferWei += 1 ether;
            lostFirstWei += 1 ether;
            vm.deal(address(this), address(this).balance + 1 ether);
            registry.addBond{value: 1 ether}(0);
            vm.prank(OPERATOR_MANAGER);
            registry.setActive(0, true);
        } else {
            ledgerDepositedWei += 1 ether;
            clGwei += 1e9;
            ++validators;
        }
        (uint256 pooledAfter, uint256 sharesAfter) = token.totals();
        expect(pooledWei == pooledAfter && shares == sharesAfter, "a proof moves the rate");
        // A deposit is taken to earn from the last report on, so what is due grows by its normal reward: who buys in pays for it.
        uint256 mostWei = end == FOREIGN
            ? 0
            : uint256(NORMAL_REWARD_BPS) * 1 ether * (block.timestamp - _lastRefTime()) / (10_000 * 365 days) + 1;
        uint256 after_ = depositPriceNow();
        expect(
            after_ >= price && after_ - price <= mostWei * 1e18 / (sharesAfter - _waitingShares()) + 1,
            "a proof moves the price"
        );
    }

    function _waitingShares() private view returns (uint256 waitingShares) {
        (, waitingShares,) = waitingWorth();
    }

    function _lastRefTime() private view returns (uint256) {
        return GENESIS_TIME + uint256(reportedRefSlot) * SECONDS_PER_SLOT;
    }

    function _proofWithEnd(uint64 keyId, uint256 end) private returns (KeyProof memory) {
        TestValidator[] memory all = new TestValidator[](1);
        all[0] = _freshValidator(keyId);
        if (end == GIVEN) all[0].fields.withdrawalCredentials |= bytes32(uint256(1) << 200);
        if (end == FOREIGN) all[0].fields.withdrawalCredentials ^= bytes32(uint256(1));
        return _keyProofs(all)[0];
    }
}
