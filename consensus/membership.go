package consensus

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// Bounds of a committee.
const (
	// MaxMembers bounds a committee.
	MaxMembers = 1024
	// MaxPeerIDBytes bounds a peer id, as OracleCommittee does.
	MaxPeerIDBytes = 64
)

// ErrCommittee: no round can be held with such a committee. It is wrapped with what is wrong.
var ErrCommittee = errors.New("impossible committee")

// Key is a compressed BLS public key (bls.PublicKey.Bytes).
type Key [bls.PublicKeyLength]byte

// Signature is a compressed BLS signature (bls.Signature.Bytes), in which nothing has been checked.
type Signature [bls.SignatureLength]byte

// PeerID is how the transport authenticates who sent a message: a libp2p peer id. Empty is nobody.
type PeerID string

// Member is one of a committee, as the contract has it.
type Member struct {
	Key  Key
	Peer PeerID
}

// Committee is who answers for a reference slot. Members are in the contract's order; a member's index is its place in it.
type Committee struct {
	Digest  common.Hash // report.CommitteeDigest: binds chain, contract, schedule and keys
	Members []Member
}

// Validate refuses a committee that the core cannot hold rounds with. Errors: ErrCommittee.
//
// Two members may name one peer id: the contract does not prevent it, and a message names its member.
func (c Committee) Validate() error {
	if len(c.Members) == 0 || len(c.Members) > MaxMembers {
		return fmt.Errorf("%w: %d members, 1 to %d are possible", ErrCommittee, len(c.Members), MaxMembers)
	}
	seen := make(map[Key]int, len(c.Members))
	for i, m := range c.Members {
		if len(m.Peer) == 0 || len(m.Peer) > MaxPeerIDBytes {
			return fmt.Errorf("%w: peer id of member %d has %d bytes", ErrCommittee, i, len(m.Peer))
		}
		if first, ok := seen[m.Key]; ok {
			return fmt.Errorf("%w: members %d and %d have one key", ErrCommittee, first, i)
		}
		seen[m.Key] = i
	}
	return nil
}

// indexOf is the member that holds key, -1 for none.
func (c Committee) indexOf(key *Key) int {
	if key == nil {
		return -1
	}
	for i, m := range c.Members {
		if m.Key == *key {
			return i
		}
	}
	return -1
}

// memberOf is the first member that peer speaks for, -1 for none.
func (c Committee) memberOf(peer PeerID) int {
	for i, m := range c.Members {
		if m.Peer == peer {
			return i
		}
	}
	return -1
}

// speaks tells whether messages of the member come from peer.
func (c Committee) speaks(peer PeerID, member uint16) bool {
	return int(member) < len(c.Members) && c.Members[member].Peer == peer
}
