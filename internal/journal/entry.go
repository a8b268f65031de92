package journal

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Kind is what a record is.
type Kind string

// The kinds of records that people look at, named as in an export.
const (
	KindVote        Kind = votesBucket
	KindCertificate Kind = certificatesBucket
	KindSubmission  Kind = submissionsBucket
	KindEvidence    Kind = evidenceBucket
	KindHalt        Kind = haltsBucket
)

// Entry is a record as a person looks at it.
type Entry struct {
	Kind      Kind
	RefSlot   uint64
	Committee common.Hash
	Digest    common.Hash
	Other     common.Hash   // evidence: the second digest
	Signers   int           // certificate: how many
	Member    uint16        // evidence: against whom
	Key       consensus.Key // evidence: likewise
}

// Entries are the records but for JournalOpened, in their order.
func (c Contents) Entries() []Entry {
	var all []Entry
	add := func(k Kind, r consensus.Round, digest common.Hash) *Entry {
		all = append(all, Entry{Kind: k, RefSlot: r.RefSlot, Committee: r.Committee, Digest: digest})
		return &all[len(all)-1]
	}
	for _, r := range c.Records {
		switch r := r.(type) {
		case consensus.VoteRecord:
			add(KindVote, r.Round, r.Digest)
		case consensus.CertificateRecord:
			add(KindCertificate, r.Certificate.Round, r.Certificate.Digest).Signers = r.Certificate.Signers.Count()
		case consensus.SubmissionRecord:
			add(KindSubmission, r.Round, r.Digest)
		case consensus.EvidenceRecord:
			e := add(KindEvidence, r.Evidence.Round, r.Evidence.DigestA)
			e.Other, e.Member, e.Key = r.Evidence.DigestB, r.Evidence.Member, r.Evidence.Key
		case consensus.HaltRecord:
			add(KindHalt, r.Round, r.Digest)
		}
	}
	return all
}
