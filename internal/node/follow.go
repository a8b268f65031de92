package node

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"runtime/debug"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// shownFrames is how far back the node looks for reports when it starts.
const shownFrames = 8

// maxAcceptances bounds the reports that are remembered.
const maxAcceptances = 64

// acceptance is a report that the contract took or holds in quarantine.
type acceptance struct {
	refSlot   uint64
	digest    common.Hash
	outcome   outcome
	block     uint64
	hash      common.Hash // of the block
	tx        common.Hash
	finalized bool
	rebase    *events.Rebased // nil: none seen
	detail    *detail         // nil: not read yet
}

// outcome is what became of a report on chain.
type outcome string

const (
	accepted    outcome = "accepted"
	quarantined outcome = "quarantined"
	rejected    outcome = "rejected"
)

// chainView is what the follower last saw. It is not changed after it was given to the runner.
type chainView struct {
	head, final events.Block
	committees  map[uint64]consensus.Committee // of the newest reference slot and the next one
	accepted    []acceptance                   // oldest first
	token       *events.Token
	seen        time.Time // when a look succeeded last
	err         error     // of the last look
}

// follower looks at the execution chain again and again.
type follower struct {
	*parts
	deliver        func(context.Context, chainView) bool
	members        memberCache
	found          *events.Follower
	view           chainView
	wanted         refBlock
	details        detailCache
	failures       failureLog
	contradictions int    // looks in a row after which every endpoint's chain contradicted what was final
	frame          uint64 // reference slot up to which view.committees go
}

// maxContradictions is after how many of those looks the follower forgets all that it has read before. One endpoint that lied about finality suffices.
const maxContradictions = 16

func newFollower(p *parts, deliver func(context.Context, chainView) bool) *follower {
	return &follower{
		parts: p, deliver: deliver, members: memberCache{parts: p, known: make(map[common.Hash]consensus.Member)},
		failures: failureLog{log: p.log, clock: p.clock, begins: "The execution chain could not be read. It is tried again.", ends: "The execution chain is read again."},
	}
}

// run polls the chain every PollInterval until ctx ends.
func (f *follower) run(ctx context.Context) {
	for ctx.Err() == nil {
		caughtUp, err := f.pollSafely(ctx)
		if ctx.Err() != nil {
			return
		}
		f.failures.record(err)
		f.view.err = err
		if !f.deliver(ctx, f.view) {
			return
		}
		if err == nil && !caughtUp {
			continue
		}
		select {
		case <-ctx.Done():
		case <-f.clock.After(f.config.PollInterval):
		}
	}
}

// pollSafely makes a panic an error, after which the chain is read anew: no answer of an endpoint may end the node.
func (f *follower) pollSafely(ctx context.Context) (caughtUp bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			f.log.Error("Reading the execution chain panicked.", "cause", cause, "stack", string(debug.Stack()))
			f.forget()
			caughtUp, err = false, fmt.Errorf("%w (%v)", errPanic, cause)
		}
	}()
	return f.poll(ctx)
}

// forget drops all that the endpoints answered, so that the next look begins anew.
func (f *follower) forget() {
	f.contradictions, f.found, f.wanted, f.view.accepted = 0, nil, refBlock{}, nil
}

// poll reads what is new. What was read before an error stays.
func (f *follower) poll(ctx context.Context) (caughtUp bool, err error) {
	if f.found == nil {
		if err := f.begin(ctx); err != nil {
			return false, err
		}
	}
	step, err := f.found.Poll(ctx)
	if err != nil {
		f.countContradiction(err)
		return false, err
	}
	f.contradictions = 0
	fresh := step.Head.Hash != f.view.head.Hash
	f.view.accepted = f.after(step)
	f.view.head, f.view.final, f.view.seen = step.Head, step.Finalized, f.clock.Now()
	if step.Reorg != nil {
		f.log.Warn("The execution chain was reorganised.", "from", step.Reorg.From, "blocks", len(step.Reorg.Gone))
		f.wanted.forget(step.Reorg.From)
	}
	if !step.CaughtUp {
		return false, nil
	}
	if err := f.readCommittees(ctx, step.Head); err != nil {
		return true, err
	}
	if fresh {
		token, err := f.chain.Token(ctx, step.Head)
		if err != nil {
			return true, err
		}
		f.view.token = &token
		f.completeReports(ctx)
	}
	return true, f.captureEarly(ctx, step.Head)
}

// countContradiction forgets all that was read once the endpoints contradict it for long: what a node follows here is not proven, and no lie may stop it for good.
func (f *follower) countContradiction(err error) {
	if !errors.Is(err, events.ErrFinalizedChanged) {
		return
	}
	if f.contradictions++; f.contradictions < maxContradictions {
		return
	}
	f.log.Error("Alarm: every execution node contradicts a block that one of them called final. The chain is read anew: check that they are on the right fork.",
		"reason", shortReason(err))
	f.forget()
}

// begin finds the block from which on events are read.
func (f *follower) begin(ctx context.Context) error {
	head, err := f.chain.Head(ctx)
	if err != nil {
		return err
	}
	first := f.manifest.DeploymentBlock
	if back := shownFrames * f.schedule.FrameSlots(); head.Number > first+back {
		first = head.Number - back
	}
	f.found = events.NewFollower(f.chain, max(first, 1), events.Oracle())
	return nil
}

