package synth_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"testing"

	apiv1 "github.com/attestantio/go-eth2-client/api/v1"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/pk910/dynamic-ssz/hasher"
	"github.com/pk910/dynamic-ssz/sszutils"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/bench/synth"
)

// small has every list filled, and sizes that are no powers of two.
func small() synth.Options {
	o := synth.Mainnet(5003)
	o.HistoricalSummaries, o.ETH1Votes, o.PendingDeposits, o.PendingPartialWithdrawals, o.PendingConsolidations = 13, 21, 301, 17, 11
	return o
}

// secondOpinion is a state as go-eth2-client knows it.
type secondOpinion interface {
	UnmarshalSSZ([]byte) error
	MarshalSSZ() ([]byte, error)
	HashTreeRootWith(sszutils.HashWalker) error
}

func forks() map[synth.Fork]func() secondOpinion {
	return map[synth.Fork]func() secondOpinion{
		synth.Deneb:   func() secondOpinion { return new(deneb.BeaconState) },
		synth.Electra: func() secondOpinion { return new(electra.BeaconState) },
		synth.Fulu:    func() secondOpinion { return new(fulu.BeaconState) },
		synth.Gloas:   func() secondOpinion { return new(gloas.BeaconState) },
	}
}

func written(t *testing.T, fork synth.Fork, o synth.Options) ([]byte, *synth.State) {
	t.Helper()
	s, err := synth.New(fork, o)
	require.NoError(t, err)
	var ssz bytes.Buffer
	require.NoError(t, s.WriteSSZ(&ssz))
	require.EqualValues(t, s.Size(), ssz.Len())
	return ssz.Bytes(), s
}

func TestAStateOfEachForkIsWhatGoEth2ClientEncodes(t *testing.T) {
	for fork, blank := range forks() {
		for name, o := range map[string]synth.Options{"filled": small(), "empty": {}, "one validator": {Validators: 1, PoolValidators: 1}} {
			t.Run(string(fork)+" "+name, func(t *testing.T) {
				ssz, _ := written(t, fork, o)
				state := blank()
				require.NoError(t, state.UnmarshalSSZ(ssz))
				again, err := state.MarshalSSZ()
				require.NoError(t, err)
				require.True(t, bytes.Equal(ssz, again), "the encoding is canonical")
			})
		}
	}
}

func TestHashesAreThoseOfAFullHashTreeRoot(t *testing.T) {
	for fork, blank := range forks() {
		t.Run(string(fork), func(t *testing.T) {
			ssz, s := written(t, fork, small())
			state := blank()
			require.NoError(t, state.UnmarshalSSZ(ssz))
			var counted uint64
			walker := hasher.NewHasherWithHashFn(func(digests, chunks []byte) error {
				counted += uint64(len(chunks) / 64)
				return hasher.NativeHashWrapper(sha256.New())(digests, chunks)
			})
			require.NoError(t, state.HashTreeRootWith(walker))
			padding := uint64(0)
			if fork != synth.Deneb {
				padding = uint64(small().PendingDeposits) // It hashes a deposit's five fields as eight chunks: two empty ones more.
			}
			if fork == synth.Gloas {
				padding += uint64(small().Builders) // And a builder's six.
			}
			require.InEpsilon(t, counted, s.Hashes()+padding, 0.001, "the other implementation pads differently by a few hashes")
		})
	}
}

