package node

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// chores does what anybody may do for the pool, once after each report, when this member's turn has come: the first in turn does it, and the others find nothing left.
// It pays with the account of submissions, whose sender copes with transactions that are not its own.
type chores struct {
	*parts
	signer txmgr.Signer
	keeper *keeper.Keeper
	chain  *dialled
	wake   chan time.Time // when this member's turn comes; the newest one counts

	mu    sync.Mutex
	state status.Keeper
	spent *big.Int
	// What the newest report says of unproven keys: those that only wait for their deposit need no reading of a state.
	waits     map[report.PublicKey]bool
	learnedOf uint64 // its reference slot
}

// openChores makes what does chores; nil for a node that submits nothing, or leaves them to others.
func (p *parts) openChores(signer txmgr.Signer) (*chores, error) {
	if signer == nil || p.config.NoKeeper {
		return nil, nil
	}
	c := &chores{parts: p, signer: signer, chain: &dialled{}, wake: make(chan time.Time, 1), spent: new(big.Int), waits: make(map[report.PublicKey]bool)}
	c.state.Done, c.state.SpentWei, c.state.Turn = make(map[string]uint64), "0", -1
	fees := txmgr.Fees{MaxFeeWei: p.config.MaxFeeGwei * report.WeiPerGwei, TipWei: p.config.TipGwei * report.WeiPerGwei}
	if err := fees.Complete(); err != nil {
		return nil, err
	}
	fees.MaxFeeWei, fees.TipWei = max(1, fees.MaxFeeWei/2), max(1, fees.TipWei/2) // so that a report's bid can take the place of any of these
	prover := keeper.StateProver{Manifest: p.manifest, Beacon: p.beacon, Chain: p.chain, States: p.builder}
	var err error
	c.keeper, err = keeper.New(keeper.Options{
		Manifest: p.manifest, Chain: c.chain, Prover: settledKeys{prover, c}, Account: signer.Address(), Signer: signer, Every: p.slot() / 4,
		Fees: fees, Sleep: p.sleep, StateEvery: time.Duration(p.schedule.SlotsPerEpoch) * p.slot(), Now: p.clock.Now, Done: c.count, Log: p.log,
	})
	return c, err
}

// sleep waits by the node's clock.
func (p *parts) sleep(ctx context.Context, d time.Duration) error {
	for until := p.clock.Now().Add(d); ; { // the clock may be set meanwhile
		left := until.Sub(p.clock.Now())
		if left <= 0 {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.clock.After(left):
		}
	}
}

// plan has the chores done when this member's turn comes after a report.
func (c *chores) plan(committee consensus.Committee, digest common.Hash) {
	turn := c.turn(committee, digest)
	// What one member sends must be in a block before the next one looks.
	stagger := max(time.Duration(c.manifest.SubmitStaggerSeconds)*time.Second, 2*c.slot())
	at := c.clock.Now().Add(time.Duration(turn) * stagger)
	c.mu.Lock()
	c.state.Turn, c.state.NextTurn = turn, nil
	if turn >= 0 {
		c.state.NextTurn = &at
	}
	c.mu.Unlock()
	if turn < 0 {
		return
	}
	select { // an older turn that has not begun is not worth anything any more
	case <-c.wake:
	default:
	}
	c.wake <- at
}

// turn is how many members go before this one; -1 for one that is not of the committee.
func (c *chores) turn(committee consensus.Committee, digest common.Hash) int {
	own := slices.IndexFunc(committee.Members, func(m consensus.Member) bool { return c.key != nil && m.Key == *c.key })
	if own < 0 {
		return -1
	}
	return slices.Index(consensus.SubmissionOrder(digest, len(committee.Members)), own)
}

// run does chores in this member's turns until ctx ends.
func (c *chores) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case at := <-c.wake:
			if c.sleep(ctx, at.Sub(c.clock.Now())) != nil {
				return
			}
			c.step(ctx)
		}
	}
}

// errTurnOver: a turn ends when the next report is due, whatever is still under way.
var errTurnOver = errors.New("a transaction has been under way for a whole frame: its fee may have reached max-fee-gwei")

