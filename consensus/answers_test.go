package consensus_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// answerTo is what the core answers peer 1's request with.
func answerTo(t *testing.T, core *consensus.Core, id consensus.Round) *consensus.RoundAnswer {
	t.Helper()
	for _, out := range core.Step(1, consensus.Received{From: peerOf(1), Message: &consensus.RoundRequest{Round: id}}).Send {
		if answer, ok := out.Message.(*consensus.RoundAnswer); ok && out.To == peerOf(1) {
			return answer
		}
	}
	t.Fatal("no answer")
	return nil
}

func TestOnlyVotesVerifiedOneByOneArePassedOn(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	digest := domain().Digest(reportFor(id, 1))
	a, b, good := voteOf(id, 2, digest), voteOf(id, 3, digest), voteOf(id, 1, digest)
	a.Signature[0] ^= 1
	b.Signature[0] ^= 1 // the two wrong ones cancel in a sum
	for _, v := range []*consensus.Vote{a, b, good} {
		core.Step(1, consensus.Received{From: peerOf(int(v.Member)), Message: v})
	}
	require.NotNil(t, core.Rounds()[0].Certificate, "their sum is right, so the certificate is")

	core, id = opened(t, 4, cheapVerifier{})
	for _, v := range []*consensus.Vote{a, good} {
		core.Step(1, consensus.Received{From: peerOf(int(v.Member)), Message: v})
	}
	require.Equal(t, []consensus.Vote{*good}, answerTo(t, core, id).Votes)
}

func TestAnswersOfUnknownRoundsAreEmpty(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	id.RefSlot++
	require.Equal(t, &consensus.RoundAnswer{Round: id}, answerTo(t, core, id))
}

func TestAReportThatIsNotTheObservedOneIsNotBelieved(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	other, wrong := reportFor(id, 2), reportFor(id, 3)
	observation := &consensus.Observation{Round: id, Member: 3, Attempt: 1, Digest: domain().Digest(other), Sections: other.Sections()}
	core.Step(1, consensus.Received{From: peerOf(3), Message: observation}) // so it is asked for its report
	ready := core.Step(1, consensus.Received{From: peerOf(3), Message: &consensus.RoundAnswer{Round: id, Open: true, Observation: observation, Report: &wrong}})
	require.Len(t, ready.Dropped, 1)
	require.Equal(t, consensus.ReasonBadReport, ready.Dropped[0].Reason)
	closed := core.Step(1_000_000, consensus.Tick{}).Closed
	require.Len(t, closed, 1)
	require.Equal(t, consensus.NoQuorum, closed[0].Result)
	require.Len(t, closed[0].Differences, 1)
	require.Empty(t, closed[0].Differences[0].Values)
	require.NotEmpty(t, closed[0].Differences[0].Sections)
}

func TestEvidenceHasTheLowerDigestFirst(t *testing.T) {
	for _, order := range [][]byte{{1, 2}, {2, 1}} {
		core, id := opened(t, 4, cheapVerifier{})
		var records []consensus.Record
		for _, value := range order {
			ready := core.Step(1, consensus.Received{From: peerOf(3), Message: voteOf(id, 3, common.Hash{value})})
			records = append(records, ready.Persist...)
		}
		require.Len(t, records, 1)
		e := records[0].(consensus.EvidenceRecord).Evidence
		require.Negative(t, bytes.Compare(e.DigestA[:], e.DigestB[:]))
		require.Equal(t, voteOf(id, 3, e.DigestA).Signature, e.SignatureA)
		require.Equal(t, voteOf(id, 3, e.DigestB).Signature, e.SignatureB)
		require.Equal(t, keyOf(3), e.Key)
	}
}

func TestAMemberVotesInEveryRound(t *testing.T) {
	core, id := opened(t, 1, cheapVerifier{})
	for range 1_000 {
		id.RefSlot += 32
		core.Step(1, consensus.RoundOpened{Committee: committeeOf(1), RefSlot: id.RefSlot, Deadline: 1000})
		ready := core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
		require.Len(t, ready.Sign, 1)
	}
	require.LessOrEqual(t, core.Footprint(), 2*consensus.MaxFootprint(1))
}

func TestAttemptsDoNotRunBackwards(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(500_000, consensus.Tick{})
	core.Step(10, consensus.Computed{Report: reportFor(id, 1)})
	require.Equal(t, uint64(500_000), core.Rounds()[0].Observed[0].Attempt)
}

func TestANodeWithoutTheCertificateAsksWhoHasIt(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(1, consensus.Received{From: peerOf(2), Message: &consensus.RoundAnswer{Round: id, Open: true}}) // to the question at the start
	ready := core.Step(1, consensus.Received{From: peerOf(2), Message: &consensus.Status{Round: id, Votes: consensus.NewBitmap(4), Certified: true}})
	require.Equal(t, []consensus.Outgoing{{To: peerOf(2), Message: &consensus.RoundRequest{Round: id}}}, ready.Send)
	ready = core.Step(1, consensus.Received{From: peerOf(2), Message: &consensus.Status{Round: id, Votes: consensus.NewBitmap(4), Certified: true}})
	require.Empty(t, ready.Send, "one question at a time")
}

func TestStrangersCanForceFewVerifications(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 4, v)
	c := randomCertificate(rand.New(rand.NewPCG(3, 3)), 4, reportFor(id, 1))
	for i := range 1_000 {
		bad := *c
		bad.Signers = consensus.Bitmap{15}
		bad.Signature[0], bad.Signature[1] = byte(i), byte(i>>8)
		core.Step(1, consensus.Received{From: peerOf(100 + i), Message: &bad})
	}
	require.Positive(t, *v.certificates)
	require.LessOrEqual(t, *v.certificates, 16)
}

// The journal has forgotten the votes of older rounds, and needs them no more: there this node's vote is no surprise.
func TestAnOwnVoteInAnOlderRoundIsNoReasonToHalt(t *testing.T) {
	record := voteRecord(1, 127, 1)
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}, record})
	require.NoError(t, err)
	for _, c := range []struct {
		refSlot uint64
		halts   bool
	}{{95, false}, {159, true}} {
		committee := committeeOf(4)
		id := consensus.Round{Committee: committee.Digest, RefSlot: c.refSlot}
		core.Step(1, consensus.RoundOpened{Committee: committee, RefSlot: c.refSlot, Deadline: 1000})
		vote := voteOf(id, 0, common.Hash{1})
		core.Step(1, consensus.Received{From: peerOf(1), Message: &consensus.RoundRequest{Round: id}})
		core.Step(1, consensus.Received{From: peerOf(1), Message: &consensus.Status{Round: id, Votes: consensus.Bitmap{1}}})
		core.Step(1, consensus.Received{From: peerOf(1), Message: &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{*vote}}})
		_, halted := core.Halted()
		require.Equal(t, c.halts, halted, "slot %d", c.refSlot)
	}
}
