package state

import (
	"bytes"
	"fmt"
	"math"

	"github.com/ethereum/go-ethereum/common"
)

// parser walks through the bytes of one state.
type parser struct {
	src     source
	spec    Spec
	query   Query
	watch   *watch
	missing map[[publicKeySize]byte]bool // keys that the hint lacks
	hasher  *hasher                      // of the walking goroutine
	scanner *scanner
	crew    *crew
	state   *State
	version [4]byte // fork.current_version
}

// span is a field of variable size: where it begins, and how long it is.
type span struct {
	field  int
	offset uint64
	size   uint64
	last   bool // it goes on to the end of the source: size is not known
}

// root reads everything and returns the state's hash-tree root.
func (p *parser) root() (common.Hash, error) {
	fields := fieldsOf(p.state.Fork, p.spec)
	roots := make([]byte, len(fields)*chunkSize)
	spans, err := p.fixedPart(fields, roots)
	if err != nil {
		return common.Hash{}, err
	}
	for _, s := range spans {
		root, err := p.variable(fields[s.field], s)
		if err != nil {
			return common.Hash{}, err
		}
		copy(roots[s.field*chunkSize:], root[:])
	}
	return p.hasher.merkleize(roots, 0, depthFor(uint64(len(fields)))), nil
}

// fixedPart reads the fields of fixed size, and where the others are.
func (p *parser) fixedPart(fields []field, roots []byte) ([]span, error) {
	var spans []span
	size := uint64(0)
	for i, f := range fields {
		size += f.fixedSize()
		if f.variable() {
			var offset [offsetSize]byte
			if err := p.src.fill(f.name, offset[:]); err != nil {
				return nil, err
			}
			spans = append(spans, span{field: i, offset: uint64(offset[0]) | uint64(offset[1])<<8 | uint64(offset[2])<<16 | uint64(offset[3])<<24})
			continue
		}
		root, err := p.fixed(f)
		if err != nil {
			return nil, err
		}
		copy(roots[i*chunkSize:], root[:])
	}
	if err := p.checkFork(); err != nil {
		return nil, err
	}
	return spans, p.measure(fields, spans, size)
}

// measure turns offsets into sizes: the first list begins behind the fixed part, each one where the one before it ends.
func (p *parser) measure(fields []field, spans []span, begin uint64) error {
	for i := range spans {
		s := &spans[i]
		f := fields[s.field]
		if i == 0 && s.offset != begin || s.offset < begin {
			return p.src.fail(f.name, fmt.Errorf("%w: %d where %d is expected or passed", ErrOffset, s.offset, begin))
		}
		begin = s.offset
		if i > 0 {
			spans[i-1].size = s.offset - spans[i-1].offset
		}
	}
	spans[len(spans)-1].last = true
	for _, s := range spans[:len(spans)-1] {
		if err := p.checkSize(fields[s.field], s.size); err != nil {
			return err
		}
	}
	return nil
}

// checkSize refuses a list that is no list, before it is read.
func (p *parser) checkSize(f field, size uint64) error {
	count := uint64(0)
	if f.kind != execution {
		if size%f.width != 0 {
			return p.src.fail(f.name, fmt.Errorf("%w: %d bytes are no whole number of elements of %d", ErrWrongSize, size, f.width))
		}
		count = size / f.width
		if count > f.limit {
			return p.src.fail(f.name, fmt.Errorf("%w: %d elements, at most %d", ErrTooLong, count, f.limit))
		}
	}
	switch {
	case f.kind == validators && count > math.MaxUint32:
		return p.src.fail(f.name, fmt.Errorf("%w: %d validators are more than 32 bits can number", ErrTooLong, count))
	case f.kind == validators:
		p.state.TotalValidators = count
	case f.perValidator && count != p.state.TotalValidators:
		return p.src.fail(f.name, fmt.Errorf("%w: %d elements for %d validators", ErrWrongSize, count, p.state.TotalValidators))
	}
	return nil
}

