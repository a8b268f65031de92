package journal

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// recoverFault turns a panic of bbolt, and a fault in the file's memory map, into ErrCorrupt: bbolt trusts the bytes of its file.
func recoverFault(what string, f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s: %v", ErrCorrupt, what, p)
		}
	}()
	return f()
}

// verify reads all of the file. A nil identity is any. Errors: ErrCorrupt, ErrSchema, ErrIdentity.
func (f *lockedFile) verify(identity *Identity) error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	m, err := verifyFrame(f.file, info.Size())
	if err != nil {
		return err
	}
	if err := verifyTree(f.file, m); err != nil {
		return err
	}
	return recoverFault("read", func() error {
		return f.db.View(func(tx *bolt.Tx) error {
			t := transaction{tx: tx}
			m, err := t.meta()
			if err != nil {
				return err
			}
			if identity != nil {
				if err := m.identity().check(*identity); err != nil {
					return err
				}
			}
			return t.verifyRecords()
		})
	})
}

// verifyRecords reads every record in its order, and finds each again by its key: the branches of the tree that lead to it are right as well.
func (t transaction) verifyRecords() error {
	all, err := t.records()
	if err != nil {
		return err
	}
	for _, s := range all {
		if !t.has(s) {
			return fmt.Errorf("%w: a %s cannot be found by its key", ErrCorrupt, s.bucket())
		}
	}
	return t.verifyTotal()
}

// verifyPages lets bbolt check that every page of a file is used once. It does so in a goroutine of its own, where nobody can catch the panics that
// damaged pages cause: it is for a file that was just written. What it adds is no question for the file from which that was copied:
// the copy has pages of its own.
func (f *lockedFile) verifyPages() error {
	return f.db.View(func(tx *bolt.Tx) error {
		var all []string
		for err := range tx.Check() {
			if len(all) < 3 {
				all = append(all, err.Error())
			}
		}
		if len(all) > 0 {
			return fmt.Errorf("%w: %s", ErrCorrupt, strings.Join(all, "; "))
		}
		return nil
	})
}

// checksumTotal is the exclusive or of the checksums of all sealed values. bbolt's pages have no checksums: one wrong bit in the count of a page's elements
// hides a record without harming it, and the newest vote would be forgotten. The total shows it.
type checksumTotal [sha256.Size]byte

var checksumTotalKey = []byte("tally")

// toggle adds a sealed value, or takes it away again.
func (s *checksumTotal) toggle(bucket string, key, value []byte) {
	sum := checksum(bucket, key, value)
	subtle.XORBytes(s[:], s[:], sum[:])
}

// withTotal runs a change and updates the total.
func (t transaction) withTotal(change func(*checksumTotal) error) error {
	meta := t.tx.Bucket([]byte(metaBucket))
	var s checksumTotal
	copy(s[:], meta.Get(checksumTotalKey)) // nothing while the journal is made
	if err := change(&s); err != nil {
		return err
	}
	if err := meta.Put(checksumTotalKey, s[:]); err != nil {
		return fmt.Errorf("put the total of checksums: %w", err)
	}
	return nil
}

// set seals and puts a value.
func (t transaction) set(bucket string, key, payload []byte) error {
	return t.withTotal(func(s *checksumTotal) error {
		b := t.tx.Bucket([]byte(bucket))
		if old := b.Get(key); old != nil {
			s.toggle(bucket, key, old)
		}
		value := seal(bucket, key, payload)
		s.toggle(bucket, key, value)
		if err := b.Put(key, value); err != nil {
			return fmt.Errorf("put a %s: %w", bucket, err)
		}
		return nil
	})
}

// remove deletes a value if it is there.
func (t transaction) remove(bucket string, key []byte) error {
	return t.withTotal(func(s *checksumTotal) error {
		b := t.tx.Bucket([]byte(bucket))
		if old := b.Get(key); old != nil {
			s.toggle(bucket, key, old)
		}
		if err := b.Delete(key); err != nil {
			return fmt.Errorf("delete a %s: %w", bucket, err)
		}
		return nil
	})
}

