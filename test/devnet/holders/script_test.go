package holders_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/holders"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// acts are what happens in so many slots.
func acts(t *testing.T, seed uint64, slots int) (all []follow.Act, n *network.Network) {
	t.Helper()
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: 4, Seed: 1, SlotTime: time.Second, Fork: transition.Gloas, Now: func() time.Time { return time.Unix(1_700_000_000, 0) },
		Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	f, err := follow.New(n)
	require.NoError(t, err)
	_, err = f.Follow(t.Context())
	require.NoError(t, err)
	script := holders.New(n, seed)
	require.NoError(t, script.Begin(t.Context(), f.Books()))
	for range slots {
		_, err := n.Chain.NextSlot(t.Context())
		require.NoError(t, err)
		fresh, err := f.Follow(t.Context())
		require.NoError(t, err)
		for _, b := range fresh {
			for _, e := range b.Events {
				if act, ok := e.(follow.Act); ok {
					all = append(all, act)
				}
			}
		}
		require.NoError(t, script.Step(t.Context(), f.Books()))
	}
	return all, n
}

func TestWhatPeopleDoFollowsFromTheSeed(t *testing.T) {
	first, _ := acts(t, 5, 40)
	again, _ := acts(t, 5, 40)
	other, _ := acts(t, 6, 40)
	require.Greater(t, len(first), 10)
	require.Equal(t, first, again)
	require.NotEqual(t, first, other)
}

func TestAliceAndBobOnlyHold(t *testing.T) {
	all, n := acts(t, 5, 60)
	alice, bob := n.Holders[0].Address, n.Holders[1].Address
	var wraps int
	for _, act := range all {
		require.NotEqual(t, alice, act.Who)
		require.NotEqual(t, alice, act.To)
		if act.Who == bob {
			require.Equal(t, follow.Wrapped, act.What)
			wraps++
		}
	}
	require.Equal(t, 1, wraps)
}
