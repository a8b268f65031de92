package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// errNoPeakMemory: the system does not say how much memory the process used at most.
var errNoPeakMemory = errors.New("this system does not tell")

// peakMemory is the most memory, in bytes, that this process had resident so far. Only Linux tells.
func peakMemory() (uint64, error) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, errNoPeakMemory
	}
	defer status.Close()
	return parsePeakMemory(status)
}

// parsePeakMemory finds VmHWM in the text of proc_pid_status(5), whose kB are 1024 bytes.
func parsePeakMemory(status io.Reader) (uint64, error) {
	lines := bufio.NewScanner(status)
	for lines.Scan() {
		value, ok := strings.CutPrefix(lines.Text(), "VmHWM:")
		if !ok {
			continue
		}
		kibibytes, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 10, 54)
		if err != nil {
			return 0, fmt.Errorf("peak memory: %w", err)
		}
		return kibibytes * 1024, nil
	}
	return 0, errNoPeakMemory
}
