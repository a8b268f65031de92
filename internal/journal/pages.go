package journal

import (
	"encoding/binary"
	"fmt"
	"io"
)

// The layout of bbolt's pages of the tree: a header, then elements of 16 bytes, then what these point to.
const (
	headerCount = 10
	flagBranch  = 0x01
	flagLeaf    = 0x02

	elementLength = 16
	branchChild   = 8 // of a branch's element: the number of the page below
	leafPosition  = 4 // of a leaf's element: where its key begins, from the element on; then the lengths of key and value
	leafKey       = 8
	leafValue     = 12
	leafIsBucket  = 0x01 // flag of an element whose value begins with the number of a bucket's first page, 0 for a bucket inside of the value
)

// pages looks at the tree that bbolt would follow.
type pages struct {
	file     io.ReaderAt
	pageSize uint32
	count    uint64
	used     map[uint64]bool
}

// verifyTree wants each page of the tree in the file, and used once. bbolt follows the numbers of pages as they stand: where a damaged one leads back to a
// page above, it would read for ever.
func verifyTree(file io.ReaderAt, m metaPage) error {
	p := &pages{file: file, pageSize: m.pageSize, count: m.pages, used: make(map[uint64]bool)}
	return p.verify(m.root)
}

// verify looks at a page and all below it. It ends, since it enters each page once.
func (p *pages) verify(page uint64) error {
	content, err := p.read(page)
	if err != nil {
		return err
	}
	flags, count := binary.NativeEndian.Uint16(content[headerFlags:]), int(binary.NativeEndian.Uint16(content[headerCount:]))
	if end := headerLength + count*elementLength; end > len(content) {
		return fmt.Errorf("%w: page %d has no room for %d elements", ErrCorrupt, page, count)
	}
	for i := range count {
		element := content[headerLength+i*elementLength:]
		child := uint64(0)
		if flags == flagBranch {
			child = binary.NativeEndian.Uint64(element[branchChild:])
		} else if child, err = bucketPage(element); err != nil {
			return fmt.Errorf("%w in page %d", err, page)
		}
		if child == 0 && flags == flagLeaf {
			continue
		}
		if err := p.verify(child); err != nil {
			return err
		}
	}
	return nil
}

// read is a page of the tree with those that belong to it.
func (p *pages) read(page uint64) ([]byte, error) {
	if page >= p.count {
		return nil, fmt.Errorf("%w: there is no page %d", ErrCorrupt, page)
	}
	overflow, err := readHeader(p.file, page, p.pageSize, flagBranch, flagLeaf)
	if err != nil {
		return nil, err
	}
	more := uint64(overflow)
	if more >= p.count-page {
		return nil, fmt.Errorf("%w: page %d is longer than the file", ErrCorrupt, page)
	}
	for n := page; n <= page+more; n++ {
		if p.used[n] {
			return nil, fmt.Errorf("%w: page %d is used twice", ErrCorrupt, n)
		}
		p.used[n] = true
	}
	content := make([]byte, (more+1)*uint64(p.pageSize))
	if _, err := p.file.ReadAt(content, int64(page)*int64(p.pageSize)); err != nil {
		return nil, fmt.Errorf("%w: read page %d: %w", ErrCorrupt, page, err)
	}
	return content, nil
}

// bucketPage is the first page of the bucket that a leaf's element holds; 0 for a record, and for a bucket inside of the leaf.
func bucketPage(element []byte) (uint64, error) {
	if binary.NativeEndian.Uint32(element)&leafIsBucket == 0 {
		return 0, nil
	}
	field := func(at int) uint64 { return uint64(binary.NativeEndian.Uint32(element[at:])) }
	at := field(leafPosition) + field(leafKey)
	if field(leafValue) < 8 || at+8 > uint64(len(element)) {
		return 0, fmt.Errorf("%w: a bucket lies outside", ErrCorrupt)
	}
	return binary.NativeEndian.Uint64(element[at:]), nil
}
