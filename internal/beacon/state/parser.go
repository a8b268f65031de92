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

	availability uint64                       // bytes of execution_payload_availability so far
	blockRoots   []byte                       // when they are asked for
	begun        map[string]map[uint64]proven // by list: elements that are proven, up to the list's root
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
	p.finishBlockRoots(roots)
	p.finishProofs(fields, roots)
	if p.state.Fork >= Gloas {
		return p.hasher.progressiveContainer(roots), nil
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
			spans = append(spans, span{field: i, offset: uint64(uint32At(offset[:], 0))})
			continue
		}
		root, err := p.fixed(f)
		if err != nil {
			return nil, err
		}
		copy(roots[i*chunkSize:], root[:])
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
	if f.kind != execution && f.kind != payloadBid {
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
	if f.kind == byteVector || f.kind == elementVector {
		_, root, err := p.contents(f, f.fixedSize(), false)
		return root, err
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
	switch f.kind {
	case execution:
		return p.execution(f, s.size)
	case payloadBid:
		return p.payloadBid(f, s.size)
	}
	root, err := p.list(f, s.size, s.last)
	switch {
	case err != nil:
		return root, err
	case f.kind == validators:
		p.scanner.finishRegistry()
	case f.name == balancesField:
		p.scanner.finishBalances()
	}
	return root, nil
}

// list reads a list of size bytes, or one that goes on to the end of the source, and returns its root.
func (p *parser) list(f field, size uint64, toEnd bool) ([chunkSize]byte, error) {
	before := p.src.offset
	all, root, err := p.contents(f, size, toEnd)
	if err != nil {
		return [chunkSize]byte{}, err
	}
	length := (p.src.offset - before) / f.width
	p.proveElements(f, all, length)
	return mixInLength(root, length), nil
}

// syncCommittee is the root of keys and aggregate key.
func (p *parser) syncCommittee(data []byte) [chunkSize]byte {
	keys := bytes.Clone(shape{publicKeySize}.roots(p.hasher, data))
	last := len(keys) - chunkSize
	return hashPair(p.hasher.merkleize(keys[:last:last], 0, depthFor(uint64(last/chunkSize))), [chunkSize]byte(keys[last:]))
}
