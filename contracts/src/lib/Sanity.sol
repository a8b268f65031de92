// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Judged, LastReport, Report} from "../interfaces/Types.sol";

/// @notice Bounds on a report. All are parameters of a deployment. One storage word.
struct Limits {
    /// @dev Largest consensus-layer gain, in parts per 10,000 of the principal a year.
    uint32 annualGainBps;
    /// @dev Most of the pool's bucket that one report takes without a guardian, and, as a ceiling, what a guardian can accept beyond
    /// the yearly rate, in gwei: anyone may deposit to the pool's credentials.
    uint64 giftMarginGwei;
    /// @dev Largest sum of losses over the last sixteen reports that no guardian accepted, in hundred-thousandths of the principal.
    uint32 lossWindowPcm;
    /// @dev Fastest growth of the pool's validators and of their exits.
    uint32 newValidatorsPerEpoch;
    uint32 exitsPerEpoch;
    /// @dev A request must be this much older than the reference slot to be finalized, in seconds.
    uint32 requestMarginSeconds;
}

/// @notice What the contracts themselves know when a report is judged.
struct SanityInput {
    uint256 secondsPerSlot;
    uint256 slotsPerEpoch;
    /// @dev Time of the reference slot, in seconds.
    uint256 refTimestamp;
    /// @dev Vault balances and cumulative deposits now, in wei.
    uint256 withdrawalVaultWei;
    uint256 elRewardsVaultWei;
    uint256 depositedWei;
    uint256 lastRequestId;
    uint256 lastFinalizedId;
    /// @dev When request `finalizeUpTo` was made; 0 when it does not exist.
    uint256 finalizeCreatedAt;
    /// @dev What the pool's bucket holds at the reference slot, in gwei.
    uint256 bucketGwei;
    /// @dev The last applied report was proven false.
    bool lastFalse;
    /// @dev A guardian accepts the report: the limits are the ceilings.
    bool byGuardian;
}

