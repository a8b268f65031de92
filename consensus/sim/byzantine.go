package sim

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

const everybody = ^uint64(0)

// act lets an arbitrary member follow a strategy, for the again-th time.
func (n *node) act(item *Item, again int) {
	w := n.w
	f := w.factsOf(consensus.Round{Committee: w.current().committee.Digest, RefSlot: w.frames[w.frameAt(w.now)].refSlot})
	if f.electorate.index(n.number) < 0 {
		return
	}
	r := n.random(uint64(item.Strategy))
	w.note(n.number, "%s", item.Strategy)
	switch item.Strategy {
	case Equivocate:
		n.equivocate(f, item, uint64(again))
	case Blind:
		n.sendTo(everybody, n.vote(f, 0))
	case BadSignature:
		n.sendBadSignatures(f, &r)
	case Cancelling:
		n.cancel(f, item)
	case Flood:
		n.flood(f, &r)
	case Replay:
		n.replay(&r)
	case StaleCert:
		n.showStale(f)
	case Withhold:
		n.release(f, item, again)
	case FalseAnswers:
		n.sendTo(everybody, &consensus.Status{Round: f.round, Attempt: r.next(), Votes: fullSet(f.electorate.size()), Certified: r.chance(50)})
	case Forge:
		n.forge(f, &r)
	}
}

// equivocate supports two digests, one towards each half.
func (n *node) equivocate(f *facts, item *Item, again uint64) {
	right, wrong := n.observation(f, 0, 1+again), n.observation(f, item.Value, 1+again)
	n.sendTo(item.Set, right)
	n.sendTo(^item.Set, wrong)
	n.sendTo(item.Set, n.vote(f, 0))
	n.sendTo(^item.Set, n.vote(f, item.Value))
	if again == 4 {
		n.sendTo(everybody, n.vote(f, item.Value))
	}
}

func (n *node) sendBadSignatures(f *facts, r *random) {
	v := n.vote(f, int64(r.below(variants)))
	v.Signature[r.below(16)] ^= byte(1 + r.below(255))
	n.sendTo(everybody, v)
	other := n.vote(f, 0)
	other.Digest = f.digests[1] // the signature is for another digest
	n.sendTo(everybody, other)
	stranger := n.vote(f, 0)
	stranger.Member = uint16(r.below(f.electorate.size() + 2))
	n.sendTo(everybody, stranger)
	n.sendTo(everybody, n.vote(f, 0))
}

// cancel sends a vote that is as much too great as that of another arbitrary member is too small.
func (n *node) cancel(f *facts, item *Item) {
	v := n.vote(f, 0)
	s, first := read(v.Signature), true
	for _, number := range f.electorate.members {
		if w := n.w.nodes[number]; w.arbitrary {
			first = number == n.number
			break
		}
	}
	if first {
		s = s.plus(sum{77, 0})
	} else {
		s = s.plus(sum{^uint64(76), 0})
	}
	v.Signature = s.signature()
	n.sendTo(everybody, n.observation(f, 0, 1))
	n.sendTo(everybody, v)
	n.sendTo(item.Set, n.vote(f, 0))
}

// flood sends much of all kinds, right in form and random in content.
func (n *node) flood(f *facts, r *random) {
	count, only := 24, -1
	target := uint64(1) << r.below(n.w.real)
	if r.chance(25) {
		count, only = 400, r.below(5) // much of one kind, for one node
	}
	for range count {
		round := f.round
		if r.chance(50) {
			round.RefSlot = uint64(r.below(400))
		}
		if r.chance(30) {
			round.Committee = common.Hash{byte(r.next())}
		}
		digest := common.Hash{byte(r.next()), byte(r.next()), byte(r.next())}
		member := uint16(max(f.electorate.index(n.number), 0))
		if r.chance(30) {
			member = uint16(r.below(consensus.MaxMembers + 10))
		}
		to, kind := uint64(1)<<r.below(n.w.real), r.below(5)
		if only >= 0 {
			to, kind = target, only
		}
		switch kind {
		case 0:
			n.sendTo(to, &consensus.Observation{Round: round, Member: member, Attempt: r.next(), Digest: digest, Software: "flood"})
		case 1:
			n.sendTo(to, &consensus.Vote{Round: round, Member: member, Digest: digest, Signature: n.signVote(f, digest)})
		case 2:
			n.sendTo(to, &consensus.RoundRequest{Round: round})
		case 3:
			n.sendTo(to, &consensus.Status{Round: round, Attempt: r.next(), Votes: fullSet(r.below(200)), Certified: r.chance(50)})
		case 4:
			n.sendTo(to, &consensus.RoundAnswer{Round: round, Open: r.chance(80), Votes: make([]consensus.Vote, r.below(80))})
		}
	}
}

