package sim

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Strategy is what an arbitrary member does.
type Strategy uint8

// Strategies.
const (
	Silent       Strategy = iota // says nothing
	Equivocate                   // observes and votes the right digest towards Set, another one towards the rest
	Blind                        // votes for the right digest at once, without observing
	BadSignature                 // votes that do not verify, in its own and in others' names
	Cancelling                   // two members' votes are wrong, their sum is right
	Flood                        // random rounds, digests, committees, attempts, in all messages
	Replay                       // what was said before, by anybody
	StaleCert                    // certificates of older rounds, as they are or under a new name
	Withhold                     // keeps what it hears, and shows a vote or certificate late and to one node only
	FalseAnswers                 // answers Round and Status with lies
	Forge                        // certificates that are none
	Twin                         // two honest-looking processes with one key, each for one half of the network
	strategyCount
)

func (s Strategy) String() string {
	return [...]string{"is silent", "equivocates", "votes blindly", "sends bad signatures", "sends cancelling signatures", "floods", "replays", "shows stale certificates",
		"withholds", "lies", "forges certificates", "runs twins"}[s]
}

// maxMemory bounds what the adversary replays from.
const maxMemory = 96

// adversary is what all arbitrary members together know: each message that one of them was sent.
type adversary struct {
	heard        []said
	votes        map[promise]map[int]consensus.Signature // valid ones, by node
	certificates []*consensus.Certificate
}

// said is a message and who said it.
type said struct {
	author int
	msg    consensus.Message
}

// corrupt makes a node arbitrary.
func (w *world) corrupt(item *Item) {
	n := w.nodes[item.Node]
	n.arbitrary = true
	n.acts = append(n.acts, item)
	if item.Strategy == Twin {
		if n.half == 0 {
			twin := w.addNode(n.number)
			twin.arbitrary = true
			n.half = item.Set | 1<<n.number
			twin.half = ^item.Set | 1<<n.number
		}
		return
	}
	index := 0
	for k := range w.script.Items {
		if &w.script.Items[k] == item {
			index = k
		}
	}
	for again := range 6 {
		w.queue.push(happening{at: item.At + int64(again)*17_000, kind: act, node: n.id, arg: index, from: again})
	}
}

// hear keeps what an arbitrary member was sent, and answers requests with lies where that is the strategy.
func (a *adversary) hear(n *node, author int, m consensus.Message) {
	if len(a.heard) < maxMemory {
		a.heard = append(a.heard, said{author, m})
	} else {
		r := n.random(uint64(len(n.w.queue.heap)))
		a.heard[r.below(maxMemory)] = said{author, m}
	}
	switch m := m.(type) {
	case *consensus.Vote:
		a.keep(n.w, author, m)
	case *consensus.Certificate:
		a.certificates = append(a.certificates, m)
		if len(a.certificates) > maxMemory {
			a.certificates = a.certificates[1:]
		}
	case *consensus.RoundRequest:
		if n.does(FalseAnswers) {
			n.lie(author, m)
		}
	}
}

func (a *adversary) keep(w *world, author int, v *consensus.Vote) {
	if !w.validVote(author, v) {
		return
	}
	p := promise{v.Round, v.Digest}
	if a.votes == nil {
		a.votes = map[promise]map[int]consensus.Signature{}
	}
	if a.votes[p] == nil {
		a.votes[p] = map[int]consensus.Signature{}
	}
	a.votes[p][author] = v.Signature
}

// certificate is made of what the adversary knows for the variant, and its own members' votes; nil when that is no quorum.
func (w *world) makeCertificate(f *facts, variant int64) *consensus.Certificate {
	digest := f.digests[variant]
	c := &consensus.Certificate{
		Round: f.round, Digest: digest, Report: reportOf(f.round.Committee, f.round.RefSlot, variant), Signers: consensus.NewBitmap(f.electorate.size()),
	}
	var total sum
	known := w.adversary.votes[promise{f.round, digest}]
	for place, number := range f.electorate.members {
		signature, ok := known[number]
		if n := w.nodes[number]; n.arbitrary {
			signature, ok = n.signVote(f, digest), true
		}
		if ok {
			c.Signers.Set(place)
			total = total.plus(read(signature))
		}
	}
	c.Signature = total.signature()
	return c
}

// does reports whether the node follows the strategy.
func (n *node) does(s Strategy) bool {
	for _, item := range n.acts {
		if item.Strategy == s && item.At <= n.w.now {
			return true
		}
	}
	return false
}

// signVote signs with this node's key whatever it is.
func (n *node) signVote(f *facts, digest common.Hash) consensus.Signature {
	n.monitor.signs(f.round, digest)
	message := n.w.domain.VoteMessage(f.round.Committee, f.round.RefSlot, digest)
	return signWith(verifier{n.w.script.Seed}.secret(n.number), message).signature()
}

func (n *node) vote(f *facts, variant int64) *consensus.Vote {
	place := f.electorate.index(n.number)
	return &consensus.Vote{Round: f.round, Member: uint16(max(place, 0)), Digest: f.digests[variant], Signature: n.signVote(f, f.digests[variant])}
}

func (n *node) observation(f *facts, variant int64, attempt uint64) *consensus.Observation {
	place := f.electorate.index(n.number)
	r := reportOf(f.round.Committee, f.round.RefSlot, variant)
	return &consensus.Observation{
		Round: f.round, Member: uint16(max(place, 0)), Attempt: attempt, Digest: f.digests[variant], Sections: r.Sections(), Software: "evil/1",
	}
}

// sendTo sends to the members of a set.
func (n *node) sendTo(set uint64, m consensus.Message) {
	for _, to := range n.w.nodes[:n.w.real] {
		if to.number != n.number && set>>to.number&1 == 1 {
			n.w.post(n, n.number, to.number, m)
		}
	}
}
