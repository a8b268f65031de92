package state_test

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// rootAbove walks a branch by the generalized index of its leaf.
func rootAbove(leaf common.Hash, index uint64, branch []common.Hash) common.Hash {
	for _, sibling := range branch {
		pair := append(append([]byte{}, leaf[:]...), sibling[:]...)
		if index%2 == 1 {
			pair = append(append([]byte{}, sibling[:]...), leaf[:]...)
		}
		leaf, index = sha256.Sum256(pair), index/2
	}
	return leaf
}

// The root of each state is go-eth2-client's. Indices of the field: 32+5 in 28 fields, 64+5 in 37 and 38, 352 in a progressive container.
func TestEveryBlockRootIsProvenUnderItsState(t *testing.T) {
	fields := map[state.Fork]uint64{state.Deneb: 37, state.Electra: 69, state.Fulu: 69, state.Gloas: 352}
	odd := smallSpec()
	odd.SlotsPerHistoricalRoot = 48 // The devnet's: no power of two.
	for _, fork := range state.Forks() {
		for name, spec := range map[string]state.Spec{"small": smallSpec(), "odd": odd, "mainnet": gloasMainnet()} {
			t.Run(fmt.Sprintf("%s/%s", fork, name), func(t *testing.T) {
				want := newState(seeded(7), fork, spec, counts{validators: 9})
				data, root := encode(t, fork, spec, want)
				got := readTwice(t, data, fork, spec, root, state.Query{Credentials: poolCredentials, BlockRoots: true})
				n, slot := spec.SlotsPerHistoricalRoot, uint64(want.Slot)
				require.Greater(t, slot, n)
				for _, back := range []uint64{1, 2, 5, n / 2, n - 1, n} {
					at := slot - back
					leaf, branch, err := got.BlockRoots.Prove(at)
					require.NoError(t, err)
					require.Equal(t, common.Hash(want.BlockRoots[at%n]), leaf)
					index := fields[fork]<<bits.Len64(n-1) + at%n
					require.Len(t, branch, bits.Len64(index)-1)
					require.Equal(t, root, rootAbove(leaf, index, branch), "%d slots back", back)
				}
				for _, at := range []uint64{slot, slot + 1, slot - n - 1, 1 << 63} {
					_, _, err := got.BlockRoots.Prove(at)
					require.ErrorIs(t, err, state.ErrForgotten, "slot %d of a state of slot %d", at, slot)
				}
			})
		}
	}
}

func TestBlockRootsAreKeptOnlyWhenAskedFor(t *testing.T) {
	spec := smallSpec()
	data, root := encode(t, state.Gloas, spec, newState(seeded(8), state.Gloas, spec, counts{}))
	require.Nil(t, readTwice(t, data, state.Gloas, spec, root, state.Query{}).BlockRoots)
}
