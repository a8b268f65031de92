package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// errRunning says that another process holds the lock.
var errRunning = errors.New("the network runs already")

// lock takes the lock that a running network holds; release it by closing the file. It dies with its process, and no
// child inherits it. The error wraps errRunning when another process has it.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the network's lock: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errRunning
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

// writePID leaves the number of this process in the lock's file, for down.
func writePID(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return fmt.Errorf("write the network's process number: %w", err)
	}
	if _, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return fmt.Errorf("write the network's process number: %w", err)
	}
	return nil
}

// readPID returns the number of the process that holds the lock.
func readPID(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("read the network's process number: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 32))
	if err != nil {
		return 0, fmt.Errorf("read the network's process number: %w", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	// Numbers up to 1 would signal a group of processes, or init.
	if err != nil || pid <= 1 {
		return 0, fmt.Errorf("%s holds %q, which is not the number of a process", path, text)
	}
	return pid, nil
}

// lockFolder makes the network's folder, if it is not there, and locks it.
func lockFolder(s settings) (*os.File, error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, fmt.Errorf("create the network's folder: %w", err)
	}
	return lock(s.lockFile())
}
