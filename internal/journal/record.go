package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// stored is a consensus.Record as the file and the export keep it. The forms are the schema: they stay when package consensus changes its types.
type stored interface {
	bucket() string
	key() []byte
	validate() error
	admit(t transaction) (write bool, err error) // checks the record against existing ones
	record() consensus.Record
}

// round is embedded in every stored form; keys begin with the reference slot, so that they sort by it.
type round struct {
	Committee common.Hash `json:"committee"`
	RefSlot   uint64      `json:"refSlot,string"`
}

const (
	slotLength  = 8
	roundLength = slotLength + common.HashLength
)

func (r round) key() []byte { return append(slotKey(r.RefSlot), r.Committee[:]...) }

func (r round) named() consensus.Round {
	return consensus.Round{Committee: r.Committee, RefSlot: r.RefSlot}
}

func (r round) holds(p report.Report) error {
	if p.Committee != r.Committee || p.RefSlot != r.RefSlot {
		return fmt.Errorf("%w: round %v with the report of %v", ErrInvalid, r.named(), consensus.Round{Committee: p.Committee, RefSlot: p.RefSlot})
	}
	return nil
}

func slotKey(refSlot uint64) []byte { return binary.BigEndian.AppendUint64(nil, refSlot) }

// slotOf is the reference slot of a key that sorts by it.
func slotOf(key []byte) uint64 { return binary.BigEndian.Uint64(key) }

type opened struct {
	RefSlot uint64 `json:"refSlot,string"`
}

func (opened) bucket() string             { return openedBucket }
func (opened) key() []byte                { return []byte(openedBucket) }
func (opened) validate() error            { return nil }
func (o opened) record() consensus.Record { return consensus.JournalOpened{RefSlot: o.RefSlot} }

type vote struct {
	round
	Digest common.Hash   `json:"digest"`
	Report report.Report `json:"report"`
}

func (vote) bucket() string    { return votesBucket }
func (v vote) validate() error { return v.holds(v.Report) }
func (v vote) record() consensus.Record {
	return consensus.VoteRecord{Round: v.named(), Digest: v.Digest, Report: v.Report}
}

type certificate struct {
	round
	Digest    common.Hash   `json:"digest"`
	Report    report.Report `json:"report"`
	Signers   hexutil.Bytes `json:"signers"` // consensus.Bitmap
	Signature hexSignature  `json:"signature"`
	SeenAtMs  int64         `json:"seenAtMs,string"`
}

func (certificate) bucket() string { return certificatesBucket }
func (c certificate) key() []byte  { return append(c.round.key(), c.Digest[:]...) }

func (c certificate) validate() error {
	if len(c.Signers) == 0 || len(c.Signers) > consensus.MaxMembers/8 {
		return fmt.Errorf("%w: certificate with %d bytes of signers, want 1 to %d", ErrInvalid, len(c.Signers), consensus.MaxMembers/8)
	}
	return c.holds(c.Report)
}

func (c certificate) record() consensus.Record {
	return consensus.CertificateRecord{SeenAt: consensus.Instant(c.SeenAtMs), Certificate: consensus.Certificate{
		Round: c.named(), Digest: c.Digest, Report: c.Report, Signers: consensus.Bitmap(c.Signers), Signature: consensus.Signature(c.Signature),
	}}
}

// mark is a digest of a round: a submission or a halt.
type mark struct {
	round
	Digest common.Hash `json:"digest"`
}

func (m mark) key() []byte   { return append(m.round.key(), m.Digest[:]...) }
func (mark) validate() error { return nil }

type submission struct{ mark }

func (submission) bucket() string { return submissionsBucket }
func (s submission) record() consensus.Record {
	return consensus.SubmissionRecord{Round: s.named(), Digest: s.Digest}
}

type halt struct{ mark }

func (halt) bucket() string { return haltsBucket }
func (h halt) record() consensus.Record {
	return consensus.HaltRecord{Round: h.named(), Digest: h.Digest}
}

type evidence struct {
	round
	Member     uint16       `json:"member"`
	Key        hexKey       `json:"key"`
	DigestA    common.Hash  `json:"digestA"`
	DigestB    common.Hash  `json:"digestB"`
	SignatureA hexSignature `json:"signatureA"`
	SignatureB hexSignature `json:"signatureB"`
}

