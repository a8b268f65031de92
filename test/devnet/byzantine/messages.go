package byzantine

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// floodSize is how many observations a forger sends in a slot.
const floodSize = 40

// messages are what is sent now: nothing before the honest digest is known, since nobody would take it.
func (n *Node) messages() []consensus.Outgoing {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.index < 0 || n.honestDigest == (common.Hash{}) {
		return nil
	}
	if n.strategy == Equivocator {
		return n.equivocate()
	}
	return n.forge()
}

// equivocate sends both votes, and a status that has each peer ask for more.
func (n *Node) equivocate() []consensus.Outgoing {
	all := consensus.NewBitmap(len(n.committee.Members))
	for i := range n.committee.Members {
		all.Set(i)
	}
	return []consensus.Outgoing{
		{Message: n.vote(n.honestDigest)}, {Message: n.vote(n.falseDigest(0))},
		{Message: &consensus.Status{Round: n.round, Attempt: 1, Votes: all}},
	}
}

// answer gives each half of the committee another vote.
func (n *Node) answer(to consensus.PeerID, round consensus.Round) *consensus.RoundAnswer {
	n.mu.Lock()
	defer n.mu.Unlock()
	if round != n.round || n.index < 0 || n.honestDigest == (common.Hash{}) {
		return &consensus.RoundAnswer{Round: round}
	}
	digest := n.honestDigest
	for i, m := range n.committee.Members {
		if m.Peer == to && i%2 == 1 {
			digest = n.falseDigest(0)
		}
	}
	return &consensus.RoundAnswer{Round: round, Open: true, Votes: []consensus.Vote{*n.vote(digest)}}
}

// forge is a flood of worthless messages.
func (n *Node) forge() (out []consensus.Outgoing) {
	send := func(m consensus.Message) { out = append(out, consensus.Outgoing{Message: m}) }
	for range floodSize {
		n.attempt++
		send(&consensus.Observation{Round: n.round, Member: uint16(n.index), Attempt: n.attempt, Digest: n.falseDigest(n.attempt), Software: "byzantine"})
	}
	wrong := n.vote(n.falseDigest(0))
	wrong.Digest = n.honestDigest // signed for something else
	send(wrong)
	stolen := n.vote(n.honestDigest)
	stolen.Member = uint16((n.index + 1) % len(n.committee.Members))
	send(stolen)
	for _, c := range n.certificates {
		send(c)
		forged := *c
		forged.Round, forged.Report.Committee, forged.Report.RefSlot = n.round, n.round.Committee, n.round.RefSlot
		forged.Digest = n.domain.Digest(forged.Report)
		send(&forged)
	}
	return out
}