// verifyTotal counts all values anew. Errors: ErrCorrupt.
func (t transaction) verifyTotal() error {
	var found checksumTotal
	err := t.tx.ForEach(func(name []byte, b *bolt.Bucket) error {
		return b.ForEach(func(key, value []byte) error {
			if string(name) != metaBucket || !bytes.Equal(key, checksumTotalKey) {
				found.toggle(string(name), key, value)
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if kept := t.tx.Bucket([]byte(metaBucket)).Get(checksumTotalKey); !bytes.Equal(found[:], kept) {
		return fmt.Errorf("%w: records are missing", ErrCorrupt)
	}
	return nil
}

// The layout of bbolt's two meta pages, which has not changed since 2014: a page header, then these fields.
const (
	headerLength   = 16
	headerFlags    = 8
	headerOverflow = 12
	flagMeta       = 0x04
	flagFreelist   = 0x10

	metaPageSize = headerLength + 8
	metaRoot     = headerLength + 16
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
	pageSize                  uint32
	root, freelist, pages, tx uint64
}

// verifyFrame wants both meta pages whole, and a file that is as long as they say, and gives the newest. bbolt is content with one whole page: it would silently go back
// by one transaction, and the newest vote would be forgotten. A page that a loss of power tore cannot be told from a damaged one; its fields
// lie within one sector of the disk, so that hardly happens, and refusing is safe.
func verifyFrame(file io.ReaderAt, size int64) (newest metaPage, err error) {
	first, err := readMeta(file, 0, 0)
	if err != nil {
		return newest, err
	}
	second, err := readMeta(file, 1, first.pageSize)
	if err != nil {
		return newest, err
	}
	newest = first
	if second.tx > first.tx {
		newest = second
	}
	if second.pageSize != first.pageSize || newest.pages > uint64(size)/uint64(first.pageSize) {
		return newest, fmt.Errorf("%w: %d bytes are too few for %d pages of %d", ErrCorrupt, size, newest.pages, first.pageSize)
	}
	overflow, err := readHeader(file, newest.freelist, newest.pageSize, flagFreelist)
	if err != nil {
		return newest, err
	}
	if uint64(overflow) >= newest.pages-min(newest.freelist, newest.pages) {
		return newest, fmt.Errorf("%w: the list of free pages is longer than the file", ErrCorrupt)
	}
	return newest, nil
}

// readHeader wants a page that calls itself by its number and one of some kinds, and returns how many pages it takes beyond one.
func readHeader(file io.ReaderAt, page uint64, pageSize uint32, kinds ...uint16) (overflow uint32, err error) {
	var b [headerLength]byte
	const lastPage = maxFileBytes / smallestPage
	if page > lastPage {
		return 0, fmt.Errorf("%w: there is no page %d", ErrCorrupt, page)
	}
	if _, err := file.ReadAt(b[:], int64(page)*int64(pageSize)); err != nil {
		return 0, fmt.Errorf("%w: read page %d: %w", ErrCorrupt, page, err)
	}
	if id, flags := binary.NativeEndian.Uint64(b[:]), binary.NativeEndian.Uint16(b[headerFlags:]); id != page || !slices.Contains(kinds, flags) {
		return 0, fmt.Errorf("%w: page %d calls itself %d of kind %#x, want kind %#x", ErrCorrupt, page, id, flags, kinds)
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
		root:     binary.NativeEndian.Uint64(b[metaRoot:]),
		freelist: binary.NativeEndian.Uint64(b[metaFreelist:]),
		pages:    binary.NativeEndian.Uint64(b[metaPages:]),
		tx:       binary.NativeEndian.Uint64(b[metaTx:]),
	}
	if m.pageSize < smallestPage || m.pageSize > largestPage {
		return metaPage{}, fmt.Errorf("%w: meta page %d tells of pages of %d bytes", ErrCorrupt, page, m.pageSize)
	}
	return m, nil
}
