package state_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestReorderedOffsetsOfGloasAreRefused(t *testing.T) {
	data, root := sampleOf(t, state.Gloas)
	at := gloasOffsets(t)
	for i := range len(at) - 1 {
		changed := bytes.Clone(data)
		copy(changed[at[i]:], data[at[i+1]:at[i+1]+4])
		copy(changed[at[i+1]:], data[at[i]:at[i]+4])
		_, err := readOf(t, state.Gloas, changed, &root)
		var where *state.Error
		require.ErrorAs(t, err, &where, "offsets %d and %d", i, i+1)
		require.NotErrorIs(t, err, state.ErrWrongRoot, "offsets %d and %d: the layout alone shows it", i, i+1)
	}
}

// gloasOffsets are the places of the offsets in a Gloas state of the small network, by its table of fields (consensus specs, gloas beacon-chain.md).
func gloasOffsets(t *testing.T) []int {
	t.Helper()
	s := smallSpec()
	committee := int(s.SyncCommitteeSize+1) * 48
	const list = -1
	sizes := []int{8, 32, 8, 16, 112, 64 * 32, 64 * 32, list, 72, list, 8, list, list, 32 * 32, 16 * 8, list, list, 1, 40, 40, 40, list, committee, committee, 32, 8, 8, list,
		8, 8, 8, 8, 8, 8, list, list, list, 2 * 6 * 8, list, 8, 8, 2 * 6 * 52, list, list, list, 3 * 6 * 5 * 8}
	require.Len(t, sizes, 46)
	at, places := 0, []int(nil)
	for _, size := range sizes {
		if size == list {
			places, size = append(places, at), 4
		}
		at += size
	}
	return places
}

func TestTheBidOfGloasIsRefusedWhenItsLayoutIsWrong(t *testing.T) {
	data, root := sampleOf(t, state.Gloas)
	bid := binary.LittleEndian.Uint32(data[slices.Max(gloasOffsets(t))-4:]) // the last offset but one
	const commitmentsOffsetAt, fixed = 188, 224
	require.EqualValues(t, fixed, binary.LittleEndian.Uint32(data[bid+commitmentsOffsetAt:]))
	for _, wrong := range []uint32{0, fixed - 1, fixed + 48, 1<<32 - 1} {
		changed := bytes.Clone(data)
		binary.LittleEndian.PutUint32(changed[bid+commitmentsOffsetAt:], wrong)
		_, err := readOf(t, state.Gloas, changed, &root)
		require.ErrorIs(t, err, state.ErrOffset)
		require.ErrorContains(t, err, "latest_execution_payload_bid.blob_kzg_commitments")
	}
}

func TestBitsBeyondTheAvailabilityVectorAreRefused(t *testing.T) {
	spec := tinySpec()
	b := newState(seeded(1), state.Gloas, spec, counts{validators: 1})
	data, root := encode(t, state.Gloas, spec, b) // eight slots, one byte
	spec.SlotsPerHistoricalRoot = 5
	short := bytes.Clone(data[:8+32+8+16+112])
	for range 2 { // block roots and state roots
		short = append(short, make([]byte, 5*32)...)
	}
	rest := bytes.Clone(data[8+32+8+16+112+2*8*32:])
	_, err := state.Read(t.Context(), bytes.NewReader(append(short, rest...)), state.Gloas, spec, &root, state.Query{})
	require.Error(t, err)
	availability := b.ExecutionPayloadAvailability[0]
	require.NotZero(t, availability>>5, "the sample has one of the bits")
	require.ErrorIs(t, err, state.ErrMalformed)
	require.ErrorContains(t, err, "execution_payload_availability")
}

// Whose a withdrawal is tells the index: not the address, and not the number of a builder.
func TestExpectedWithdrawalsAreThoseOfThePoolsValidators(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(5), state.Gloas, spec, counts{validators: 3})
	for i, pool := range []bool{true, false, true} {
		b.Validators[i].WithdrawalCredentials = make([]byte, 32)
		if pool {
			b.Validators[i].WithdrawalCredentials = poolCredentials[i/2].Bytes()
		}
	}
	for _, w := range []struct {
		index uint64
		gwei  phase0.Gwei
		vault bool
	}{
		{0, 1, true}, {0, 2, false}, {2, 4, true}, // the pool's, one of them changed since to another address
		{1, 8, true}, {3, 16, true}, {1 << 32, 32, true}, {1<<40 - 1, 64, true}, // nobody's of the pool
		{1 << 40, 128, true}, {1<<40 | 2, 256, true}, {1<<64 - 1, 512, true}, // of builders
	} {
		one := &capella.Withdrawal{ValidatorIndex: phase0.ValidatorIndex(w.index), Amount: w.gwei}
		if w.vault {
			copy(one.Address[:], poolCredentials[0][12:])
		}
		b.PayloadExpectedWithdrawals = append(b.PayloadExpectedWithdrawals, one)
	}
	data, root := encode(t, state.Gloas, spec, b)
	got := readTwice(t, data, state.Gloas, spec, root, state.Query{Credentials: poolCredentials})
	require.Equal(t, []state.ExpectedWithdrawal{{Index: 0, AmountGwei: 1}, {Index: 0, AmountGwei: 2}, {Index: 2, AmountGwei: 4}}, got.InFlight)
	require.EqualValues(t, 7, got.InFlightGwei)
	require.EqualValues(t, 10, got.ExpectedTotal)
}

// What is kept of expected withdrawals before the root has matched is bounded, and their sum has 64 bits.
func TestExpectedWithdrawalsThatNoStateHasAreRefused(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(5), state.Gloas, spec, counts{validators: 1})
	b.Validators[0].WithdrawalCredentials = poolCredentials[0].Bytes()
	for _, c := range []struct {
		count int
		gwei  phase0.Gwei
		want  error
	}{{1<<16 + 1, 1, state.ErrTooLong}, {2, 1 << 63, state.ErrMalformed}} {
		b.PayloadExpectedWithdrawals = slices.Repeat([]*capella.Withdrawal{{Amount: c.gwei}}, c.count)
		data, _ := encode(t, state.Gloas, spec, b)
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Gloas, spec, &common.Hash{1}, state.Query{Credentials: poolCredentials})
		require.ErrorIs(t, err, c.want)
		require.ErrorContains(t, err, "payload_expected_withdrawals")
	}
}

func TestAGloasStateHasNoExecutionHeader(t *testing.T) {
	for _, fork := range state.Forks() {
		spec := smallSpec()
		b := newState(seeded(6), fork, spec, counts{})
		data, root := encode(t, fork, spec, b)
		got := readTwice(t, data, fork, spec, root, state.Query{})
		if fork == state.Gloas {
			require.Equal(t, common.Hash(b.LatestBlockHash), got.LatestBlockHash)
			require.Nil(t, got.Execution)
			continue
		}
		require.Equal(t, got.LatestBlockHash, got.Execution.BlockHash)
		require.Equal(t, b.LatestExecutionPayloadHeader.BlockNumber, got.Execution.Number)
	}
}
