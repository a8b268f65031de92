package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

// readAuditCache reads a cache; a file that is not there yet is an empty one. Nobody else may have written it.
func readAuditCache(path string, m *manifest.Manifest) (*audit.Cache, error) {
	if path == "" {
		return audit.NewCache(m), nil
	}
	data, err := keyfile.ReadPrivate(path, audit.MaxCacheBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return audit.NewCache(m), nil
	}
	if err != nil {
		return nil, fmt.Errorf("--cache: %w", err)
	}
	cache, err := audit.ReadCache(bytes.NewReader(data), m)
	if err != nil {
		return nil, fmt.Errorf("--cache %s: %w", path, err)
	}
	return cache, nil
}

// keep writes the cache.
func (f *auditFlags) keep(cache *audit.Cache) error {
	if f.cache == "" {
		return nil
	}
	var out bytes.Buffer
	if err := cache.Write(&out); err != nil {
		return err
	}
	if err := keyfile.ReplacePrivate(f.cache, out.Bytes()); err != nil {
		return fmt.Errorf("--cache: %w", err)
	}
	return nil
}

func readNames(path string) (audit.Names, error) {
	if path == "" {
		return nil, nil
	}
	data, err := readUpTo(path, audit.MaxNamesBytes)
	if err != nil {
		return nil, fmt.Errorf("--names: %w", err)
	}
	names, err := audit.ParseNames(data)
	if err != nil {
		return nil, fmt.Errorf("--names %s: %w", path, err)
	}
	return names, nil
}

// print writes a result as the flags say.
func (f *auditFlags) print(env environment, r audit.Result) error {
	if err := f.writePage(env, r); err != nil {
		return err
	}
	switch {
	case f.asJSON:
		return audit.WriteJSON(env.out, r)
	case f.asCSV:
		return audit.WriteCSV(env.out, r)
	}
	return audit.WriteText(env.out, r)
}

func (f *auditFlags) writePage(env environment, r audit.Result) error {
	if f.html == "" {
		return nil
	}
	var page bytes.Buffer
	if err := audit.WriteHTML(&page, r, env.now()); err != nil {
		return err
	}
	next := f.html + ".new"
	if err := os.WriteFile(next, page.Bytes(), 0o644); err != nil {
		return fmt.Errorf("--html: %w", err)
	}
	if err := os.Rename(next, f.html); err != nil { // whole or not at all: somebody may be looking
		return fmt.Errorf("--html: %w", err)
	}
	return nil
}

// printFresh writes what a look has found: new findings, in the form of the flags.
func (f *auditFlags) printFresh(env environment, bar *progress, r audit.Result, fresh []audit.Finding) error {
	if err := f.writePage(env, r); err != nil {
		return err
	}
	r.Reports, r.Missed, r.Members, r.Findings = nil, nil, nil, fresh
	out := bar.above(env.out)
	if f.asJSON && len(fresh) > 0 {
		return audit.WriteFindings(out, fresh)
	}
	for _, finding := range fresh {
		if _, err := fmt.Fprintln(out, audit.FindingText(finding)); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	return nil
}
