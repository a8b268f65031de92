package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
)

// ErrMemory: the system does not tell how much memory a process has.
var ErrMemory = errors.New("the system does not tell a process's memory")

// ResidentBytes is the memory that the child has in use now, as the kernel counts it. It needs Linux. Errors: ErrMemory.
func (p *Process) ResidentBytes() (uint64, error) { return p.memory("VmRSS:") }

// PeakBytes is the most that ResidentBytes has been. It needs Linux. Errors: ErrMemory.
func (p *Process) PeakBytes() (uint64, error) { return p.memory("VmHWM:") }

// memory reads a line of /proc/PID/status.
func (p *Process) memory(name string) (uint64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
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
	return 0, fmt.Errorf("%w: no %s of process %d", ErrMemory, name, p.PID())
}
