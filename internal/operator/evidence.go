package operator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrEvidence: what should prove that a member signed two reports of one round does not.
var ErrEvidence = errors.New("not evidence")

// Evidence is two votes of one key for two reports of one round: what ReportOracle.slashEquivocation takes.
type Evidence struct {
	Committee              common.Hash
	RefSlot                uint64
	Key                    bls.PublicKey
	DigestA, DigestB       common.Hash
	SignatureA, SignatureB bls.Signature
}

// MemberID is the identifier of the member that the key belongs to.
func (e Evidence) MemberID() common.Hash { return MemberID(e.Key) }

// Verify tells whether the key signed both votes. Errors: ErrEvidence.
func (e Evidence) Verify(d report.Domain) error {
	if e.DigestA == e.DigestB {
		return fmt.Errorf("%w: both votes are for the same report", ErrEvidence)
	}
	for _, vote := range []struct {
		name      string
		digest    common.Hash
		signature bls.Signature
	}{{"first", e.DigestA, e.SignatureA}, {"second", e.DigestB, e.SignatureB}} {
		if !vote.signature.Verify(e.Key, d.VoteMessage(e.Committee, e.RefSlot, vote.digest)) {
			return fmt.Errorf("%w: the key did not sign the %s vote on this chain and oracle", ErrEvidence, vote.name)
		}
	}
	return nil
}

// evidenceJSON is Evidence in a file: keys and signatures are compressed points.
type evidenceJSON struct {
	Committee  common.Hash   `json:"committee"`
	RefSlot    string        `json:"refSlot"`
	Key        hexutil.Bytes `json:"key"`
	DigestA    common.Hash   `json:"digestA"`
	DigestB    common.Hash   `json:"digestB"`
	SignatureA hexutil.Bytes `json:"signatureA"`
	SignatureB hexutil.Bytes `json:"signatureB"`
}

// MarshalJSON writes what ParseEvidence reads.
func (e Evidence) MarshalJSON() ([]byte, error) {
	return json.Marshal(evidenceJSON{
		e.Committee, strconv.FormatUint(e.RefSlot, 10), e.Key.Bytes(), e.DigestA, e.DigestB, e.SignatureA.Bytes(), e.SignatureB.Bytes(),
	})
}

// Bounds of a file of evidence.
const (
	MaxEvidenceBytes = 4 << 20
	maxEvidence      = 4096
)

// ParseEvidence reads evidence: JSON objects, one after the other, or one list of them. Points are checked, votes are not: see Verify. Errors: ErrEvidence.
func ParseEvidence(data []byte) ([]Evidence, error) {
	if len(data) > MaxEvidenceBytes {
		return nil, fmt.Errorf("%w: %d bytes are more than %d", ErrEvidence, len(data), MaxEvidenceBytes)
	}
	var all []evidenceJSON
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if first := bytes.TrimSpace(data); len(first) > 0 && first[0] == '[' {
		if err := decoder.Decode(&all); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEvidence, err)
		}
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%w: something stands behind the list", ErrEvidence)
		}
	} else {
		for {
			var one evidenceJSON
			err := decoder.Decode(&one)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrEvidence, err)
			}
			all = append(all, one)
		}
	}
	if len(all) > maxEvidence {
		return nil, fmt.Errorf("%w: %d pieces are more than %d", ErrEvidence, len(all), maxEvidence)
	}
	found := make([]Evidence, 0, len(all))
	for i, one := range all {
		e, err := one.open()
		if err != nil {
			return nil, fmt.Errorf("%w: piece %d: %w", ErrEvidence, i, err)
		}
		found = append(found, e)
	}
	return found, nil
}

