package report

import (
	"errors"
	"fmt"
	"math"
)

// Bounds of a schedule, as in contracts/src/lib/Schedule.sol.
const (
	// BeaconRootsMemorySlots is for how many slots EIP-4788 remembers the root of a block.
	BeaconRootsMemorySlots = 8191

	submissionRoomSlots = 64
	minEpochsPerFrame   = 4
	minCloseSlots       = 2 // between the close of submissions and the next reference slot
	openSlots           = 4 // that must remain between the finality margin and the close
)

var (
	// ErrImpossibleSchedule: no report could ever be submitted in time.
	ErrImpossibleSchedule = errors.New("impossible schedule")
	// ErrBeforeFirstFrame: no reference slot has passed yet.
	ErrBeforeFirstFrame = errors.New("before the first frame")
)

// Schedule is the network's slots and epochs and the oracle's frames.
type Schedule struct {
	GenesisTime         uint64 // timestamp of slot 0, in seconds
	SecondsPerSlot      uint64
	SlotsPerEpoch       uint64
	InitialEpoch        uint64 // refSlot(0) = InitialEpoch*SlotsPerEpoch - 1
	EpochsPerFrame      uint64
	FinalityMarginSlots uint64 // slots after the reference slot before a report is taken
	CloseSlots          uint64 // submissions of a frame close this many slots before the next reference slot
}

// Validate refuses a schedule under which no report could be submitted in time. Errors: ErrImpossibleSchedule.
func (s Schedule) Validate() error {
	switch frame := s.EpochsPerFrame * s.SlotsPerEpoch; {
	case s.SecondsPerSlot == 0 || s.SlotsPerEpoch == 0 || s.InitialEpoch == 0:
		return fmt.Errorf("%w: slot, epoch and initial epoch must not be zero", ErrImpossibleSchedule)
	case s.InitialEpoch > math.MaxUint32 || s.GenesisTime >= 1<<40 || s.SecondsPerSlot > math.MaxUint16:
		return fmt.Errorf("%w: initial epoch %d, genesis time %d or slots of %d seconds are out of range", ErrImpossibleSchedule, s.InitialEpoch, s.GenesisTime, s.SecondsPerSlot)
	case s.EpochsPerFrame > BeaconRootsMemorySlots || s.SlotsPerEpoch > BeaconRootsMemorySlots:
		return fmt.Errorf("%w: a frame of %d epochs of %d slots is longer than EIP-4788 remembers", ErrImpossibleSchedule, s.EpochsPerFrame, s.SlotsPerEpoch)
	case s.EpochsPerFrame < minEpochsPerFrame:
		return fmt.Errorf("%w: a frame of %d epochs ends before finality; it needs %d", ErrImpossibleSchedule, s.EpochsPerFrame, minEpochsPerFrame)
	case frame+submissionRoomSlots > BeaconRootsMemorySlots:
		return fmt.Errorf("%w: a frame of %d slots leaves no room to submit in the %d slots that EIP-4788 remembers", ErrImpossibleSchedule, frame, BeaconRootsMemorySlots)
	case s.FinalityMarginSlots < 2*s.SlotsPerEpoch || s.FinalityMarginSlots >= frame:
		return fmt.Errorf("%w: a finality margin of %d slots is below two epochs or beyond the frame", ErrImpossibleSchedule, s.FinalityMarginSlots)
	case s.CloseSlots < minCloseSlots || s.CloseSlots >= frame:
		return fmt.Errorf("%w: submissions close %d slots before the next reference slot; at least %d and less than the frame are needed", ErrImpossibleSchedule, s.CloseSlots, minCloseSlots)
	case s.FinalityMarginSlots+s.CloseSlots+openSlots > frame:
		return fmt.Errorf("%w: a finality margin of %d slots and a close %d slots before the end leave less than %d slots of a frame of %d",
			ErrImpossibleSchedule, s.FinalityMarginSlots, s.CloseSlots, openSlots, frame)
	case s.SecondsPerSlot%BeaconRootsMemorySlots == 0:
		return fmt.Errorf("%w: all slots of %d seconds share one entry of EIP-4788", ErrImpossibleSchedule, s.SecondsPerSlot)
	}
	return nil
}

// FrameSlots is the length of a frame in slots.
func (s Schedule) FrameSlots() uint64 { return s.EpochsPerFrame * s.SlotsPerEpoch }

// SlotAt is the slot that runs at timestamp (seconds); 0 before genesis.
func (s Schedule) SlotAt(timestamp uint64) uint64 {
	if timestamp < s.GenesisTime {
		return 0
	}
	return (timestamp - s.GenesisTime) / s.SecondsPerSlot
}

// TimeOf is the timestamp at which slot begins, in seconds.
func (s Schedule) TimeOf(slot uint64) uint64 { return s.GenesisTime + slot*s.SecondsPerSlot }

// RefSlot is the reference slot of frame k.
func (s Schedule) RefSlot(k uint64) uint64 {
	return (s.InitialEpoch+k*s.EpochsPerFrame)*s.SlotsPerEpoch - 1
}

// CurrentRefSlot is the largest reference slot below slot. Errors: ErrBeforeFirstFrame.
func (s Schedule) CurrentRefSlot(slot uint64) (uint64, error) {
	first := s.RefSlot(0)
	if slot <= first {
		return 0, fmt.Errorf("slot %d, first reference slot %d: %w", slot, first, ErrBeforeFirstFrame)
	}
	return slot - 1 - (slot-1-first)%s.FrameSlots(), nil
}

// CloseSlot is the first slot in which no report of the frame of refSlot is taken any more.
func (s Schedule) CloseSlot(refSlot uint64) uint64 { return refSlot + s.FrameSlots() - s.CloseSlots }

// RefSlotOfChange is the first reference slot that a change of the committee made in slot concerns: the smallest one at least CloseSlots away.
func (s Schedule) RefSlotOfChange(slot uint64) uint64 { return s.NextRefSlot(slot + s.CloseSlots) }

// NextRefSlot is the smallest reference slot at or above slot.
func (s Schedule) NextRefSlot(slot uint64) uint64 {
	first := s.RefSlot(0)
	if slot <= first {
		return first
	}
	frame := s.FrameSlots()
	return first + (slot-first+frame-1)/frame*frame
}
