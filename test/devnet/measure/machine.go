package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

var errMachine = errors.New("the system does not tell how busy it is: Linux is needed")

// machine is what was measured on.
type machine struct {
	cores   int
	model   string
	version string // of Go
	load    string // averages over 1, 5 and 15 minutes, before
}

// String is a sentence.
func (m machine) String() string {
	return fmt.Sprintf("%d cores (%s), %s; load averages before the run: %s", m.cores, m.model, m.version, m.load)
}

func thisMachine() (machine, error) {
	m := machine{cores: runtime.NumCPU(), model: "model not told", version: runtime.Version()}
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return m, fmt.Errorf("%w: %w", errMachine, err)
	}
	m.load = strings.Join(strings.Fields(string(text))[:3], ", ")
	if text, err = os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				m.model = strings.TrimSpace(value)
				break
			}
		}
	}
	return m, nil
}
