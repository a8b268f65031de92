package journal

import (
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

func sampleIdentity() Identity {
	return Identity{ChainID: 560048, Oracle: common.Address{0x0a}, Key: consensus.Key{0x8b, 1}}
}

func sampleReport(r consensus.Round, validators uint32) report.Report {
	return report.Report{Version: report.Version, Committee: r.Committee, RefSlot: r.RefSlot, Validators: validators}
}

func roundAt(committee byte, refSlot uint64) consensus.Round {
	return consensus.Round{Committee: common.Hash{committee}, RefSlot: refSlot}
}

func voteFor(r consensus.Round, digest byte) consensus.VoteRecord {
	return consensus.VoteRecord{Round: r, Digest: common.Hash{digest}, Report: sampleReport(r, uint32(digest))}
}

func certificateFor(r consensus.Round, digest byte) consensus.CertificateRecord {
	return consensus.CertificateRecord{SeenAt: 1_700_000_000_123, Certificate: consensus.Certificate{
		Round: r, Digest: common.Hash{digest}, Report: sampleReport(r, uint32(digest)), Signers: consensus.Bitmap{0b111}, Signature: consensus.Signature{digest},
	}}
}

func submissionFor(r consensus.Round, digest byte) consensus.SubmissionRecord {
	return consensus.SubmissionRecord{Round: r, Digest: common.Hash{digest}}
}

func evidenceAgainst(member uint16, r consensus.Round) consensus.EvidenceRecord {
	return consensus.EvidenceRecord{Evidence: consensus.Evidence{
		Round: r, Member: member, Key: consensus.Key{0x99, byte(member >> 8), byte(member)}, DigestA: common.Hash{1}, DigestB: common.Hash{2},
		SignatureA: consensus.Signature{3}, SignatureB: consensus.Signature{4},
	}}
}

func haltIn(r consensus.Round, digest byte) consensus.HaltRecord {
	return consensus.HaltRecord{Round: r, Digest: common.Hash{digest}}
}

// everyKind is one record of each kind, in the order of Records.
func everyKind() []consensus.Record {
	r := roundAt(1, 100)
	return []consensus.Record{
		consensus.JournalOpened{RefSlot: 99}, voteFor(r, 7), certificateFor(r, 7), submissionFor(r, 7), evidenceAgainst(3, r), haltIn(r, 8),
	}
}

func optionsAt(path string) Options { return Options{Path: path, Identity: sampleIdentity()} }

func samplePath(t testing.TB) string { return filepath.Join(t.TempDir(), "journal.db") }

func reopen(t testing.TB, o Options) *Journal {
	t.Helper()
	j, err := Open(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, j.Close()) })
	return j
}

// openedJournal is a new journal that a core has opened.
func openedJournal(t testing.TB) *Journal {
	t.Helper()
	j := reopen(t, optionsAt(samplePath(t)))
	require.NoError(t, j.Append(consensus.JournalOpened{RefSlot: 1}))
	return j
}

func recordsOf(t testing.TB, j *Journal) []consensus.Record {
	t.Helper()
	records, err := j.Records()
	require.NoError(t, err)
	return records
}
