package journal

import (
	"fmt"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// guarded turns a panic of bbolt, and a fault in the file's memory map, into ErrCorrupt: bbolt trusts the bytes of its file.
func guarded(what string, f func() error) (err error) {
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
	if err := verifyFrame(f.file, info.Size()); err != nil {
		return err
	}
	return guarded("read", func() error {
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
	return t.verifyTally()
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
