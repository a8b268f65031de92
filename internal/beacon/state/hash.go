package state

import (
	"crypto/sha256"
	"fmt"
	"math/bits"

	hashtree "github.com/pk910/hashtree-bindings"
)

const (
	chunkSize = 32
	maxDepth  = 64
)

// zeroHashes are the roots of trees of zero chunks by height. They are made once for each reading: no state is shared.
type zeroHashes [maxDepth + 1][chunkSize]byte

func newZeroHashes() *zeroHashes {
	var z zeroHashes
	for h := range maxDepth {
		z[h+1] = hashPair(z[h], z[h])
	}
	return &z
}

func hashPair(left, right [chunkSize]byte) [chunkSize]byte {
	var b [2 * chunkSize]byte
	copy(b[:chunkSize], left[:])
	copy(b[chunkSize:], right[:])
	return sha256.Sum256(b[:])
}

// depthFor is the height of the smallest binary tree with room for chunks leaves.
func depthFor(chunks uint64) int {
	if chunks <= 1 {
		return 0
	}
	return bits.Len64(chunks - 1)
}

// hasher merkleizes in batches. It has buffers: one for each worker.
type hasher struct {
	zero  *zeroHashes
	spare []byte
}

// pairs hashes each 64 bytes of in to 32 bytes of out. They do not overlap.
func (h *hasher) pairs(out, in []byte) {
	if len(in) == 0 {
		return
	}
	if err := hashtree.HashByteSlice(out[:len(in)/2], in); err != nil {
		panic(fmt.Sprintf("hash %d bytes to %d: %v", len(in), len(out), err)) // lengths are ours
	}
}

// collapse merkleizes every group of 1<<levels chunks to one chunk, in buf itself, and returns the part of buf that holds the results.
func (h *hasher) collapse(buf []byte, levels int) []byte {
	for range levels {
		half := len(buf) / 2
		out := h.scratch(half)
		h.pairs(out, buf)
		buf = buf[:half]
		copy(buf, out)
	}
	return buf
}

func (h *hasher) scratch(size int) []byte {
	if cap(h.spare) < size {
		h.spare = make([]byte, size)
	}
	return h.spare[:size]
}

// merkleize is the root of the tree of height depth above nodes, which are roots of subtrees of height `height`. It overwrites nodes.
func (h *hasher) merkleize(nodes []byte, height, depth int) [chunkSize]byte {
	if len(nodes) == 0 {
		return h.zero[depth]
	}
	for ; height < depth && len(nodes) > chunkSize; height++ {
		even := len(nodes) / (2 * chunkSize) * (2 * chunkSize)
		var last [chunkSize]byte
		odd := even < len(nodes)
		if odd {
			last = hashPair([chunkSize]byte(nodes[even:]), h.zero[height])
		}
		nodes = append(h.collapse(nodes[:even], 1), last[:]...)
		if !odd {
			nodes = nodes[:len(nodes)-chunkSize]
		}
	}
	root := [chunkSize]byte(nodes)
	for ; height < depth; height++ {
		root = hashPair(root, h.zero[height])
	}
	return root
}

// mixInLength is the root of a list: SSZ's mix_in_length.
func mixInLength(root [chunkSize]byte, length uint64) [chunkSize]byte {
	return hashPair(root, uintChunk(length))
}

// checkHasher compares the vectorised hash function with the standard one for every width that processors batch by.
func checkHasher() error {
	const count = 67
	in, out := make([]byte, count*2*chunkSize), make([]byte, count*chunkSize)
	for i := range in {
		in[i] = byte(i * 7)
	}
	if err := hashtree.HashByteSlice(out, in); err != nil {
		return fmt.Errorf("%w: %w", ErrBrokenHasher, err)
	}
	for i := range count {
		if want := sha256.Sum256(in[i*2*chunkSize : (i+1)*2*chunkSize]); [chunkSize]byte(out[i*chunkSize:]) != want {
			return fmt.Errorf("%w: block %d of %d", ErrBrokenHasher, i, count)
		}
	}
	return nil
}
