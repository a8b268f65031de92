package consensus_test

import (
	"math"
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
	require.True(t, core.Rounds()[0].Recovering)
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
	require.True(t, core.Rounds()[0].Recovering, "the lost vote may be for a later committee of the slot")
	open.RefSlot = 127
	core.Step(3, open)
	require.False(t, core.Rounds()[0].Recovering)
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

// A second node ran with the key and voted. The operator ended it and resumes the first one in the same round: until a quorum has been heard it must not vote,
// because the vote that halted it is not in its journal.
func TestAResumedNodeDoesNotVoteInTheHaltedRoundBeforeItHasHeardAQuorum(t *testing.T) {
	var ledger consensus.MemoryJournal
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
		require.True(t, core.Rounds()[0].Recovering)
		ready = core.Step(1, consensus.Received{From: peerOf(m), Message: &consensus.RoundAnswer{Round: id, Open: true, Observation: &consensus.Observation{
			Round: id, Member: uint16(m), Attempt: 1, Digest: domain().Digest(mine), Sections: mine.Sections(),
		}}})
	}
	require.Len(t, ready.Persist, 1, "a quorum has answered: it votes")

	core.Step(1, consensus.PersistFailed{Why: "disk full"})
	core.Step(2, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 127, Deadline: 1_000_000})
	require.True(t, core.Rounds()[0].Recovering, "the vote is not known to be durable")
}

func TestAVoteBoundsWhatAnImportLeftOpen(t *testing.T) {
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: math.MaxUint64}})
	require.NoError(t, err)
	var ledger consensus.MemoryJournal
	require.NoError(t, ledger.Append(consensus.JournalOpened{RefSlot: math.MaxUint64}))
	id := consensus.Round{Committee: committeeOf(1).Digest, RefSlot: 95}
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(1), RefSlot: 95, Deadline: 1_000_000})
	ready := core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	require.NoError(t, ledger.Append(ready.Persist...))
	require.Equal(t, consensus.JournalOpened{RefSlot: 95}, ledger.Records()[0])
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 127, Deadline: 1_000_000})
	require.False(t, core.Rounds()[0].Recovering, "the process that voted knows as well")
}

// voteAlone carries out what a lone member's core asks for until it asks for nothing more, and keeps its records.
func voteAlone(t *testing.T, core *consensus.Core, ledger *consensus.MemoryJournal, ready consensus.Ready) (submissions []consensus.Submission) {
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

// Two ejections and the reorganisation of both: the first round was forgotten meanwhile, this node's vote in it was not.
func TestARoundThatComesBackAfterTwoChangesOfTheCommitteeIsCertifiedAgain(t *testing.T) {
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
	require.NoError(t, err)
	var ledger consensus.MemoryJournal
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
