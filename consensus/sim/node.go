package sim

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// node is one process with a core, a disk, a signer and a clock; or, when it is arbitrary, whatever its strategies make of it.
type node struct {
	w         *world
	id        int // instance
	number    int // node: which key and peer id
	arbitrary bool
	acts      []*Item // strategies
	half      uint64  // whom a twin talks to; 0: everybody

	core  Machine
	disk  Disk
	up    bool
	life  int // raised by each crash
	skew  int64
	ahead int64 // of a clock that jumped: the runner goes by it
	items []pending
	known int // committee that was learned of last

	opened    int             // frame, -1 for none
	holds     consensus.Round // the core's newest
	variant   int64
	hasReport bool
	tickAt    int64 // when the core is ticked, and the latest time that it asked for
	wanted    int64
	tickLife  int

	first    uint64 // reference slot that the process opened first
	diskGone bool   // the journal takes nothing until it is opened anew
	monitor  monitor
}

// pending is an item of a node, and what is left of its count.
type pending struct {
	*Item
	left int64
}

func (w *world) addNode(number int) *node {
	n := &node{w: w, id: len(w.nodes), number: number, opened: -1, disk: w.subject.NewDisk()}
	w.nodes = append(w.nodes, n)
	return n
}

// reaches reports whether a twin's half of the network has the receiver in it.
func (n *node) reaches(receiver *node) bool {
	return (n.half == 0 || n.half>>receiver.number&1 == 1) && (receiver.half == 0 || receiver.half>>n.number&1 == 1)
}

// runs reports whether the node has a core: all have but Byzantine ones without twins.
func (n *node) runs() bool { return !n.arbitrary || n.half != 0 }

func (n *node) random(purpose uint64) random {
	return random{state: mix(n.w.script.Seed, 4, uint64(n.id), uint64(n.life), uint64(n.w.now), purpose)}
}

func (n *node) local() consensus.Instant {
	return consensus.Instant(epochMillis + n.w.now + n.skew + n.ahead)
}

// start makes the core from the disk.
func (n *node) start() {
	w := n.w
	for k := range w.frames {
		if n.life == 0 {
			r := n.random(uint64(10 + k))
			late := r.between(0, 2_000) + n.lateness(LateOpen, k)
			w.queue.push(happening{at: w.frames[k].from + late, kind: openFrame, node: n.id, arg: k})
		}
	}
	if !n.runs() {
		n.up = true
		return
	}
	key := keyOf(n.number)
	config := consensus.Config{
		Domain: w.domain, Key: &key, Verifier: w.verifier, Software: "sim/1", Timing: timing(),
		Seed: mix(w.script.Seed, 5, uint64(n.id), uint64(n.life)),
	}
	core, err := w.subject.NewMachine(config, n.disk.Records())
	if err != nil {
		w.violate(n, Restart, "the core does not start from its own records: %v", err)
		return
	}
	n.core, n.up, n.opened, n.hasReport, n.tickAt, n.first, n.diskGone = core, true, -1, false, 0, 0, false
	n.holds = consensus.Round{}
	if n.life > 0 {
		n.resume()
	}
}

// resume is what a runner does after a restart.
func (n *node) resume() {
	w := n.w
	w.note(n.id, "starts again with %d records", len(n.disk.Records()))
	r := n.random(1)
	n.known = max(n.known, w.electorateAt(w.now))
	frame := w.frameAt(w.now + n.ahead)
	w.queue.push(happening{at: w.now + r.between(0, 2_000), kind: openFrame, node: n.id, life: n.life, arg: frame})
	for _, other := range w.nodes[:w.real] {
		if other.number == n.number || !other.up {
			continue
		}
		w.queue.push(happening{at: w.now + r.between(1, 4_000), kind: tell, node: n.id, life: n.life, event: consensus.PeerConnected{Peer: peerOf(other.number)}})
		w.queue.push(happening{at: w.now + r.between(1, 4_000), kind: tell, node: other.id, event: consensus.PeerConnected{Peer: peerOf(n.number)}})
	}
}

// crash ends the process; what it had not made durable is gone.
func (n *node) crash(down int64) {
	w := n.w
	n.up, n.core = false, nil
	n.life++
	n.monitor.crashed()
	at := min(w.now+down, max(w.script.calmAt+gracePeriod, w.now+1))
	w.queue.push(happening{at: at, kind: restart, node: n.id, life: n.life})
}

// forget ends the process and loses its journal, or what that holds of the round, where the committee bears it.
func (n *node) forget(item *Item) {
	if n.arbitrary || !n.up {
		return
	}
	refSlot := n.w.frames[n.w.frameAt(n.w.now)].refSlot
	if n.monitor.signedIn(refSlot) && !n.monitor.lostVote {
		if n.w.faulty() >= n.w.faultyBudget {
			return
		}
		n.monitor.lostVote = true
	}
	older := n.w.subject.NewDisk()
	if item.Kind == Rollback {
		n.w.note(n.id, "has an older copy of its journal")
		if err := older.Append(before(refSlot, n.disk.Records())...); err != nil {
			n.w.violate(n, Restart, "the records of a journal make no journal: %v", err)
		}
	} else {
		n.w.note(n.id, "loses its journal")
	}
	n.disk = older
	n.monitor.forget(older)
	n.crash(item.Until - item.At)
}

