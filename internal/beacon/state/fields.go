package state

import (
	"fmt"
	"math/bits"
)

// keepHeader takes latest_block_header.
func (p *parser) keepHeader(b []byte) error {
	h := &p.state.LatestBlockHeader
	h.Slot, h.ProposerIndex = uint64At(b, 0), uint64At(b, headerShape.at(1))
	copy(h.ParentRoot[:], b[headerShape.at(2):])
	copy(h.StateRoot[:], b[headerShape.at(3):])
	copy(h.BodyRoot[:], b[headerShape.at(4):])
	return nil
}

func (p *parser) keepFinalized(b []byte) error {
	p.state.Finalized.Epoch = uint64At(b, 0)
	copy(p.state.Finalized.Root[:], b[checkpointShape.at(1):])
	return nil
}

// checkJustificationBits refuses bits beyond Bitvector[4].
func (p *parser) checkJustificationBits(b []byte) error {
	if b[0]>>4 != 0 {
		return fmt.Errorf("%w: more than 4 bits: %08b", ErrMalformed, b[0])
	}
	return nil
}

// sumSlashings adds up state.slashings.
func (p *parser) sumSlashings(data []byte) error {
	for ; len(data) >= gweiSize; data = data[gweiSize:] {
		sum, carry := bits.Add64(p.state.SlashingsGwei, uint64At(data, 0), 0)
		if carry != 0 {
			return p.src.fail("slashings", fmt.Errorf("%w: they sum up to more than 64 bits", ErrMalformed))
		}
		p.state.SlashingsGwei = sum
	}
	return nil
}

// Fields of the execution payload header, by number in executionHeaderShape.
const (
	executionStateRoot  = 2
	executionNumber     = 6
	executionTimestamp  = 9
	executionExtraData  = 10
	executionBlockHash  = 12
	executionFieldCount = 17
	maxExtraDataBytes   = 32
)

// execution reads the latest execution payload header, whose extra_data has a length of its own, and returns its root.
func (p *parser) execution(f field, size uint64) ([chunkSize]byte, error) {
	fixed := uint64(executionHeaderShape.size())
	if size < fixed || size > fixed+maxExtraDataBytes {
		return [chunkSize]byte{}, p.src.fail(f.name, fmt.Errorf("%w: %d bytes, want %d to %d", ErrWrongSize, size, fixed, fixed+maxExtraDataBytes))
	}
	data := make([]byte, size)
	if err := p.src.fill(f.name, data); err != nil {
		return [chunkSize]byte{}, err
	}
	at := executionHeaderShape.at
	if offset := uint32At(data, at(executionExtraData)); uint64(offset) != fixed {
		return [chunkSize]byte{}, p.src.fail(f.name+".extra_data", fmt.Errorf("%w: %d, want %d", ErrOffset, offset, fixed))
	}
	e := &ExecutionHeader{}
	copy(e.StateRoot[:], data[at(executionStateRoot):])
	copy(e.BlockHash[:], data[at(executionBlockHash):])
	e.Number, e.Timestamp = uint64At(data, at(executionNumber)), uint64At(data, at(executionTimestamp))
	p.state.Execution, p.state.LatestBlockHash = e, e.BlockHash
	return p.executionRoot(data[:fixed], data[fixed:]), nil
}

func (p *parser) executionRoot(fixed, extraData []byte) [chunkSize]byte {
	leaves := make([]byte, executionFieldCount*chunkSize)
	for i, width := range executionHeaderShape {
		value := fixed[executionHeaderShape.at(i):][:width]
		root := shape{width}.root(p.hasher, value)
		if i == executionExtraData {
			var chunk [chunkSize]byte
			copy(chunk[:], extraData)
			root = mixInLength(chunk, uint64(len(extraData)))
		}
		copy(leaves[i*chunkSize:], root[:])
	}
	return p.hasher.merkleize(leaves, 0, depthFor(executionFieldCount))
}
