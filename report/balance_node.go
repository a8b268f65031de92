package report

import (
	"encoding/binary"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// BalanceLeaf is what Report.BalancesRoot says of one validator.
type BalanceLeaf struct {
	ValidatorIndex uint64
	BalanceGwei    uint64 // actual, not effective
	Exited         bool   // exit_epoch <= epoch(refSlot)
	Slashed        bool
	Unproven       bool // its key has had its first ether and is not proven
}

// FirstGwei is a key's first ether: what stands at par until the key is proven.
const FirstGwei = 1_000_000_000

// Bits of a leaf's last byte; the others are always 0.
const (
	exitedFlag   = 1 << 0
	slashedFlag  = 1 << 1
	unprovenFlag = 1 << 2
)

func (l BalanceLeaf) flags() (flags uint8) {
	if l.Exited {
		flags |= exitedFlag
	}
	if l.Slashed {
		flags |= slashedFlag
	}
	if l.Unproven {
		flags |= unprovenFlag
	}
	return flags
}

// node is the leaf as a node of the tree.
func (l BalanceLeaf) node() sumNode {
	var b [18]byte // 0x00 first
	binary.BigEndian.PutUint64(b[1:], l.ValidatorIndex)
	binary.BigEndian.PutUint64(b[9:], l.BalanceGwei)
	flags := l.flags()
	b[17] = flags
	sums := Sums{BalanceGwei: l.BalanceGwei, Exited: uint32(flags & exitedFlag), Slashed: uint32(flags & slashedFlag / slashedFlag)}
	if l.Unproven {
		sums.UnprovenGwei = min(l.BalanceGwei, FirstGwei)
	}
	return sumNode{hash: crypto.Keccak256Hash(b[:]), sums: sums}
}

// Sums are what a node of the tree counts: all validators below it.
type Sums struct {
	BalanceGwei     uint64
	Exited, Slashed uint32
	UnprovenGwei    uint64 // first ether of keys that are not proven
}

// sumsBytes is the length of Sums where they are hashed.
const sumsBytes = 8 + 4 + 4 + 8

// plus adds each of the sums; fits is false when one of them has too many bits.
func (s Sums) plus(other Sums) (total Sums, fits bool) {
	var balance, exited, slashed, unproven uint64 // carries
	total.BalanceGwei, balance = bits.Add64(s.BalanceGwei, other.BalanceGwei, 0)
	total.UnprovenGwei, unproven = bits.Add64(s.UnprovenGwei, other.UnprovenGwei, 0)
	count, carry := bits.Add32(s.Exited, other.Exited, 0)
	total.Exited, exited = count, uint64(carry)
	count, carry = bits.Add32(s.Slashed, other.Slashed, 0)
	total.Slashed, slashed = count, uint64(carry)
	return total, balance|exited|slashed|unproven == 0
}

// sumNode is a node of the tree: the zero value is the leaf that pads.
type sumNode struct {
	hash     common.Hash
	sums     Sums
	recorded bool // the watched leaf is below
}

// nodeBytes is the length of a node where it is hashed.
const nodeBytes = common.HashLength + sumsBytes

// put writes the node as its parent and the root hash it.
func (n sumNode) put(b []byte) {
	copy(b, n.hash[:])
	binary.BigEndian.PutUint64(b[32:], n.sums.BalanceGwei)
	binary.BigEndian.PutUint32(b[40:], n.sums.Exited)
	binary.BigEndian.PutUint32(b[44:], n.sums.Slashed)
	binary.BigEndian.PutUint64(b[48:], n.sums.UnprovenGwei)
}

// parentOf joins two nodes; fits is false when a sum has too many bits.
func parentOf(left, right sumNode) (parent sumNode, fits bool) {
	var b [1 + 2*nodeBytes]byte
	b[0] = 1
	left.put(b[1:])
	right.put(b[1+nodeBytes:])
	sums, fits := left.sums.plus(right.sums)
	return sumNode{hash: crypto.Keccak256Hash(b[:]), sums: sums, recorded: left.recorded || right.recorded}, fits
}

// root is the commitment when the node is the top of a tree of count validators.
func (n sumNode) root(count uint32) common.Hash {
	var b [1 + nodeBytes + 4]byte
	b[0] = 2
	n.put(b[1:])
	binary.BigEndian.PutUint32(b[1+nodeBytes:], count)
	return crypto.Keccak256Hash(b[:])
}
