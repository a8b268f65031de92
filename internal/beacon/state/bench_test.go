package state_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// BenchmarkRead reads a state of 40,000 validators, of which one in four is the pool's. Bytes allocated grow with the pool, allocations do not.
func BenchmarkRead(b *testing.B) {
	spec := smallSpec()
	data, root := encode(b, state.Gloas, spec, newState(seeded(1), state.Gloas, spec, counts{validators: 40_000, pending: 40, partials: 40}))
	q := state.Query{Credentials: poolCredentials, Workers: 1}
	incomplete := (*state.HintError)(nil)
	_, err := state.Read(b.Context(), bytes.NewReader(data), state.Gloas, spec, &root, q)
	require.ErrorAs(b, err, &incomplete)
	q.Hint = incomplete.Keys
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := state.Read(b.Context(), bytes.NewReader(data), state.Gloas, spec, &root, q)
		require.NoError(b, err)
	}
}
