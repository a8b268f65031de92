package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

const (
	directoryMode = 0o700
	fileMode      = 0o600
)

// createIfMissing makes a complete file under another name and links it to path: a journal is there as a whole or not at all, and one that another
// process created meanwhile stays.
func createIfMissing(path string, identity Identity) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makeDirectory(filepath.Dir(path)); err != nil {
		return err
	}
	directory, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	if err := judgeDirectory(directory, os.Geteuid()); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // The link keeps the file.
	if err := draft.Close(); err != nil {
		return err
	}
	if err := writeEmpty(draft.Name(), identity); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDirectory(filepath.Dir(path))
}

// writeEmpty makes the journal without records.
func writeEmpty(path string, identity Identity) (err error) {
	db, err := bolt.Open(path, fileMode, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Update(func(tx *bolt.Tx) error {
		for _, bucket := range append(recordBuckets(), metaBucket) {
			if _, err := tx.CreateBucket([]byte(bucket)); err != nil {
				return err
			}
		}
		return transaction{tx: tx}.setMeta(newMeta(identity))
	})
}

// rewritten copies the file's content into a fresh file, puts that in its place and returns it, locked. The lock of the old file, which the caller
// holds and closes, keeps others from the name in between. A symbolic link stays: if the file took its place, an older copy would be left where it points.
func (f *lockedFile) rewritten() (*lockedFile, error) {
	real, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return nil, err
	}
	if err := (&lockedFile{path: real, info: f.info}).standsAtPath(); err != nil {
		return nil, err
	}
	draft := real + ".rewrite" // Nobody else may touch it: the journal is locked.
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	fresh, err := f.copyTo(draft)
	if err != nil {
		return nil, errors.Join(err, os.Remove(draft))
	}
	if err := putInPlace(draft, real); err != nil {
		return nil, errors.Join(err, fresh.close())
	}
	return fresh, nil
}

func (f *lockedFile) copyTo(path string) (fresh *lockedFile, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return nil, err
	}
	fresh = &lockedFile{path: f.path, file: file}
	if fresh.info, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	options := &bolt.Options{FreelistType: bolt.FreelistMapType, OpenFile: func(string, int, os.FileMode) (*os.File, error) { return file, nil }}
	if fresh.db, err = bolt.Open(path, fileMode, options); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	err = guarded("copy", func() error { return bolt.Compact(fresh.db, f.db, 0) }) // one transaction, with fsync
	if err == nil {
		err = fresh.verify(nil)
	}
	if err == nil {
		err = fresh.verifyPages()
	}
	if err != nil {
		return nil, errors.Join(err, fresh.close())
	}
	return fresh, nil
}

func putInPlace(draft, path string) error {
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(path))
}

// makeDirectory makes a directory that only the owner can enter, and makes its name durable.
func makeDirectory(directory string) error {
	if _, err := os.Stat(directory); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(directory)
	if err := makeDirectory(parent); err != nil {
		return err
	}
	if err := os.Mkdir(directory, directoryMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDirectory(parent)
}

// syncDirectory makes the names in a directory durable.
func syncDirectory(directory string) (err error) {
	d, err := os.Open(directory)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", directory, err)
	}
	return nil
}