/// @title Sanity rules
/// @notice The first breach wins; `report.CheckSanity` in Go gives the same codes. Codes up to `LAST_STRUCTURAL` contradict what the
/// contracts know and can never be accepted.
library Sanity {
    uint8 internal constant OK = 0;
    uint8 internal constant WITHDRAWAL_VAULT_ABOVE_ACTUAL = 1;
    uint8 internal constant REWARDS_VAULT_ABOVE_ACTUAL = 2;
    uint8 internal constant DEPOSITED_BELOW_LAST = 3;
    uint8 internal constant DEPOSITED_ABOVE_NOW = 4;
    uint8 internal constant EXITED_ABOVE_VALIDATORS = 5;
    uint8 internal constant SLASHED_ABOVE_VALIDATORS = 6;
    uint8 internal constant VALIDATORS_DECREASED = 7;
    uint8 internal constant EXITED_DECREASED = 8;
    uint8 internal constant FINALIZATION_BEYOND_DEMAND = 9;
    uint8 internal constant FINALIZATION_TOO_YOUNG = 10;
    uint8 internal constant LAST_STRUCTURAL = FINALIZATION_TOO_YOUNG;
    uint8 internal constant PENDING_ABOVE_EXPECTED = 11;
    uint8 internal constant VALIDATORS_TOO_FAST = 12;
    uint8 internal constant EXITS_TOO_FAST = 13;
    uint8 internal constant CL_GAIN_TOO_HIGH = 14;
    uint8 internal constant CL_LOSS_TOO_HIGH = 15;
    uint8 internal constant LAST_REPORT_FALSE = 16;

    uint256 internal constant YEAR_SECONDS = 365 days;
    uint256 internal constant PCM = 100_000;
    uint256 internal constant LANES = 16;
    uint256 internal constant LANE_MAX = type(uint16).max;

    /// @notice Judges `report` against `limits`.
    function check(Limits memory limits, LastReport calldata last, Report calldata report, SanityInput calldata input)
        internal
        pure
        returns (uint8 code, uint256 value, uint256 bound, Judged memory judged)
    {
        (code, value, bound) = _structure(limits, last, report, input);
        if (code != OK) return (code, value, bound, judged);
        (code, value, bound) = _growth(limits, last, report, input);
        if (code != OK) return (code, value, bound, judged);
        (code, value, bound, judged) = _earnings(limits, last, report, input);
        if (code != OK || input.byGuardian || !input.lastFalse) return (code, value, bound, judged);
        return (LAST_REPORT_FALSE, report.refSlot, last.refSlot, judged);
    }

    function _structure(
        Limits memory limits,
        LastReport calldata last,
        Report calldata report,
        SanityInput calldata input
    ) private pure returns (uint8, uint256, uint256) {
        if (report.withdrawalVaultWei > input.withdrawalVaultWei) {
            return (WITHDRAWAL_VAULT_ABOVE_ACTUAL, report.withdrawalVaultWei, input.withdrawalVaultWei);
        }
        if (report.elRewardsVaultWei > input.elRewardsVaultWei) {
            return (REWARDS_VAULT_ABOVE_ACTUAL, report.elRewardsVaultWei, input.elRewardsVaultWei);
        }
        if (report.depositedWei < last.depositedWei) {
            return (DEPOSITED_BELOW_LAST, report.depositedWei, last.depositedWei);
        }
        if (report.depositedWei > input.depositedWei) {
            return (DEPOSITED_ABOVE_NOW, report.depositedWei, input.depositedWei);
        }
        if (report.exited > report.validators) return (EXITED_ABOVE_VALIDATORS, report.exited, report.validators);
        if (report.slashed > report.validators) return (SLASHED_ABOVE_VALIDATORS, report.slashed, report.validators);
        if (report.validators < last.validators) return (VALIDATORS_DECREASED, report.validators, last.validators);
        if (report.exited < last.exited) return (EXITED_DECREASED, report.exited, last.exited);
        if (report.finalizeUpTo > input.lastRequestId) {
            return (FINALIZATION_BEYOND_DEMAND, report.finalizeUpTo, input.lastRequestId);
        }
        uint256 ripeAt = input.finalizeCreatedAt + limits.requestMarginSeconds;
        if (report.finalizeUpTo > input.lastFinalizedId && ripeAt > input.refTimestamp) {
            return (FINALIZATION_TOO_YOUNG, ripeAt, input.refTimestamp);
        }
        return (OK, 0, 0);
    }

    function _growth(Limits memory limits, LastReport calldata last, Report calldata report, SanityInput calldata input)
        private
        pure
        returns (uint8, uint256, uint256)
    {
        uint256 expectedGwei = uint256(last.clPendingGwei) + (report.depositedWei - last.depositedWei) / 1 gwei
            + report.unprovenGwei + _giftGwei(limits, input);
        if (report.clPendingGwei > expectedGwei) return (PENDING_ABOVE_EXPECTED, report.clPendingGwei, expectedGwei);

        uint256 elapsedEpochs = Math.ceilDiv(report.refSlot - last.refSlot, input.slotsPerEpoch);
        uint256 grown = report.validators - last.validators;
        uint256 bound = limits.newValidatorsPerEpoch * elapsedEpochs;
        if (grown > bound) return (VALIDATORS_TOO_FAST, grown, bound);

        grown = report.exited - last.exited;
        bound = limits.exitsPerEpoch * elapsedEpochs;
        if (grown > bound) return (EXITS_TOO_FAST, grown, bound);
        return (OK, 0, 0);
    }

    /// @dev What may come beyond the yearly rate. Without a guardian never more than the bucket holds.
    function _giftGwei(Limits memory limits, SanityInput calldata input) private pure returns (uint256) {
        return input.byGuardian ? limits.giftMarginGwei : Math.min(limits.giftMarginGwei, input.bucketGwei);
    }

    function _earnings(
        Limits memory limits,
        LastReport calldata last,
        Report calldata report,
        SanityInput calldata input
    ) private pure returns (uint8, uint256, uint256, Judged memory judged) {
        uint256 principalWei =
            (uint256(last.clValidatorsGwei) + last.clPendingGwei + last.clInFlightGwei - last.unprovenGwei) * 1 gwei
                + report.depositedWei - last.depositedWei;
        // A sweep moves ether from validators by way of what is in flight into the vault: only all together earn or lose.
        uint256 nowWei =
            (uint256(report.clValidatorsGwei) + report.clPendingGwei + report.clInFlightGwei - report.unprovenGwei)
                * 1 gwei + report.withdrawalVaultWei;
        uint256 thenWei = principalWei + last.withdrawalVaultLeftWei;
        judged.byGuardian = input.byGuardian;

        if (nowWei > thenWei) {
            uint256 boundWei = _gainBound(judged, limits, last, report, input, principalWei, nowWei - thenWei);
            if (nowWei - thenWei > boundWei) return (CL_GAIN_TOO_HIGH, nowWei - thenWei, boundWei, judged);
        }
        uint256 lane = nowWei < thenWei ? lossLane(thenWei - nowWei, principalWei) : 0;
        // A loss that guardians accept does not count again.
        judged.lossWindow = (last.lossWindow << 16) | (input.byGuardian ? 0 : lane);
        uint256 lossPcm = windowSum(judged.lossWindow);
        if (lane > 0 && lossPcm > limits.lossWindowPcm) {
            return (CL_LOSS_TOO_HIGH, lossPcm, limits.lossWindowPcm, judged);
        }
        return (OK, 0, 0, judged);
    }

    /// @dev The most that the consensus layer may have gained, and what a gain takes: of the bucket, or, when a guardian accepts it, of the
    /// confirmed losses.
    function _gainBound(
        Judged memory judged,
        Limits memory limits,
        LastReport calldata last,
        Report calldata report,
        SanityInput calldata input,
        uint256 principalWei,
        uint256 gainWei
    ) private pure returns (uint256 boundWei) {
        // A loss that is not confirmed may come back.
        uint256 freeWei = principalWei * limits.annualGainBps * ((report.refSlot - last.refSlot) * input.secondsPerSlot)
            / (10_000 * YEAR_SECONDS) + uint256(last.unconfirmedGwei) * 1 gwei;
        boundWei = freeWei + _giftGwei(limits, input) * 1 gwei;
        if (!input.byGuardian) {
            judged.bucketGwei = _beyondGwei(gainWei, freeWei);
            return boundWei;
        }
        // Ether that arrived in the vault is there for certain: no report counts more than is there.
        if (report.withdrawalVaultWei > last.withdrawalVaultLeftWei) {
            boundWei += report.withdrawalVaultWei - last.withdrawalVaultLeftWei;
        }
        judged.confirmedGwei = _beyondGwei(gainWei, boundWei);
        boundWei += uint256(last.confirmedGwei) * 1 gwei;
    }

    /// @dev What `gainWei` exceeds `freeWei` by, rounded up, saturating.
    function _beyondGwei(uint256 gainWei, uint256 freeWei) private pure returns (uint64) {
        if (gainWei <= freeWei) return 0;
        return uint64(Math.min(type(uint64).max, Math.ceilDiv(gainWei - freeWei, 1 gwei)));
    }

    /// @notice A loss as hundred-thousandths of the principal, rounded up, saturating at 16 bits.
    function lossLane(uint256 lossWei, uint256 principalWei) internal pure returns (uint256) {
        if (principalWei == 0) return LANE_MAX;
        return Math.min(LANE_MAX, Math.ceilDiv(lossWei * PCM, principalWei));
    }

    /// @notice Sum of the sixteen lanes.
    function windowSum(uint256 window) internal pure returns (uint256 sum) {
        for (uint256 i = 0; i < LANES; ++i) {
            sum += (window >> (16 * i)) & LANE_MAX;
        }
    }
}
