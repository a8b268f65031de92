package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// loadHint returns what saveHint kept, or nothing when there is no such file.
func loadHint(path string) ([]state.PendingKey, error) {
	file, err := os.Open(path)
	if path == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load hint: %w", err)
	}
	defer file.Close()
	var keys []state.PendingKey
	if err := gob.NewDecoder(file).Decode(&keys); err != nil {
		return nil, fmt.Errorf("load hint: %w", err)
	}
	return keys, nil
}

// saveHint keeps the keys for the next run, where a path is given.
func saveHint(path string, keys []state.PendingKey) error {
	if path == "" {
		return nil
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save hint: %w", err)
	}
	if err := errors.Join(gob.NewEncoder(file).Encode(keys), file.Close()); err != nil {
		return fmt.Errorf("save hint: %w", err)
	}
	return nil
}
