package consensus_test

import (
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
