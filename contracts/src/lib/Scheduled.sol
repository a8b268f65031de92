// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Schedule, Schedules} from "./Schedule.sol";

/// @title A contract with a schedule
/// @notice Keeps a validated schedule for life. A struct cannot be immutable: its fields are.
abstract contract Scheduled {
    uint64 internal immutable _genesisTime;
    uint64 internal immutable _secondsPerSlot;
    uint64 internal immutable _slotsPerEpoch;
    uint64 private immutable _initialEpoch;
    uint64 internal immutable _epochsPerFrame;
    uint64 private immutable _finalityMarginSlots;
    uint64 private immutable _closeSlots;

    constructor(Schedule memory s) {
        Schedules.validate(s);
        _genesisTime = s.genesisTime;
        _secondsPerSlot = s.secondsPerSlot;
        _slotsPerEpoch = s.slotsPerEpoch;
        _initialEpoch = s.initialEpoch;
        _epochsPerFrame = s.epochsPerFrame;
        _finalityMarginSlots = s.finalityMarginSlots;
        _closeSlots = s.closeSlots;
    }

    /// @notice Slots, epochs and frames.
    function schedule() public view virtual returns (Schedule memory) {
        return Schedule({
            genesisTime: _genesisTime,
            secondsPerSlot: _secondsPerSlot,
            slotsPerEpoch: _slotsPerEpoch,
            initialEpoch: _initialEpoch,
            epochsPerFrame: _epochsPerFrame,
            finalityMarginSlots: _finalityMarginSlots,
            closeSlots: _closeSlots
        });
    }

    /// @dev Timestamp at which `slot` begins, in seconds.
    function _timeOf(uint256 slot) internal view returns (uint256) {
        return _genesisTime + slot * _secondsPerSlot;
    }
}
