package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of /proc/stat: USER_HZ is 100 wherever Go runs on Linux.
const tick = 10 * time.Millisecond

// maxOtherCores is the processor time, in cores, that other work may take before figures are called noisy.
const maxOtherCores = 0.1

// counters are processor times of all cores since the machine and this process started.
type counters struct {
	at    time.Time
	total time.Duration // of everybody
	own   time.Duration // of this process and of its children that have ended
}

// load is who used the cores in a run.
type load struct {
	lasted      time.Duration
	own, others float64 // cores
}

// since is the load between two readings, with no child running at either.
func (c counters) since(earlier counters) load {
	lasted := c.at.Sub(earlier.at)
	own := c.own - earlier.own
	others := max(c.total-earlier.total-own, 0)
	return load{lasted: lasted, own: float64(own) / float64(lasted), others: float64(others) / float64(lasted)}
}

// String is a sentence.
func (l load) String() string {
	return fmt.Sprintf("The run took %s; it used %.2f cores on average, and other work on the machine %.2f", l.lasted.Round(time.Second), l.own, l.others)
}

func (l load) noisy() bool { return l.others > maxOtherCores }

func readCounters() (c counters, err error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return c, fmt.Errorf("%w: %w", errMachine, err)
	}
	if c.total, err = busy(string(text)); err != nil {
		return c, err
	}
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(who, &used); err != nil {
			return c, fmt.Errorf("%w: %w", errMachine, err)
		}
		c.own += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	c.at = time.Now()
	return c, nil
}

// Fields of the first line of /proc/stat, from proc(5): guests' time is part of the user's.
const (
	statIdle   = 4
	statIOWait = 5
	statSteal  = 8
)

// busy is the time that the cores did not wait, other machines' included that share them.
func busy(stat string) (total time.Duration, err error) {
	line, _, _ := strings.Cut(stat, "\n")
	fields := strings.Fields(line)
	if len(fields) <= statSteal || fields[0] != "cpu" {
		return 0, fmt.Errorf("%w: /proc/stat begins with %q", errMachine, line)
	}
	for i, field := range fields[:statSteal+1] {
		if i == 0 || i == statIdle || i == statIOWait {
			continue
		}
		ticks, err := strconv.ParseUint(field, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", errMachine, err)
		}
		total += time.Duration(ticks) * tick
	}
	return total, nil
}
