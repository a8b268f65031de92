package consensus

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// Bounds of a committee.
const (
	// MaxMembers bounds a committee.
	MaxMembers = 1024
	// MaxPeerIDBytes bounds a peer id, as OracleCommittee does.
	MaxPeerIDBytes = 64
)

// ErrCommittee is returned for a committee with which no round can be held. It is wrapped with what is wrong.
var ErrCommittee = errors.New("impossible committee")

// Key is a compressed BLS public key (bls.PublicKey.Bytes).
type Key [bls.PublicKeyLength]byte

// Signature is a compressed BLS signature (bls.Signature.Bytes), in which nothing has been checked.
type Signature [bls.SignatureLength]byte

// PeerID is the libp2p peer id by which the transport authenticates the sender of a message. Empty means nobody.
type PeerID string

// Member is a member of a committee as the contract has it.
type Member struct {
	Key  Key
	Peer PeerID
}

// Committee is the committee that answers for a reference slot. Members are in the contract's order; a member's index is its
// place there.
type Committee struct {
	Digest  common.Hash // report.CommitteeDigest: binds chain, contract, schedule and keys
	Members []Member
}

// Validate checks whether the core can hold rounds with the committee. Errors: ErrCommittee.
//
// Two members may have the same peer id: the contract does not prevent it, and a message names its member.
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

// isPeerOf reports whether peer sends the member's messages.
func (c Committee) isPeerOf(peer PeerID, member uint16) bool {
	return int(member) < len(c.Members) && c.Members[member].Peer == peer
}

// quorum says how many members of a committee are needed. Two quorums of one committee share an honest member.
type quorum struct {
	members int
	faulty  int // that may be arbitrary: f
	needed  int // for a certificate: q
}

func quorumOf(n int) quorum {
	return quorum{members: n, faulty: report.MaxFaulty(n), needed: report.Quorum(n)}
}

// reached reports whether so many members certify, or may be voted with.
func (q quorum) reached(count int) bool { return count >= q.needed }

// hasHonest reports whether an honest member is among so many.
func (q quorum) hasHonest(count int) bool { return count > q.faulty }

// reachedWithSelf reports whether so many others, with this node, are a quorum.
func (q quorum) reachedWithSelf(count int) bool { return count >= q.needed-1 }

// Bitmap is a set of members: member i is bit i%8 of byte i/8. It has as many bytes as the committee needs and no bit beyond it.
type Bitmap []byte

// NewBitmap is the empty set of a committee of n.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+7)/8) }

// Set adds a member.
func (b Bitmap) Set(member int) { b[member/8] |= 1 << (member % 8) }

// Has reports whether the member is in the set.
func (b Bitmap) Has(member int) bool {
	return member >= 0 && member/8 < len(b) && b[member/8]&(1<<(member%8)) != 0
}

// Count is how many members are in the set.
func (b Bitmap) Count() int {
	count := 0
	for _, octet := range b {
		count += bits.OnesCount8(octet)
	}
	return count
}

// Members are the set's members, ascending.
func (b Bitmap) Members() []int {
	members := make([]int, 0, b.Count())
	for i := range len(b) * 8 {
		if b.Has(i) {
			members = append(members, i)
		}
	}
	return members
}

// validFor reports whether it is a set of members of a committee of n, in the one way to write it.
func (b Bitmap) validFor(n int) bool {
	if len(b) != (n+7)/8 {
		return false
	}
	return n%8 == 0 || b[len(b)-1]>>(n%8) == 0
}

// exceeds reports whether the set has a member that other has not.
func (b Bitmap) exceeds(other Bitmap) bool {
	for i, octet := range b {
		if i >= len(other) || octet&^other[i] != 0 {
			return octet != 0
		}
	}
	return false
}
