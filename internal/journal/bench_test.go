package journal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// BenchmarkVote is what a vote costs before it may be signed: one transaction with both its fsyncs, in a journal that is full.
func BenchmarkVote(b *testing.B) {
	j := fullJournal(b)
	slot := uint64(DefaultKeepSlots)
	for b.Loop() {
		slot++
		require.NoError(b, j.Append(voteFor(roundAt(1, slot), 7)))
	}
}

// BenchmarkVoteWithoutSync is the part of BenchmarkVote that is not the disk's.
func BenchmarkVoteWithoutSync(b *testing.B) {
	j := fullJournal(b)
	j.file.db.NoSync = true
	slot := uint64(DefaultKeepSlots)
	for b.Loop() {
		slot++
		require.NoError(b, j.Append(voteFor(roundAt(1, slot), 7)))
	}
}

// BenchmarkOpen is the start of a member with a full journal: reading, judging and writing it anew.
func BenchmarkOpen(b *testing.B) {
	j := fullJournal(b)
	path := j.file.path
	require.NoError(b, j.Close())
	for b.Loop() {
		again, err := Open(optionsAt(path))
		require.NoError(b, err)
		require.NoError(b, again.Close())
	}
}

func fullJournal(b *testing.B) *Journal {
	j := openedJournal(b)
	var records []consensus.Record
	for slot := uint64(1); slot <= DefaultKeepSlots; slot++ {
		r := roundAt(1, slot)
		records = append(records, voteFor(r, 7), certificateFor(r, 7), submissionFor(r, 7), evidenceAgainst(uint16(slot), r))
	}
	require.NoError(b, j.Append(records...))
	return j
}