// fixed reads a field of fixed size and returns its root.
func (p *parser) fixed(f field) ([chunkSize]byte, error) {
	if f.kind == byteVector {
		nodes, height, err := p.blocks(f, f.fixedSize(), false)
		if err != nil {
			return [chunkSize]byte{}, err
		}
		return p.hasher.merkleize(nodes, height, f.depth()), nil
	}
	data := make([]byte, f.fixedSize())
	if err := p.src.fill(f.name, data); err != nil {
		return [chunkSize]byte{}, err
	}
	if f.kind == syncCommittee {
		return p.syncCommittee(data), nil
	}
	if f.keep != nil {
		if err := f.keep(p, data); err != nil {
			return [chunkSize]byte{}, p.src.fail(f.name, err)
		}
	}
	return f.shape.root(p.hasher, data), nil
}

// variable reads a field of variable size and returns its root.
func (p *parser) variable(f field, s span) ([chunkSize]byte, error) {
	if f.kind == execution {
		return p.execution(f, s.size)
	}
	before := p.src.offset
	nodes, height, err := p.blocks(f, s.size, s.last)
	if err != nil {
		return [chunkSize]byte{}, err
	}
	if f.kind == validators {
		p.scanner.finishRegistry()
	}
	return mixInLength(p.hasher.merkleize(nodes, height, f.depth()), (p.src.offset-before)/f.width), nil
}

// depth is the height of the tree over the field's content.
func (f field) depth() int {
	switch f.kind {
	case byteVector:
		return depthFor((f.count*f.width + chunkSize - 1) / chunkSize)
	case byteList:
		return depthFor((f.limit*f.width + chunkSize - 1) / chunkSize)
	}
	return depthFor(f.limit)
}

// blocks reads size bytes of field, or all that follow, has them hashed block by block, and returns the roots of the blocks' subtrees with their height.
func (p *parser) blocks(f field, size uint64, toEnd bool) (nodes []byte, height int, err error) {
	perBlock := uint64(0) // bytes
	if f.kind == byteVector || f.kind == byteList {
		height = min(chunkBlockHeight, f.depth())
		perBlock = chunkSize << height
	} else {
		height = min(elementBlockHeight, f.depth())
		perBlock = f.width << height
	}
	all, err := p.readBlocks(f, size, toEnd, perBlock, height)
	if failed := p.crew.wait(); failed != nil && err == nil {
		err = p.src.fail(f.name, failed)
	}
	nodes = make([]byte, 0, len(all)*chunkSize)
	for _, b := range all {
		nodes = append(nodes, b.root[:]...)
	}
	return nodes, height, err
}

func (p *parser) readBlocks(f field, size uint64, toEnd bool, perBlock uint64, height int) ([]*block, error) {
	var all []*block
	for at := uint64(0); toEnd || at < size; {
		want := perBlock
		if !toEnd {
			want = min(want, size-at)
		}
		data := p.crew.buffer(want)
		got, err := p.src.upTo(f.name, data)
		if err == nil {
			err = p.checkBlock(f, at, got, int(want), toEnd)
		}
		if err == nil && f.visit != nil {
			err = f.visit(p, data[:got])
		}
		if err != nil || got == 0 {
			p.crew.free <- data
			return all, err
		}
		b := &block{field: f, data: data[:got], first: at / f.width, depth: height}
		all = append(all, b)
		p.crew.start(b)
		if at += uint64(got); got < int(want) {
			break
		}
	}
	return all, nil
}

// checkBlock judges how much of a field came.
func (p *parser) checkBlock(f field, at uint64, got, want int, toEnd bool) error {
	switch {
	case !toEnd && got < want:
		return p.src.fail(f.name, ErrTruncated)
	case toEnd && uint64(got)%f.width != 0:
		return p.src.fail(f.name, fmt.Errorf("%w: the state ends inside an element of %d bytes: it was cut off, or bytes follow its end", ErrWrongSize, f.width))
	case toEnd && (at+uint64(got))/f.width > f.limit:
		return p.src.fail(f.name, fmt.Errorf("%w: more than %d elements", ErrTooLong, f.limit))
	}
	return nil
}

// syncCommittee is the root of keys and aggregate key.
func (p *parser) syncCommittee(data []byte) [chunkSize]byte {
	keys := bytes.Clone(shape{publicKeySize}.roots(p.hasher, data))
	last := len(keys) - chunkSize
	return hashPair(p.hasher.merkleize(keys[:last:last], 0, depthFor(uint64(last/chunkSize))), [chunkSize]byte(keys[last:]))
}
