package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCoresThatWaitAreNotBusy(t *testing.T) {
	total, err := busy("cpu  100 20 30 9000 800 1 2 4 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n")
	require.NoError(t, err)
	require.Equal(t, 157*tick, total, "user, nice, system, interrupts, steal; a guest's time is the user's")
	for _, text := range []string{"", "cpu 1 2 3", "intr 1 2 3 4 5 6 7 8 9", "cpu a 2 3 4 5 6 7 8 9"} {
		_, err := busy(text)
		require.ErrorIs(t, err, errMachine, text)
	}
}

func TestWhatOthersUsedIsWhatIsNotOwn(t *testing.T) {
	start := time.Unix(1000, 0)
	before := counters{at: start, total: time.Hour, own: time.Second}
	l := counters{at: start.Add(10 * time.Second), total: time.Hour + 15*time.Second, own: 11 * time.Second}.since(before)
	require.Equal(t, load{lasted: 10 * time.Second, own: 1, others: 0.5}, l)
	require.True(t, l.noisy())
	require.Contains(t, (&result{load: l}).page(), "busy with other work")
	l = counters{at: start.Add(10 * time.Second), total: time.Hour + 9*time.Second, own: 11 * time.Second}.since(before)
	require.False(t, l.noisy(), "steps of 10 ms may make own work seem more than all")
	require.NotContains(t, (&result{load: l}).page(), "busy with other work")
}

func TestWhatCannotBeMeasuredIsRefused(t *testing.T) {
	for _, arguments := range [][]string{{"-frames", "0"}, {"-delay", "0s"}, {"-members", "4,x"}, {"more"}, {"-nothing"}} {
		_, err := parse(arguments)
		require.Error(t, err, arguments)
	}
	s, err := parse([]string{"-members", "5,20", "-watched", "5"})
	require.NoError(t, err)
	require.Equal(t, []int{5, 20}, s.members)
	require.Equal(t, []int{5}, s.watched)
	require.Less(t, s.slotOf(16), s.slotOf(17))
}
