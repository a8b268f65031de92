package synth

import (
	"errors"
	"fmt"
	"math"
)

// Fork names a fork as the Beacon API does.
type Fork string

// The forks whose states can be written.
const (
	Deneb   Fork = "deneb"
	Electra Fork = "electra"
	Fulu    Fork = "fulu"
	Gloas   Fork = "gloas"
)

// GloasEpoch is when Gloas begins in these states; mainnet has no date for it.
const GloasEpoch = 450_000

// forkFacts is what a state says of its fork; versions and epochs are mainnet's (consensus-specs, configs/mainnet.yaml).
type forkFacts struct {
	previous, current [4]byte
	epoch             uint64 // of activation
}

func (f Fork) facts() (forkFacts, error) {
	switch f {
	case Deneb:
		return forkFacts{[4]byte{3}, [4]byte{4}, 269_568}, nil
	case Electra:
		return forkFacts{[4]byte{4}, [4]byte{5}, 364_032}, nil
	case Fulu:
		return forkFacts{[4]byte{5}, [4]byte{6}, 411_392}, nil
	case Gloas:
		return forkFacts{[4]byte{6}, [4]byte{7}, GloasEpoch}, nil
	}
	return forkFacts{}, fmt.Errorf("%w: %q is none of deneb, electra, fulu, gloas", ErrOptions, string(f))
}

// ErrOptions means that no state can be written as asked.
var ErrOptions = errors.New("state options")

// Options say what is in a state. The zero value is an empty registry with empty queues.
type Options struct {
	Seed           uint64
	Validators     int
	PoolValidators int      // of Validators, spread evenly; three of four with 0x01 credentials, the others with 0x02 where the fork knows it
	PoolAddress    [20]byte // the withdrawal vault's
	ExitedPercent  int      // share of validators that exited, in runs of 16

	HistoricalSummaries       int
	ETH1Votes                 int
	PendingDeposits           int // of these three queues a Deneb state has none
	PendingPartialWithdrawals int
	PendingConsolidations     int

	Builders                  int // these four are of Gloas
	BuilderPendingWithdrawals int
	ExpectedWithdrawals       int // three of four owed to validators of the pool, if it has any
	BlobCommitments           int
}

// Mainnet returns options for a state of mainnet's proportions with a pool of about a seventh of all validators.
func Mainnet(validators int) Options {
	o := Options{
		Seed: 1, Validators: validators, PoolValidators: int(int64(validators) * 3 / 22), ExitedPercent: 30,
		HistoricalSummaries: 800, ETH1Votes: 1000,
		PendingDeposits: 30_000, PendingPartialWithdrawals: 1000, PendingConsolidations: 2000,
		Builders: 500, BuilderPendingWithdrawals: 100, ExpectedWithdrawals: 16, BlobCommitments: 9,
	}
	copy(o.PoolAddress[:], "the withdrawal vault")
	return o
}

// Limits of the lists, in elements (consensus-specs, presets/mainnet).
const (
	historicalRootsLimit     = 1 << 24
	eth1VotesLimit           = 2048
	registryLimit            = 1 << 40
	pendingDepositsLimit     = 1 << 27
	pendingPartialsLimit     = 1 << 27
	pendingConsolidations    = 1 << 18
	slotsPerEpoch            = 32
	slotsPerHistoricalRoot   = 8192
	epochsPerHistoricalVec   = 65_536
	epochsPerSlashingsVector = 8192
	syncCommitteeSize        = 512
	proposerLookahead        = 64
	ptcRows, ptcSize         = 96, 512
	pendingPayments          = 64
	farFutureEpoch           = math.MaxUint64
	gweiPerEther             = 1_000_000_000
)

// State is a state that can be written any number of times, always the same.
type State struct {
	fork  Fork
	facts forkFacts
	o     Options
	epoch uint64
}

// New checks the options. The state is one of 20,000 epochs after the fork, at the last slot of its epoch.
func New(fork Fork, o Options) (*State, error) {
	facts, err := fork.facts()
	if err != nil {
		return nil, err
	}
	for _, n := range []struct {
		name      string
		count, at int
	}{
		{"validators", o.Validators, 1 << 24},
		{"pool validators", o.PoolValidators, o.Validators},
		{"percent of exited validators", o.ExitedPercent, 100},
		{"historical summaries", o.HistoricalSummaries, historicalRootsLimit},
		{"eth1 votes", o.ETH1Votes, eth1VotesLimit},
		{"pending deposits", o.PendingDeposits, 1 << 20},
		{"pending partial withdrawals", o.PendingPartialWithdrawals, 1 << 20},
		{"pending consolidations", o.PendingConsolidations, pendingConsolidations},
		{"builders", o.Builders, 1 << 20},
		{"pending withdrawals of builders", o.BuilderPendingWithdrawals, 1 << 20},
		{"expected withdrawals", o.ExpectedWithdrawals, 1 << 10},
		{"commitments to blobs", o.BlobCommitments, 1 << 12},
	} {
		if n.count < 0 || n.count > n.at {
			return nil, fmt.Errorf("%w: %d %s, allowed are 0 to %d", ErrOptions, n.count, n.name, n.at)
		}
	}
	s := &State{fork: fork, facts: facts, o: o, epoch: facts.epoch + 20_000}
	if size := s.Size(); size > math.MaxUint32 {
		return nil, fmt.Errorf("%w: %d bytes, an SSZ offset reaches to %d", ErrOptions, size, uint32(math.MaxUint32))
	}
	return s, nil
}

// Epoch is the state's epoch.
func (s *State) Epoch() uint64 { return s.epoch }

// Slot is the state's slot: the last of its epoch.
func (s *State) Slot() uint64 { return s.epoch*slotsPerEpoch + slotsPerEpoch - 1 }

// PoolCredentials are both withdrawal credentials of the pool: 0x01 and 0x02 with its address.
func (s *State) PoolCredentials() [2][32]byte {
	return [2][32]byte{addressCredentials(1, s.o.PoolAddress), addressCredentials(2, s.o.PoolAddress)}
}
