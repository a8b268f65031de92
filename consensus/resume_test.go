package consensus_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// A second node ran with the key and voted. The operator ended it and resumes the first one in the same round: until a quorum has been heard it must not vote,
// because the vote that halted it is not in its journal.
func TestAResumedNodeDoesNotVoteInTheHaltedRoundBeforeItHasHeardAQuorum(t *testing.T) {
	var ledger consensus.Ledger
	require.NoError(t, ledger.Append(consensus.JournalOpened{RefSlot: 1}))
	open := consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: 1_000_000}
	id := consensus.Round{Committee: open.Committee.Digest, RefSlot: open.RefSlot}
	mine, twins := reportFor(id, 1), voteOf(id, 0, domain().Digest(reportFor(id, 2)))
	answer := consensus.Received{From: peerOf(1), Message: &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{*twins}}}

	core, err := consensus.New(configOf(0, cheapVerifier{}), ledger.Records())
	require.NoError(t, err)
	core.Step(1, open)
	require.NoError(t, ledger.Append(core.Step(1, answer).Persist...))
	_, halted := core.Halted()
	require.True(t, halted)
	ledger.RemoveHalt()

	core, err = consensus.New(configOf(0, cheapVerifier{}), ledger.Records())
	require.NoError(t, err)
	core.Step(2, open)
	core.Step(2, consensus.Computed{Report: mine})
	for m := 2; m < 4; m++ { // their observations are here before member 1's answer
		ready := core.Step(3, consensus.Received{From: peerOf(m), Message: &consensus.Observation{
			Round: id, Member: uint16(m), Attempt: 1, Digest: domain().Digest(mine), Sections: mine.Sections(),
		}})
		require.Empty(t, ready.Sign, "it would be the second signature of the key in this round")
	}
	core.Step(4, answer)
	_, halted = core.Halted()
	require.True(t, halted, "the vote is found again")
}

// After an import the journal speaks of every round. The first vote bounds it: what the key voted for before was not for a later round.
func TestAfterAnImportTheFirstVoteEndsTheQuestions(t *testing.T) {
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: math.MaxUint64}})
	require.NoError(t, err)
	id := consensus.Round{Committee: committeeOf(4).Digest, RefSlot: 95}
	mine := reportFor(id, 1)
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: 1_000_000})
	core.Step(1, consensus.Computed{Report: mine})
	var ready consensus.Ready
	for m := 1; m < 3; m++ {
		require.True(t, core.Rounds()[0].Probation)
		ready = core.Step(1, consensus.Received{From: peerOf(m), Message: &consensus.RoundAnswer{Round: id, Open: true, Observation: &consensus.Observation{
			Round: id, Member: uint16(m), Attempt: 1, Digest: domain().Digest(mine), Sections: mine.Sections(),
		}}})
	}
	require.Len(t, ready.Persist, 1, "a quorum has answered: it votes")

	core.Step(1, consensus.PersistFailed{Why: "disk full"})
	core.Step(2, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 127, Deadline: 1_000_000})
	require.True(t, core.Rounds()[0].Probation, "the vote is not known to be durable")
}

func TestAVoteBoundsWhatAnImportLeftOpen(t *testing.T) {
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: math.MaxUint64}})
	require.NoError(t, err)
	var ledger consensus.Ledger
	require.NoError(t, ledger.Append(consensus.JournalOpened{RefSlot: math.MaxUint64}))
	id := consensus.Round{Committee: committeeOf(1).Digest, RefSlot: 95}
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(1), RefSlot: 95, Deadline: 1_000_000})
	ready := core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	require.NoError(t, ledger.Append(ready.Persist...))
	require.Equal(t, consensus.JournalOpened{RefSlot: 95}, ledger.Records()[0])
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 127, Deadline: 1_000_000})
	require.False(t, core.Rounds()[0].Probation, "the process that voted knows as well")
}
