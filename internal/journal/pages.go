package journal

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
)

// The layout of bbolt's two meta pages, which has not changed since 2014: a page header, then these fields.
const (
	headerLength   = 16
	headerFlags    = 8
	headerOverflow = 12
	flagMeta       = 0x04
	flagFreelist   = 0x10

	metaPageSize = headerLength + 8
	metaFreelist = headerLength + 32
	metaPages    = headerLength + 40
	metaTx       = headerLength + 48
	metaChecksum = headerLength + 56
	metaLength   = headerLength + 64

	smallestPage = 1 << 10
	largestPage  = 64 << 10
)

// metaPage is what a meta page says of the file.
type metaPage struct {
	pageSize            uint32
	freelist, pages, tx uint64
}

// verifyFrame wants both meta pages whole, and a file that is as long as they say. bbolt is content with one whole page: it would silently go back
// by one transaction, and the newest vote would be forgotten. A page that a loss of power tore cannot be told from a damaged one; its fields
// lie within one sector of the disk, so that hardly happens, and refusing is safe.
func verifyFrame(file io.ReaderAt, size int64) error {
	first, err := readMeta(file, 0, 0)
	if err != nil {
		return err
	}
	second, err := readMeta(file, 1, first.pageSize)
	if err != nil {
		return err
	}
	newest := first
	if second.tx > first.tx {
		newest = second
	}
	if second.pageSize != first.pageSize || newest.pages > uint64(size)/uint64(first.pageSize) {
		return fmt.Errorf("%w: %d bytes are too few for %d pages of %d", ErrCorrupt, size, newest.pages, first.pageSize)
	}
	overflow, err := readHeader(file, newest.freelist, newest.pageSize, flagFreelist)
	if err != nil {
		return err
	}
	if uint64(overflow) >= newest.pages-min(newest.freelist, newest.pages) {
		return fmt.Errorf("%w: the list of free pages is longer than the file", ErrCorrupt)
	}
	return nil
}

// readHeader wants a page that calls itself by its number and kind, and returns how many pages it takes beyond one.
func readHeader(file io.ReaderAt, page uint64, pageSize uint32, flag uint16) (overflow uint32, err error) {
	var b [headerLength]byte
	const lastPage = maxFileBytes / smallestPage
	if page > lastPage {
		return 0, fmt.Errorf("%w: there is no page %d", ErrCorrupt, page)
	}
	if _, err := file.ReadAt(b[:], int64(page)*int64(pageSize)); err != nil {
		return 0, fmt.Errorf("%w: read page %d: %w", ErrCorrupt, page, err)
	}
	if id, flags := binary.NativeEndian.Uint64(b[:]), binary.NativeEndian.Uint16(b[headerFlags:]); id != page || flags != flag {
		return 0, fmt.Errorf("%w: page %d calls itself %d of kind %#x, want kind %#x", ErrCorrupt, page, id, flags, flag)
	}
	return binary.NativeEndian.Uint32(b[headerOverflow:]), nil
}

func readMeta(file io.ReaderAt, page uint64, pageSize uint32) (metaPage, error) {
	if _, err := readHeader(file, page, pageSize, flagMeta); err != nil {
		return metaPage{}, err
	}
	var b [metaLength]byte
	if _, err := file.ReadAt(b[:], int64(page)*int64(pageSize)); err != nil {
		return metaPage{}, fmt.Errorf("%w: read meta page %d: %w", ErrCorrupt, page, err)
	}
	sum := fnv.New64a()
	sum.Write(b[headerLength:metaChecksum])
	if binary.NativeEndian.Uint64(b[metaChecksum:]) != sum.Sum64() {
		return metaPage{}, fmt.Errorf("%w: checksum of meta page %d", ErrCorrupt, page)
	}
	m := metaPage{
		pageSize: binary.NativeEndian.Uint32(b[metaPageSize:]),
		freelist: binary.NativeEndian.Uint64(b[metaFreelist:]),
		pages:    binary.NativeEndian.Uint64(b[metaPages:]),
		tx:       binary.NativeEndian.Uint64(b[metaTx:]),
	}
	if m.pageSize < smallestPage || m.pageSize > largestPage {
		return metaPage{}, fmt.Errorf("%w: meta page %d tells of pages of %d bytes", ErrCorrupt, page, m.pageSize)
	}
	return m, nil
}
