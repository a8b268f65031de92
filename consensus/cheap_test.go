package consensus_test

import (
	"bytes"
	"errors"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// cheapVerifier stands in for BLS: whoever knows the public key can sign. Aggregates are sums (XOR), and like sums they can cancel.
type cheapVerifier struct{}

func cheapSign(key consensus.Key, message [32]byte) consensus.Signature {
	var s consensus.Signature
	for i := range 3 {
		copy(s[32*i:], crypto.Keccak256(key[:], message[:], []byte{byte(i)}))
	}
	return s
}

func (cheapVerifier) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	for _, key := range keys {
		if key == (consensus.Key{}) {
			return nil, errors.New("the zero key")
		}
	}
	return cheapCommittee(keys), nil
}

type cheapCommittee []consensus.Key

func (c cheapCommittee) VerifyVote(member int, message [32]byte, signature consensus.Signature) bool {
	return signature == cheapSign(c[member], message)
}

func (c cheapCommittee) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (sum consensus.Signature, bad []int, err error) {
	var expected consensus.Signature
	for i, m := range members {
		sum, expected = xor(sum, signatures[i]), xor(expected, cheapSign(c[m], message))
	}
	if sum == expected {
		return sum, nil, nil
	}
	sum = consensus.Signature{}
	for i, m := range members {
		if c.VerifyVote(m, message, signatures[i]) {
			sum = xor(sum, signatures[i])
		} else {
			bad = append(bad, i)
		}
	}
	if len(bad) == len(members) {
		return sum, bad, errors.New("no good vote")
	}
	return sum, bad, nil
}

func (c cheapCommittee) VerifyCertificate(signers consensus.Bitmap, message [32]byte, signature consensus.Signature) bool {
	var expected consensus.Signature
	for _, m := range signers.Members() {
		expected = xor(expected, cheapSign(c[m], message))
	}
	return bytes.Equal(expected[:], signature[:])
}

func xor(a, b consensus.Signature) consensus.Signature {
	for i := range a {
		a[i] ^= b[i]
	}
	return a
}
