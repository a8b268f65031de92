package consensus

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Record is something that must be durable. MemoryJournal says which records a journal keeps and which it refuses.
type Record interface{ record() }

// JournalOpened is the first record of every journal. The journal was new when RefSlot was the newest round, or a halt of that
// round was removed. Up to and including that round, the key may have voted in a journal that was lost, or on another node. So
// the node asks the other members before it votes there.
type JournalOpened struct{ RefSlot uint64 }

// EveryRound is the reference slot of JournalOpened after an import. The first vote lowers it to its own reference slot, because
// the key cannot have voted for a later round before the import.
const EveryRound uint64 = math.MaxUint64

// VoteRecord says that the node votes for Digest. It is written before the signature exists.
type VoteRecord struct {
	Round  Round
	Digest common.Hash
	Report report.Report // the report with that digest
}

// CertificateRecord is a certificate that was verified. Turns to submit are counted from SeenAt.
type CertificateRecord struct {
	Certificate Certificate
	SeenAt      Instant
}

// SubmissionRecord says that the certificate of Round was handed to the submitter.
type SubmissionRecord struct {
	Round  Round
	Digest common.Hash
}

// EvidenceRecord keeps the proof that a member signed two digests in one round.
type EvidenceRecord struct{ Evidence Evidence }

// HaltRecord says that a valid vote of this node's key for Digest exists that is not in the journal. The node does not vote until
// the operator removes this record: only the operator can know whether a second node runs with the key.
type HaltRecord struct {
	Round  Round
	Digest common.Hash
}

func (JournalOpened) record()     {}
func (VoteRecord) record()        {}
func (CertificateRecord) record() {}
func (SubmissionRecord) record()  {}
func (EvidenceRecord) record()    {}
func (HaltRecord) record()        {}

// Errors of a journal. When Append returns one, it has kept none of the records that it was given. ErrRecords is for records
// that no core wrote.
var (
	// ErrSecondDigest: the journal holds a vote for another digest in this round.
	ErrSecondDigest = errors.New("second digest for a round")
	// ErrOlderRound: the journal holds a vote for a newer reference slot.
	ErrOlderRound = errors.New("round is older than the newest vote")
	// ErrNotOpened: the journal does not begin with JournalOpened.
	ErrNotOpened = errors.New("journal has not been opened")
	// ErrRecords: records contradict each other.
	ErrRecords = errors.New("inconsistent records")
)

// MemoryJournal is a journal in memory, and the specification of every journal: what it must keep and what it must refuse.
// Tests of internal/journal compare with it, and the simulator uses it as the disk. It is not safe for concurrent use.
//
// A journal appends the records of one Ready at once: all or none. It keeps
//   - the first JournalOpened, raised when a halt is removed, and bounded by the first vote after an import (EveryRound);
//   - each vote of the newest voted reference slot (one a committee), and refuses a second digest for a round (ErrSecondDigest) and a reference slot
//     below the newest vote's (ErrOlderRound); the same vote again is no change;
//   - certificates and submissions of the two newest reference slots it has any of;
//   - all evidence, once a member's key and round, for ever;
//   - the halt, until the operator removes it.
//
// It may keep more.
type MemoryJournal struct {
	opened       []Record // one at most
	votes        []VoteRecord
	certificates []CertificateRecord
	submissions  []SubmissionRecord
	evidence     []EvidenceRecord
	halts        []HaltRecord
}

// Append keeps records, all or none. Errors: ErrSecondDigest, ErrOlderRound, ErrNotOpened, ErrRecords.
func (l *MemoryJournal) Append(records ...Record) error {
	next := l.clone()
	for _, record := range records {
		if err := next.keep(record); err != nil {
			return err
		}
	}
	*l = next
	return nil
}

// Records are what a core is made from: JournalOpened first, each kind in the order in which it was written.
func (l *MemoryJournal) Records() []Record {
	records := slices.Clone(l.opened)
	records = appendAll(records, l.votes)
	records = appendAll(records, l.certificates)
	records = appendAll(records, l.submissions)
	records = appendAll(records, l.evidence)
	return appendAll(records, l.halts)
}

