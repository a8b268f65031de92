package sim

import (
	"fmt"
	"math/bits"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// Machine is what is simulated: *consensus.Core, or one with a deliberate fault.
type Machine interface {
	Step(now consensus.Instant, event consensus.Event) consensus.Ready
	Rounds() []consensus.RoundView
	Halted() (consensus.HaltRecord, bool)
	Footprint() int
}

// Disk is where a node's records are kept: *consensus.MemoryJournal, or one with a deliberate fault.
type Disk interface {
	Append(records ...consensus.Record) error
	Records() []consensus.Record
}

// Subject makes the parts that are simulated. Tests put faults in here, to see that the simulator finds them.
type Subject struct {
	NewMachine func(config consensus.Config, records []consensus.Record) (Machine, error)
	NewDisk    func() Disk
	Verifier   func(honest consensus.Verifier) consensus.Verifier
	// EffectsFirst makes the runner persist last. No runner may.
	EffectsFirst bool
	// KeepsCore makes the runner go on with its core after the journal failed, without opening that anew. No runner may.
	KeepsCore bool
}

// Production is what runs in a node.
func Production() Subject {
	return Subject{
		NewMachine: func(config consensus.Config, records []consensus.Record) (Machine, error) {
			core, err := consensus.New(config, records)
			if err != nil {
				return nil, err
			}
			return core, nil
		},
		NewDisk:  func() Disk { return &consensus.MemoryJournal{} },
		Verifier: func(honest consensus.Verifier) consensus.Verifier { return honest },
	}
}

// epochMillis is the wall clock of simulated time 0.
const epochMillis = 1_700_000_000_000

// Result is what a run came to.
type Result struct {
	Violation *Violation // nil: all invariants held
	Steps     int        // of honest cores
	Certified int        // rounds in which some honest node held a certificate
	Rounds    int        // in which a certificate was possible
	Trace     uint64     // depends on all that happened: the same for each run of a script
}

// world is one run.
type world struct {
	script       *Script
	subject      Subject
	trace        func(string) // nil: nobody reads
	queue        queue
	now          int64
	nodes        []*node // instances: the nodes by number, then second processes of Byzantine ones
	real         int     // how many of them are the first process of their node
	electorates  []*electorate
	frames       []frame
	facts        map[consensus.Round]*facts
	verifier     consensus.Verifier
	domain       report.Domain
	active       []*Item  // that concern links
	links        []uint32 // messages so far, by from and to
	adversary    adversary
	faultyBudget int // members that may be arbitrary or lose a journal after a vote
	result       Result
	done         bool
}

// frame is the time of one reference slot.
type frame struct {
	refSlot  uint64
	from, to int64
	accepted acceptance
}

// acceptance is what the contract holds of a frame.
type acceptance struct {
	digest    common.Hash
	at        int64
	held      bool
	finalized bool
	times     int // how often there was one
}

// timing is fast enough that a run is short.
func timing() consensus.Timing {
	return consensus.Timing{ResendInterval: 15 * time.Second, StatusInterval: 30 * time.Second, SubmitStagger: 3 * time.Second, RetryInterval: 5 * time.Second}
}

// Run plays a script. trace is called for each thing that happens, if it is not nil.
func Run(script *Script, subject Subject, trace func(string)) Result {
	w := newWorld(script, subject, trace)
	for !w.done {
		h, ok := w.queue.pop()
		if !ok {
			break
		}
		w.now = h.at
		w.result.Trace = mix(w.result.Trace, uint64(h.at), uint64(h.kind), uint64(h.node+1), uint64(h.from))
		w.happen(h)
	}
	for _, f := range w.facts {
		if f.certified != (common.Hash{}) {
			w.result.Certified++
		}
	}
	w.result.Rounds = len(w.frames)
	return w.result
}

func newWorld(script *Script, subject Subject, trace func(string)) *world {
	w := &world{script: script, subject: subject, trace: trace, domain: oracle(), facts: map[consensus.Round]*facts{}, electorates: script.electorates()}
	w.verifier = subject.Verifier(verifier{seed: script.Seed})
	smallest := script.Size
	for _, e := range w.electorates {
		smallest = min(smallest, e.size())
	}
	w.faultyBudget = report.MaxFaulty(smallest)
	w.layFrames()
	for i := range script.Size + spare {
		w.addNode(i)
	}
	w.real = len(w.nodes)
	w.scheduleItems()
	w.links = make([]uint32, len(w.nodes)*len(w.nodes))
	for _, n := range w.nodes {
		n.start()
	}
	for k, e := range w.electorates[1:] {
		for _, n := range w.nodes {
			at := e.from + int64(mix(script.Seed, 2, uint64(k), uint64(n.id))%5_000)
			w.queue.push(happening{at: at, kind: learnChange, node: n.id, arg: k + 1})
		}
	}
	w.queue.push(happening{at: script.calmAt, kind: calm, node: -1})
	for look := range looks {
		w.queue.push(happening{at: script.calmAt + int64(look+1)*livenessBound/looks, kind: checkLiveness, node: -1, arg: look})
	}
	return w
}

func (w *world) layFrames() {
	at := int64(0)
	for k := range w.script.Rounds {
		f := frame{refSlot: uint64(100 + 50*k), from: at, to: at + frameMillis}
		if k == w.script.Rounds-1 {
			f.to = w.script.calmAt + livenessBound + afterBound
		}
		w.frames = append(w.frames, f)
		at = f.to
	}
}

// frameAt is the frame in which a time lies.
func (w *world) frameAt(at int64) int {
	for k := range w.frames {
		if at < w.frames[k].to {
			return k
		}
	}
	return len(w.frames) - 1
}

// electorateAt is which committee the contract answers with at a time.
func (w *world) electorateAt(at int64) int {
	which := 0
	for k, e := range w.electorates {
		if e.from <= at {
			which = k
		}
	}
	return which
}

// current is the committee that the contract has now.
func (w *world) current() *electorate { return w.electorates[w.electorateAt(w.now)] }

func (w *world) happen(h happening) {
	if h.node >= 0 {
		n := w.nodes[h.node]
		if h.kind != restart && h.life != 0 && h.life != n.life {
			return
		}
		n.happen(h)
		return
	}
	switch h.kind {
	case beginItem:
		w.begin(&w.script.Items[h.arg])
	case endItem:
		w.end(&w.script.Items[h.arg])
	case include:
		w.include(h.msg.(*consensus.Certificate))
	case finalize, revert:
		w.settle(h.kind, h.arg, h.life)
	case calm:
		w.note(-1, "calm")
	case checkLiveness:
		w.checkProgress(h.arg)
	}
}

// note is for whoever reads the trace.
func (w *world) note(node int, format string, args ...any) {
	if w.trace == nil {
		return
	}
	who := "world"
	if node >= 0 {
		who = "node " + strconv.Itoa(node)
	}
	w.trace(fmt.Sprintf("%9s  %-8s %s", seconds(w.now), who, fmt.Sprintf(format, args...)))
}

// scheduleItems gives each kept item to whom it concerns.
func (w *world) scheduleItems() {
	for i := range w.script.Items {
		item := &w.script.Items[i]
		if !w.script.Kept[i] {
			continue
		}
		switch item.Kind {
		case Byzantine:
			w.corrupt(item)
		case Crash, DiskFails, Signer, Wrong, Slow, LateOpen:
			w.nodes[item.Node].items = append(w.nodes[item.Node].items, pending{Item: item, left: item.Value})
		case Loss, Double, Delay, Split, Mute, Deaf:
			w.queue.push(happening{at: item.At, kind: beginItem, node: -1, arg: i})
			w.queue.push(happening{at: item.Until, kind: endItem, node: -1, arg: i})
		case Jump:
			w.queue.push(happening{at: item.At, kind: setClock, node: item.Node, arg: int(item.Value)})
			w.queue.push(happening{at: item.Until, kind: setClock, node: item.Node, arg: -int(item.Value)})
		case Forget, Rollback, Skew:
			w.queue.push(happening{at: item.At, kind: beginItem, node: -1, arg: i})
		}
	}
}

func (w *world) begin(item *Item) {
	switch item.Kind {
	case Forget, Rollback:
		n := w.nodes[item.Node]
		n.forget(item)
	case Skew:
		n := w.nodes[item.Node]
		n.skew = item.Value
		w.note(n.id, "%s", item)
	default:
		w.note(-1, "begin %s", item)
		w.active = append(w.active, item)
	}
}

func (w *world) end(item *Item) {
	w.note(-1, "end %s", item)
	for k, active := range w.active {
		if active == item {
			w.active = append(w.active[:k:k], w.active[k+1:]...)
			return
		}
	}
}

// faulty counts the members that are arbitrary already: Byzantine ones, and those that lost their journal after a vote.
func (w *world) faulty() int {
	set := uint64(0)
	for _, n := range w.nodes {
		if n.arbitrary || n.monitor.lostVote {
			set |= 1 << n.number
		}
	}
	return bits.OnesCount64(set)
}
