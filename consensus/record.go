package consensus

import (
	"math"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Record is what must be durable. Ledger says which records a journal keeps and which it refuses.
type Record interface{ record() }

// JournalOpened is the first record of every journal: it was new when RefSlot was the newest round, or a halt of that round was removed. Up to and with that
// round the node may have voted in a journal that was lost, or another node with its key, so it asks the others before it votes.
type JournalOpened struct{ RefSlot uint64 }

// EveryRound is the reference slot of JournalOpened after an import. The first vote bounds it by its own: what the key voted for before the import
// was not for a later round.
const EveryRound uint64 = math.MaxUint64

// VoteRecord: the node votes for Digest. Written before the signature exists.
type VoteRecord struct {
	Round  Round
	Digest common.Hash
	Report report.Report // whose digest it is
}

// CertificateRecord: the certificate was verified. SeenAt is when; turns to submit count from it.
type CertificateRecord struct {
	Certificate Certificate
	SeenAt      Instant
}

// SubmissionRecord: the certificate of Round was handed to the submitter.
type SubmissionRecord struct {
	Round  Round
	Digest common.Hash
}

// EvidenceRecord: a member signed two digests in one round.
type EvidenceRecord struct{ Evidence Evidence }

// HaltRecord: a valid vote of the own key for Digest exists that is not in the journal. The node does not vote until the operator, who alone can know
// whether a second node runs with the key, removes this record.
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
