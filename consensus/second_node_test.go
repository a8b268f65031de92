package consensus_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func requireAlarm(t *testing.T, ready consensus.Ready, kind consensus.AlarmKind) consensus.Alarm {
	t.Helper()
	for _, a := range ready.Alarms {
		if a.Kind == kind {
			return a
		}
	}
	require.Failf(t, "no alarm", "%s is not among %v", kind, ready.Alarms)
	return consensus.Alarm{}
}

// A second node with the same keys speaks as this node's peer.
func TestAnotherDigestsVoteFromTheOwnPeerStopsTheNode(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	ready := core.Step(1, consensus.Received{From: peerOf(0), Message: voteOf(id, 0, common.Hash{9})})
	requireAlarm(t, ready, consensus.AlarmOwnVoteFound)
	_, halted := core.Halted()
	require.True(t, halted)
}

func TestABadVoteInTheOwnNameIsNothing(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	bad := voteOf(id, 0, common.Hash{9})
	bad.Signature[0] ^= 1
	ready := core.Step(1, consensus.Received{From: peerOf(0), Message: bad})
	require.Empty(t, ready.Alarms)
	require.Equal(t, consensus.ReasonBadVote, ready.Dropped[0].Reason)
	_, halted := core.Halted()
	require.False(t, halted)
}

// The identity key signs no votes: an observation is a reason to look, not to stop.
func TestAnObservationFromTheOwnPeerThatThisProcessDidNotMakeIsAlarmed(t *testing.T) {
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(5_000, consensus.Computed{Report: reportFor(id, 1)})
	own := observationOf(id, 0, 1)
	own.Attempt, own.Software = 5_000, configOf(0, nil).Software
	require.Empty(t, core.Step(5_001, consensus.Received{From: peerOf(0), Message: own}).Alarms, "its own, come back")

	before := observationOf(id, 0, 2)
	before.Attempt = 0
	require.Empty(t, core.Step(5_001, consensus.Received{From: peerOf(0), Message: before}).Alarms, "said before the restart")

	twins := observationOf(id, 0, 2)
	twins.Attempt = 6_000
	requireAlarm(t, core.Step(6_001, consensus.Received{From: peerOf(0), Message: twins}), consensus.AlarmSecondNode)
	_, halted := core.Halted()
	require.False(t, halted)
}
