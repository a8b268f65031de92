package consensus_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// A retired journal takes everything but votes. What came together with a vote must not be lost with it.
func TestEvidenceIsKeptByAJournalThatTakesNoVotes(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	var kept []consensus.Record
	now := consensus.Instant(1)
	step := func(event consensus.Event) {
		ready := core.Step(now, event)
		for _, record := range ready.Persist {
			if _, vote := record.(consensus.VoteRecord); vote {
				core.Step(now, consensus.PersistFailed{Why: "the journal is retired"})
				return
			}
		}
		kept = append(kept, ready.Persist...)
	}
	step(consensus.Computed{Report: reportFor(id, 1)})
	for m := 1; m < 3; m++ {
		step(consensus.Received{From: peerOf(m), Message: observationOf(id, m, 1)})
	}
	require.Empty(t, kept, "the vote was refused")
	step(consensus.Received{From: peerOf(3), Message: voteOf(id, 3, common.Hash{1})})
	now = now.After(consensus.DefaultTiming().RetryEvery)
	step(consensus.Received{From: peerOf(3), Message: voteOf(id, 3, common.Hash{2})})
	for range 3 {
		now = now.After(consensus.DefaultTiming().RetryEvery)
		step(consensus.Tick{})
	}
	require.Len(t, kept, 1)
	require.IsType(t, consensus.EvidenceRecord{}, kept[0])
}
