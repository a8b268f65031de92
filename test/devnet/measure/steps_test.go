package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

const ms = time.Millisecond

func TestTimesOfAFastClockBecomeTheMachinesTime(t *testing.T) {
	since := time.Unix(1000, 0)
	m := stepTimesOf(status.Times{Finality: since.Add(3 * time.Second), Certified: since.Add(33 * time.Second)}, since, 30)
	require.Equal(t, stepTimes{100 * ms, never, never, 1100 * ms, never, never}, m)
}

func TestACertificateIsTimedFromTheMemberThatMakesAQuorum(t *testing.T) {
	r := round{quorum: 3, members: []stepTimes{
		{computed: 10 * ms, certified: 100 * ms},
		{computed: 90 * ms, certified: 140 * ms}, // not needed
		{computed: 40 * ms, certified: 120 * ms},
		{computed: 20 * ms, certified: never},
	}}
	require.Equal(t, []time.Duration{60 * ms, 80 * ms, 100 * ms}, r.certification())
	require.Equal(t, []time.Duration{60 * ms}, r.firstCertificate())
	require.Equal(t, []time.Duration{30 * ms}, r.gathering())
}

func TestWithoutAQuorumThereIsNothingToTime(t *testing.T) {
	r := round{quorum: 2, members: []stepTimes{{computed: ms, certified: 2 * ms}, {computed: never, certified: 2 * ms}}}
	require.Empty(t, r.certification())
	require.Empty(t, r.firstCertificate())
	require.Empty(t, r.gathering())
}

func TestAStepCountsOnlyWhereBothEndsWereSeenInOrder(t *testing.T) {
	r := round{members: []stepTimes{
		{voted: 5 * ms, certified: 8 * ms},
		{voted: never, certified: 8 * ms},
		{voted: 9 * ms, certified: 8 * ms}, // the certificate came first
	}}
	require.Equal(t, []time.Duration{3 * ms}, r.between(voted, certified))
}

func TestASpreadIsTheMiddleTheMeanAndTheWorst(t *testing.T) {
	require.Equal(t, spread[uint64]{median: 3, mean: 4, worst: 9, count: 4}, spreadOf([]uint64{9, 1, 3, 3}))
	require.Zero(t, spreadOf([]uint64(nil)).count)
}
