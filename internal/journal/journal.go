package journal

import (
	"errors"
	"fmt"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Reasons for refusing a record. Nothing of the call that got one is written.
var (
	// ErrRetired: the journal was exported to go elsewhere and never votes again.
	ErrRetired = errors.New("the journal is retired: its key votes elsewhere; to bring the key back, import that place's export into a new file")
	// ErrFull: the round or the evidence has as many records as the journal keeps.
	ErrFull = errors.New("no room for another record of this kind: more exist than any committee makes")
	// ErrInvalid: the record contradicts itself or is out of bounds.
	ErrInvalid = errors.New("invalid record")
)

// Reasons for not opening a journal, and for not using one any more.
var (
	// ErrMissing: there is no file.
	ErrMissing = errors.New("no journal there: check the path; the node creates one when it starts")
	// ErrLocked: another process has the file.
	ErrLocked = errors.New("another process uses the journal: stop the other oraclenode first; two with one key must never run")
	// ErrPermissions: others than the owner can read or write the file.
	ErrPermissions = errors.New("the journal is open to others: chmod 600 it, and find out who changed it")
	// ErrOwner: the file is another user's. A command that wrote it anew would take it from the node.
	ErrOwner = errors.New("the journal belongs to another user: run the command as that user (sudo -u); if sudo took the journal already, chown it back")
	// ErrIdentity: the journal belongs to another network, oracle or key.
	ErrIdentity = errors.New("the journal is another key's or another network's: check path and key; never edit it to fit")
	// ErrSchema: written by another version of this program.
	ErrSchema = errors.New("the journal has another schema: use the version of oraclenode that wrote it, export, and import here")
	// ErrCorrupt: bytes on the disk are not what was written.
	ErrCorrupt = errors.New("the journal is damaged: keep the file, check the disk, and import your newest export into a new file; without one start with a new file, and the node asks the others first")
	// ErrMoved: the file at the path is not the one that was opened.
	ErrMoved = errors.New("the journal was moved, replaced or deleted under the running node: stop it and put the file back")
	// ErrFailed: an earlier write failed, so what is on the disk is not known.
	ErrFailed = errors.New("writing the journal failed: close it, make room or repair the disk, and open it again")
	// ErrClosed: used after Close.
	ErrClosed = errors.New("the journal is closed")
)

// ErrExport: a file is not a complete, unchanged export.
var ErrExport = errors.New("not an intact journal export: take it again from its source")

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

// Append makes records durable, all or none, in their order, and returns after fsync. consensus.MemoryJournal specifies what a journal
// keeps and refuses. Of records that exist already, only a vote is written again.
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

// New reports whether the journal cannot know all that its key voted for: no core has opened it, or none has voted since a merge. The core votes only
// after asking the other members.
func (j *Journal) New() (bool, error) {
	isNew := false
	err := j.view(func(t transaction) error {
		existing, found, err := get(t, opened{})
		isNew = !found || existing.RefSlot == unbounded
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
	if err := j.file.checkPath(); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	err := recoverFault("write", func() error {
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
	err := recoverFault("read", func() error {
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
