package p2p

import (
	"log/slog"
	"math/rand/v2"
)

// withDefaults fills in what is zero.
func (c Config) withDefaults() Config {
	if c.MaxClockOffset == 0 {
		c.MaxClockOffset = defaultMaxClockOffset
	}
	if c.Capacity == 0 {
		c.Capacity = defaultCapacity
	}
	if c.Timing == (Timing{}) {
		c.Timing = DefaultTiming()
	}
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	if c.Random == nil {
		c.Random = rand.Int64N
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.localDiscovery == nil {
		c.localDiscovery = newMDNS
	}
	return c
}
