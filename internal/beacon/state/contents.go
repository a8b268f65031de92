package state

import "fmt"

// depth is the height of the tree over the field's content.
func (f field) depth() int {
	switch f.kind {
	case byteVector:
		return depthFor((f.count*f.width + chunkSize - 1) / chunkSize)
	case byteList:
		return depthFor((f.limit*f.width + chunkSize - 1) / chunkSize)
	case elementVector:
		return depthFor(f.count)
	}
	return depthFor(f.limit)
}

// contents reads size bytes of field, or all that follow, has them hashed block by block, and returns the blocks and the root of the tree over them, without
// a length.
func (p *parser) contents(f field, size uint64, toEnd bool) (all []*block, root [chunkSize]byte, err error) {
	all, err = p.readBlocks(f, size, toEnd)
	if failed := p.crew.wait(); failed != nil && err == nil {
		err = p.src.fail(f.name, failed)
	}
	if err != nil {
		return nil, root, err
	}
	if f.progressive {
		return all, p.hasher.progressive(all), nil
	}
	return all, p.hasher.merkleize(rootsOf(all), f.blockHeight(), f.depth()), nil
}

// rootsOf are the roots of blocks, one after the other.
func rootsOf(all []*block) []byte {
	nodes := make([]byte, 0, len(all)*chunkSize)
	for _, b := range all {
		nodes = append(nodes, b.root[:]...)
	}
	return nodes
}

func (p *parser) readBlocks(f field, size uint64, toEnd bool) ([]*block, error) {
	var all []*block
	for at := uint64(0); toEnd || at < size; {
		height := f.heightAt(at)
		want := f.leafSize() << height
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
		b.keep = p.wanted(f, b.first, uint64(got)/f.width)
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

// leafSize is how many bytes of the field make one leaf of its tree.
func (f field) leafSize() uint64 {
	if f.kind == byteVector || f.kind == byteList {
		return chunkSize
	}
	return f.width
}

// maxBlockBytes bounds a block of wide elements.
const maxBlockBytes = 1 << 19

// blockHeight is the height of the subtree of a whole block.
func (f field) blockHeight() int {
	if f.kind == byteVector || f.kind == byteList {
		return min(chunkBlockHeight, f.depth())
	}
	height := min(elementBlockHeight, f.depth())
	for height > 0 && f.width<<height > maxBlockBytes {
		height--
	}
	return height
}

// heightAt is blockHeight for the block that begins at byte `at` of the field. A progressive list begins with subtrees that are smaller.
func (f field) heightAt(at uint64) int {
	if f.progressive {
		return min(f.blockHeight(), subtreeHeight(subtreeOf(at/f.leafSize())))
	}
	return f.blockHeight()
}