// after is the acceptances after a step.
func (f *follower) after(step events.Step) []acceptance {
	kept := slices.Clone(f.view.accepted)
	if step.Reorg != nil {
		kept = slices.DeleteFunc(kept, func(a acceptance) bool { return a.block >= step.Reorg.From })
	}
	rebases := make(map[common.Hash]*events.Rebased) // by transaction
	for _, e := range step.Events {
		a := acceptance{block: e.Block, hash: e.BlockHash, tx: e.TxHash}
		switch body := e.Body.(type) {
		case *events.Rebased:
			rebases[e.TxHash] = body
		case *events.ReportAccepted:
			a.refSlot, a.digest, a.outcome = body.RefSlot, body.Digest, accepted
			kept = append(kept, a)
		case *events.ReportQuarantined:
			a.refSlot, a.digest, a.outcome = body.RefSlot, body.Digest, quarantined
			kept = append(kept, a)
		case *events.QuarantineJudged:
			if !body.Accepted {
				a.refSlot, a.digest, a.outcome = body.RefSlot, body.Digest, rejected
				kept = append(kept, a)
			}
		}
	}
	for i := range kept {
		if rebase := rebases[kept[i].tx]; rebase != nil {
			kept[i].rebase = rebase
		}
		kept[i].finalized = !step.Finalized.IsZero() && kept[i].block <= step.Finalized.Number
	}
	return kept[max(len(kept)-maxAcceptances, 0):]
}

// of is the newest word on a reference slot.
func (v chainView) of(refSlot uint64) *acceptance {
	for i := len(v.accepted) - 1; i >= 0; i-- {
		if v.accepted[i].refSlot == refSlot {
			return &v.accepted[i]
		}
	}
	return nil
}

// readCommittees reads who answers for the newest reference slot and the next one.
func (f *follower) readCommittees(ctx context.Context, head events.Block) error {
	slot := f.schedule.SlotAt(uint64(max(f.clock.Now().Unix(), 0)))
	next := f.schedule.NextRefSlot(slot)
	wanted := []uint64{next}
	if current, err := f.schedule.CurrentRefSlot(slot); err == nil {
		wanted = append(wanted, current)
	}
	if f.members.frame != next { // What a node says of a peer id is not proven: a lie lasts one frame at most.
		f.members.frame = next
		clear(f.members.known)
	}
	read := make(map[uint64]consensus.Committee, len(wanted))
	for _, refSlot := range wanted {
		named, err := f.chain.Committee(ctx, head, refSlot)
		if err != nil {
			return err
		}
		if len(named.Members) == 0 {
			continue
		}
		committee, have := f.view.committees[refSlot]
		if !have || committee.Digest != named.Digest || f.frame != next {
			if committee, err = f.members.committee(ctx, head, named); err != nil {
				return fmt.Errorf("members of reference slot %d: %w", refSlot, err)
			}
		}
		read[refSlot] = committee
	}
	f.frame, f.view.committees = next, read
	return nil
}

// refBlock is the execution block of a reference slot as the chain stands.
type refBlock struct {
	refSlot uint64
	number  uint64
	hash    common.Hash
	settled bool // a later block stands above it
}

// forget: blocks from number on were undone.
func (b *refBlock) forget(number uint64) {
	if b.number >= number || !b.settled {
		*b = refBlock{}
	} else {
		b.settled = false
	}
}

// captureEarly reads the contracts at the reference block before it is finalized: full nodes drop its state at about that time. From Gloas on the beacon
// state of a reference block whose own payload came names the block below that, so the parent is read too.
func (f *follower) captureEarly(ctx context.Context, head events.Block) error {
	refSlot, err := f.schedule.CurrentRefSlot(f.schedule.SlotAt(head.Time) + 1) // the head may be its block
	if err != nil {
		return nil // before the first frame
	}
	refTime := f.schedule.TimeOf(refSlot)
	if f.wanted.refSlot == refSlot && f.wanted.settled {
		return nil
	}
	block := head
	if head.Time > refTime {
		slots := f.schedule.SlotAt(head.Time) - refSlot
		if block, err = f.chain.BlockAtTime(ctx, refTime, head.Number-min(slots, head.Number), head.Number); err != nil {
			return fmt.Errorf("find the block of reference slot %d: %w", refSlot, err)
		}
	}
	for _, hash := range []common.Hash{block.Hash, block.ParentHash} {
		if err := f.capture.Add(ctx, hash); err != nil {
			return err
		}
	}
	if f.wanted.hash != block.Hash {
		f.log.Debug("The contracts were read at the reference block before it is final.", "refSlot", refSlot, "block", block.Number)
	}
	f.wanted = refBlock{refSlot: refSlot, number: block.Number, hash: block.Hash, settled: head.Time > refTime}
	return nil
}

// weiText is a decimal string; 0 for nothing.
func weiText(wei *big.Int) string {
	if wei == nil {
		return "0"
	}
	return wei.String()
}
