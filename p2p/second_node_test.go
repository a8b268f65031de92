package p2p

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// process draws another number, as a process does.
func process(number int64) func(*Config) {
	return func(c *Config) {
		c.Random = func(below int64) int64 { return number % below }
		c.Timing.HelloInterval = 50 * time.Millisecond
	}
}

// Gossip is never sent back to its author, so two nodes with one identity hear nothing of each other. Their peers tell them.
func TestTwoNodesWithOneIdentityAreTold(t *testing.T) {
	others := []*testNode{startNode(t, 1, process(1)), startNode(t, 2, process(2))}
	first, second := startNode(t, 9, process(3), bootstrap(others...)), startNode(t, 9, process(4), bootstrap(others...))
	require.Equal(t, first.Self(), second.Self())
	for _, n := range append(others, first, second) {
		n.admit(others[0].Self(), others[1].Self(), first.Self())
	}
	for _, n := range []*testNode{first, second} {
		n.eventually("not told", n.saysSecondNode)
	}
	require.NoError(t, first.Close())
	second.eventually("still told, and the other one is gone", func() bool { return !second.saysSecondNode() })
	require.False(t, others[0].saysSecondNode())
}

func (n *testNode) saysSecondNode() bool {
	for _, r := range n.Health().Reasons {
		if r.Code == SecondNode {
			return true
		}
	}
	return false
}

// The peers may not have noticed yet that the process before is gone.
func TestANodeThatWasJustStartedDoesNotBelieveInASecondOne(t *testing.T) {
	other := startNode(t, 1, process(1))
	lingers := startNode(t, 9, process(3), bootstrap(other))
	restarted := startNode(t, 9, process(4), bootstrap(other), func(c *Config) { c.Timing.Linger = time.Hour })
	for _, n := range []*testNode{other, lingers, restarted} {
		n.admit(other.Self(), lingers.Self())
	}
	lingers.eventually("not told", lingers.saysSecondNode)
	restarted.eventually("no hello", func() bool { return restarted.Health().ClockPeers > 0 })
	require.False(t, restarted.saysSecondNode())
}
