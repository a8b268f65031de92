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
