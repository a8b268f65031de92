package audit

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// What happens to a key moves ether between the pool's buckets, and none in or out.
func TestKeysMoveEtherBetweenThePoolsBuckets(t *testing.T) {
	gwei := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e9)) }
	for name, c := range map[string]struct {
		body                events.Body
		buffered, deposited int64 // gwei
		unproven            uint64
	}{
		"opened":    {&events.KeyOpened{}, 99e9, 0, 6},
		"proven":    {&events.KeyProven{}, 100e9, 1e9, 4},
		"given":     {&events.KeyGiven{}, 100e9, 1e9, 4},
		"foreign":   {&events.KeyForeign{}, 101e9, 0, 4},
		"topped up": {&events.KeyToppedUp{AmountGwei: 31e9}, 69e9, 31e9, 5},
	} {
		s := events.State{BufferedWei: gwei(100e9), DepositedWei: new(big.Int), UnprovenKeys: 5}
		before := s.BookedWei()
		require.NoError(t, advance(&s, events.Event{Body: c.body}))
		require.Equal(t, before, s.BookedWei(), name)
		require.Zero(t, gwei(c.buffered).Cmp(s.BufferedWei), name)
		require.Zero(t, gwei(c.deposited).Cmp(s.DepositedWei), name)
		require.Equal(t, c.unproven, s.UnprovenKeys, name)
	}
}
