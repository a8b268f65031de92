package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

const maxReportBytes = 64 << 10

// up starts the network in the background, unless it runs already, and returns when it is finalized.
func up(ctx context.Context, s settings, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	ended, err := startHost(s)
	if errors.Is(err, errRunning) {
		fmt.Fprintln(out, "The network runs already; make testnet-down stops it.")
	} else if err != nil {
		return err
	}
	info, err := waitFinalized(ctx, s, out, ended)
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("%w; the network goes on in the background, make testnet-down stops it", err)
		}
		return err
	}
	describe(out, info)
	return nil
}

// startHost starts the command run, in a session of its own so that the terminal's signals do not reach it, and
// returns how it ends. The error wraps errRunning when there is a network already; nothing is changed then.
func startHost(s settings) (<-chan error, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	if err := removeOld(s); err != nil {
		return nil, err
	}
	log, err := os.Create(s.logFile())
	if err != nil {
		return nil, fmt.Errorf("create the network's log: %w", err)
	}
	defer log.Close()
	command := exec.Command(self, "run", "-dir="+s.dir, "-binaries="+s.binaries, "-fork="+s.fork, "-transition="+s.transition,
		"-extra-validators="+strconv.FormatUint(uint64(s.extraValidators), 10))
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start the network in the background: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	return ended, nil
}

// removeOld removes the network before: its description must not be taken for the new one's.
func removeOld(s settings) error {
	held, err := lockFolder(s)
	if err != nil {
		return err
	}
	defer held.Close()
	if err := os.RemoveAll(s.networkDir()); err != nil {
		return fmt.Errorf("remove the network before: %w", err)
	}
	return nil
}

// waitFinalized prints a line for each new block until the chain is finalized.
func waitFinalized(ctx context.Context, s settings, out io.Writer, ended <-chan error) (testnet.Info, error) {
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	var seen progress
	for {
		info, status, err := look(ctx, s)
		if err != nil {
			return info, err
		}
		seen.report(out, info, status)
		if status.Finalized.Epoch > 0 {
			return info, nil
		}
		select {
		case <-ticker.C:
		case err := <-ended:
			return info, fmt.Errorf("the network ended (%v):\n%s", err, report(s))
		case <-ctx.Done():
			return info, fmt.Errorf("wait for finality: %w", ctx.Err())
		}
	}
}

// look returns the network's description and status: empty ones while it does not answer.
func look(ctx context.Context, s settings) (testnet.Info, testnet.Status, error) {
	info, err := testnet.ReadInfo(s.networkDir())
	if errors.Is(err, fs.ErrNotExist) {
		return info, testnet.Status{}, nil
	}
	if err != nil {
		return info, testnet.Status{}, err
	}
	status, err := info.Status(ctx)
	if err != nil {
		return info, testnet.Status{}, nil
	}
	return info, status, nil
}

// progress is what has been printed.
type progress struct {
	announced bool
	slot      uint64
}

func (p *progress) report(out io.Writer, info testnet.Info, status testnet.Status) {
	if !p.announced && info.BeaconURL != "" {
		p.announced = true
		fmt.Fprintf(out, "The nodes answer; genesis is at %s, finality about %d s later.\n",
			info.SlotStart(0).Format(time.TimeOnly), 4*info.SlotsPerEpoch*info.SecondsPerSlot)
	}
	if status.HeadSlot > p.slot {
		p.slot = status.HeadSlot
		fmt.Fprintf(out, "slot %3d  epoch %2d  justified %2d  finalized %2d\n",
			p.slot, p.slot/info.SlotsPerEpoch, status.Justified.Epoch, status.Finalized.Epoch)
	}
}

// report returns what the command run has logged.
func report(s settings) string {
	file, err := os.Open(s.logFile())
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxReportBytes))
	if err != nil {
		return err.Error()
	}
	return string(text)
}
