package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

// go-ethereum never ends the engine API's heartbeat and its recovery of senders, and its database library ends this worker some seconds after it was closed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}

// What is asserted of times are bounds that hold on a machine of any speed.
func TestTheWholeMeasurementRunsOnASmallCommittee(t *testing.T) {
	const members, quorum, delay = 4, 3, 30 * time.Millisecond
	slot := devnet.SlotTimeHere(time.Now, 300*time.Millisecond)
	s, err := parse([]string{"-repository", "../../..", "-members", "4", "-watched", "4", "-frames", "1", "-delay", delay.String(), "-slot", slot.String(), "-slot-idle", (2 * slot).String()})
	require.NoError(t, err)
	var progress bytes.Buffer
	r, err := measureAll(t.Context(), s, &progress)
	require.NoError(t, err, progress.String())

	require.Len(t, r.rounds, 2, "loopback, and the delay")
	for _, m := range r.rounds {
		require.Len(t, m.rounds, 1)
		one := m.rounds[0]
		require.Len(t, one.members, members)
		require.Equal(t, quorum, one.quorum)
		require.GreaterOrEqual(t, len(one.certification()), quorum)
		require.Greater(t, one.firstCertificate()[0], 2*m.delay, "an observation and a vote lie before a certificate")
		require.NotEmpty(t, one.at(submitted), "somebody submits")
		for _, member := range one.members {
			for _, pair := range [][2]step{{finality, computed}, {computed, voted}, {certified, submitted}, {certified, accepted}} {
				if from, to := member[pair[0]], member[pair[1]]; from != never && to != never {
					require.LessOrEqual(t, from, to, "step %d is after step %d", pair[1], pair[0])
				}
			}
		}
		require.NotEmpty(t, m.roundTrips)
		require.Len(t, m.usage.peakBytes, members)
		for _, bytes := range [][]uint64{m.usage.beforeBytes, m.usage.afterBytes, m.usage.peakBytes} {
			require.Greater(t, spreadOf(bytes).median, uint64(8<<20))
			require.LessOrEqual(t, spreadOf(bytes).worst, spreadOf(m.usage.peakBytes).worst)
		}
		require.Positive(t, spreadOf(m.usage.processor).worst)
	}
	require.Len(t, r.idle, 1)
	require.Len(t, r.idle[0].shares, members)
	require.Positive(t, r.load.own)

	page := r.page()
	require.Contains(t, page, "| 4 | loopback | "+slot.String()+" | 1 |")
	require.Contains(t, page, "| 4 | 3 | 30 ms each way |")
	require.NotContains(t, page, "| none |")
}
