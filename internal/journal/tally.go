package journal

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// tally is the exclusive or of the checksums of all sealed values. bbolt's pages have no checksums: one wrong bit in the count of a page's elements
// hides a record without harming it, and the newest vote would be forgotten. The tally tells.
type tally [sha256.Size]byte

var tallyKey = []byte("tally")

// count adds a sealed value, or takes it away again.
func (s *tally) count(bucket string, key, value []byte) {
	sum := checksum(bucket, key, value)
	subtle.XORBytes(s[:], s[:], sum[:])
}

// tallied runs a change that a tally has to follow.
func (t transaction) tallied(change func(*tally) error) error {
	meta := t.tx.Bucket([]byte(metaBucket))
	var s tally
	copy(s[:], meta.Get(tallyKey)) // nothing while the journal is made
	if err := change(&s); err != nil {
		return err
	}
	if err := meta.Put(tallyKey, s[:]); err != nil {
		return fmt.Errorf("put the tally: %w", err)
	}
	return nil
}

// set seals and puts a value.
func (t transaction) set(bucket string, key, payload []byte) error {
	return t.tallied(func(s *tally) error {
		b := t.tx.Bucket([]byte(bucket))
		if old := b.Get(key); old != nil {
			s.count(bucket, key, old)
		}
		value := seal(bucket, key, payload)
		s.count(bucket, key, value)
		if err := b.Put(key, value); err != nil {
			return fmt.Errorf("put a %s: %w", bucket, err)
		}
		return nil
	})
}

// remove deletes a value if it is there.
func (t transaction) remove(bucket string, key []byte) error {
	return t.tallied(func(s *tally) error {
		b := t.tx.Bucket([]byte(bucket))
		if old := b.Get(key); old != nil {
			s.count(bucket, key, old)
		}
		if err := b.Delete(key); err != nil {
			return fmt.Errorf("delete a %s: %w", bucket, err)
		}
		return nil
	})
}

// verifyTally counts all values anew. Errors: ErrCorrupt.
func (t transaction) verifyTally() error {
	var found tally
	err := t.tx.ForEach(func(name []byte, b *bolt.Bucket) error {
		return b.ForEach(func(key, value []byte) error {
			if string(name) != metaBucket || !bytes.Equal(key, tallyKey) {
				found.count(string(name), key, value)
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if kept := t.tx.Bucket([]byte(metaBucket)).Get(tallyKey); !bytes.Equal(found[:], kept) {
		return fmt.Errorf("%w: records are missing", ErrCorrupt)
	}
	return nil
}
