package node

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
)

func TestVerdictFollowsWhatWasNotUsed(t *testing.T) {
	const from = consensus.PeerID("a")
	drop := func(peer consensus.PeerID, reason consensus.Reason) consensus.DroppedInput {
		return consensus.DroppedInput{From: peer, Reason: reason}
	}
	for _, c := range []struct {
		name  string
		drops []consensus.DroppedInput
		want  p2p.ValidationResult
	}{
		{"all used", nil, p2p.Accept},
		{"held already: others may lack it", []consensus.DroppedInput{drop(from, consensus.ReasonDuplicate)}, p2p.Accept},
		{"no use here", []consensus.DroppedInput{drop(from, consensus.ReasonFutureRound)}, p2p.Ignore},
		{"no honest node sends it", []consensus.DroppedInput{drop(from, consensus.ReasonFutureRound), drop(from, consensus.ReasonBadVote)}, p2p.Reject},
		{"something else was dropped meanwhile", []consensus.DroppedInput{drop("", consensus.ReasonStale)}, p2p.Accept},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, validationOf(from, c.drops)) })
	}
}

func TestQuestionsOfAPeerAreBounded(t *testing.T) {
	clock := newChainClock(time.Unix(1_700_000_000, 0))
	v := &messageValidator{r: &runner{parts: &parts{clock: clock}}}
	for range maxRequests {
		require.True(t, v.mayAsk("a"))
	}
	require.False(t, v.mayAsk("a"))
	require.True(t, v.mayAsk("b"), "another peer's questions are its own")
	clock.advance(requestWindow)
	require.True(t, v.mayAsk("a"))
}
