package byzantine

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// floodSize is how many observations a forger tells in a slot.
const floodSize = 40

// lies are what is said now: nothing before it is known what is true, since nobody would listen.
func (l *Liar) lies() []consensus.Outgoing {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index < 0 || l.truth == (common.Hash{}) {
		return nil
	}
	if l.manner == Equivocator {
		return l.twoFaced()
	}
	return l.forged()
}

// twoFaced are both votes, and word to each neighbour that there is more to ask for.
func (l *Liar) twoFaced() []consensus.Outgoing {
	all := consensus.NewBitmap(len(l.committee.Members))
	for i := range l.committee.Members {
		all.Set(i)
	}
	return []consensus.Outgoing{
		{Message: l.vote(l.truth)}, {Message: l.vote(l.lie(0))},
		{Message: &consensus.Status{Round: l.round, Attempt: 1, Votes: all}},
	}
}

// answer tells each half of the committee another vote.
func (l *Liar) answer(to consensus.PeerID, round consensus.Round) *consensus.RoundAnswer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if round != l.round || l.index < 0 || l.truth == (common.Hash{}) {
		return &consensus.RoundAnswer{Round: round}
	}
	digest := l.truth
	for i, m := range l.committee.Members {
		if m.Peer == to && i%2 == 1 {
			digest = l.lie(0)
		}
	}
	return &consensus.RoundAnswer{Round: round, Open: true, Votes: []consensus.Vote{*l.vote(digest)}}
}

// forged is a flood of what is worth nothing.
func (l *Liar) forged() (out []consensus.Outgoing) {
	say := func(m consensus.Message) { out = append(out, consensus.Outgoing{Message: m}) }
	for range floodSize {
		l.attempt++
		say(&consensus.Observation{Round: l.round, Member: uint16(l.index), Attempt: l.attempt, Digest: l.lie(l.attempt), Software: "liar"})
	}
	wrong := l.vote(l.lie(0))
	wrong.Digest = l.truth // signed for something else
	say(wrong)
	stolen := l.vote(l.truth)
	stolen.Member = uint16((l.index + 1) % len(l.committee.Members))
	say(stolen)
	for _, c := range l.stale {
		say(c)
		forged := *c
		forged.Round, forged.Report.Committee, forged.Report.RefSlot = l.round, l.round.Committee, l.round.RefSlot
		forged.Digest = l.domain.Digest(forged.Report)
		say(&forged)
	}
	return out
}
