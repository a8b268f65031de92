package clock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/clock"
)

func TestFastClockGoesAtItsRateFromItsOrigin(t *testing.T) {
	origin := time.Now().Add(-time.Second).Round(0)
	c := clock.Fast(origin, 20)
	before := time.Now()
	shown := c.Now()
	after := time.Now()
	require.False(t, shown.Before(origin.Add(20*before.Round(0).Sub(origin))))
	require.False(t, shown.After(origin.Add(20*after.Round(0).Sub(origin))))
}

func TestClockThatIsAheadGoesEvenly(t *testing.T) {
	c := clock.Ahead(90 * time.Second)
	require.InDelta(t, 90, time.Until(c.Now()).Seconds(), 5)
	require.Less(t, c.Elapsed(), 5*time.Second)
}
