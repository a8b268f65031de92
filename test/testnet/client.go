package testnet

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrUnknownClient says that the network has no client of the name: see PIDs.
var ErrUnknownClient = errors.New("the network has no such client")

// client is a program of the network, which may be stopped and started again.
type client struct {
	*process
	start func() (*process, error)
	ready func(context.Context) error // waits until it answers; may be nil
}

// run starts a client for the first time and returns when it answers. The network watches over it: it fails with its first client that ends without
// having been told to.
func (n *Network) run(ctx context.Context, p plan, name, program string, arguments []string, ready func(context.Context) error) error {
	c := &client{ready: ready, start: func() (*process, error) { return startProcess(name, p.logs(), p.binary(program), arguments...) }}
	n.guard.Lock()
	defer n.guard.Unlock()
	if err := n.launch(c); err != nil {
		return err
	}
	n.clients = append(n.clients, c)
	return c.waitReady(ctx)
}

// launch starts the client's process. The caller holds guard.
func (n *Network) launch(c *client) error {
	p, err := c.start()
	if err != nil {
		return err
	}
	c.process = p
	n.log.Info("client started", "client", p.name, "pid", p.command.Process.Pid)
	go func() {
		<-p.ended
		if !p.dismissed.Load() {
			n.end(p.exit()) // Without effect after Stop or another failure.
		}
	}()
	return nil
}

func (c *client) waitReady(ctx context.Context) error {
	if c.ready == nil {
		return nil
	}
	return c.ready(ctx)
}

// StopClient ends one client as its operator would, by its name (PIDs), and returns when it is gone. The network goes on without it: that tests what
// happens then. Stopping one that does not run does nothing. Errors: ErrUnknownClient.
func (n *Network) StopClient(name string) error {
	n.guard.Lock()
	defer n.guard.Unlock()
	c, err := n.client(name)
	if err != nil {
		return fmt.Errorf("stop %s: %w", name, err)
	}
	c.dismissed.Store(true)
	n.log.Info("client is stopped", "client", name)
	return c.stop(grace)
}

// StartClient starts a client again that StopClient has stopped, on the data that it had, and returns when it answers; a node may still have to catch
// up with the chain. Errors: ErrUnknownClient, the cause when it does not answer before ctx ends.
func (n *Network) StartClient(ctx context.Context, name string) error {
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	c, err := n.relaunch(name)
	if err != nil {
		return fmt.Errorf("start %s: %w", name, err)
	}
	return c.waitReady(ctx)
}

// relaunch starts the client's process unless it runs.
func (n *Network) relaunch(name string) (*client, error) {
	n.guard.Lock()
	defer n.guard.Unlock()
	c, err := n.client(name)
	if err != nil {
		return nil, err
	}
	if err := context.Cause(n.life); err != nil {
		return nil, err
	}
	select {
	case <-c.ended:
		return c, n.launch(c)
	default:
		return c, nil
	}
}

// client finds a client by its name. The caller holds guard.
func (n *Network) client(name string) (*client, error) {
	for _, c := range n.clients {
		if c.name == name {
			return c, nil
		}
	}
	return nil, ErrUnknownClient
}

// validatorClient returns the process of a validator client by its number.
func (n *Network) validatorClient(number int) (*process, error) {
	n.guard.Lock()
	defer n.guard.Unlock()
	count := 0
	for _, c := range n.clients {
		if c.name == validatorName(number) {
			return c.process, nil
		}
		if strings.HasPrefix(c.name, "validator-") {
			count++
		}
	}
	return nil, fmt.Errorf("validator client %d: the network has %d", number, count)
}

// PIDs returns the process number of each client by its name: geth, beacon-0 and beacon-1, validator-0 and so on. One that was stopped keeps the number it
// had.
func (n *Network) PIDs() map[string]int {
	n.guard.Lock()
	defer n.guard.Unlock()
	pids := make(map[string]int, len(n.clients))
	for _, c := range n.clients {
		pids[c.name] = c.command.Process.Pid
	}
	return pids
}
