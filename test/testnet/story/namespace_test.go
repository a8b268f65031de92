//go:build testnet && linux

package story

import (
	"context"
	"fmt"
	"os"
)

// namespace is a network of its own for some members, with two cables to the machine: one to the other members, which can be cut, and one to the nodes.
// Only the kernel lies between the two sides: to the members it is as if a line had failed.
type namespace struct {
	name                 string
	outsideIP, insideIP  string // of the members' cable
	nodesIP, reachableIP string // of the nodes' cable: outside, inside
}

// newNamespace makes one; its error says that the machine does not allow it.
func newNamespace(ctx context.Context) (*namespace, error) {
	id := os.Getpid() % 200
	n := &namespace{
		name:      fmt.Sprintf("tidemark%d", id),
		outsideIP: fmt.Sprintf("10.213.%d.1", id), insideIP: fmt.Sprintf("10.213.%d.2", id),
		nodesIP: fmt.Sprintf("10.213.%d.5", id), reachableIP: fmt.Sprintf("10.213.%d.6", id),
	}
	peers, nodes := fmt.Sprintf("tm%dp", id), fmt.Sprintf("tm%dn", id)
	for _, command := range [][]string{
		{"netns", "add", n.name},
		{"link", "add", peers, "type", "veth", "peer", "name", "peers", "netns", n.name},
		{"link", "add", nodes, "type", "veth", "peer", "name", "nodes", "netns", n.name},
		{"addr", "add", n.outsideIP + "/30", "dev", peers},
		{"addr", "add", n.nodesIP + "/30", "dev", nodes},
		{"link", "set", peers, "up"},
		{"link", "set", nodes, "up"},
		{"-n", n.name, "addr", "add", n.insideIP + "/30", "dev", "peers"},
		{"-n", n.name, "addr", "add", n.reachableIP + "/30", "dev", "nodes"},
		{"-n", n.name, "link", "set", "lo", "up"},
		{"-n", n.name, "link", "set", "peers", "up"},
		{"-n", n.name, "link", "set", "nodes", "up"},
	} {
		if _, err := output(ctx, "ip", command...); err != nil {
			_ = n.remove(ctx) // Part of it may be there.
			return nil, err
		}
	}
	return n, nil
}

// remove ends the namespace; the cables end with it.
func (n *namespace) remove(ctx context.Context) error {
	_, err := output(ctx, "ip", "netns", "delete", n.name)
	return err
}

// inside are ip's arguments to run a program inside.
func (n *namespace) inside(program string, arguments ...string) []string {
	return append([]string{"netns", "exec", n.name, program}, arguments...)
}

// cut cuts the cable to the other members.
func (n *namespace) cut(ctx context.Context) error {
	_, err := output(ctx, "ip", "-n", n.name, "link", "set", "peers", "down")
	return err
}

// heal plugs it in again.
func (n *namespace) heal(ctx context.Context) error {
	_, err := output(ctx, "ip", "-n", n.name, "link", "set", "peers", "up")
	return err
}