// step does what is due at the first execution node that can be used, for a frame at most.
func (c *chores) step(ctx context.Context) {
	turn, end := context.WithCancelCause(ctx)
	var watch sync.WaitGroup
	defer watch.Wait()
	defer end(nil)
	watch.Go(func() {
		if c.sleep(turn, time.Duration(c.schedule.FrameSlots())*c.slot()) == nil {
			end(errTurnOver)
		}
	})
	err := c.work(turn)
	if ctx.Err() != nil {
		return
	}
	if cause := context.Cause(turn); cause != nil {
		err = cause
	}
	c.recordTurn(err)
}

func (c *chores) work(ctx context.Context) error {
	err := c.chain.dial(ctx, c.config.Execution, c.manifest.ChainID)
	if err == nil {
		err = c.stepSafely(ctx)
		c.chain.close()
	}
	return err
}

// recordTurn notes how a turn ended.
func (c *chores) recordTurn(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	c.state.LastTurn, c.state.NextTurn, c.state.Problem = &now, nil, ""
	if err != nil {
		c.state.Failures++
		c.state.Problem = "Not everything that is due could be done: " + format.Printable(err.Error(), maxProblem) + "."
		c.chain.next()
		c.log.Warn("Not everything that is due for the pool could be done. It is tried again after the next report.", "reason", err)
	}
}

// stepSafely makes an error of a panic: reports go on without chores.
func (c *chores) stepSafely(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%w (%v)", errPanic, cause)
			c.log.Error("The keeper panicked.", "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	return c.keeper.Step(ctx)
}

// count notes a chore that is done.
func (c *chores) count(done keeper.Chore, r txmgr.Receipt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !r.Reverted {
		c.state.Done[string(done.Kind)]++
	}
	c.state.SpentWei = c.spent.Add(c.spent, r.FeeWei).String()
}

// learn takes from a computed report which unproven keys only wait for their deposit.
func (c *chores) learn(s report.Snapshot) {
	pending := make(map[report.PublicKey]bool)
	for _, d := range s.Consensus.Pending {
		pending[d.PublicKey] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Unproven, c.learnedOf = len(s.Consensus.Unproven), s.RefSlot
	clear(c.waits)
	for _, key := range s.Consensus.Unproven {
		c.waits[key.PublicKey] = !key.Validator && pending[key.PublicKey]
	}
}

// settledKeys proves keys unless all of them only wait for their deposit.
type settledKeys struct {
	keeper.Prover
	of *chores
}

func (s settledKeys) Prove(ctx context.Context, keys []report.PublicKey) (keeper.Proofs, error) {
	s.of.mu.Lock()
	wait := !slices.ContainsFunc(keys, func(key report.PublicKey) bool { return !s.of.waits[key] }) && !s.of.forkSince(s.of.learnedOf)
	s.of.mu.Unlock()
	if wait {
		return keeper.Proofs{}, nil
	}
	return s.Prover.Prove(ctx, keys)
}

// forkSince says whether Gloas has come since a slot: its fork makes builders of some pending deposits.
func (c *chores) forkSince(slot uint64) bool {
	fork := c.manifest.Layouts().GloasSlot
	return slot < fork && c.schedule.SlotAt(uint64(c.clock.Now().Unix())) >= fork
}

// describe is what people are told.
func (c *chores) describe() *status.Keeper {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.state
	s.Done = make(map[string]uint64, len(c.state.Done))
	for kind, n := range c.state.Done {
		s.Done[kind] = n
	}
	return &s
}

// maxProblem bounds what is shown of an error.
const maxProblem = 600

// dialled is the execution node of one turn: the first that can be used, from one on that has not failed in the last turn.
type dialled struct {
	*txmgr.Client
	close func()
	first int
}

func (d *dialled) dial(ctx context.Context, endpoints []string, chainID uint64) (err error) {
	first := d.first % max(1, len(endpoints))
	d.Client, d.close, err = txmgr.Dial(ctx, slices.Concat(endpoints[first:], endpoints[:first]), chainID)
	return err
}

// next has the next turn begin with another node.
func (d *dialled) next() { d.first++ }
