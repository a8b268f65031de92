package node

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestMachineWithoutTimeSynchronisationIsAhead(t *testing.T) {
	p := &parts{hooks: Hooks{ClockOffset: 90 * time.Second}}
	clock, err := p.chooseClock()
	require.NoError(t, err)
	require.InDelta(t, 90, time.Until(clock.Now()).Seconds(), 5)
	require.Less(t, clock.Elapsed(), 5*time.Second, "it is wrong, and goes evenly")
}
