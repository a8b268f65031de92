package testnet

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	tailLines = 20
	tailBytes = 8 << 10
)

// ExitError says that a client of the network ended by itself, and what it logged last.
type ExitError struct {
	Client  string // "geth", "beacon-0", "validator-0", "prysmctl" …
	LogPath string // the whole log; empty for a program that keeps none
	LogTail string
	Err     error // how it ended
}

func (e *ExitError) Error() string {
	text := fmt.Sprintf("%s ended: %v", e.Client, e.Err)
	if e.LogPath != "" {
		text += "; its log is " + e.LogPath
	}
	return text + "; its last lines are:\n" + e.LogTail
}

func (e *ExitError) Unwrap() error { return e.Err }

// process is one client; it runs until ended is closed.
type process struct {
	name    string
	logPath string
	command *exec.Cmd
	ended   chan struct{}
	err     error // how it ended, once ended is closed
	// dismissed says that it ends because it was told to, which is no failure of the network.
	dismissed atomic.Bool
}

// startProcess starts a client that writes its log, standard output and error, to name.log in the folder logs.
func startProcess(name, logs, binary string, arguments ...string) (*process, error) {
	p := &process{name: name, logPath: filepath.Join(logs, name+".log"), ended: make(chan struct{})}
	log, err := os.OpenFile(p.logPath, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the log of %s: %w", name, err)
	}
	defer log.Close()
	p.command = exec.Command(binary, arguments...)
	p.command.Stdout, p.command.Stderr = log, log
	p.command.SysProcAttr = diesWithParent()
	started := make(chan error)
	go p.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return p, nil
}

// run starts the process and waits for its end on one thread: the kernel takes the death of the thread that started a
// process for the death of its parent.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.command.Start()
	started <- err
	if err != nil {
		return
	}
	p.err = p.command.Wait()
	close(p.ended)
}

// exit describes the end of a process that should have gone on.
func (p *process) exit() error {
	err := p.err
	if err == nil {
		err = fmt.Errorf("exit status 0")
	}
	return &ExitError{Client: p.name, LogPath: p.logPath, LogTail: tailOf(p.logPath), Err: err}
}

// pause keeps the process from running until resume.
func (p *process) pause() error { return p.signal(syscall.SIGSTOP) }

func (p *process) resume() error { return p.signal(syscall.SIGCONT) }

func (p *process) signal(s syscall.Signal) error {
	if err := p.command.Process.Signal(s); err != nil {
		return fmt.Errorf("send %v to %s: %w", s, p.name, err)
	}
	return nil
}

// stop ends the process, politely first, by force after the grace, and returns when it is gone.
func (p *process) stop(grace time.Duration) error {
	// A signal that finds no process is answered by the channel at once.
	_ = p.resume()
	_ = p.signal(syscall.SIGTERM)
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-p.ended:
		return nil
	case <-timer.C:
	}
	if err := p.command.Process.Kill(); err != nil {
		return fmt.Errorf("kill %s, which did not end within %v: %w", p.name, grace, err)
	}
	<-p.ended
	return nil
}

// tailOf returns the last lines of a log file, or why there are none.
func tailOf(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err.Error()
	}
	text, err := io.ReadAll(io.NewSectionReader(file, max(0, size-tailBytes), tailBytes))
	if err != nil {
		return err.Error()
	}
	return tail(text)
}

// tail returns the last lines of a text.
func tail(text []byte) string {
	text = text[max(0, len(text)-tailBytes):]
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}
