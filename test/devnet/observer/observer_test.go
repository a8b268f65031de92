package observer_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/devnet/observer"
)

// accepting lets everything spread.
type accepting struct{}

func (accepting) Receive(context.Context, consensus.PeerID, consensus.Message) p2p.ValidationResult {
	return p2p.Accept
}
func (accepting) Connected(consensus.PeerID) {}

func TestAMemberThatSignsTwoDigestsIsSeen(t *testing.T) {
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: 4, Seed: 9, SlotTime: time.Second, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, n.Close()) }()
	identity, err := n.Stranger("observer")
	require.NoError(t, err)
	refSlot := n.RefSlot(0)
	committee, err := n.Committee(t.Context(), refSlot)
	require.NoError(t, err)
	require.Len(t, committee.Members, 4)

	m := n.Members[1]
	member, err := p2p.New(p2p.Config{
		Identity: m.Identity(), Network: n.NetworkID(), Software: "test", Handler: accepting{}, Listen: m.Listen, Observers: []string{p2p.PeerIDText(identity.PeerID())},
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, member.Close()) }()
	_, err = member.SetMembers(n.Peers())
	require.NoError(t, err)
	require.NoError(t, member.Join(committee))

	o, err := observer.New(n, identity)
	require.NoError(t, err)
	defer func() { require.NoError(t, o.Close()) }()
	require.NoError(t, o.Follow(t.Context(), refSlot))

	round, domain := consensus.Round{Committee: committee.Digest, RefSlot: refSlot}, n.Manifest.Domain()
	vote := func(digest, signed common.Hash) *consensus.Vote {
		v := &consensus.Vote{Round: round, Member: 1, Digest: digest}
		copy(v.Signature[:], m.Sign(domain.VoteMessage(round.Committee, round.RefSlot, signed)).Bytes())
		return v
	}
	one, other, third := common.Hash{1}, common.Hash{2}, common.Hash{3}
	say := func(votes ...*consensus.Vote) {
		for _, v := range votes {
			require.NoError(t, member.Send(t.Context(), consensus.Outgoing{Message: v}))
		}
	}
	require.Eventually(t, func() bool {
		say(vote(third, one), vote(one, one)) // the first does not verify
		return len(o.Votes()) > 0
	}, time.Minute, 200*time.Millisecond)
	require.Equal(t, []observer.Vote{{Round: round, Key: committee.Members[1].Key, Digest: one}}, o.Votes())
	require.Empty(t, o.DoubleVotes())

	require.Eventually(t, func() bool {
		say(vote(other, other))
		return len(o.DoubleVotes()) > 0
	}, time.Minute, 200*time.Millisecond)
	require.Len(t, o.DoubleVotes(), 2)
}
