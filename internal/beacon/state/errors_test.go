package state_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// sample is an encoded state of Electra of the small network, with all its lists filled.
func sample(t testing.TB) ([]byte, common.Hash) {
	t.Helper()
	return sampleOf(t, state.Electra)
}

func sampleOf(t testing.TB, fork state.Fork) ([]byte, common.Hash) {
	t.Helper()
	spec := smallSpec()
	b := newState(seeded(7), fork, spec, counts{validators: 70, votes: 3, historicalRoots: 4, summaries: 5, pending: 9, partials: 3, consolidations: 2, extraData: 7,
		builders: 6, builderWithdrawals: 5, expected: 7, commitments: 3})
	return encode(t, fork, spec, b)
}

func read(t testing.TB, data []byte, root *common.Hash) (*state.State, error) {
	t.Helper()
	return readOf(t, state.Electra, data, root)
}

func readOf(t testing.TB, fork state.Fork, data []byte, root *common.Hash) (*state.State, error) {
	t.Helper()
	return state.ReadAt(t.Context(), bytes.NewReader(data), int64(len(data)), fork, smallSpec(), root, state.Query{Credentials: poolCredentials})
}

// onBothShapes runs a test on a state of Electra, and on one of Gloas, whose lists are progressive.
func onBothShapes(t *testing.T, test func(t *testing.T, fork state.Fork, data []byte, root common.Hash)) {
	for _, fork := range []state.Fork{state.Electra, state.Gloas} {
		t.Run(fork.String(), func(t *testing.T) {
			data, root := sampleOf(t, fork)
			test(t, fork, data, root)
		})
	}
}

func TestTruncatedStatesAreRefused(t *testing.T) {
	onBothShapes(t, func(t *testing.T, fork state.Fork, data []byte, root common.Hash) {
		for end := 0; end < len(data); end += 5 {
			s, err := readOf(t, fork, data[:end], &root)
			require.Nil(t, s, "cut to %d bytes", end)
			var at *state.Error
			require.ErrorAs(t, err, &at, "cut to %d bytes", end)
			require.NotEmpty(t, at.Field)
			require.LessOrEqual(t, at.Offset, uint64(end))
			require.Truef(t, errors.Is(err, state.ErrTruncated) || errors.Is(err, state.ErrWrongSize) || errors.Is(err, state.ErrWrongRoot), "cut to %d bytes: %v", end, err)
		}
	})
}

func TestChangedStatesAreRefused(t *testing.T) {
	onBothShapes(t, func(t *testing.T, fork state.Fork, data []byte, root common.Hash) {
		for i := 0; i < len(data); i += 5 {
			changed := bytes.Clone(data)
			changed[i] ^= 1 << (i % 8)
			s, err := readOf(t, fork, changed, &root)
			require.Nil(t, s, "byte %d", i)
			var at *state.Error
			require.ErrorAs(t, err, &at, "byte %d", i)
		}
	})
}

func TestTrailingBytesAreRefused(t *testing.T) {
	onBothShapes(t, func(t *testing.T, fork state.Fork, data []byte, root common.Hash) {
		element := 16 // the last list has consolidations
		if fork == state.Gloas {
			element = 44 // withdrawals
		}
		for extra := 1; extra <= 90; extra++ {
			_, err := readOf(t, fork, append(bytes.Clone(data), make([]byte, extra)...), &root)
			want := state.ErrWrongSize
			if extra%element == 0 {
				want = state.ErrWrongRoot // some elements more
			}
			require.ErrorIs(t, err, want, "%d bytes", extra)
		}
	})
}

