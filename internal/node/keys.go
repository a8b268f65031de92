package node

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

func readIdentity(path string) (*p2p.Identity, error) {
	identity, err := p2p.ReadIdentityFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("network identity: %w: make one with oraclenode keys new, or name the right file with identity", err)
	}
	if err != nil {
		return nil, fmt.Errorf("network identity %s: %w", path, err)
	}
	return identity, nil
}

// readSecret opens the member's key. The caller wipes it.
func readSecret(keystorePath, passwordPath string) (*bls.SecretKey, error) {
	keystore, err := keyfile.Read(keystorePath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("member key: %w: make one with oraclenode keys new, name the right file with keystore, or run without a key with observe", err)
	}
	if err != nil {
		return nil, fmt.Errorf("member key: %w", err)
	}
	password, err := keyfile.ReadPassword(passwordPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("password of the member key: %w: name its file with keystore-password-file", err)
	}
	if err != nil {
		return nil, fmt.Errorf("password of the member key: %w", err)
	}
	secret, err := keystore.Decrypt(password)
	clear(password)
	if err != nil {
		return nil, fmt.Errorf("member key %s with the password of %s: %w", keystorePath, passwordPath, err)
	}
	return secret, nil
}

// records is a disk behind the core.
type records interface {
	Append(records ...consensus.Record) error
	Records() ([]consensus.Record, error)
	Close() error
}

// openRecords opens the journal of a member. It refuses one that never votes again: its key votes elsewhere.
func openRecords(o journal.Options) (records, error) {
	j, err := journal.Open(o)
	if err != nil {
		return nil, fmt.Errorf("journal %s: %w", o.Path, err)
	}
	contents, err := j.Contents()
	if err == nil && contents.Retired {
		err = journal.ErrRetired
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("journal %s: %w", o.Path, err), j.Close())
	}
	return j, nil
}

// memoryRecords is what an observer has instead of a journal: it never votes, so nothing must outlive the process.
type memoryRecords struct{ ledger consensus.MemoryJournal }

func (m *memoryRecords) Append(records ...consensus.Record) error { return m.ledger.Append(records...) }
func (m *memoryRecords) Records() ([]consensus.Record, error)     { return m.ledger.Records(), nil }
func (m *memoryRecords) Close() error                             { return nil }