func (evidence) bucket() string { return evidenceBucket }
func (e evidence) key() []byte  { return append(bytes.Clone(e.Key[:]), e.round.key()...) }

func (e evidence) validate() error {
	if bytes.Compare(e.DigestA[:], e.DigestB[:]) >= 0 {
		return fmt.Errorf("%w: evidence wants two digests, the lower one first", ErrInvalid)
	}
	return nil
}

func (e evidence) record() consensus.Record {
	return consensus.EvidenceRecord{Evidence: consensus.Evidence{
		Round: e.named(), Member: e.Member, Key: consensus.Key(e.Key), DigestA: e.DigestA, DigestB: e.DigestB,
		SignatureA: consensus.Signature(e.SignatureA), SignatureB: consensus.Signature(e.SignatureB),
	}}
}

// storedForm is how the journal keeps a record. Errors: ErrInvalid.
func storedForm(r consensus.Record) (stored, error) {
	of := func(r consensus.Round) round { return round{r.Committee, r.RefSlot} }
	switch r := r.(type) {
	case consensus.JournalOpened:
		return opened{r.RefSlot}, nil
	case consensus.VoteRecord:
		return vote{of(r.Round), r.Digest, r.Report}, nil
	case consensus.CertificateRecord:
		c := r.Certificate
		return certificate{of(c.Round), c.Digest, c.Report, hexutil.Bytes(c.Signers), hexSignature(c.Signature), int64(r.SeenAt)}, nil
	case consensus.SubmissionRecord:
		return submission{mark{of(r.Round), r.Digest}}, nil
	case consensus.EvidenceRecord:
		e := r.Evidence
		return evidence{of(e.Round), e.Member, hexKey(e.Key), e.DigestA, e.DigestB, hexSignature(e.SignatureA), hexSignature(e.SignatureB)}, nil
	case consensus.HaltRecord:
		return halt{mark{of(r.Round), r.Digest}}, nil
	}
	return nil, fmt.Errorf("%w: a %T", ErrInvalid, r)
}

const (
	checksumLength = 8
	// maxRecordBytes bounds the JSON of one record: a certificate of the largest committee, several times over.
	maxRecordBytes = 64 << 10
)

// seal puts a checksum before the payload. It covers bucket and key too, so that a record that turns up elsewhere is noticed.
func seal(bucket string, key, payload []byte) []byte {
	sum := checksum(bucket, key, payload)
	return append(sum[:checksumLength:checksumLength], payload...)
}

// unseal is the payload of a sealed value; it does not outlive value.
func unseal(bucket string, key, value []byte) ([]byte, error) {
	if len(value) < checksumLength {
		return nil, fmt.Errorf("%w: record %x of %s is %d bytes short", ErrCorrupt, key, bucket, checksumLength-len(value))
	}
	payload := value[checksumLength:]
	if sum := checksum(bucket, key, payload); !bytes.Equal(sum[:checksumLength], value[:checksumLength]) {
		return nil, fmt.Errorf("%w: checksum of record %x of %s", ErrCorrupt, key, bucket)
	}
	return payload, nil
}

func checksum(bucket string, key, payload []byte) [sha256.Size]byte {
	var b []byte
	b = binary.BigEndian.AppendUint32(b, uint32(len(bucket)))
	b = append(b, bucket...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(key)))
	b = append(b, key...)
	return sha256.Sum256(append(b, payload...))
}

// encode is the one encoding of a value.
func encode(value any) ([]byte, error) {
	payload, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%w: encode: %w", ErrInvalid, err)
	}
	if len(payload) > maxRecordBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrInvalid, len(payload), maxRecordBytes)
	}
	return payload, nil
}

// decode accepts only what encode writes, so that equal values have equal bytes everywhere.
func decode[T interface{ validate() error }](payload []byte) (T, error) {
	var value, none T
	if len(payload) > maxRecordBytes {
		return none, fmt.Errorf("%w: %d bytes, at most %d", ErrInvalid, len(payload), maxRecordBytes)
	}
	if err := json.Unmarshal(payload, &value); err != nil {
		return none, fmt.Errorf("%w: decode: %w", ErrInvalid, err)
	}
	if err := value.validate(); err != nil {
		return none, err
	}
	again, err := encode(value)
	if err != nil {
		return none, err
	}
	if !bytes.Equal(again, payload) {
		return none, fmt.Errorf("%w: not the canonical encoding", ErrInvalid)
	}
	return value, nil
}
