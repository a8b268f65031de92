// Package process runs a program as a child: its output goes to a file, its standard input takes commands, and it does not outlive its parent.
//
//	Start ─► Process ── WriteLine ──► child's standard input        (closed when the parent dies: the child ends itself)
//	            │  Kill, Stop
//	            └─ Done ◄── exit of the child, Err says how
package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Reasons for which a child is not what it should be.
var (
	// ErrStart: the child could not be started.
	ErrStart = errors.New("start a child process")
	// ErrEnded: the child has ended.
	ErrEnded = errors.New("the child process has ended")
)

// stopTime is how long a child that is asked to end may take.
const stopTime = time.Minute

// Program is what is run.
type Program struct {
	Path string
	Args []string
	Dir  string
	Env  []string // KEY=value; nil: the parent's
	Log  string   // file that its output is appended to
}

// Process is a child. It is safe for concurrent use.
type Process struct {
	command *exec.Cmd
	input   io.WriteCloser
	log     *os.File
	done    chan struct{}
	err     error // how it ended; to be read after done

	mu sync.Mutex // guards input
}

// Start starts a program. Errors: ErrStart.
func Start(p Program) (*Process, error) {
	log, err := os.OpenFile(p.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	c := exec.Command(p.Path, p.Args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = p.Dir, p.Env, log, log
	// A terminal's interrupt is for the parent, which ends its children in order.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	input, err := c.StdinPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("%w %s: %w", ErrStart, p.Path, errors.Join(err, log.Close()))
	}
	child := &Process{command: c, input: input, log: log, done: make(chan struct{})}
	go child.wait()
	return child, nil
}

func (p *Process) wait() {
	p.err = errors.Join(p.command.Wait(), p.log.Close())
	close(p.done)
}

// PID is the child's process id.
func (p *Process) PID() int { return p.command.Process.Pid }

// Done is closed when the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Err is how the child ended, nil while it runs.
func (p *Process) Err() error {
	select {
	case <-p.done:
		return p.err
	default:
		return nil
	}
}

// WriteLine writes a line to the child's standard input. Errors: ErrEnded.
func (p *Process) WriteLine(line string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := io.WriteString(p.input, line+"\n"); err != nil {
		return fmt.Errorf("%w: %w", ErrEnded, err)
	}
	return nil
}

// Kill ends the child as a power cut would, and waits for it.
func (p *Process) Kill() {
	// It fails only for a child that has ended.
	_ = p.command.Process.Signal(syscall.SIGKILL)
	<-p.done
}

// Stop asks the child to end, and kills it when it does not, or when ctx ends first. Its error is how the child ended.
func (p *Process) Stop(ctx context.Context) error {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	timer := time.NewTimer(stopTime)
	defer timer.Stop()
	select {
	case <-p.done:
		if status, ok := p.command.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGTERM {
			return nil // It was asked before it had anything to end in order.
		}
		return p.err
	case <-timer.C:
	case <-ctx.Done():
	}
	p.Kill()
	return fmt.Errorf("child process %d did not end in %s and was killed", p.PID(), stopTime)
}
