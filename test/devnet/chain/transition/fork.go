package transition

import (
	"reflect"

	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// Fork is a version of the beacon chain's rules. What a fork changes is its row of rules, and its own file.
type Fork uint8

// Forks that a chain can live, oldest first.
const (
	Electra Fork = iota
	Fulu
	Gloas
)

// Forks lists all forks, oldest first.
func Forks() []Fork { return []Fork{Electra, Fulu, Gloas} }

// forkRules are what a fork has of its own.
type forkRules struct {
	name         string     // as the Beacon API writes it
	number       byte       // of its version, from GENESIS_FORK_VERSION on
	state        func() any // an empty BeaconState
	upgrade      func(*State) error
	processBlock func(*State, *Block, Absent) error
	// endEpoch is what process_epoch does after Electra's steps.
	endEpoch                   func(*State)
	activationChurn, exitChurn func(*State) uint64
}

func (f Fork) rules() forkRules {
	return [...]forkRules{
		Electra: {
			name: "electra", number: 5, state: func() any { return new(electra.BeaconState) }, upgrade: func(*State) error { return nil },
			processBlock: (*State).processElectraBlock, endEpoch: func(*State) {}, activationChurn: (*State).electraChurn, exitChurn: (*State).electraChurn,
		},
		Fulu: {
			name: "fulu", number: 6, state: func() any { return new(fulu.BeaconState) }, upgrade: (*State).upgradeToFulu,
			processBlock: (*State).processElectraBlock, endEpoch: (*State).shiftLookahead, activationChurn: (*State).electraChurn, exitChurn: (*State).electraChurn,
		},
		Gloas: {
			name: "gloas", number: 7, state: func() any { return new(gloas.BeaconState) }, upgrade: (*State).upgradeToGloas,
			processBlock: (*State).processGloasBlock, endEpoch: (*State).endGloasEpoch, activationChurn: (*State).gloasActivationChurn, exitChurn: (*State).gloasExitChurn,
		},
	}[f]
}

// String is the fork's name in the Beacon API.
func (f Fork) String() string { return f.rules().name }

// Later are the fields of a state that forks after Electra add, with the names and types of go-eth2-client's gloas.BeaconState.
type Later struct {
	ProposerLookahead []phase0.ValidatorIndex // Fulu

	LatestBlockHash              phase0.Hash32 // Gloas: in the place of LatestExecutionPayloadHeader, which is nil from then on
	Builders                     []*gloas.Builder
	NextWithdrawalBuilderIndex   gloas.BuilderIndex
	ExecutionPayloadAvailability []uint8
	BuilderPendingPayments       []*gloas.BuilderPendingPayment
	BuilderPendingWithdrawals    []*gloas.BuilderPendingWithdrawal
	LatestExecutionPayloadBid    *gloas.ExecutionPayloadBid
	PayloadExpectedWithdrawals   []*capella.Withdrawal
	PTCWindow                    [][]phase0.ValidatorIndex
}

// Container is the state as its fork's own type of go-eth2-client, which shares what it points to.
func (s *State) Container() any {
	if s.fork == Electra {
		return s.BeaconState
	}
	into := s.fork.rules().state()
	copyFields(into, s.BeaconState)
	copyFields(into, &s.Later)
	return into
}

// stateOf takes a state apart that is of a fork's own type.
func (r *Rules) stateOf(fork Fork, container any) *State {
	s := &State{BeaconState: new(electra.BeaconState), fork: fork, rules: r}
	copyFields(s.BeaconState, container)
	copyFields(&s.Later, container)
	return s
}

// copyFields copies the fields that both structs have, by name and type.
func copyFields(into, from any) {
	to, source := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		if field := source.FieldByName(to.Type().Field(i).Name); field.IsValid() && field.Type() == to.Field(i).Type() {
			to.Field(i).Set(field)
		}
	}
}

// upgrade makes the state one of the forks that begin in its epoch.
func (s *State) upgrade() error {
	for next := s.fork + 1; int(next) < len(Forks()) && next <= s.rules.spec.ForkAt(s.Epoch()); next++ {
		s.Fork = &phase0.Fork{
			PreviousVersion: s.Fork.CurrentVersion, CurrentVersion: s.rules.spec.ForkVersion(next), Epoch: phase0.Epoch(s.Epoch()),
		}
		if err := next.rules().upgrade(s); err != nil {
			return err
		}
		s.fork = next
	}
	return nil
}

// LatestExecutionHash is the newest execution block that the state knows to be included: up to Fulu the latest block's own, in Gloas the one of a block
// before it.
func (s *State) LatestExecutionHash() phase0.Hash32 {
	if s.fork >= Gloas {
		return s.LatestBlockHash
	}
	return s.LatestExecutionPayloadHeader.BlockHash
}
