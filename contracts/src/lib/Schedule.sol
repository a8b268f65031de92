// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Slots, epochs and frames of the network and of the oracle. Immutable for the life of a committee contract.
struct Schedule {
    /// @dev Timestamp of slot 0, in seconds.
    uint64 genesisTime;
    uint64 secondsPerSlot;
    uint64 slotsPerEpoch;
    /// @dev Epoch at whose start frame 0's reference slot ends: `refSlot(0) = initialEpoch * slotsPerEpoch - 1`.
    uint64 initialEpoch;
    uint64 epochsPerFrame;
    /// @dev A report is refused until this many slots after its reference slot have begun: finality takes at least two epochs.
    uint64 finalityMarginSlots;
    /// @dev Submissions of a frame close this many slots before the next reference slot.
    uint64 closeSlots;
}

/// @title Frame arithmetic
/// @notice `refSlot(k) = (initialEpoch + k * epochsPerFrame) * slotsPerEpoch - 1`; submissions of frame k close `closeSlots` before `refSlot(k + 1)`.
library Schedules {
    /// @notice Slots that EIP-4788 remembers.
    uint256 internal constant BEACON_ROOTS_MEMORY_SLOTS = 8191;
    /// @notice Slots of a frame that must remain for submission inside EIP-4788's memory.
    uint256 internal constant SUBMISSION_ROOM_SLOTS = 64;
    /// @notice Shortest frame, in epochs: finality must come before the next frame opens.
    uint256 internal constant MIN_EPOCHS_PER_FRAME = 4;
    /// @notice Fewest slots between the close of submissions and the next reference slot.
    uint256 internal constant MIN_CLOSE_SLOTS = 2;
    /// @notice Slots that must remain between the finality margin and the close.
    uint256 internal constant OPEN_SLOTS = 4;

    /// @notice The schedule can never produce a reportable frame.
    error ImpossibleSchedule();
    /// @notice No frame's reference slot has passed yet.
    error BeforeFirstFrame(uint256 slot, uint256 firstRefSlot);

    /// @notice Refuses a schedule under which no report could ever be submitted in time.
    function validate(Schedule memory s) internal pure {
        uint256 frameSlots = uint256(s.epochsPerFrame) * s.slotsPerEpoch;
        if (
            s.secondsPerSlot == 0 || s.slotsPerEpoch == 0 || s.initialEpoch == 0 || s.initialEpoch > type(uint32).max
                || s.genesisTime > type(uint40).max || s.secondsPerSlot > type(uint16).max
                || s.epochsPerFrame < MIN_EPOCHS_PER_FRAME
                || frameSlots + SUBMISSION_ROOM_SLOTS > BEACON_ROOTS_MEMORY_SLOTS
                || s.finalityMarginSlots < 2 * s.slotsPerEpoch || s.closeSlots < MIN_CLOSE_SLOTS
                || uint256(s.finalityMarginSlots) + s.closeSlots + OPEN_SLOTS > frameSlots
                || s.secondsPerSlot % BEACON_ROOTS_MEMORY_SLOTS == 0
        ) revert ImpossibleSchedule();
    }

    /// @notice Slot that is running at `timestamp`; 0 before genesis.
    function slotAt(Schedule memory s, uint256 timestamp) internal pure returns (uint256) {
        return timestamp < s.genesisTime ? 0 : (timestamp - s.genesisTime) / s.secondsPerSlot;
    }

    /// @notice Timestamp at which `slot` begins, in seconds.
    function timeOf(Schedule memory s, uint256 slot) internal pure returns (uint256) {
        return s.genesisTime + slot * s.secondsPerSlot;
    }

    /// @notice Reference slot of frame 0.
    function firstRefSlot(Schedule memory s) internal pure returns (uint256) {
        return uint256(s.initialEpoch) * s.slotsPerEpoch - 1;
    }

    /// @notice Reference slot of the newest frame that has opened: the largest one below `slot`.
    function currentRefSlot(Schedule memory s, uint256 slot) internal pure returns (uint256) {
        uint256 first = firstRefSlot(s);
        if (slot <= first) revert BeforeFirstFrame(slot, first);
        uint256 frameSlots = uint256(s.epochsPerFrame) * s.slotsPerEpoch;
        return slot - 1 - (slot - 1 - first) % frameSlots;
    }

    /// @notice First slot in which no report of the frame of `refSlot` is taken any more.
    function closeSlotOf(Schedule memory s, uint256 refSlot) internal pure returns (uint256) {
        return refSlot + uint256(s.epochsPerFrame) * s.slotsPerEpoch - s.closeSlots;
    }

    /// @notice The first reference slot that a change of the committee made in `slot` concerns: the smallest one at least `closeSlots` away.
    function refSlotOfChange(Schedule memory s, uint256 slot) internal pure returns (uint256) {
        return nextRefSlot(s, slot + s.closeSlots);
    }

    /// @notice The smallest reference slot at or above `slot`.
    function nextRefSlot(Schedule memory s, uint256 slot) internal pure returns (uint256) {
        uint256 first = firstRefSlot(s);
        if (slot <= first) return first;
        uint256 frameSlots = uint256(s.epochsPerFrame) * s.slotsPerEpoch;
        return first + (slot - first + frameSlots - 1) / frameSlots * frameSlots;
    }
}
