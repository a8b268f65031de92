package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

// ErrUsage: the system does not tell how much of it a process uses.
var ErrUsage = errors.New("the system does not tell what a process uses")

// tick is the unit of processor times in /proc: USER_HZ is 100 wherever Go runs on Linux.
const tick = 10 * time.Millisecond

// Fields of /proc/PID/stat after the name in parentheses, from proc(5): state is 0.
const (
	statUser   = 11
	statSystem = 12
)

// ProcessorTime is how long the child's threads, in user and kernel mode, have run so far, to 10 ms. It needs Linux. Errors: ErrUsage.
func (p *Process) ProcessorTime() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.PID()))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	// The name may hold spaces and parentheses.
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) <= statSystem {
		return 0, fmt.Errorf("%w: /proc/%d/stat is short", ErrUsage, p.PID())
	}
	var ticks uint64
	for _, field := range [][]byte{fields[statUser], fields[statSystem]} {
		n, err := strconv.ParseUint(string(field), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrUsage, err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

// ErrMemory: the system does not tell how much memory a process has.
var ErrMemory = errors.New("the system does not tell a process's memory")

// ResidentBytes is the memory that the child has in use now, as the kernel counts it. It needs Linux. Errors: ErrMemory.
func (p *Process) ResidentBytes() (uint64, error) { return ResidentBytes(p.PID()) }

// ResidentBytes is the memory that a process has in use now, as the kernel counts it. It needs Linux. Errors: ErrMemory.
func ResidentBytes(pid int) (uint64, error) { return memory(pid, "VmRSS:") }

// PeakBytes is the most that ResidentBytes has been. It needs Linux. Errors: ErrMemory.
func (p *Process) PeakBytes() (uint64, error) { return memory(p.PID(), "VmHWM:") }

// memory reads a line of /proc/PID/status.
func memory(pid int, name string) (uint64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrMemory, err)
	}
	for line := range bytes.Lines(text) {
		fields := bytes.Fields(line)
		if len(fields) == 3 && string(fields[0]) == name && string(fields[2]) == "kB" {
			kilobytes, err := strconv.ParseUint(string(fields[1]), 10, 64)
			if err != nil {
				break
			}
			return kilobytes << 10, nil
		}
	}
	return 0, fmt.Errorf("%w: no %s of process %d", ErrMemory, name, pid)
}
