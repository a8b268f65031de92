package testnet

import (
	"errors"
	"fmt"
	"math"
)

// ErrFork: a network of this fork cannot be made here.
var ErrFork = errors.New("the real network runs electra, fulu or gloas")

// Fork is the newest fork of a network, with the lengths of time at which its clients run.
type Fork string

// Forks. Epochs are short where a client allows it, so that the life of a validator fits into minutes: Prysm v5.3.0 does. Prysm v7.1.2, which speaks Fulu, lays out
// the state's proposer_lookahead for 32 slots an epoch whatever is configured.
const (
	Electra Fork = "electra" // Prysm v5.3.0 and geth at Prague: slots of 4 s, 6 an epoch, Capella at genesis
	Fulu    Fork = "fulu"    // Prysm v7.1.2 and geth at Osaka: slots of 2 s, 32 an epoch, all forks at genesis
	Gloas   Fork = "gloas"   // a client's state transition and geth, from Fulu and Osaka to Gloas and Amsterdam: slots of 2 s, 8 an epoch
)

// shape is what differs between the networks.
type shape struct {
	secondsPerSlot, slotsPerEpoch uint64
	denebEpoch, electraEpoch      uint64
	fuluEpoch, gloasEpoch         uint64
	genesis                       string // fork of the genesis state, as prysmctl names it
	binaries                      string // subfolder of Options.Binaries with Prysm's programs
}

func (f Fork) shape() (shape, error) {
	switch f {
	case Electra:
		// Slots of less than 4 seconds are too short at genesis. Prysm v5.3.0 cannot start in Electra, nor in Deneb.
		return shape{secondsPerSlot: 4, slotsPerEpoch: 6, denebEpoch: 1, electraEpoch: 2, fuluEpoch: math.MaxUint64, gloasEpoch: math.MaxUint64, genesis: "capella"}, nil
	case Fulu:
		return shape{secondsPerSlot: 2, slotsPerEpoch: 32, gloasEpoch: math.MaxUint64, genesis: "fulu", binaries: "fulu"}, nil
	case Gloas:
		// The committee has formed, and its first frame's reference slot has passed, before the fork comes.
		return shape{secondsPerSlot: 2, slotsPerEpoch: 8, gloasEpoch: gloasEpoch}, nil
	}
	return shape{}, fmt.Errorf("%w, not %q", ErrFork, string(f))
}
