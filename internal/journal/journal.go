package journal

import (
	"errors"
	"fmt"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Journal is the open journal of one key. It may be used from several goroutines.
type Journal struct {
	identity Identity
	keep     int

	mu     sync.Mutex
	file   *lockedFile // nil: closed
	failed error       // why it must be closed
	stuck  bool        // bbolt panicked: its own locks are not trusted any more
}

// Identity is what the journal is bound to.
func (j *Journal) Identity() Identity { return j.identity }

// Append makes records durable, all or none, in their order, and returns after fsync. What a journal keeps and refuses is told by
// consensus.Ledger; of what stands already only a vote is written again.
//
// Errors that refuse the records and leave the journal as it was: consensus.ErrSecondDigest, consensus.ErrOlderRound, consensus.ErrNotOpened,
// ErrRetired, ErrFull, ErrInvalid, ErrMoved. After ErrFailed it must be closed and opened again, after ErrCorrupt the process must end: its memory map
// of the damaged file holds the lock.
func (j *Journal) Append(records ...consensus.Record) error {
	forms := make([]stored, 0, len(records))
	for _, r := range records {
		form, err := storedForm(r)
		if err != nil {
			return fmt.Errorf("write the journal: %w", err)
		}
		forms = append(forms, form)
	}
	return j.update(func(t transaction) error {
		m, err := t.meta()
		if err != nil {
			return err
		}
		for _, form := range forms {
			v, votes := form.(vote)
			if votes && m.Retired {
				return ErrRetired
			}
			if err := t.put(form); err != nil {
				return err
			}
			if votes {
				if err := t.bound(v); err != nil {
					return err
				}
			}
		}
		return t.prune(j.keep)
	})
}

// New tells whether the journal cannot know all that its key voted for: no core has opened it, or none has voted since a merge. The core votes only
// after asking the other members.
func (j *Journal) New() (bool, error) {
	isNew := false
	err := j.view(func(t transaction) error {
		standing, found, err := get(t, opened{})
		isNew = !found || standing.RefSlot == unbounded
		return err
	})
	return isNew, err
}

// Records are what a core is made from: JournalOpened, votes, certificates, submissions, evidence, halts; each kind by round, evidence by key. A journal that
// no core has opened has none.
func (j *Journal) Records() ([]consensus.Record, error) {
	c, err := j.Contents()
	return c.Records, err
}

// RemoveHalt is the operator's word that no second node runs with the key, and that a lost journal is accepted. The votes that were found are still not in the
// journal, so JournalOpened is raised to their rounds.
func (j *Journal) RemoveHalt() error {
	return j.update(func(t transaction) error {
		if err := t.reopen(); err != nil {
			return err
		}
		b := t.tx.Bucket([]byte(haltsBucket))
		for k, _ := b.Cursor().First(); k != nil; k, _ = b.Cursor().First() {
			if err := t.remove(haltsBucket, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// Retire ends voting with this journal for ever: its key goes on elsewhere.
func (j *Journal) Retire() error {
	return j.update(func(t transaction) error {
		m, err := t.meta()
		if err != nil {
			return err
		}
		m.Retired = true
		return t.setMeta(m)
	})
}

// Close ends the journal and its lock. Closing twice is fine.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	file := j.file
	j.file = nil
	if j.stuck {
		return file.file.Close() // bbolt's Close would wait for the transaction that panicked
	}
	return file.close()
}

// update runs one transaction and returns after fsync.
func (j *Journal) update(f func(transaction) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := j.file.standsAtPath(); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	err := guarded("write", func() error {
		j.stuck = true
		err := j.commit(f)
		j.stuck = false
		return err
	})
	if errors.Is(err, ErrCorrupt) {
		j.failed = err
	}
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}

// commit ends the journal when the transaction's own end fails: after a failed fsync the system may show bytes that are not on the disk.
func (j *Journal) commit(f func(transaction) error) error {
	tx, err := j.file.db.Begin(true)
	if err != nil {
		return err
	}
	if err := f(transaction{tx: tx}); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		j.failed = fmt.Errorf("%w: %w", ErrFailed, err)
		return j.failed
	}
	return nil
}

// view runs a reading transaction.
func (j *Journal) view(f func(transaction) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(); err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	err := guarded("read", func() error {
		return j.file.db.View(func(tx *bolt.Tx) error { return f(transaction{tx: tx}) })
	})
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	return nil
}

func (j *Journal) usable() error {
	if j.file == nil {
		return ErrClosed
	}
	return j.failed
}
