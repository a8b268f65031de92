package operator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Home is where a member's files are. A zero path has no file.
type Home struct {
	Manifest          string // the network's, YAML
	Keystore          string // BLS key, EIP-2335
	KeystorePassword  string
	Identity          string // libp2p key
	Submitter         string // account, Web3 Secret Storage version 3
	SubmitterPassword string
	Journal           string
}

// homeMode of a folder that is made: nobody else looks inside.
const homeMode = 0o700

// HomeAt gives the files of a folder their usual names.
func HomeAt(folder string) Home {
	in := func(name string) string { return filepath.Join(folder, name) }
	return Home{
		Manifest: in("manifest.yaml"), Keystore: in("keystore.json"), KeystorePassword: in("keystore.password"), Identity: in("identity"),
		Submitter: in("submitter.json"), SubmitterPassword: in("submitter.password"), Journal: in("journal.db"),
	}
}

// makeFolderOf makes the folder of a file when it is not there; the one above must be.
func makeFolderOf(path string) error {
	err := os.Mkdir(filepath.Dir(path), homeMode)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return fmt.Errorf("make the home folder: %w", err)
}

// exists tells whether there is something at path, a dangling link too.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err == nil, nil
	}
	return false, err
}
