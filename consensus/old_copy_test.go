package consensus_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// restartedOnOldCopy is member 0's new process on a journal that was put back from a copy made before the round.
func restartedOnOldCopy(t *testing.T, n int) (*consensus.Core, consensus.RoundOpened, consensus.Round) {
	t.Helper()
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
	require.NoError(t, err)
	open := consensus.RoundOpened{Committee: committeeOf(n), RefSlot: 95, Deadline: 1_000_000}
	core.Step(1, open)
	return core, open, consensus.Round{Committee: open.Committee.Digest, RefSlot: 95}
}

func observationOf(id consensus.Round, member int, value uint64) *consensus.Observation {
	r := reportFor(id, value)
	return &consensus.Observation{Round: id, Member: uint16(member), Attempt: 1, Digest: domain().Digest(r), Sections: r.Sections()}
}

// The copy lacks the vote of this round. The quorum of observations is here before the answers: without them it would be the key's second vote.
func TestARestartedNodeDoesNotVoteBeforeAQuorumHasShownItsVotes(t *testing.T) {
	core, _, id := restartedOnOldCopy(t, 4)
	require.True(t, core.Rounds()[0].Probation)
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	for m := 1; m < 4; m++ {
		ready := core.Step(2, consensus.Received{From: peerOf(m), Message: observationOf(id, m, 1)})
		require.Empty(t, ready.Persist)
	}
	require.Empty(t, core.Step(2, consensus.Received{From: peerOf(1), Message: &consensus.RoundAnswer{Round: id, Open: true}}).Persist)
	lost := voteOf(id, 0, common.Hash{9})
	core.Step(2, consensus.Received{From: peerOf(2), Message: &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{*lost}}})
	_, halted := core.Halted()
	require.True(t, halted, "the vote that the copy lacks was found")
}

func TestARestartedNodeVotesAfterAQuorumHasShownItsVotes(t *testing.T) {
	core, _, id := restartedOnOldCopy(t, 4)
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	for m := 1; m < 4; m++ {
		core.Step(2, consensus.Received{From: peerOf(m), Message: observationOf(id, m, 1)})
	}
	require.Empty(t, core.Step(2, consensus.Received{From: peerOf(1), Message: &consensus.RoundAnswer{Round: id, Open: true}}).Sign)
	require.Len(t, core.Step(2, consensus.Received{From: peerOf(3), Message: &consensus.RoundAnswer{Round: id, Open: true}}).Sign, 1)
}

// In a later round nobody can hold a vote of this key that the process does not know.
func TestOnlyTheFirstReferenceSlotOfAProcessIsAskedFor(t *testing.T) {
	core, open, _ := restartedOnOldCopy(t, 4)
	core.Step(2, consensus.CommitteeChanged{Committee: committeeOf(3)})
	require.True(t, core.Rounds()[0].Probation, "the lost vote may be for a later committee of the slot")
	open.RefSlot = 127
	core.Step(3, open)
	require.False(t, core.Rounds()[0].Probation)
}

// Nobody else can be asked: nothing is gained by waiting.
func TestALoneMemberVotesAtOnceAfterARestart(t *testing.T) {
	core, _, id := restartedOnOldCopy(t, 1)
	require.Len(t, core.Step(1, consensus.Computed{Report: reportFor(id, 1)}).Sign, 1)
}

// The journal holds the vote: it is signed again at once, whoever answers.
func TestARestartedNodeSignsItsRecordedVoteAgainAtOnce(t *testing.T) {
	open := consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: 1_000_000}
	id := consensus.Round{Committee: open.Committee.Digest, RefSlot: 95}
	mine := reportFor(id, 1)
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1},
		consensus.VoteRecord{Round: id, Digest: domain().Digest(mine), Report: mine}})
	require.NoError(t, err)
	require.Len(t, core.Step(1, open).Sign, 1)
}