func (j evidenceJSON) open() (e Evidence, err error) {
	e = Evidence{Committee: j.Committee, DigestA: j.DigestA, DigestB: j.DigestB}
	if e.RefSlot, err = strconv.ParseUint(j.RefSlot, 10, 64); err != nil {
		return Evidence{}, fmt.Errorf("refSlot is no number: %q", format.Printable(j.RefSlot, 40))
	}
	if e.Key, err = bls.ParsePublicKey(j.Key); err != nil {
		return Evidence{}, fmt.Errorf("key: %w", err)
	}
	if e.SignatureA, err = bls.ParseSignature(j.SignatureA); err != nil {
		return Evidence{}, fmt.Errorf("signatureA: %w", err)
	}
	if e.SignatureB, err = bls.ParseSignature(j.SignatureB); err != nil {
		return Evidence{}, fmt.Errorf("signatureB: %w", err)
	}
	return e, nil
}

// JournalEvidence is the evidence in a journal that no node uses. Errors: those of package journal, ErrEvidence.
func JournalEvidence(path string) ([]Evidence, error) {
	contents, err := journal.ReadFile(path, 0)
	if err != nil {
		return nil, err
	}
	var found []Evidence
	for _, record := range contents.Records {
		kept, ok := record.(consensus.EvidenceRecord)
		if !ok {
			continue
		}
		r := kept.Evidence
		e, err := evidenceJSON{
			r.Round.Committee, strconv.FormatUint(r.Round.RefSlot, 10), r.Key[:], r.DigestA, r.DigestB, r.SignatureA[:], r.SignatureB[:],
		}.open()
		if err != nil {
			return nil, fmt.Errorf("%w in the journal, slot %d: %w", ErrEvidence, r.Round.RefSlot, err)
		}
		found = append(found, e)
	}
	return found, nil
}

// EvidenceOfStatus is the evidence that a running node tells of. Points are checked, votes are not: see Verify. Errors: ErrEvidence.
func EvidenceOfStatus(told []status.Evidence) ([]Evidence, error) {
	if len(told) > maxEvidence {
		return nil, fmt.Errorf("%w: %d pieces are more than %d", ErrEvidence, len(told), maxEvidence)
	}
	found := make([]Evidence, 0, len(told))
	for i, one := range told {
		e, err := evidenceJSON{
			one.Committee, strconv.FormatUint(one.RefSlot, 10), common.FromHex(one.Key), one.DigestA, one.DigestB,
			common.FromHex(one.SignatureA), common.FromHex(one.SignatureB),
		}.open()
		if err != nil {
			return nil, fmt.Errorf("%w: piece %d that the node tells of: %w", ErrEvidence, i+1, err)
		}
		found = append(found, e)
	}
	return found, nil
}

// Slashing is the call that brings evidence to the oracle.
func (n *Network) Slashing(ctx context.Context, e Evidence) (txmgr.Call, error) {
	if err := e.Verify(n.Manifest.Domain()); err != nil {
		return txmgr.Call{}, err
	}
	r, err := n.registered(ctx, e.MemberID())
	if err != nil {
		return txmgr.Call{}, err
	}
	if r.State == Slashed {
		return txmgr.Call{}, fmt.Errorf("%w already: member %s has no bond left", ErrSlashed, r.ID)
	}
	return txmgr.Call{To: n.Manifest.Contracts.ReportOracle, Data: e.Calldata()}, nil
}

// Calldata is ReportOracle.slashEquivocation's, for whoever sends it.
func (e Evidence) Calldata() []byte {
	return bindings.NewReportOracle().PackSlashEquivocation(e.MemberID(), e.vote(e.DigestA, e.SignatureA), e.vote(e.DigestB, e.SignatureB))
}

func (e Evidence) vote(digest common.Hash, signature bls.Signature) bindings.Vote {
	return bindings.Vote{Committee: e.Committee, RefSlot: e.RefSlot, Digest: digest, Signature: abi.Signature(signature)}
}

// Slash brings evidence to the oracle: the member loses its bond, of which the sender gets the reporter's part. Errors: ErrEvidence, ErrSlashed,
// ErrNotRegistered, and those of package txmgr.
func (s Sender) Slash(ctx context.Context, e Evidence) (txmgr.Receipt, error) {
	if err := s.settle(ctx); err != nil { // an interrupted run may have sent it
		return txmgr.Receipt{}, err
	}
	call, err := s.Network.Slashing(ctx, e)
	if err != nil {
		return txmgr.Receipt{}, err
	}
	return s.send(ctx, call)
}
