package sim

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

var (
	errKey         = errors.New("not a simulated key")
	errNoSignature = errors.New("no good signature to add")
)

// verifier stands in for BLS. A signature is two 64-bit sums that only the simulator can compute from a member's secret, so that nobody in the
// simulation can forge one; like BLS, the aggregate is the sum, one valid signature exists for each key and message, and wrong ones can cancel.
type verifier struct{ seed uint64 }

// committeeVerifier knows the secrets of a committee, in member order.
type committeeVerifier struct{ secrets []uint64 }

const keyMark = 0x7469646573696d

func keyOf(node int) consensus.Key {
	var k consensus.Key
	binary.BigEndian.PutUint64(k[:], keyMark)
	binary.BigEndian.PutUint64(k[8:], uint64(node))
	return k
}

func (v verifier) secret(node int) uint64 { return mix(v.seed, 1, uint64(node)) }

// Prepare: see consensus.Verifier.
func (v verifier) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	c := &committeeVerifier{secrets: make([]uint64, len(keys))}
	for i := range keys {
		if binary.BigEndian.Uint64(keys[i][:]) != keyMark {
			return nil, fmt.Errorf("%w: %x", errKey, keys[i])
		}
		c.secrets[i] = v.secret(int(binary.BigEndian.Uint64(keys[i][8:])))
	}
	return c, nil
}

// sum is what a signature holds.
type sum struct{ a, b uint64 }

func signWith(secret uint64, message [32]byte) sum {
	x, y := binary.BigEndian.Uint64(message[:]), binary.BigEndian.Uint64(message[8:])
	return sum{scramble(secret ^ scramble(x^0x51)), scramble(secret + scramble(y^0x52))}
}

func (s sum) plus(t sum) sum { return sum{s.a + t.a, s.b + t.b} }

func (s sum) signature() (out consensus.Signature) {
	binary.BigEndian.PutUint64(out[:], s.a)
	binary.BigEndian.PutUint64(out[8:], s.b)
	return out
}

func read(s consensus.Signature) sum {
	return sum{binary.BigEndian.Uint64(s[:]), binary.BigEndian.Uint64(s[8:])}
}

// VerifyVote: see consensus.CommitteeVerifier.
func (c *committeeVerifier) VerifyVote(member int, message [32]byte, signature consensus.Signature) bool {
	return signWith(c.secrets[member], message).signature() == signature
}

// AggregateVotes: see consensus.CommitteeVerifier.
func (c *committeeVerifier) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (consensus.Signature, []int, error) {
	var claimed, right sum
	for i, m := range members {
		claimed, right = claimed.plus(read(signatures[i])), right.plus(signWith(c.secrets[m], message))
	}
	if claimed == right && len(members) > 0 {
		return claimed.signature(), nil, nil
	}
	var good sum
	var bad []int
	for i, m := range members {
		if c.VerifyVote(m, message, signatures[i]) {
			good = good.plus(read(signatures[i]))
		} else {
			bad = append(bad, i)
		}
	}
	if len(bad) == len(members) {
		return consensus.Signature{}, bad, errNoSignature
	}
	return good.signature(), bad, nil
}

// VerifyCertificate: see consensus.CommitteeVerifier.
func (c *committeeVerifier) VerifyCertificate(signers consensus.Bitmap, message [32]byte, signature consensus.Signature) bool {
	var right sum
	count := 0
	for m := range c.secrets {
		if signers.Has(m) {
			right = right.plus(signWith(c.secrets[m], message))
			count++
		}
	}
	return count > 0 && right.signature() == signature
}

// Signing lends the stand-in for BLS to who measures the agreement.
type Signing struct{ verifier }

// NewSigning makes keys from a seed.
func NewSigning(seed uint64) Signing { return Signing{verifier{seed}} }

// Key is the public key of a node.
func (s Signing) Key(node int) consensus.Key { return keyOf(node) }

// Sign signs as the node.
func (s Signing) Sign(node int, message [32]byte) consensus.Signature {
	return signWith(s.secret(node), message).signature()
}

// Verifier checks what Sign made.
func (s Signing) Verifier() consensus.Verifier { return s.verifier }

// Oracle is the domain of all runs.
func Oracle() report.Domain { return oracle() }