func TestTheJSONAnswerSaysWhatTheStateSays(t *testing.T) {
	o := small()
	o.Validators = 60_000 // enough for the rare statuses
	ssz, s := written(t, synth.Electra, o)
	state := new(electra.BeaconState)
	require.NoError(t, state.UnmarshalSSZ(ssz))
	var answer bytes.Buffer
	require.NoError(t, s.WriteValidatorsJSON(&answer))
	var decoded struct {
		Optimistic *bool `json:"execution_optimistic"`
		Finalized  bool  `json:"finalized"`
		Data       []*apiv1.Validator
	}
	require.NoError(t, json.Unmarshal(answer.Bytes(), &decoded))
	require.False(t, *decoded.Optimistic)
	require.True(t, decoded.Finalized)
	require.Len(t, decoded.Data, len(state.Validators))
	seen := map[apiv1.ValidatorState]bool{}
	for i, v := range decoded.Data {
		balance := state.Balances[i]
		status := apiv1.ValidatorToState(state.Validators[i], &balance, phase0.Epoch(s.Epoch()), 1<<64-1)
		require.Equal(t, apiv1.Validator{Index: phase0.ValidatorIndex(i), Balance: balance, Status: status, Validator: state.Validators[i]}, *v)
		seen[status] = true
	}
	require.GreaterOrEqual(t, len(seen), 8, "statuses: %v", seen)
}

func TestThePoolHasExactlyItsShareAndNobodyElseItsCredentials(t *testing.T) {
	for fork := range forks() {
		ssz, s := written(t, fork, small())
		require.NotEmpty(t, ssz)
		address := small().PoolAddress
		pool, compounding, nearMisses := 0, 0, 0
		for i := range small().Validators {
			v := s.Validator(i)
			own := report.WithdrawsTo(v.Credentials[:], address)
			require.Equal(t, s.InPool(i), own)
			switch {
			case own:
				pool++
				compounding += int(v.Credentials[0] - 1)
			case bytes.Equal(v.Credentials[12:], address[:]):
				nearMisses++
			}
		}
		require.Equal(t, small().PoolValidators, pool)
		require.Equal(t, fork != synth.Deneb, compounding > 0)
		require.Positive(t, nearMisses)
	}
}

func TestPublicKeysAreDistinctAndSomeDepositsRepeatThem(t *testing.T) {
	_, s := written(t, synth.Electra, small())
	keys := map[[48]byte]bool{}
	for i := range small().Validators {
		keys[s.Validator(i).PublicKey] = true
	}
	require.Len(t, keys, small().Validators)
	known, repeated := 0, 0
	pending := map[[48]byte]bool{}
	for i := range small().PendingDeposits {
		d := s.Deposit(i)
		switch {
		case keys[d.PublicKey]:
			known++
		case pending[d.PublicKey]:
			repeated++
		}
		pending[d.PublicKey] = true
	}
	require.Positive(t, known)
	require.Positive(t, repeated)
	require.Less(t, known+repeated, small().PendingDeposits)
}

func TestTheSeedDecidesTheState(t *testing.T) {
	first, _ := written(t, synth.Electra, small())
	second, _ := written(t, synth.Electra, small())
	require.True(t, bytes.Equal(first, second))
	other := small()
	other.Seed++
	third, _ := written(t, synth.Electra, other)
	require.False(t, bytes.Equal(first, third))
}

func TestImpossibleOptionsAreRefused(t *testing.T) {
	for name, o := range map[string]synth.Options{
		"more pool validators than validators": {Validators: 1, PoolValidators: 2},
		"a negative number":                    {PendingDeposits: -1},
		"more votes than the list holds":       {ETH1Votes: 2049},
	} {
		_, err := synth.New(synth.Electra, o)
		require.ErrorIs(t, err, synth.ErrOptions, name)
	}
	_, err := synth.New("capella", synth.Options{})
	require.ErrorIs(t, err, synth.ErrOptions)
}

func TestAFailingWriterIsReported(t *testing.T) {
	full := errors.New("disk full")
	for _, after := range []int{0, 1_000_000, 2_700_000} {
		require.ErrorIs(t, synth.Write(&fullDisk{left: after, err: full}, synth.Electra, synth.Options{}), full)
	}
	s, err := synth.New(synth.Electra, small())
	require.NoError(t, err)
	require.ErrorIs(t, s.WriteValidatorsJSON(&fullDisk{err: full}), full)
}

type fullDisk struct {
	left int
	err  error
}

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) > d.left {
		return 0, d.err
	}
	d.left -= len(p)
	return len(p), nil
}
