package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	bolt "go.etcd.io/bbolt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Contents is all that a journal holds.
type Contents struct {
	Identity Identity
	Retired  bool
	Records  []consensus.Record // in the order of Journal.Records
}

// NewestVote is the greatest reference slot with a vote: older ones are refused for ever.
func (c Contents) NewestVote() (refSlot uint64, voted bool) {
	for _, r := range c.Records {
		if v, ok := r.(consensus.VoteRecord); ok && (!voted || v.Round.RefSlot > refSlot) {
			refSlot, voted = v.Round.RefSlot, true
		}
	}
	return refSlot, voted
}

// New is Journal.New of these contents.
func (c Contents) New() bool {
	return len(c.Records) == 0 || c.Records[0] == consensus.Record(consensus.JournalOpened{RefSlot: unbounded})
}

// Halted reports whether a vote of this node's key was found that the journal does not hold: the node does not vote.
func (c Contents) Halted() bool {
	return slices.ContainsFunc(c.Records, func(r consensus.Record) bool { _, halts := r.(consensus.HaltRecord); return halts })
}

// Contents reads everything.
func (j *Journal) Contents() (c Contents, err error) {
	err = j.view(func(t transaction) error {
		c, err = t.contents()
		return err
	})
	return c, err
}

// ReadFile reads a journal that no node uses, and changes nothing. Errors: ErrMissing, ErrLocked, ErrPermissions, ErrSchema, ErrCorrupt.
func ReadFile(path string, lockTimeout time.Duration) (c Contents, err error) {
	c, err = readFile(path, lockTimeout)
	if err != nil {
		return Contents{}, fmt.Errorf("read the journal %s: %w", path, err)
	}
	return c, nil
}

func readFile(path string, lockTimeout time.Duration) (c Contents, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return c, err
	}
	f, err := openVerified(path, nil, lockTimeout, true)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	err = recoverFault("read", func() error {
		return f.db.View(func(tx *bolt.Tx) (err error) {
			c, err = transaction{tx: tx}.contents()
			return err
		})
	})
	return c, err
}

func (t transaction) contents() (Contents, error) {
	m, err := t.meta()
	if err != nil {
		return Contents{}, err
	}
	all, err := t.records()
	if err != nil {
		return Contents{}, err
	}
	c := Contents{Identity: m.identity(), Retired: m.Retired}
	for _, s := range all {
		c.Records = append(c.Records, s.record())
	}
	return c, nil
}

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
