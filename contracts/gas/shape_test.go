package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// ragged is a set of the largest size whose chunks are as many and as short as removals and admissions make them.
type ragged struct {
	*localnet.Network
	t      *testing.T
	chunks [][]localnet.Member // as KeyDrafts should have them
	names  int
}

func (r *ragged) count() (n int) {
	for _, c := range r.chunks {
		n += len(c)
	}
	return n
}

// fill admits members up to the largest committee.
func (r *ragged) fill() {
	var ids [][32]byte
	for r.count() < largest {
		m, err := r.Register(fmt.Sprintf("member %d", r.names), localnet.NewKey(uint64(r.names)))
		require.NoError(r.t, err)
		r.names++
		if last := len(r.chunks) - 1; last >= 0 && len(r.chunks[last]) < chunkMembers {
			r.chunks[last] = append(r.chunks[last], m)
		} else {
			r.chunks = append(r.chunks, []localnet.Member{m})
		}
		ids = append(ids, m.ID)
	}
	_, err := r.Must(r.Accounts.Owner, r.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackAdmit(ids))
	require.NoError(r.t, err)
}

// shorten leaves 17 members of each full chunk: two neighbours have more than one chunk takes.
func (r *ragged) shorten() {
	const rest = chunkMembers/2 + 1
	var ids [][32]byte
	for i, c := range r.chunks {
		if len(c) == chunkMembers {
			for _, m := range c[rest:] {
				ids = append(ids, m.ID)
			}
			r.chunks[i] = c[:rest]
		}
	}
	_, err := r.Must(r.Accounts.Owner, r.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackRemove(ids))
	require.NoError(r.t, err)
	joined := r.chunks[:1]
	for _, c := range r.chunks[1:] {
		if last := len(joined) - 1; len(joined[last])+len(c) <= chunkMembers {
			joined[last] = append(slices.Clone(joined[last]), c...)
		} else {
			joined = append(joined, c)
		}
	}
	r.chunks = joined
}

func TestAnEjectionFitsAFifthOfABlockWhateverTheShapeOfTheLargestSet(t *testing.T) {
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler), Fork: evm.Amsterdam})
	require.NoError(t, err)
	r := &ragged{Network: n, t: t}
	r.fill()
	for range 3 {
		r.shorten()
		r.fill()
	}
	require.Len(t, r.chunks, 14, "of 15 that can be")
	_, err = r.OpenFrame()
	require.NoError(t, err)

	committee := bindings.NewOracleCommittee()
	full := slices.IndexFunc(r.chunks, func(c []localnet.Member) bool { return len(c) == chunkMembers })
	leaver, ejected := r.chunks[3][0], r.chunks[full][31]
	_, err = r.Must(leaver.Owner, r.Contracts.OracleCommittee, nil, committee.PackRequestLeave(leaver.ID))
	require.NoError(t, err)
	result, err := r.Must(r.Accounts.Guardian, r.Contracts.OracleCommittee, nil, committee.PackEject(ejected.ID))
	require.NoError(t, err)
	require.LessOrEqual(t, result.StateGas, uint64(blockGas/5))
	require.LessOrEqual(t, result.ExecutionGas, uint64(blockGas/100))
	// Heads with 14 entries, and chunks of 31 members that were full: the dearest there are.
	const heads, chunks, accounts = 2 * (1 + 160 + 14*21), 2 * (1 + 31*96), 4 * 120
	require.EqualValues(t, 1530*(heads+chunks+accounts), result.StateGas)
}