// replay says again what somebody said, gossip under its author's name, as gossip is signed.
func (n *node) replay(r *random) {
	heard := n.w.adversary.heard
	for range min(24, len(heard)) {
		s := heard[r.below(len(heard))]
		author := n.number
		switch s.msg.(type) {
		case *consensus.Observation, *consensus.Vote, *consensus.Certificate:
			if r.chance(70) {
				author = s.author
			}
		}
		if to := r.below(n.w.real); to != author && to != n.number {
			n.w.post(n, author, to, s.msg)
		}
	}
}

// showStale shows certificates of other rounds, as they are and as if they were of this one.
func (n *node) showStale(f *facts) {
	for _, c := range n.w.adversary.certificates {
		n.sendTo(everybody, c)
		if c.Round != f.round {
			renamed := *c
			renamed.Round = f.round
			renamed.Report.Committee, renamed.Report.RefSlot = f.round.Committee, f.round.RefSlot
			n.sendTo(everybody, &renamed)
			renamed.Digest = n.w.domain.Digest(renamed.Report)
			again := renamed
			n.sendTo(everybody, &again)
			return
		}
	}
}

// release shows one node alone a vote, or a certificate of votes that others may not have heard.
func (n *node) release(f *facts, item *Item, again int) {
	if again < 2 {
		return
	}
	target := uint64(1) << (int(item.Set) % n.w.script.Size)
	n.sendTo(target, n.observation(f, 0, 1))
	n.sendTo(target, n.vote(f, 0))
	for v := range int64(variants) {
		if c := n.w.makeCertificate(f, v); c.Signers.Count() >= f.q {
			n.sendTo(target, c)
		}
	}
}

// forge sends certificates that are none: too few signers, signers who did not sign, another report, another size.
func (n *node) forge(f *facts, r *random) {
	variant := int64(r.below(variants))
	c := n.w.makeCertificate(f, variant)
	switch r.below(5) {
	case 0: // as it is: of too few, most often
	case 1:
		for place := range f.electorate.size() {
			c.Signers.Set(place)
		}
	case 2:
		for place := range f.electorate.size() {
			if c.Signers.Count() < f.q {
				c.Signers.Set(place)
			}
		}
	case 3:
		c.Report = reportOf(f.round.Committee, f.round.RefSlot, (variant+1)%variants)
	case 4:
		c.Signers = append(c.Signers, 0xff)
	}
	n.sendTo(everybody, c)
}

// lie answers a request with something that is not so.
func (n *node) lie(asker int, request *consensus.RoundRequest) {
	f := n.w.factsOf(request.Round)
	if f == nil || f.electorate.index(n.number) < 0 {
		return
	}
	r := n.random(uint64(asker))
	a := &consensus.RoundAnswer{Round: request.Round, Open: true}
	switch r.below(7) {
	case 0:
		a.Open = false
	case 1: // nothing at all
	case 2:
		for place := range f.electorate.size() {
			a.Votes = append(a.Votes, consensus.Vote{Round: f.round, Member: uint16(place), Digest: f.digests[1], Signature: n.signVote(f, f.digests[1])})
		}
	case 3:
		a.Certificate = n.w.makeCertificate(f, 1)
		for place := range f.electorate.size() {
			a.Certificate.Signers.Set(place)
		}
	case 4:
		a.Votes = []consensus.Vote{*n.vote(f, 0), *n.vote(f, 1), *n.vote(f, 0)}
		a.Observation = n.observation(f, 2, 1)
	case 5:
		shown := reportOf(f.round.Committee, f.round.RefSlot, 2)
		a.Observation, a.Report = n.observation(f, 1, r.next()), &shown
	case 6:
		v := n.vote(f, 1)
		v.Member = uint16(max(f.electorate.index(asker), 0))
		a.Votes = []consensus.Vote{*v}
	}
	n.w.post(n, n.number, asker, a)
}

func fullSet(n int) consensus.Bitmap {
	b := consensus.NewBitmap(n)
	for i := range n {
		b.Set(i)
	}
	return b
}
