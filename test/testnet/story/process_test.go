//go:build testnet && linux

package story

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// grace is how long a member may take to end in order.
const grace = 90 * time.Second

// process is a program that runs beside the test, with its output in a file.
type process struct {
	command *exec.Cmd
	ended   chan struct{}
	err     error // how it ended, once ended is closed
}

// launch starts a program that dies with the test, whatever way that ends; the output is added to the log. prepare may be nil.
func launch(log string, in io.Reader, prepare func(*exec.Cmd), program string, arguments ...string) (*process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log of %s: %w", program, err)
	}
	defer out.Close()
	p := &process{command: exec.Command(program, arguments...), ended: make(chan struct{})}
	p.command.Stdin, p.command.Stdout, p.command.Stderr = in, out, out
	if prepare != nil {
		prepare(p.command)
	}
	p.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // The kernel takes the end of the thread that started it for the parent's.
		defer runtime.UnlockOSThread()
		err := p.command.Start()
		started <- err
		if err == nil {
			p.err = p.command.Wait()
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	return p, nil
}

// launchHooked starts a program that takes commands on its standard input, at whose end it ends.
func launchHooked(log, program string, arguments ...string) (*process, io.Writer, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("start %s: %w", program, err)
	}
	defer read.Close()
	p, err := launch(log, read, nil, program, arguments...)
	return p, write, err
}

// stop asks the program to end, and returns how it did; one that does not is killed, which is an error.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		<-p.ended
		return fmt.Errorf("it had ended before: %w", p.err)
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-p.ended:
		return p.err
	case <-timer.C:
	}
	err := p.command.Process.Kill()
	<-p.ended
	return fmt.Errorf("it did not end within %v and was killed (%v)", grace, err)
}

// runs reports whether the program still runs.
func (p *process) runs() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// output runs a program to its end and returns its standard output; the error has what it said on standard error.
func output(ctx context.Context, program string, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, program, arguments...)
	var errors bytes.Buffer
	command.Stderr = &errors
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %v: %w\n%s%s", program, arguments, err, errors.Bytes(), out)
	}
	return out, nil
}
