package state

import "encoding/binary"

// shape is a container of fixed size whose fields are integers and byte vectors: the width of each field in bytes, in order.
type shape []int

// Containers of the consensus specs.
var (
	forkShape            = shape{4, 4, 8}
	headerShape          = shape{8, 8, 32, 32, 32}
	checkpointShape      = shape{8, 32}
	eth1DataShape        = shape{32, 8, 32}
	summaryShape         = shape{32, 32}
	pendingDepositShape  = shape{48, 32, 8, 96, 8}
	partialShape         = shape{8, 8, 8}
	consolidationShape   = shape{8, 8}
	validatorShape       = shape{48, 32, 8, 1, 8, 8, 8, 8}
	executionHeaderShape = shape{32, 20, 32, 32, 256, 32, 8, 8, 8, 8, extraDataOffsetSize, 32, 32, 32, 32, 8, 8} // but for extra_data
)

func (s shape) size() int {
	total := 0
	for _, width := range s {
		total += width
	}
	return total
}

// at is where field i begins.
func (s shape) at(i int) int { return s[:i].size() }

// roots is the hash-tree root of each of the elements that lie in data one after the other. The result is valid until the next use of h.
func (s shape) roots(h *hasher, data []byte) []byte {
	size, leaves := s.size(), 1<<depthFor(uint64(len(s)))
	count := len(data) / size
	tree := make([]byte, count*leaves*chunkSize)
	at := 0
	for field, width := range s {
		chunks := 1 << depthFor(uint64(width+chunkSize-1)/chunkSize)
		column := make([]byte, count*chunks*chunkSize)
		for e := range count {
			copy(column[e*chunks*chunkSize:], data[e*size+at:e*size+at+width])
		}
		column = h.collapse(column, depthFor(uint64(chunks)))
		for e := range count {
			copy(tree[(e*leaves+field)*chunkSize:], column[e*chunkSize:(e+1)*chunkSize])
		}
		at += width
	}
	return h.collapse(tree, depthFor(uint64(leaves)))
}

// root is the hash-tree root of one element.
func (s shape) root(h *hasher, data []byte) [chunkSize]byte { return [chunkSize]byte(s.roots(h, data)) }

func uintChunk(v uint64) (chunk [chunkSize]byte) {
	binary.LittleEndian.PutUint64(chunk[:], v)
	return chunk
}

func uint64At(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }

func uint32At(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

// nested is a container of fixed size whose fields are containers, or basic values as shapes of one field.
type nested []shape

func (n nested) size() int {
	total := 0
	for _, part := range n {
		total += part.size()
	}
	return total
}

// roots is as shape.roots, for the few elements that a state has of such containers.
func (n nested) roots(h *hasher, data []byte) []byte {
	var all []byte
	for size := n.size(); len(data) >= size; data = data[size:] {
		leaves, at := make([]byte, 0, len(n)*chunkSize), 0
		for _, part := range n {
			root := part.root(h, data[at:at+part.size()])
			leaves = append(leaves, root[:]...)
			at += part.size()
		}
		root := h.merkleize(leaves, 0, depthFor(uint64(len(n))))
		all = append(all, root[:]...)
	}
	return all
}

// roots is the hash-tree root of each of the field's elements in data.
func (f field) roots(h *hasher, data []byte) []byte {
	if f.parts != nil {
		return f.parts.roots(h, data)
	}
	return f.shape.roots(h, data)
}
