package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheChurnOfExitsByFork(t *testing.T) {
	rules := mainnetExitRules()
	for _, c := range []struct {
		activeEther, electraEther, gloasEther uint64
	}{
		{1_000_000, 128, 128},    // the least
		{10_000_000, 152, 305},   // 152.6 and 305.2: whole increments
		{36_000_000, 256, 1098},  // Electra's bound; Gloas has none
		{100_000_000, 256, 3051}, //
	} {
		require.Equal(t, c.electraEther*1e9, ExitChurn(c.activeEther*1e9, 1e9, rules, false), c.activeEther)
		require.Equal(t, c.gloasEther*1e9, ExitChurn(c.activeEther*1e9, 1e9, rules, true), c.activeEther)
	}
}

func TestAnExitLeavesAfterThoseBeforeIt(t *testing.T) {
	const now, churn = 100, 256e9
	rules := mainnetExitRules()
	for name, c := range map[string]struct {
		queue ExitQueue
		gwei  uint64
		epoch uint64
		after ExitQueue
	}{
		"an empty queue of long ago":   {ExitQueue{90, 3e9}, 32e9, 105, ExitQueue{105, 224e9}},
		"an empty queue, a whole pool": {ExitQueue{}, 3*256e9 + 1, 108, ExitQueue{108, 256e9 - 1}},
		"the last epoch's churn":       {ExitQueue{200, 32e9}, 32e9, 200, ExitQueue{200, 0}},
		"one gwei too much":            {ExitQueue{200, 32e9}, 32e9 + 1, 201, ExitQueue{201, 256e9 - 1}},
		"an epoch that is used up":     {ExitQueue{200, 0}, 256e9, 201, ExitQueue{201, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			epoch, after := c.queue.ExitEpoch(c.gwei, now, churn, rules)
			require.Equal(t, c.epoch, epoch)
			require.Equal(t, c.after, after)
		})
	}
}

func TestTheSweepComesRound(t *testing.T) {
	rules := mainnetExitRules()
	require.EqualValues(t, 0, sweepEpochs(0, rules, 32))
	require.EqualValues(t, 1, sweepEpochs(512, rules, 32))
	require.EqualValues(t, 2, sweepEpochs(513, rules, 32))
	require.EqualValues(t, 1954, sweepEpochs(1_000_000, rules, 32))
}

// A later epoch of withdrawal is not relied on, whatever the fork says of the churn.
func TestGloasBringsExitsHomeSooner(t *testing.T) {
	in := quietExits().waiting(1000)
	in.Queue = ExitQueue{EarliestEpoch: exitEpochNow + 10} // used up
	require.EqualValues(t, exitEpochNow+11+256, demanded(t, in).WithdrawableEpoch)
	in.Gloas = true
	out := demanded(t, in)
	require.EqualValues(t, 1098e9, out.ChurnGwei)
	require.EqualValues(t, exitEpochNow+11+256, out.WithdrawableEpoch)
}
