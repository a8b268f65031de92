// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice A bucket that refills: one storage word.
struct StakeLimit {
    /// @dev Most that can ever be available, in wei; 0 closes deposits.
    uint96 maxWei;
    /// @dev What was available at `updatedAt`, in wei.
    uint96 availableWei;
    uint40 updatedAt;
    /// @dev Time in which an empty bucket fills, in seconds.
    uint24 refillSeconds;
}

/// @title Stake limit
/// @notice Bounds how much ether can enter the pool in a time.
library StakeLimits {
    using SafeCast for uint256;

    /// @notice The deposit is larger than what the limit leaves now.
    error StakeLimitReached(uint256 weiAmount, uint256 availableWei);
    /// @notice A bucket that never fills.
    error ImpossibleStakeLimit();

    /// @notice A full bucket.
    function full(uint256 maxWei, uint256 refillSeconds) internal view returns (StakeLimit memory) {
        if (refillSeconds == 0) revert ImpossibleStakeLimit();
        return StakeLimit(maxWei.toUint96(), maxWei.toUint96(), uint40(block.timestamp), refillSeconds.toUint24());
    }

    /// @notice What can be deposited now, in wei.
    function available(StakeLimit memory l) internal view returns (uint256) {
        uint256 grown = uint256(l.maxWei) * (block.timestamp - l.updatedAt) / l.refillSeconds;
        return Math.min(l.maxWei, l.availableWei + grown);
    }

    /// @notice The bucket after taking `weiAmount`.
    function take(StakeLimit memory l, uint256 weiAmount) internal view returns (StakeLimit memory) {
        uint256 availableWei = available(l);
        if (weiAmount > availableWei) revert StakeLimitReached(weiAmount, availableWei);
        l.availableWei = uint96(availableWei - weiAmount);
        l.updatedAt = uint40(block.timestamp);
        return l;
    }
}
