package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// DefaultKeepSlots is how many reference slots of votes, certificates and submissions stay when Options does not say.
const DefaultKeepSlots = 64

// maxFileBytes is far beyond what the bounds of records allow.
const maxFileBytes = 4 << 30

// openAttempts bounds how often a file that was replaced while its lock was awaited is tried again.
const openAttempts = 3

// Options says which journal to open.
type Options struct {
	Path        string // of the file; its directory is made with mode 0700 if it is missing
	Identity    Identity
	KeepSlots   int           // reference slots whose votes, certificates and submissions stay; 0: DefaultKeepSlots
	LockTimeout time.Duration // how long to wait for another process to end; 0: not at all
}

func (o Options) keep() (int, error) {
	if o.KeepSlots < 0 {
		return 0, fmt.Errorf("%w: keep %d reference slots", ErrInvalid, o.KeepSlots)
	}
	if o.KeepSlots == 0 {
		return DefaultKeepSlots, nil
	}
	return o.KeepSlots, nil
}

// Open opens the journal for writing, and creates it when there is none. It reads every record, then writes the file anew beside the old one and
// puts it in its place: so the file has no unused pages, and all that it shows is on the disk, even if the last process was killed between a
// write and its fsync.
//
// Errors: ErrLocked, ErrPermissions, ErrOwner, ErrIdentity, ErrSchema, ErrCorrupt, ErrMoved, ErrInvalid, and those of the file system.
func Open(o Options) (*Journal, error) {
	keep, err := o.keep()
	if err != nil {
		return nil, err
	}
	if err := o.Identity.validate(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	if err := createIfMissing(path, o.Identity); err != nil {
		return nil, fmt.Errorf("create the journal %s: %w", path, err)
	}
	f, err := openVerified(path, &o.Identity, o.LockTimeout, false)
	if err != nil {
		return nil, fmt.Errorf("open the journal %s: %w", path, err)
	}
	fresh, err := f.rewrite()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write the journal %s anew: %w", path, err), f.close())
	}
	if err := f.close(); err != nil {
		return nil, errors.Join(fmt.Errorf("close the old file of journal %s: %w", path, err), fresh.close())
	}
	return &Journal{file: fresh, identity: o.Identity, keep: keep}, nil
}

// lockedFile is an open bbolt file whose lock is held.
type lockedFile struct {
	path string
	db   *bolt.DB
	file *os.File // db's
	info os.FileInfo
}

func (f *lockedFile) close() error {
	if err := f.db.Close(); err != nil {
		return fmt.Errorf("close %s: %w", f.path, err)
	}
	return nil
}

// checkPath reports whether the path still names the file that is open. Errors: ErrMoved.
func (f *lockedFile) checkPath() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMoved, err)
	}
	if !os.SameFile(info, f.info) {
		return fmt.Errorf("%w: %s is another file now", ErrMoved, f.path)
	}
	return nil
}

// openVerified opens an existing file and reads all of it; a nil identity is any. Who waited for a lock may hold that of a file which has been replaced
// meanwhile: it tries again.
func openVerified(path string, identity *Identity, timeout time.Duration, readOnly bool) (*lockedFile, error) {
	for attempt := 1; ; attempt++ {
		f, err := openBolt(path, timeout, readOnly)
		if err != nil {
			return nil, err
		}
		err = f.checkPath()
		if err == nil {
			if err = f.verify(identity); err == nil {
				return f, nil
			}
		}
		if closing := f.close(); closing != nil || !errors.Is(err, ErrMoved) || attempt == openAttempts {
			return nil, errors.Join(err, closing)
		}
	}
}

// openBolt opens and locks an existing file.
func openBolt(path string, timeout time.Duration, readOnly bool) (*lockedFile, error) {
	f := &lockedFile{path: path}
	options := &bolt.Options{
		Timeout:         max(timeout, time.Nanosecond), // zero would wait for ever
		FreelistType:    bolt.FreelistMapType,
		PreLoadFreelist: true, // here, where a panic is caught
		ReadOnly:        readOnly,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			file, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
			if err != nil {
				return nil, err
			}
			f.info, err = checkFile(file)
			if err == nil && !readOnly {
				err = checkOwner(f.info, os.Geteuid())
			}
			if err != nil {
				return nil, errors.Join(err, file.Close())
			}
			f.file = file
			return file, nil
		},
	}
	err := recoverFault("open", func() (err error) {
		f.db, err = bolt.Open(path, fileMode, options)
		return err
	})
	if err == nil {
		return f, nil
	}
	if f.file != nil {
		_ = f.file.Close() // A panic of bbolt leaves it open. Where bbolt has closed it, this does nothing.
	}
	return nil, openError(err)
}

// openError says what a failure to open means for the one who runs the node. What is no verdict of this package and no error of the system is bbolt's
// on the bytes of the file.
func openError(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return ErrLocked
	case errors.Is(err, os.ErrNotExist):
		return ErrMissing
	case errors.Is(err, ErrCorrupt), errors.Is(err, ErrPermissions), errors.Is(err, ErrOwner), errors.Is(err, ErrInvalid), errors.As(err, new(syscall.Errno)):
		return err
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// checkFile refuses what is no private regular file. Errors: ErrPermissions, ErrCorrupt.
func checkFile(file *os.File) (os.FileInfo, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: not a regular file", ErrInvalid)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%w: its mode is %04o", ErrPermissions, info.Mode().Perm())
	case info.Size() == 0:
		return nil, fmt.Errorf("%w: the file is empty", ErrCorrupt)
	case info.Size() > maxFileBytes:
		return nil, fmt.Errorf("%w: the file has %d bytes", ErrCorrupt, info.Size())
	}
	return info, nil
}

// checkOwner refuses a file, or a directory for a new one, that belongs to another user than the process runs as: who writes the journal anew owns it afterwards.
// Errors: ErrOwner.
func checkOwner(info os.FileInfo, user int) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(stat.Uid) == user {
		return nil
	}
	return fmt.Errorf("%w: %s is user %d's, and this is user %d", ErrOwner, info.Name(), stat.Uid, user)
}

// checkDirectory refuses root a new journal in the directory of another user, who could not use it. Users may have journals in directories of others.
func checkDirectory(info os.FileInfo, user int) error {
	if user != 0 {
		return nil
	}
	return checkOwner(info, user)
}

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
	if err := checkDirectory(directory, os.Geteuid()); err != nil {
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

// rewrite copies the file's content into a fresh file, puts that in its place and returns it, locked. The lock of the old file, which the caller
// holds and closes, keeps others from the name in between. A symbolic link stays: if the file took its place, an older copy would be left where it points.
func (f *lockedFile) rewrite() (*lockedFile, error) {
	real, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return nil, err
	}
	if err := (&lockedFile{path: real, info: f.info}).checkPath(); err != nil {
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
	err = recoverFault("copy", func() error { return bolt.Compact(fresh.db, f.db, 0) }) // one transaction, with fsync
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
