package consensus

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// Verifier checks signatures. It is handed in: BLSVerifier in production, a cheap one in the simulator. It must be a function of its arguments.
type Verifier interface {
	// Prepare reads a committee's keys, in member order. Errors: a key is malformed.
	Prepare(keys []Key) (CommitteeVerifier, error)
}

// CommitteeVerifier checks signatures of one committee's members, named by index. It does not keep its arguments.
type CommitteeVerifier interface {
	// VerifyVote reports whether signature over message is the member's.
	VerifyVote(member int, message [32]byte, signature Signature) bool

	// AggregateVotes adds signatures over one message, verifies the sum once, and when that fails finds the bad ones by bisection. It returns the
	// aggregate of the good ones, which is verified, and the places of the bad ones, ascending. members and signatures are equally long; no member comes twice.
	// Errors: there is no aggregate of the good ones.
	AggregateVotes(members []int, signatures []Signature, message [32]byte) (aggregate Signature, bad []int, err error)

	// VerifyCertificate reports whether signature over message is the aggregate of exactly the signers.
	VerifyCertificate(signers Bitmap, message [32]byte, signature Signature) bool
}

// BLSVerifier is the Verifier of production.
type BLSVerifier struct{}

// blsCommittee holds a committee's keys, read once.
type blsCommittee struct{ keys []bls.PublicKey }

// Prepare: see Verifier.
func (BLSVerifier) Prepare(keys []Key) (CommitteeVerifier, error) {
	parsed := make([]bls.PublicKey, len(keys))
	for i, key := range keys {
		var err error
		if parsed[i], err = bls.ParsePublicKey(key[:]); err != nil {
			return nil, fmt.Errorf("member %d: %w", i, err)
		}
	}
	return blsCommittee{parsed}, nil
}

// VerifyVote: see CommitteeVerifier.
func (v blsCommittee) VerifyVote(member int, message [32]byte, signature Signature) bool {
	parsed, err := bls.ParseSignature(signature[:])
	return err == nil && parsed.Verify(v.keys[member], message)
}

// AggregateVotes: see CommitteeVerifier. Encodings that are no signature are bad before any pairing.
func (v blsCommittee) AggregateVotes(members []int, signatures []Signature, message [32]byte) (Signature, []int, error) {
	keys, parsed, places := make([]bls.PublicKey, 0, len(members)), make([]bls.Signature, 0, len(members)), make([]int, 0, len(members))
	isBad := make([]bool, len(members))
	for i, member := range members {
		signature, err := bls.ParseSignature(signatures[i][:])
		if err != nil {
			isBad[i] = true
			continue
		}
		keys, parsed, places = append(keys, v.keys[member]), append(parsed, signature), append(places, i)
	}
	sum, badPlaces, err := bls.AggregateVotes(keys, parsed, message)
	for _, place := range badPlaces {
		isBad[places[place]] = true
	}
	var bad []int
	for i := range isBad {
		if isBad[i] {
			bad = append(bad, i)
		}
	}
	if err != nil {
		return Signature{}, bad, fmt.Errorf("aggregate %d votes: %w", len(members), err)
	}
	return Signature(sum.Bytes()), bad, nil
}

// VerifyCertificate: see CommitteeVerifier. Keys that cancel verify nothing.
func (v blsCommittee) VerifyCertificate(signers Bitmap, message [32]byte, signature Signature) bool {
	if !signers.validFor(len(v.keys)) {
		return false
	}
	var keys []bls.PublicKey
	for _, member := range signers.Members() {
		keys = append(keys, v.keys[member])
	}
	key, err := bls.SumKeys(keys)
	if err != nil {
		return false
	}
	parsed, err := bls.ParseSignature(signature[:])
	return err == nil && parsed.Verify(key, message)
}
