package journal

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// drawRecord draws from few rounds and digests, so that records meet.
func drawRecord(t *rapid.T) consensus.Record {
	r := roundAt(byte(rapid.IntRange(1, 2).Draw(t, "committee")), rapid.Uint64Range(100, 104).Draw(t, "slot"))
	digest := byte(rapid.IntRange(1, 2).Draw(t, "digest"))
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return consensus.JournalOpened{RefSlot: r.RefSlot}
	case 1:
		return certificateFor(r, digest)
	case 2:
		return submissionFor(r, digest)
	case 3:
		return evidenceAgainst(uint16(digest), r)
	case 4:
		return haltIn(r, digest)
	}
	return voteFor(r, digest)
}

// sentinel is which refusal of consensus an error is.
func sentinel(err error) error {
	for _, s := range []error{consensus.ErrSecondDigest, consensus.ErrOlderRound, consensus.ErrNotOpened} {
		if errors.Is(err, s) {
			return s
		}
	}
	return err
}

func TestTheJournalRefusesWhatTheLedgerRefusesAndKeepsWhatItKeeps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := optionsAt(samplePath(t))
		j, err := Open(o)
		require.NoError(rt, err)
		defer func() { require.NoError(rt, j.Close()) }()
		j.file.db.NoSync = true
		var ledger consensus.MemoryJournal
		for range rapid.IntRange(1, 20).Draw(rt, "appends") {
			var records []consensus.Record
			for range rapid.IntRange(1, 3).Draw(rt, "records") {
				records = append(records, drawRecord(rt))
			}
			require.Equal(rt, sentinel(ledger.Append(records...)), sentinel(j.Append(records...)))
			got, err := j.Records()
			require.NoError(rt, err)
			require.Subset(rt, got, ledger.Records())
			for i := range got {
				if v, ok := got[i].(consensus.VoteRecord); ok {
					other := v
					other.Digest = common.Hash{9}
					require.Error(rt, ledger.Append(other), "what the journal keeps beyond the ledger is refused by both")
				}
			}
		}
	})
}
