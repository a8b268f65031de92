package preflight

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	disk          = "disk"
	freeBad       = 100 << 20 // bytes: the journal itself stays below a few
	freeDoubt     = 2 << 30
	syncDoubt     = 500 * time.Millisecond
	diskProbeName = ".preflight-*"
)

// checkDisk looks at the folder of the journal: room, rights, and how long a write takes until it is durable, which every vote waits for.
func (r *run) checkDisk() {
	if r.Observe {
		r.skip(disk, "", "an observer keeps no journal")
		return
	}
	folder := existing(filepath.Dir(r.Journal))
	if free, err := freeBytes(folder); err != nil {
		r.warn(disk, folder, fmt.Sprintf("free space is not known: %v", err), "look with df, and keep at least 2 GiB free")
	} else {
		r.room(folder, free)
	}
	took, err := r.syncedWrite(folder)
	switch {
	case err != nil:
		r.fail(disk, folder, fmt.Sprintf("cannot write durably: %v", err), "give the user that runs the node a folder that it owns, on a local disk")
	case took > syncDoubt:
		r.warn(disk, folder, fmt.Sprintf("a durable write takes %s", took.Round(time.Millisecond)), "every vote waits for one: use a local SSD")
	default:
		r.pass(disk, folder, fmt.Sprintf("a durable write takes %s", took.Round(10*time.Microsecond)))
	}
}

// existing is the folder itself or the nearest above it that is there: the node makes the rest.
func existing(folder string) string {
	for {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return folder
		}
		folder = parent
	}
}

func (r *run) room(folder string, free uint64) {
	text := fmt.Sprintf("%d MiB free", free>>20)
	switch {
	case free < freeBad:
		r.fail(disk, folder, text, "make room: without a journal that can be written nothing is voted for")
	case free < freeDoubt:
		r.warn(disk, folder, text, "make room before it fills: keep at least 2 GiB free")
	default:
		r.pass(disk, folder, text)
	}
}

func (r *run) syncedWrite(folder string) (took time.Duration, err error) {
	f, err := os.CreateTemp(folder, diskProbeName)
	if err != nil {
		return 0, err
	}
	defer func() {
		_ = f.Close() // it is removed
		if removed := os.Remove(f.Name()); err == nil {
			err = removed
		}
	}()
	started := r.Wall()
	if _, err := f.Write(make([]byte, 4096)); err != nil {
		return 0, err
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	return r.Wall().Sub(started), nil
}
