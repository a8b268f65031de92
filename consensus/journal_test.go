package consensus_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func voteRecord(committee byte, refSlot, value uint64) consensus.VoteRecord {
	id := consensus.Round{Committee: common.Hash{committee}, RefSlot: refSlot}
	r := reportFor(id, value)
	return consensus.VoteRecord{Round: id, Digest: domain().Digest(r), Report: r}
}

func certificateRecord(refSlot, value uint64) consensus.CertificateRecord {
	v := voteRecord(1, refSlot, value)
	return consensus.CertificateRecord{Certificate: consensus.Certificate{Round: v.Round, Digest: v.Digest, Report: v.Report}, SeenAt: 1}
}

func TestJournalRefusesWhatWouldBreakThePromise(t *testing.T) {
	for name, c := range map[string]struct {
		records []consensus.Record
		err     error
	}{
		"second digest for a round":       {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(1, 95, 2)}, consensus.ErrSecondDigest},
		"older slot than the newest vote": {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(1, 63, 1)}, consensus.ErrOlderRound},
		"older slot, other committee":     {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(2, 63, 1)}, consensus.ErrOlderRound},
		"the same vote again":             {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(1, 95, 1)}, nil},
		"same slot, other committee":      {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(2, 95, 2)}, nil},
		"second digest after another committee's vote": {
			[]consensus.Record{voteRecord(1, 95, 1), voteRecord(2, 95, 2), voteRecord(1, 95, 2)}, consensus.ErrSecondDigest,
		},
		"newer slot": {[]consensus.Record{voteRecord(1, 95, 1), voteRecord(1, 127, 2)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var l consensus.MemoryJournal
			require.NoError(t, l.Append(consensus.JournalOpened{RefSlot: 1}))
			last := len(c.records) - 1
			require.NoError(t, l.Append(c.records[:last]...))
			before := l.Records()
			require.ErrorIs(t, l.Append(consensus.HaltRecord{}, c.records[last]), c.err)
			if c.err != nil {
				require.Equal(t, before, l.Records(), "nothing of the batch is kept")
			}
		})
	}
}

func TestJournalIsOpenedFirst(t *testing.T) {
	var l consensus.MemoryJournal
	require.ErrorIs(t, l.Append(voteRecord(1, 95, 1)), consensus.ErrNotOpened)
	require.NoError(t, l.Append(consensus.JournalOpened{RefSlot: 95}, voteRecord(1, 95, 1)))
	require.NoError(t, l.Append(consensus.JournalOpened{RefSlot: 127}))
	require.Equal(t, consensus.JournalOpened{RefSlot: 95}, l.Records()[0], "the first one holds")
}

func TestJournalForgetsOnlyWhatCannotMatterAnyMore(t *testing.T) {
	var l consensus.MemoryJournal
	require.NoError(t, l.Append(consensus.JournalOpened{RefSlot: 1}))
	evidence := consensus.EvidenceRecord{Evidence: consensus.Evidence{Round: consensus.Round{RefSlot: 31}, Key: keyOf(3)}}
	require.NoError(t, l.Append(evidence, evidence))
	for slot := uint64(31); slot < 32*1000; slot += 32 {
		c := certificateRecord(slot, 1)
		require.NoError(t, l.Append(voteRecord(1, slot, 1), voteRecord(2, slot, 1), c, c, consensus.SubmissionRecord{Round: c.Certificate.Round}))
	}
	records := l.Records()
	require.Len(t, records, 1+2+2+2+1)
	require.Contains(t, records, consensus.Record(evidence))
	require.ErrorIs(t, l.Append(voteRecord(1, 31, 1)), consensus.ErrOlderRound)
}

func TestCoreRefusesRecordsThatContradictEachOther(t *testing.T) {
	opened := consensus.JournalOpened{RefSlot: 1}
	foreign := voteRecord(1, 95, 1)
	foreign.Digest = common.Hash{9}
	for name, records := range map[string][]consensus.Record{
		"not opened":          {voteRecord(1, 95, 1)},
		"opened twice":        {opened, opened},
		"two digests":         {opened, voteRecord(1, 95, 1), voteRecord(1, 95, 2)},
		"slots going back":    {opened, voteRecord(1, 95, 1), voteRecord(1, 63, 1)},
		"another oracle's":    {opened, foreign},
		"something else":      {opened, nil},
		"opened, but not now": {voteRecord(1, 95, 1), opened},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := consensus.New(configOf(0, cheapVerifier{}), records)
			require.ErrorIs(t, err, consensus.ErrRecords)
		})
	}
}

func TestCoreNeverVotesInARoundOlderThanItsNewestVote(t *testing.T) {
	committee := committeeOf(1)
	id := consensus.Round{Committee: committee.Digest, RefSlot: 127}
	r := reportFor(id, 1)
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{
		consensus.JournalOpened{RefSlot: 1}, consensus.VoteRecord{Round: id, Digest: domain().Digest(r), Report: r},
	})
	require.NoError(t, err)
	core.Step(1, consensus.RoundOpened{Committee: committee, RefSlot: 95, Deadline: 1000})
	old := reportFor(consensus.Round{Committee: committee.Digest, RefSlot: 95}, 1)
	ready := core.Step(1, consensus.Computed{Report: old})
	require.Empty(t, ready.Sign)
	require.Empty(t, ready.Persist)
	ready = core.Step(1, consensus.RoundOpened{Committee: committee, RefSlot: 127, Deadline: 2000})
	require.Len(t, ready.Sign, 1, "the vote that the journal holds is signed again")
	require.Equal(t, domain().Digest(r), ready.Sign[0].Digest)
}

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
	now = now.After(consensus.DefaultTiming().RetryInterval)
	step(consensus.Received{From: peerOf(3), Message: voteOf(id, 3, common.Hash{2})})
	for range 3 {
		now = now.After(consensus.DefaultTiming().RetryInterval)
		step(consensus.Tick{})
	}
	require.Len(t, kept, 1)
	require.IsType(t, consensus.EvidenceRecord{}, kept[0])
}
