package manifest

import (
	"errors"
	"math"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/presets"
)

// SlotsPerHistoricalRoot is SLOTS_PER_HISTORICAL_ROOT of mainnet's preset, which all public networks have.
const SlotsPerHistoricalRoot = 8192

// UnknownEpoch stands for the first epoch of a fork that has no date: FAR_FUTURE_EPOCH of the consensus specs.
const UnknownEpoch = math.MaxUint64

// States are what StateProofs is deployed with: what tells where its proofs find things in a beacon state. The timelock can move a fork that has not come; the
// manifest then changes with it.
type States struct {
	SlotsPerHistoricalRoot uint64 `yaml:"slotsPerHistoricalRoot"`
	GloasForkEpoch         uint64 `yaml:"gloasForkEpoch"` // UnknownEpoch when it has no date
}

// DefaultStates are mainnet's preset and a Gloas without a date: what a manifest that leaves them out has.
func DefaultStates() States {
	return States{SlotsPerHistoricalRoot: SlotsPerHistoricalRoot, GloasForkEpoch: UnknownEpoch}
}

// StatesOf are those of a public network.
func StatesOf(n presets.Network) States {
	s := DefaultStates()
	for _, f := range n.Forks {
		if f.Name == "GLOAS" {
			s.GloasForkEpoch = f.Epoch
		}
	}
	return s
}

// GloasSlot is the first slot of Gloas; the largest number when nobody knows it.
func (s States) GloasSlot(slotsPerEpoch uint64) uint64 {
	if s.GloasForkEpoch == UnknownEpoch {
		return math.MaxUint64
	}
	return s.GloasForkEpoch * slotsPerEpoch
}

// Layouts are the states as block proofs take them.
func (m *Manifest) Layouts() blockproof.Layouts {
	return blockproof.Layouts{GloasSlot: m.States.GloasSlot(m.Schedule.SlotsPerEpoch), SlotsPerHistoricalRoot: m.States.SlotsPerHistoricalRoot}
}

// fault says which number cannot be, by its key, and why; nil when all can.
func (s States) fault(slotsPerEpoch uint64) (key string, why error) {
	switch {
	case s.SlotsPerHistoricalRoot == 0:
		return "slotsPerHistoricalRoot", errMissing
	case s.GloasForkEpoch != UnknownEpoch && slotsPerEpoch != 0 && s.GloasForkEpoch > math.MaxUint64/slotsPerEpoch:
		return "gloasForkEpoch", errors.New("has no slot in 64 bits: one without a date is 18446744073709551615")
	}
	return "", nil
}

// states lists what StateProofs must know, and who must ask it. An entry that the timelock appended for a later fork is none of them.
func (m *Manifest) states() []Fact {
	s, proofs := m.Contracts, bindings.NewStateProofs()
	known := func(what string, call []byte, values ...any) Fact {
		return NewFact("StateProofs", s.StateProofs, what, call, values...)
	}
	return []Fact{
		known("genesisTime", proofs.PackGenesisTime(), m.Schedule.GenesisTime),
		known("secondsPerSlot", proofs.PackSecondsPerSlot(), m.Schedule.SecondsPerSlot),
		known("slotsPerHistoricalRoot", proofs.PackSlotsPerHistoricalRoot(), m.States.SlotsPerHistoricalRoot),
		// From slot, then generalized indices of validators, balances and block_roots, then whether lists are progressive.
		known("entryOf(0), the layout of Electra and Fulu", proofs.PackEntryOf(big.NewInt(0)), uint64(0), uint32(75), uint32(76), uint32(69), uint32(0), uint64(0)),
		known("entryOf(1), the layout of Gloas (of states.gloasForkEpoch)", proofs.PackEntryOf(big.NewInt(1)),
			m.States.GloasSlot(m.Schedule.SlotsPerEpoch), uint32(358), uint32(359), uint32(352), uint32(2961), uint64(1)),
		NewFact("ReportOracle", s.ReportOracle, "stateProofs", bindings.NewReportOracle().PackStateProofs(), s.StateProofs),
		NewFact("Validators", s.Validators, "stateProofs", bindings.NewValidators().PackStateProofs(), s.StateProofs),
		NewFact("BalanceChallenge", s.BalanceChallenge, "stateProofs", bindings.NewBalanceChallenge().PackStateProofs(), s.StateProofs),
	}
}
