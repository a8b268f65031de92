package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// startPinned starts the command on the last cores of those that this process may use: a child inherits the affinity of the thread that forks it.
func startPinned(command *exec.Cmd, cores int) error {
	runtime.LockOSThread() // never unlocked on an error: the thread then ends with its affinity
	var all, some unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		return fmt.Errorf("read affinity: %w", err)
	}
	for cpu := 1023; cpu >= 0 && some.Count() < cores; cpu-- {
		if all.IsSet(cpu) {
			some.Set(cpu)
		}
	}
	if some.Count() < cores {
		return fmt.Errorf("%d cores: %w: this machine lends %d", cores, errUsage, some.Count())
	}
	if err := unix.SchedSetaffinity(0, &some); err != nil {
		return fmt.Errorf("set affinity: %w", err)
	}
	started := command.Start()
	if err := unix.SchedSetaffinity(0, &all); err != nil {
		return fmt.Errorf("reset affinity: %w", err)
	}
	runtime.UnlockOSThread()
	return started
}

// availableCores is how many cores this process may use.
func availableCores() int { return runtime.NumCPU() }

// peakResident is the largest resident memory of an ended process, as wait4 reports it. The kernel counts in what the parent had at the fork, so the
// harness itself must stay small: see ownPeak.
func peakResident(ended *os.ProcessState) uint64 {
	usage, ok := ended.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return uint64(usage.Maxrss) << 10
}

// ownPeak is the largest resident memory of this process so far: no smaller peak of a child can be seen. Its own wait4 figure would count in what
// started it.
func ownPeak() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kibibytes uint64
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kibibytes); err == nil {
			break
		}
	}
	return kibibytes << 10
}

// dropCached has the kernel forget a file that was just written. It keeps such a file in large pieces and maps those whole, so that a program seems to use
// 16 MiB more than the same file read from disk, as an installed program's is.
func dropCached(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer file.Close()
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write %s to disk: %w", path, err)
	}
	if err := unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		return fmt.Errorf("drop %s from the page cache: %w", path, err)
	}
	return nil
}
