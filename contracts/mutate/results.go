package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// result is one line of the file of results: what became of a fault, or how long the tests take without one.
type result struct {
	Seed    uint64    `json:"seed"`
	Sources string    `json:"sources"` // digest of contracts, tests and settings
	Fault   string    `json:"fault"`   // its identity; empty without fault
	Killed  bool      `json:"killed"`
	Killer  string    `json:"killer,omitempty"` // the test that noticed
	Seconds float64   `json:"seconds"`
	Clean   *baseline `json:"clean,omitempty"`
}

// baseline is a run of all tests with no fault on.
type baseline struct {
	Quick    float64  `json:"quick"` // seconds of the clock
	Full     float64  `json:"full"`
	QuickCPU float64  `json:"quickCPU"` // seconds of the processor
	FullCPU  float64  `json:"fullCPU"`
	Failing  []string `json:"failing,omitempty"` // tests that fail all the same
}

// results is a file that only grows.
type results struct {
	mutex   sync.Mutex
	file    *os.File
	known   map[string]result
	killers map[string]string // of any sources: who killed the fault before
}

func key(seed uint64, sources, fault string) string {
	return fmt.Sprintf("%d/%s/%s", seed, sources, fault)
}

// openResults reads what earlier runs found. A last line that was cut short is passed over.
func openResults(path string) (*results, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("folder of the results: %w", err)
	}
	r := &results{known: map[string]result{}, killers: map[string]string{}}
	if err := r.read(path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the results: %w", err)
	}
	r.file = file
	return r, r.endLine()
}

func (r *results) read(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the results: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one result
		if json.Unmarshal(lines.Bytes(), &one) == nil {
			r.index(one)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s, remove it to start anew: %w", path, err)
	}
	return nil
}

// endLine keeps the next line apart from one that was cut short.
func (r *results) endLine() error {
	info, err := r.file.Stat()
	if err != nil {
		return fmt.Errorf("look at the results: %w", err)
	}
	if info.Size() == 0 {
		return nil
	}
	last := make([]byte, 1)
	if _, err := r.file.ReadAt(last, info.Size()-1); err != nil {
		return fmt.Errorf("read the end of the results: %w", err)
	}
	if last[0] == '\n' {
		return nil
	}
	if _, err := r.file.WriteString("\n"); err != nil {
		return fmt.Errorf("write the results, is the disk full? %w", err)
	}
	return nil
}

func (r *results) index(one result) {
	r.known[key(one.Seed, one.Sources, one.Fault)] = one
	if one.Killer != "" {
		r.killers[one.Fault] = one.Killer
	}
}

// find is what an earlier run found.
func (r *results) find(seed uint64, sources, fault string) (result, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	one, ok := r.known[key(seed, sources, fault)]
	return one, ok
}

// killer is the test that noticed a fault the last time, in these sources or others; empty for none.
func (r *results) killer(fault string) string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.killers[fault]
}

// add writes a result at once, so that a run that is stopped loses only what it was at.
func (r *results) add(one result) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var line bytes.Buffer
	lines := json.NewEncoder(&line)
	lines.SetEscapeHTML(false) // comparisons are to be read
	if err := lines.Encode(one); err != nil {
		return fmt.Errorf("write a result: %w", err)
	}
	if _, err := r.file.Write(line.Bytes()); err != nil {
		return fmt.Errorf("write a result, is the disk full? %w", err)
	}
	r.index(one)
	return nil
}

func (r *results) close() error { return r.file.Close() }
