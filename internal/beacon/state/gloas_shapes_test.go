package state_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// minimalSpec is the minimal preset of the consensus specs, all forks from its first epochs.
func minimalSpec() state.Spec {
	s := smallSpec()
	s.SecondsPerSlot, s.SlotsPerEpoch = 6, 8
	s.SlotsPerHistoricalRoot, s.EpochsPerHistoricalVector, s.EpochsPerSlashingsVector, s.EpochsPerEth1VotingPeriod = 64, 64, 64, 4
	s.SyncCommitteeSize, s.HistoricalRootsLimit, s.ValidatorRegistryLimit = 32, 1<<24, 1<<40
	s.PendingDepositsLimit, s.PendingPartialWithdrawalsLimit, s.PendingConsolidationsLimit = 1<<27, 64, 64
	s.PTCSize = 16
	return s
}

// Subtrees of a progressive tree end behind 1, 5, 21, 85, 341, 1365 and 5461 leaves.
var borders = []int{0, 1, 2, 4, 5, 6, 20, 21, 22, 84, 85, 86, 340, 341, 342, 1364, 1365, 1366, 5461, 5462}

// leavesOf are the elements of width bytes in so many chunks, and one more and one less.
func leavesOf(chunks, width int) []int {
	n := chunks * 32 / width
	return []int{max(n-1, 0), n, n + 1}
}

func TestGloasListsAtTheBordersOfEverySubtree(t *testing.T) {
	spec := minimalSpec()
	check := func(name string, seed uint64, c counts) {
		t.Helper()
		want := newState(seeded(seed), state.Gloas, spec, c)
		data, root := encode(t, state.Gloas, spec, want)
		got := readTwice(t, data, state.Gloas, spec, root, state.Query{Credentials: poolCredentials, Workers: 1 + int(seed%3)})
		requireSame(t, state.Gloas, spec, want, got)
		require.Equal(t, uint64(len(data)), got.Bytes, name)
	}
	for i, n := range borders {
		check(fmt.Sprintf("%d of everything", n), uint64(i), counts{
			validators: n, pending: min(n, 342), partials: n, consolidations: n, builders: n, builderWithdrawals: n, expected: n, commitments: n})
		check(fmt.Sprintf("%d and few others", n), uint64(i), counts{validators: 3, expected: n})
	}
	for i, chunks := range []int{1, 5, 21, 85, 341} {
		for _, width := range []int{1, 8} { // participation; balances
			for _, n := range leavesOf(chunks, width) {
				check(fmt.Sprintf("%d validators", n), uint64(i), counts{validators: n})
			}
		}
	}
}

// A chunk of a registry of this size lies in the last of the blocks that are hashed apart, or behind it.
func TestGloasRegistriesOfSeveralBlocks(t *testing.T) {
	spec := smallSpec()
	for _, validators := range []int{3412, 3413, 3414, 7509, 21844, 21845, 21846, 30_000} {
		want := newState(seeded(uint64(validators)), state.Gloas, spec, counts{validators: validators, pending: 30, expected: 40})
		data, root := encode(t, state.Gloas, spec, want)
		requireSame(t, state.Gloas, spec, want, readTwice(t, data, state.Gloas, spec, root, state.Query{Credentials: poolCredentials}))
	}
}

// Subtrees of many blocks: they end behind 21,845, 87,381 and 349,525 leaves.
func TestLongGloasLists(t *testing.T) {
	spec := smallSpec()
	for _, n := range []int{21_845, 21_846, 87_381, 87_382, 349_526} {
		want := newState(seeded(uint64(n)), state.Gloas, spec, counts{validators: 3, partials: n, builderWithdrawals: n})
		data, root := encode(t, state.Gloas, spec, want)
		requireSame(t, state.Gloas, spec, want, readTwice(t, data, state.Gloas, spec, root, state.Query{Credentials: poolCredentials}))
	}
}

// A file gives its own hint: one pass suffices, wherever the pending deposits stand.
func TestAGloasFileIsReadInOnePass(t *testing.T) {
	spec := smallSpec()
	want := newState(seeded(4), state.Gloas, spec, counts{validators: 60, pending: 50, expected: 9})
	data, root := encode(t, state.Gloas, spec, want)
	passes := 0
	counting := func(read uint64) {
		if read == uint64(len(data)) {
			passes++
		}
	}
	got, err := state.ReadAt(t.Context(), bytes.NewReader(data), int64(len(data)), state.Gloas, spec, &root, state.Query{Credentials: poolCredentials, Progress: counting})
	require.NoError(t, err)
	requireSame(t, state.Gloas, spec, want, got)
	require.NotEmpty(t, got.Pending)
	require.Equal(t, 1, passes)
}
