package consensus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// voteAlone carries out what a lone member's core asks for until it asks for nothing more, and keeps its records.
func voteAlone(t *testing.T, core *consensus.Core, ledger *consensus.Ledger, ready consensus.Ready) (submissions []consensus.Submission) {
	t.Helper()
	require.NoError(t, ledger.Append(ready.Persist...))
	if ready.Submit != nil {
		submissions = append(submissions, *ready.Submit)
	}
	for _, request := range ready.Sign {
		signed := core.Step(1, consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: cheapSign(keyOf(0), request.Message)})
		submissions = append(submissions, voteAlone(t, core, ledger, signed)...)
	}
	return submissions
}

// Two ejections and the reorganisation of both: the first round was forgotten meanwhile, the own vote in it was not.
func TestARoundThatComesBackAfterTwoChangesOfTheCommitteeIsCertifiedAgain(t *testing.T) {
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
	require.NoError(t, err)
	var ledger consensus.Ledger
	require.NoError(t, ledger.Append(consensus.JournalOpened{RefSlot: 1}))
	first := consensus.Round{Committee: committeeOf(1).Digest, RefSlot: 95}
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(1), RefSlot: 95, Deadline: 1_000_000})
	computed := consensus.Computed{Report: reportFor(first, 1)}
	require.Len(t, voteAlone(t, core, &ledger, core.Step(1, computed)), 1)

	var again []consensus.Submission
	for _, n := range []int{3, 2, 1} {
		again = append(again, voteAlone(t, core, &ledger, core.Step(1, consensus.CommitteeChanged{Committee: committeeOf(n)}))...)
	}
	again = append(again, voteAlone(t, core, &ledger, core.Step(1, computed))...)
	view := core.Rounds()[0]
	require.Equal(t, first, view.Round)
	require.NotNil(t, view.Certificate)
	require.Len(t, again, 1)
	require.True(t, again[0].Again, "a transaction may be on its way")
}