func (n *node) happen(h happening) {
	w := n.w
	switch h.kind {
	case restart:
		if h.life == n.life && !n.up {
			n.start()
		}
	case act:
		n.act(&w.script.Items[h.arg], h.from)
	case deliver:
		if n.up && !w.cut(h.arg, n.id) {
			n.receive(h.from, h.msg)
		}
	case learnChange:
		n.learn(h.arg)
	case openFrame:
		n.open(h.arg)
	case setClock:
		n.setClock(int64(h.arg))
	case reopenDisk:
		n.reopen()
	case compute:
		n.compute(h.arg)
	case tick:
		n.tick(h)
	case tell:
		n.step(h.event)
	}
}

func (n *node) receive(author int, m consensus.Message) {
	if n.arbitrary {
		n.w.adversary.hear(n, author, m)
	}
	if n.core == nil {
		return
	}
	n.monitor.received(n, author, m)
	n.step(consensus.Received{From: peerOf(author), Message: m})
}

// learn is the contract's announcement of another committee.
func (n *node) learn(which int) {
	if which < n.known {
		return
	}
	n.known = which
	if n.core == nil || n.opened < 0 {
		return
	}
	n.step(consensus.CommitteeChanged{Committee: n.w.electorates[which].committee})
	n.look()
	r := n.random(2)
	n.w.queue.push(happening{at: n.w.now + r.between(1, 2_000), kind: compute, node: n.id, life: n.life, arg: n.opened})
}

func (n *node) open(frame int) {
	if n.core == nil || frame <= n.opened {
		return
	}
	w := n.w
	n.opened, n.hasReport = frame, false
	if n.first == 0 {
		n.first = w.frames[frame].refSlot
	}
	n.known = max(n.known, w.electorateAt(w.now))
	f := w.frames[frame]
	n.step(consensus.RoundOpened{Committee: w.electorates[n.known].committee, RefSlot: f.refSlot, Deadline: consensus.Instant(epochMillis + f.to)})
	n.look()
	r := n.random(3)
	if a := f.accepted; a.held { // The runner reads the contract again for each round that it opens.
		n.step(consensus.Accepted{RefSlot: f.refSlot, Digest: a.digest, Finalized: a.finalized})
	}
	slow := n.lateness(Slow, frame)
	w.queue.push(happening{at: w.now + r.between(1_000, 8_000) + slow, kind: compute, node: n.id, life: n.life, arg: frame})
	if slow > 0 {
		w.queue.push(happening{at: w.now + slow/2, kind: tell, node: n.id, life: n.life,
			event: consensus.NotComputed{Round: consensus.Round{Committee: w.electorates[n.known].committee.Digest, RefSlot: f.refSlot}, Why: "no state yet"}})
	}
}

// setClock moves the clock by so much. The runner opens the round of which it thinks that it is time, also if that is an earlier one again.
func (n *node) setClock(by int64) {
	n.ahead += by
	n.w.note(n.id, "clock is %s ahead", seconds(n.ahead))
	frame := n.w.frameAt(n.w.now + n.ahead)
	n.opened = min(n.opened, frame-1)
	n.open(frame)
}

// lateness adds up the items of the kind for the round.
func (n *node) lateness(kind Kind, round int) (late int64) {
	for _, item := range n.items {
		if item.Kind == kind && item.Round == round {
			late += item.Value
		}
	}
	return min(late, 60_000)
}

// compute tells the core the report that the node computes now, right or wrong.
func (n *node) compute(frame int) {
	if n.core == nil || frame != n.opened {
		return
	}
	w := n.w
	variant, heals := int64(0), int64(0)
	for _, item := range n.items {
		if item.Kind == Wrong && item.Round == frame && (item.Until == 0 || w.now < item.Until) {
			variant, heals = item.Value, item.Until
		}
	}
	if n.half != 0 && n.id >= w.real {
		variant = 1
	}
	if heals > 0 {
		r := n.random(4)
		w.queue.push(happening{at: heals + r.between(0, 4_000), kind: compute, node: n.id, life: n.life, arg: frame})
	}
	computed := reportOf(w.electorates[n.known].committee.Digest, w.frames[frame].refSlot, variant)
	n.variant, n.hasReport = variant, true
	if !n.arbitrary {
		w.factsOf(consensus.Round{Committee: computed.Committee, RefSlot: computed.RefSlot}).computedBy(variant, n.number)
	}
	n.step(consensus.Computed{Report: computed})
}

// digest is what the node computed last in the frame it has open; zero for nothing.
func (n *node) digest() common.Hash {
	if !n.hasReport || n.opened < 0 {
		return common.Hash{}
	}
	f := n.w.factsOf(n.round())
	return f.digests[n.variant]
}

// round is the one that the node has been told of last.
func (n *node) round() consensus.Round {
	return consensus.Round{Committee: n.w.electorates[n.known].committee.Digest, RefSlot: n.w.frames[n.opened].refSlot}
}

// look notes which round the core holds now.
func (n *node) look() {
	n.holds = consensus.Round{}
	if n.core == nil {
		return
	}
	rounds := n.core.Rounds()
	if len(rounds) > 0 {
		n.holds = rounds[0].Round
	}
	n.monitor.forgetRounds(rounds)
}
