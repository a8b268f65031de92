package journal

import (
	"encoding/binary"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func TestOldReferenceSlotsArePruned(t *testing.T) {
	o := optionsAt(samplePath(t))
	o.KeepSlots = 3
	j := reopen(t, o)
	require.NoError(t, j.Append(consensus.JournalOpened{}, haltIn(roundAt(1, 1), 1)))
	for slot := uint64(1); slot <= 10; slot++ {
		r, other := roundAt(1, slot), roundAt(2, slot)
		require.NoError(t, j.Append(voteFor(r, 7), voteFor(other, 7), certificateFor(r, 7), certificateFor(other, 7), submissionFor(r, 7), evidenceAgainst(1, r)))
	}
	kept := map[string][]uint64{}
	for _, r := range recordsOf(t, j) {
		form, err := storedForm(r)
		require.NoError(t, err)
		if form.bucket() != openedBucket && form.bucket() != evidenceBucket && form.bucket() != haltsBucket {
			kept[form.bucket()] = append(kept[form.bucket()], slotOf(form.key()))
		} else {
			kept[form.bucket()] = append(kept[form.bucket()], 0)
		}
	}
	require.Equal(t, []uint64{8, 8, 9, 9, 10, 10}, kept[votesBucket], "both committees of a slot")
	require.Equal(t, []uint64{8, 8, 9, 9, 10, 10}, kept[certificatesBucket])
	require.Equal(t, []uint64{8, 9, 10}, kept[submissionsBucket])
	require.Len(t, kept[evidenceBucket], 10, "evidence is never pruned")
	require.Len(t, kept[haltsBucket], 1)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 5), 7)), consensus.ErrOlderRound, "a pruned round stays refused")
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 8), 7)), consensus.ErrOlderRound)
}

func TestTheNewestVoteOutlivesAnyNumberOfLaterRounds(t *testing.T) {
	o := optionsAt(samplePath(t))
	o.KeepSlots = 1
	j := reopen(t, o)
	require.NoError(t, j.Append(consensus.JournalOpened{}, voteFor(roundAt(1, 100), 7)))
	for slot := uint64(101); slot < 120; slot++ { // rounds of others, in which this node did not vote
		require.NoError(t, j.Append(certificateFor(roundAt(1, slot), 7)))
	}
	require.NoError(t, j.Close())
	j = reopen(t, o)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 99), 7)), consensus.ErrOlderRound)
}

func TestEvidenceIsBoundedPerKeyAndNeverLost(t *testing.T) {
	j := openedJournal(t)
	var records []consensus.Record
	for slot := uint64(1); slot <= MaxEvidencePerKey+10; slot++ {
		records = append(records, evidenceAgainst(1, roundAt(1, slot)))
	}
	require.NoError(t, j.Append(records...), "what is beyond the bound proves nothing more and is no error")
	require.Equal(t, records[:MaxEvidencePerKey], recordsOf(t, j)[1:])

	records = nil
	for member := range uint16(MaxEvidenceKeys) {
		records = append(records, evidenceAgainst(member, roundAt(1, 1)))
	}
	require.NoError(t, j.Append(records...))
	require.ErrorIs(t, j.Append(evidenceAgainst(MaxEvidenceKeys, roundAt(1, 1))), ErrFull)
	require.NoError(t, j.Append(evidenceAgainst(2, roundAt(1, 2))), "a known key")
}

func TestVotesOfOneSlotAreBounded(t *testing.T) {
	j := openedJournal(t)
	var records []consensus.Record
	for i := range MaxVotesPerSlot {
		r := consensus.Round{Committee: common.BytesToHash(binary.BigEndian.AppendUint16(nil, uint16(i))), RefSlot: 100}
		records = append(records, voteFor(r, 7))
	}
	require.NoError(t, j.Append(records...))
	require.ErrorIs(t, j.Append(voteFor(roundAt(9, 100), 7)), ErrFull)
	require.NoError(t, j.Append(voteFor(roundAt(9, 101), 7)))
}

func TestTheFileStaysBounded(t *testing.T) {
	o := optionsAt(samplePath(t))
	o.KeepSlots = 4
	j := reopen(t, o)
	require.NoError(t, j.Append(consensus.JournalOpened{}))
	var early int64
	for slot := uint64(1); slot <= 300; slot++ {
		require.NoError(t, j.Append(voteFor(roundAt(1, slot), 7), certificateFor(roundAt(1, slot), 7), submissionFor(roundAt(1, slot), 7)))
		if slot == 30 {
			early = sizeOf(t, o.Path)
		}
	}
	require.Equal(t, early, sizeOf(t, o.Path), "pages of pruned records are used again")

}

func TestOpeningCompacts(t *testing.T) {
	o := optionsAt(samplePath(t))
	o.KeepSlots = 1000
	j := reopen(t, o)
	records := []consensus.Record{consensus.JournalOpened{}}
	for slot := uint64(1); slot <= 1000; slot++ {
		records = append(records, voteFor(roundAt(1, slot), 7))
	}
	require.NoError(t, j.Append(records...))
	require.NoError(t, j.Close())
	o.KeepSlots = 4
	j = reopen(t, o)
	require.NoError(t, j.Append(voteFor(roundAt(1, 1001), 7)), "prunes")
	grown := sizeOf(t, o.Path)
	require.NoError(t, j.Close())
	j = reopen(t, o)
	require.Less(t, sizeOf(t, o.Path), grown/4)
	require.Len(t, recordsOf(t, j), 1+4)
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info.Size()
}