func TestOffsetsThatAreNotExactAreRefused(t *testing.T) {
	onBothShapes(t, func(t *testing.T, fork state.Fork, data []byte, root common.Hash) {
		first := firstOffset(data)
		for _, wrong := range []uint32{0, 1, first - 1, first + 1, uint32(len(data)), 1<<32 - 1} {
			changed := bytes.Clone(data)
			binary.LittleEndian.PutUint32(changed[historicalRootsOffsetAt:], wrong)
			_, err := readOf(t, fork, changed, &root)
			require.ErrorIs(t, err, state.ErrOffset, "%d", wrong)
			require.ErrorContains(t, err, "historical_roots")
		}
		for _, shift := range []int32{-1, 1, -72, 72} { // of eth1_data_votes
			changed := bytes.Clone(data)
			at := votesOffsetAt
			binary.LittleEndian.PutUint32(changed[at:], uint32(int32(binary.LittleEndian.Uint32(data[at:]))+shift))
			_, err := readOf(t, fork, changed, &root)
			require.Error(t, err)
			require.NotErrorIs(t, err, state.ErrWrongRoot, "the layout alone shows it: shift %d", shift)
		}
	})
}

// Where the first two offsets of the small network's states lie.
const (
	historicalRootsOffsetAt = 8 + 32 + 8 + 16 + 112 + 2*64*32
	votesOffsetAt           = historicalRootsOffsetAt + 4 + 72
)

func firstOffset(data []byte) uint32 {
	return binary.LittleEndian.Uint32(data[historicalRootsOffsetAt:])
}

func TestListsBeyondTheirLimitAreRefused(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(3), state.Electra, spec, counts{validators: 3, consolidations: 5, pending: 6, votes: 7})
	data, root := encode(t, state.Electra, spec, b)
	for name, shrink := range map[string]func(*state.Spec){
		"validators":             func(s *state.Spec) { s.ValidatorRegistryLimit = 2 },
		"pending_deposits":       func(s *state.Spec) { s.PendingDepositsLimit = 5 },
		"pending_consolidations": func(s *state.Spec) { s.PendingConsolidationsLimit = 4 },
		"eth1_data_votes":        func(s *state.Spec) { s.EpochsPerEth1VotingPeriod = 1 },
	} {
		small := spec
		shrink(&small)
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Electra, small, &root, state.Query{})
		require.ErrorIs(t, err, state.ErrTooLong, name)
		require.ErrorContains(t, err, name)
	}
}

func TestStatesOfAnotherForkAreRefused(t *testing.T) {
	spec := smallSpec()
	for _, fork := range state.Forks() {
		data, root := encode(t, fork, spec, newState(seeded(2), fork, spec, counts{validators: 5}))
		for _, said := range state.Forks() {
			_, err := state.Read(t.Context(), bytes.NewReader(data), said, spec, &root, state.Query{})
			if said == fork {
				require.NoError(t, err)
				continue
			}
			require.ErrorIs(t, err, state.ErrWrongFork, "%s said to be %s", fork, said)
		}
	}
}

func TestVersionOfTheForkAtAnEpochOfAnotherIsRefused(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(2), state.Electra, spec, counts{validators: 5})
	b.Slot = 250 * 6
	data, root := encode(t, state.Electra, spec, b)
	_, err := state.Read(t.Context(), bytes.NewReader(data), state.Electra, spec, &root, state.Query{})
	require.ErrorIs(t, err, state.ErrWrongFork)
	require.ErrorContains(t, err, "slot 1500 is of fulu")
}

func TestAnotherRootIsRefusedAndNamed(t *testing.T) {
	data, root := sample(t)
	other := root
	other[31] ^= 1
	s, err := read(t, data, &other)
	require.Nil(t, s)
	require.ErrorIs(t, err, state.ErrWrongRoot)
	require.ErrorContains(t, err, root.Hex())
	require.ErrorContains(t, err, other.Hex())
}

func TestWithoutARootTheStateSaysItsOwn(t *testing.T) {
	data, root := sample(t)
	s, err := read(t, data, nil)
	require.NoError(t, err)
	require.Equal(t, root, s.Root)
}

