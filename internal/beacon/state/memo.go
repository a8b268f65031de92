package state

import "math/bits"

// Most validators share what the right half of their tree holds (epochs of activation and exit) with many others. memo remembers its root for the
// epochs seen last, by value: it saves hashes and never changes a result. One for each worker.
type memo struct {
	entries []memoEntry
	block   uint32 // serial number of the block in work
	keys    []byte // of this block's misses: two pairs of chunks each
	roots   []byte // of this block's misses
}

const (
	memoBits   = 10
	pairBits   = 12    // compounding validators have some two thousand effective balances
	epochsSize = 4 * 8 // activation eligibility, activation, exit, withdrawable
)

type memoEntry struct {
	epochs [epochsSize]byte
	root   [chunkSize]byte
	block  uint32 // in which it was asked for; 0: the entry is empty
	miss   int32  // its place among the misses of that block; -1: root is known
}

func newMemo() *memo { return &memo{entries: make([]memoEntry, 1<<memoBits)} }

// begin starts a block.
func (m *memo) begin() {
	m.block++
	m.keys = m.keys[:0]
}

// find writes the root of the epochs to root, or returns their place among the block's misses, whose roots settle makes known.
func (m *memo) find(epochs, root []byte) int32 {
	e := m.entry(epochs)
	if e.block != 0 && string(e.epochs[:]) == string(epochs) {
		if e.miss < 0 {
			copy(root, e.root[:])
			return -1
		}
		return e.miss // of this block: settle has made all earlier ones known
	}
	e.block, e.miss = m.block, int32(len(m.keys)/(4*chunkSize))
	copy(e.epochs[:], epochs)
	var chunks [4 * chunkSize]byte
	for i := range 4 {
		copy(chunks[i*chunkSize:], epochs[i*8:(i+1)*8])
	}
	m.keys = append(m.keys, chunks[:]...)
	return e.miss
}

// settle hashes the block's misses and returns their roots, one chunk each.
func (m *memo) settle(h *hasher) []byte {
	misses := len(m.keys) / (4 * chunkSize)
	m.roots = append(m.roots[:0], m.keys...)
	roots := h.collapse(m.roots, 2)
	for i := range misses {
		var epochs [epochsSize]byte
		for j := range 4 {
			copy(epochs[j*8:], m.keys[(i*4+j)*chunkSize:][:8])
		}
		if e := m.entry(epochs[:]); e.block == m.block && e.miss == int32(i) {
			copy(e.root[:], roots[i*chunkSize:])
			e.miss = -1
		}
	}
	return roots
}

func (m *memo) entry(epochs []byte) *memoEntry {
	const spread = 0x9e3779b97f4a7c15
	x := uint64At(epochs, 0)
	for at := 8; at < epochsSize; at += 8 {
		x = (bits.RotateLeft64(x, 23) ^ uint64At(epochs, at)) * spread
	}
	return &m.entries[x*spread>>(64-memoBits)]
}

// pairMemo remembers the root of (effective balance, slashed) for the balances seen last.
type pairMemo [1 << pairBits]struct {
	gwei    uint64
	slashed byte
	known   bool
	root    [chunkSize]byte
}

func (m *pairMemo) root(gwei uint64, slashed byte) *[chunkSize]byte {
	const spread = 0x9e3779b97f4a7c15
	e := &m[((gwei^uint64(slashed)<<63)*spread)>>(64-pairBits)]
	if !e.known || e.gwei != gwei || e.slashed != slashed {
		e.gwei, e.slashed, e.known = gwei, slashed, true
		e.root = hashPair(uintChunk(gwei), [chunkSize]byte{slashed})
	}
	return &e.root
}
