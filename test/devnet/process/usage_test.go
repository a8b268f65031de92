package process_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/process"
)

func TestAChildThatComputesIsToldFromOneThatWaits(t *testing.T) {
	busy, _ := shell(t, `while true; do :; done`)
	idle, log := shell(t, `echo ready; read line`)
	waitFor(t, log, "ready")
	const want = 200 * time.Millisecond
	require.Eventually(t, func() bool {
		ran, err := busy.ProcessorTime()
		return err == nil && ran >= want
	}, 20*time.Second, 5*time.Millisecond)
	waited, err := idle.ProcessorTime()
	require.NoError(t, err)
	require.Less(t, waited, want)
}

func TestThePeakIsNoLessThanWhatIsInUse(t *testing.T) {
	p, log := shell(t, `echo ready; read line`)
	waitFor(t, log, "ready")
	resident, err := p.ResidentBytes()
	require.NoError(t, err)
	peak, err := p.PeakBytes()
	require.NoError(t, err)
	require.GreaterOrEqual(t, peak, resident)
}

func TestWhatAChildThatIsGoneUsesIsNotKnown(t *testing.T) {
	p, _ := shell(t, `exit 0`)
	<-p.Done()
	_, err := p.ProcessorTime()
	require.ErrorIs(t, err, process.ErrUsage)
	_, err = p.PeakBytes()
	require.ErrorIs(t, err, process.ErrMemory)
}
