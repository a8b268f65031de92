package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

const (
	pollInterval = 200 * time.Millisecond
	// patience is longer than the network needs to kill five clients that do not end by themselves.
	patience = 5 * time.Minute
)

// down stops the network and returns when it is gone.
func down(ctx context.Context, s settings, out io.Writer) error {
	running, err := isRunning(s)
	if err != nil {
		return err
	}
	if !running {
		fmt.Fprintln(out, "No network runs.")
		return nil
	}
	pid, err := readPID(s.lockFile())
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("ask process %d to stop the network: %w", pid, err)
	}
	if err := waitGone(ctx, s); err == nil || ctx.Err() != nil {
		fmt.Fprintln(out, "The network is stopped.")
		return err
	}
	// On Linux the clients die with it.
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("kill process %d, which did not stop the network: %w", pid, err)
	}
	if err := waitGone(ctx, s); err != nil {
		return err
	}
	fmt.Fprintf(out, "The network did not stop within %v and was killed.\n", patience)
	return nil
}

func isRunning(s settings) (bool, error) {
	if _, err := os.Stat(s.lockFile()); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	held, err := lock(s.lockFile())
	if errors.Is(err, errRunning) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, held.Close()
}

// waitGone waits until no network runs.
func waitGone(ctx context.Context, s settings) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		running, err := isRunning(s)
		if err != nil || !running {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the network to stop: %w", ctx.Err())
		case <-ticker.C:
		}
	}
}
