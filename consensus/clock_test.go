package consensus_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// The clock was days ahead when the certificate was recorded, and is right after the restart.
func TestACertificateSeenInTheFutureDoesNotHoldTheOwnTurnBack(t *testing.T) {
	open := consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: consensus.Instant(1).After(24 * time.Hour)}
	id := consensus.Round{Committee: open.Committee.Digest, RefSlot: open.RefSlot}
	mine := reportFor(id, 1)
	record := consensus.CertificateRecord{SeenAt: consensus.Instant(1).After(1000 * time.Hour), Certificate: consensus.Certificate{
		Round: id, Digest: domain().Digest(mine), Report: mine, Signers: consensus.Bitmap{0b111},
	}}
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}, record})
	require.NoError(t, err)
	core.Step(1, open)
	core.Step(1, consensus.Computed{Report: mine})
	ready := core.Step(consensus.Instant(1).After(4*consensus.DefaultTiming().SubmitStagger), consensus.Tick{})
	require.NotNil(t, ready.Submit)
}