// RemoveHalt is the operator's word that no second node runs with the key, and that a lost journal is accepted. The votes that were found are still not in the
// journal, so JournalOpened is raised to their rounds.
func (l *MemoryJournal) RemoveHalt() {
	for _, h := range l.halts {
		if opened, ok := l.opened[0].(JournalOpened); ok && opened.RefSlot < h.Round.RefSlot {
			l.opened = []Record{JournalOpened{h.Round.RefSlot}}
		}
	}
	l.halts = nil
}

func (l *MemoryJournal) keep(record Record) error {
	if _, opening := record.(JournalOpened); !opening && len(l.opened) == 0 {
		return fmt.Errorf("%w: %T comes first", ErrNotOpened, record)
	}
	switch r := record.(type) {
	case JournalOpened:
		if len(l.opened) == 0 {
			l.opened = append(l.opened, r)
		}
	case VoteRecord:
		if l.opened[0] == Record(JournalOpened{EveryRound}) {
			l.opened = []Record{JournalOpened{r.Round.RefSlot}}
		}
		return l.keepVote(r)
	case CertificateRecord:
		if !slices.ContainsFunc(l.certificates, func(held CertificateRecord) bool {
			return held.Certificate.Round == r.Certificate.Round && held.Certificate.Digest == r.Certificate.Digest
		}) {
			l.certificates = newestTwo(append(l.certificates, r), func(c CertificateRecord) uint64 { return c.Certificate.Round.RefSlot })
		}
	case SubmissionRecord:
		if !slices.Contains(l.submissions, r) {
			l.submissions = newestTwo(append(l.submissions, r), func(s SubmissionRecord) uint64 { return s.Round.RefSlot })
		}
	case EvidenceRecord:
		if !slices.ContainsFunc(l.evidence, func(held EvidenceRecord) bool {
			return held.Evidence.Key == r.Evidence.Key && held.Evidence.Round == r.Evidence.Round
		}) {
			l.evidence = append(l.evidence, r)
		}
	case HaltRecord:
		if len(l.halts) == 0 {
			l.halts = append(l.halts, r)
		}
	default:
		return fmt.Errorf("%w: unknown type %T", ErrRecords, record)
	}
	return nil
}

func (l *MemoryJournal) keepVote(v VoteRecord) error {
	for _, held := range l.votes {
		switch {
		case v.Round.RefSlot < held.Round.RefSlot:
			return fmt.Errorf("%w: a vote in round %s, after one in %s", ErrOlderRound, v.Round, held.Round)
		case held.Round != v.Round:
		case held.Digest != v.Digest:
			return fmt.Errorf("%w: a vote for %x in round %s, after one for %x", ErrSecondDigest, v.Digest, v.Round, held.Digest)
		default:
			return nil
		}
	}
	l.votes = slices.DeleteFunc(l.votes, func(held VoteRecord) bool { return held.Round.RefSlot < v.Round.RefSlot })
	l.votes = append(l.votes, v)
	return nil
}

func (l *MemoryJournal) clone() MemoryJournal {
	return MemoryJournal{slices.Clone(l.opened), slices.Clone(l.votes), slices.Clone(l.certificates), slices.Clone(l.submissions),
		slices.Clone(l.evidence), slices.Clone(l.halts)}
}

func appendAll[R Record](records []Record, more []R) []Record {
	for _, r := range more {
		records = append(records, r)
	}
	return records
}

// newestTwo keeps what is of the two newest reference slots.
func newestTwo[R any](records []R, refSlot func(R) uint64) []R {
	var first, second uint64
	for _, r := range records {
		switch slot := refSlot(r); {
		case slot > first:
			first, second = slot, first
		case slot < first && slot > second:
			second = slot
		}
	}
	return slices.DeleteFunc(records, func(r R) bool { return refSlot(r) < second })
}
