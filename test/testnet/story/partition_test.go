//go:build testnet && linux

package story

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/stretchr/testify/require"
)

// partitionMembers cuts the last members off from the others.
func (s *story) partitionMembers() error {
	if s.space != nil {
		return s.space.cut(s.ctx)
	}
	var ids []string
	for _, m := range s.running() {
		if m.commands == nil {
			ids = append(ids, m.PeerID)
		}
	}
	return s.sendFault("cut-off " + strings.Join(ids, " "))
}

// reconnectMembers connects them again.
func (s *story) reconnectMembers() error {
	if s.space != nil {
		return s.space.heal(s.ctx)
	}
	return s.sendFault("cut-off")
}

// sendFault sends a line to the members that take commands: those that a machine without namespaces cannot cut off otherwise.
func (s *story) sendFault(line string) error {
	for _, m := range s.running() {
		if m.commands == nil {
			continue
		}
		if _, err := fmt.Fprintln(m.commands, line); err != nil {
			return fmt.Errorf("tell %s: %w", m.name, err)
		}
	}
	return nil
}

// computedOnBothSides reports whether members of both groups have computed the report.
func (s *story) computedOnBothSides(refSlot uint64) bool {
	computed := make(map[bool]bool)
	for i, m := range s.running() {
		status, _ := s.recorder.latest(m.name)
		for _, round := range status.Rounds {
			if round.RefSlot == refSlot && round.Digest != nil {
				computed[s.isApart(i)] = true
			}
		}
	}
	return len(computed) == 2
}

// requireNoCertificate checks that members of both groups have computed the report, and that nobody could certify it.
func (s *story) requireNoCertificate(refSlot uint64) {
	computed := make(map[bool]int)
	for i, m := range s.running() {
		status, ok := s.recorder.latest(m.name)
		require.True(s, ok)
		for _, round := range status.Rounds {
			if round.RefSlot != refSlot {
				continue
			}
			require.Nil(s, round.Certificate, "%s has a certificate that a part of the committee made", m.name)
			require.Nil(s, round.Accepted)
			if round.Digest != nil {
				computed[s.isApart(i)]++
			}
		}
	}
	s.Logf("split: %d members on this side and %d on the other have the report", computed[false], computed[true])
	require.Positive(s, computed[false])
	require.Positive(s, computed[true])
}

// allConnected reports whether every running member sees every other.
func (s *story) allConnected() bool {
	all := s.running()
	for _, m := range all {
		status, ok := s.recorder.latest(m.name)
		if !ok || len(status.Peers) < len(all)-1 {
			return false
		}
	}
	return true
}

// hostOf is host and port of a node, as members name it.
func hostOf(node string) string {
	u, err := url.Parse(node)
	if err != nil {
		return node
	}
	return u.Host
}
