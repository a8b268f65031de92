//go:build !linux

package main

import (
	"fmt"
	"os"
	"os/exec"
)

func startPinned(*exec.Cmd, int) error {
	return fmt.Errorf("%w: affinity and peak memory are measured on Linux only", errUsage)
}

func availableCores() int { return 0 }

func peakResident(*os.ProcessState) uint64 { return 0 }

func ownPeak() uint64 { return 0 }

func dropCached(string) error { return nil }
