package transition

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrNoProposer: every validator is slashed or has left.
var ErrNoProposer = errors.New("no validator can propose")

// upgradeToFulu is upgrade_to_fulu.
func (s *State) upgradeToFulu() error {
	first := s.epochStart(s.Epoch())
	s.ProposerLookahead = s.drawn(first, first+(1+s.rules.spec.MinSeedLookahead)*s.rules.spec.SlotsPerEpoch)
	return nil
}

// shiftLookahead is process_proposer_lookahead (fulu): the epoch that ends makes room for the last one that is known.
func (s *State) shiftLookahead() {
	spec := s.rules.spec
	last := s.epochStart(s.Epoch() + spec.MinSeedLookahead + 1)
	s.ProposerLookahead = append(s.ProposerLookahead[spec.SlotsPerEpoch:], s.drawn(last, last+spec.SlotsPerEpoch)...)
}

// drawn are the proposers of slots from first on, before end; validator 0 where there is none.
func (s *State) drawn(first, end uint64) (proposers []phase0.ValidatorIndex) {
	for slot := first; slot < end; slot++ {
		proposer, _ := s.draw(slot)
		proposers = append(proposers, proposer)
	}
	return proposers
}

// draw draws an active validator that is not slashed, by the slot alone.
func (s *State) draw(slot uint64) (phase0.ValidatorIndex, error) {
	hash := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("tidemark devnet proposer"), slot))
	count, epoch := uint64(len(s.Validators)), slot/s.rules.spec.SlotsPerEpoch
	first := binary.BigEndian.Uint64(hash[:8]) % count
	for i := range count {
		index := (first + i) % count
		if v := s.Validators[index]; !v.Slashed && IsActive(v, epoch) {
			return phase0.ValidatorIndex(index), nil
		}
	}
	return 0, ErrNoProposer
}

// Proposer is get_beacon_proposer_index of the state's slot. Where the one that was drawn is slashed meanwhile, another is drawn. Errors: ErrNoProposer.
func (s *State) Proposer() (phase0.ValidatorIndex, error) {
	if s.fork >= Fulu {
		proposer := s.ProposerLookahead[uint64(s.Slot)%s.rules.spec.SlotsPerEpoch]
		if v := s.Validators[proposer]; !v.Slashed && IsActive(v, s.Epoch()) {
			return proposer, nil
		}
	}
	return s.draw(uint64(s.Slot))
}
