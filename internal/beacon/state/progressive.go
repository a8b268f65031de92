package state

// Merkleization of EIP-7916 (progressive lists) and EIP-7495 (progressive containers). A tree is a chain of subtrees, of 1, 4, 16, 64 … leaves:
//
//	root ─┬─ subtree 0: leaf 0
//	      └─┬─ subtree 1: leaves 1 to 4
//	        └─┬─ subtree 2: leaves 5 to 20
//	          └─ … zero, behind the last subtree that has a leaf
//
// So a list grows without a limit, and its blocks can still be hashed as they come: none crosses from one subtree into the next.
// Sources: EIP-7916, EIP-7495; consensus specs, ssz/simple-serialize.md, merkleize_progressive and mix_in_active_fields.

// subtreeHeight is the height of subtree k.
func subtreeHeight(k int) int { return 2 * k }

// subtreeOf is the subtree that leaf lies in.
func subtreeOf(leaf uint64) int {
	k := 0
	for first := uint64(0); leaf-first >= 1<<subtreeHeight(k); k++ {
		first += 1 << subtreeHeight(k)
	}
	return k
}

// progressive is merkleize_progressive over the leaves that blocks hold: every subtree but the last is full.
func (h *hasher) progressive(blocks []*block) [chunkSize]byte {
	var subtrees [][chunkSize]byte
	for k := 0; len(blocks) > 0; k++ {
		height := blocks[0].depth
		count := min(len(blocks), 1<<(subtreeHeight(k)-height))
		subtrees = append(subtrees, h.merkleize(rootsOf(blocks[:count]), height, subtreeHeight(k)))
		blocks = blocks[count:]
	}
	return chain(subtrees)
}

// chain is the root above subtrees.
func chain(subtrees [][chunkSize]byte) (root [chunkSize]byte) {
	for i := len(subtrees) - 1; i >= 0; i-- {
		root = hashPair(subtrees[i], root)
	}
	return root
}

// progressiveContainer is the root of a progressive container whose fields are all active. It overwrites roots, which are those of its fields.
func (h *hasher) progressiveContainer(roots []byte) [chunkSize]byte {
	var subtrees [][chunkSize]byte
	active := activeFields(len(roots) / chunkSize)
	for k := 0; len(roots) > 0; k++ {
		size := min(len(roots), chunkSize<<subtreeHeight(k))
		subtrees = append(subtrees, h.merkleize(roots[:size:size], 0, subtreeHeight(k)))
		roots = roots[size:]
	}
	return hashPair(chain(subtrees), active)
}

// activeFields is the chunk of a container whose first count fields are all there are.
func activeFields(count int) (active [chunkSize]byte) {
	for i := range count {
		active[i/8] |= 1 << (i % 8)
	}
	return active
}