func TestAnIncompleteHintAsksForASecondReadingOfAGenuineStateOnly(t *testing.T) {
	data, root := sample(t)
	once := func(root common.Hash, hint []state.PendingKey) error {
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Electra, smallSpec(), &root, state.Query{Credentials: poolCredentials, Hint: hint})
		return err
	}
	var incomplete *state.HintError
	require.ErrorAs(t, once(root, nil), &incomplete)
	require.ErrorIs(t, incomplete, state.ErrIncompleteHint)
	require.NoError(t, once(root, incomplete.Keys))

	all := incomplete.Keys
	for i := range all {
		short := append(append([]state.PendingKey{}, all[:i]...), all[i+1:]...)
		require.ErrorAs(t, once(root, short), &incomplete, "without key %d", i)
		require.Equal(t, all, incomplete.Keys, "the second reading looks out for all keys")
		if all[i].Pool {
			blind := append([]state.PendingKey{}, all...)
			blind[i].Pool = false
			require.ErrorAs(t, once(root, blind), &incomplete, "key %d not known to be the pool's", i)
			require.Equal(t, all, incomplete.Keys)
		}
	}
	require.ErrorIs(t, once(common.Hash{1}, nil), state.ErrWrongRoot, "a wrong state asks for nothing")
}

// What is kept before the root has matched is bounded: a lying endpoint could fill the memory with pending deposits.
func TestMorePendingDepositsThanAllowedAreRefusedBeforeTheRootHasMatched(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(5), state.Electra, spec, counts{validators: 5})
	var hint []state.PendingKey
	for i := range byte(4) {
		d := &electra.PendingDeposit{Pubkey: [48]byte{0: 0xaa, 20: i}, WithdrawalCredentials: poolCredentials[0].Bytes(), Amount: 1e9}
		b.PendingDeposits = append(b.PendingDeposits, d)
		hint = append(hint, state.PendingKey{PublicKey: d.Pubkey, Pool: true})
	}
	data, _ := encode(t, state.Electra, spec, b)
	for name, c := range map[string]struct {
		hint []state.PendingKey
		most int
		want error
	}{
		"lacking, within":   {nil, 4, state.ErrWrongRoot},
		"lacking, too many": {nil, 3, state.ErrTooLong},
		"kept, within":      {hint, 4, state.ErrWrongRoot},
		"kept, too many":    {hint, 3, state.ErrTooLong},
	} {
		q := state.Query{Credentials: poolCredentials, Hint: c.hint, MaxPending: c.most}
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Electra, spec, &common.Hash{1}, q)
		require.ErrorIs(t, err, c.want, name)
	}
}

func TestALyingHintChangesNothing(t *testing.T) {
	data, root := sample(t)
	honest, err := read(t, data, &root)
	require.NoError(t, err)
	var hint []state.PendingKey
	for i := range 200 {
		hint = append(hint, state.PendingKey{PublicKey: [48]byte{0: 0xaa, 1: byte(i)}, Pool: i%2 == 0})
	}
	got := readTwice(t, data, state.Electra, smallSpec(), root, state.Query{Credentials: poolCredentials, Hint: hint})
	require.Equal(t, honest, got)
}

func TestAFailingSourceIsNamed(t *testing.T) {
	data, root := sample(t)
	broken := errors.New("connection reset")
	r := io.MultiReader(bytes.NewReader(data[:12_000]), iotest.ErrReader(broken))
	_, err := state.Read(t.Context(), r, state.Electra, smallSpec(), &root, state.Query{})
	require.ErrorIs(t, err, state.ErrRead)
	require.ErrorIs(t, err, broken)
}

func TestACancelledReadingEnds(t *testing.T) {
	data, root := sample(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("frame is over")
	cancel(why)
	_, err := state.Read(ctx, bytes.NewReader(data), state.Electra, smallSpec(), &root, state.Query{})
	require.ErrorIs(t, err, why)
}

func TestAStateLargerThanAllowedIsRefused(t *testing.T) {
	data, root := sample(t)
	_, err := state.Read(t.Context(), bytes.NewReader(data), state.Electra, smallSpec(), &root, state.Query{MaxBytes: uint64(len(data)) - 1})
	require.ErrorIs(t, err, state.ErrTooLong)
	_, err = state.Read(t.Context(), bytes.NewReader(data), state.Electra, smallSpec(), &root, state.Query{MaxBytes: uint64(len(data))})
	require.NoError(t, err)
}

func TestReadersThatGiveOneByteAtATime(t *testing.T) {
	data, root := sample(t)
	_, err := state.Read(t.Context(), iotest.OneByteReader(bytes.NewReader(data)), state.Electra, smallSpec(), &root, state.Query{})
	require.NoError(t, err)
}
