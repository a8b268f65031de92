package state

import "fmt"

// Fields of the execution payload bid, by number in bidShape.
const (
	bidParentBlockHash = 0
	bidParentBlockRoot = 1
	bidBlockHash       = 2
	bidBuilderIndex    = 6
	bidSlot            = 7
	bidCommitments     = 10
)

// payloadBid reads the latest execution payload bid, a progressive container that ends with a list, and returns its root.
func (p *parser) payloadBid(f field, size uint64) ([chunkSize]byte, error) {
	commitments := progressive(list(f.name+".blob_kzg_commitments", commitmentShape, 0, nil))
	fixed := uint64(bidShape.size())
	if size < fixed || (size-fixed)%commitments.width != 0 {
		return [chunkSize]byte{}, p.src.fail(f.name, fmt.Errorf("%w: %d bytes are not %d and a whole number of commitments of %d", ErrWrongSize, size, fixed, commitments.width))
	}
	data := make([]byte, fixed)
	if err := p.src.fill(f.name, data); err != nil {
		return [chunkSize]byte{}, err
	}
	at := bidShape.at
	if offset := uint32At(data, at(bidCommitments)); uint64(offset) != fixed {
		return [chunkSize]byte{}, p.src.fail(commitments.name, fmt.Errorf("%w: %d, want %d", ErrOffset, offset, fixed))
	}
	bid := PayloadBid{Slot: uint64At(data, at(bidSlot)), BuilderIndex: uint64At(data, at(bidBuilderIndex))}
	copy(bid.ParentBlockHash[:], data[at(bidParentBlockHash):])
	copy(bid.ParentBlockRoot[:], data[at(bidParentBlockRoot):])
	copy(bid.BlockHash[:], data[at(bidBlockHash):])
	p.state.Bid = &bid
	root, err := p.list(commitments, size-fixed, false)
	if err != nil {
		return [chunkSize]byte{}, err
	}
	return p.bidRoot(data, root), nil
}

func (p *parser) bidRoot(fixed []byte, commitments [chunkSize]byte) [chunkSize]byte {
	leaves := make([]byte, 0, len(bidShape)*chunkSize)
	for i, width := range bidShape {
		root := commitments
		if i != bidCommitments {
			root = shape{width}.root(p.hasher, fixed[bidShape.at(i):][:width])
		}
		leaves = append(leaves, root[:]...)
	}
	return p.hasher.progressiveContainer(leaves)
}
