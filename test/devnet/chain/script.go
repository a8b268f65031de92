package chain

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// Action is what the proposer of a slot does.
type Action uint8

// Actions.
const (
	Propose      Action = iota // a block with the pool's transactions
	ProposeEmpty               // a block without transactions
	Miss                       // nothing
	Withhold                   // a block whose payload nobody sees (Gloas)
	DeliverLate                // a block whose payload is executed, and comes too late for the next block to build upon it (Gloas)
)

// script is what was told to happen. The chain's lock guards it.
type script struct {
	plans        []plan
	waiting      operations
	absent       transition.Absent
	feeRecipient common.Address
	bids         map[uint64]Bid // by slot
	branch       uint64         // how often the chain was reorganized: blocks of another branch differ
}

// plan is an action for slots from first to last.
type plan struct {
	first, last uint64
	action      Action
}

// operations are what a block carries besides the payload.
type operations struct {
	slash, exit []uint64 // validator indices
}

// Plan has the proposers of slots first to last, inclusive, do action. A later plan counts more. Slots that have passed are not changed.
func (c *Chain) Plan(first, last uint64, action Action) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := &c.script
	s.plans = slices.DeleteFunc(s.plans, func(p plan) bool { return p.last <= c.tip.slot })
	s.plans = append(s.plans, plan{first, last, action})
}

// Bid is what a builder pays a proposer for taking its payload.
type Bid struct {
	Builder      uint64 // index
	ValueGwei    uint64
	FeeRecipient common.Address // who is paid
}

// PlanBid has the proposer of a slot take a builder's bid. Whether the builder delivers is the slot's action. A bid that the builder cannot make then keeps the
// slot from coming (transition.ErrBid).
func (c *Chain) PlanBid(slot uint64, b Bid) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.script.bids[slot] = b
}

// Miss leaves slots first to last, inclusive, without blocks.
func (c *Chain) Miss(first, last uint64) { c.Plan(first, last, Miss) }

func (s *script) action(slot uint64) Action {
	for _, p := range slices.Backward(s.plans) {
		if p.first <= slot && slot <= p.last {
			return p.action
		}
	}
	return Propose
}

// HaltFinality keeps two of five validators from attesting, so that nothing is justified any more, or lets them attest again.
func (c *Chain) HaltFinality(halted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.script.absent = nil
	if halted {
		c.script.absent = func(index uint64) bool { return index%5 < 2 }
	}
}

// SetFeeRecipient sends the fees of transactions from the next block on to another account.
func (c *Chain) SetFeeRecipient(account common.Address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.script.feeRecipient = account
}

// Slash brings evidence against validators into the next blocks: two headers that each proposed for one slot. Errors: transition.ErrUnknownValidator,
// transition.ErrNotSlashable; then none is slashed.
func (c *Chain) Slash(indices ...uint64) error {
	return c.enqueue("slash", (*transition.State).CheckSlashable, &c.script.waiting.slash, indices)
}

// Exit brings voluntary exits of validators into the next blocks. Errors: transition.ErrUnknownValidator, transition.ErrNotExitable; then none exits.
func (c *Chain) Exit(indices ...uint64) error {
	return c.enqueue("exit", (*transition.State).CheckVoluntaryExit, &c.script.waiting.exit, indices)
}

func (c *Chain) enqueue(what string, check func(*transition.State, uint64) error, queue *[]uint64, indices []uint64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.rules.Decode(c.tip.ssz)
	if err != nil {
		return err
	}
	for _, index := range indices {
		if err := check(s, index); err != nil {
			return fmt.Errorf("%s validator %d: %w", what, index, err)
		}
	}
	for _, index := range indices {
		if !slices.Contains(*queue, index) {
			*queue = append(*queue, index)
		}
	}
	return nil
}

// possible are those of the waiting operations that a block on s may carry.
func (o operations) possible(s *transition.State, spec transition.Spec) (found operations) {
	for _, index := range o.slash {
		if uint64(len(found.slash)) < spec.MaxProposerSlashings && s.CheckSlashable(index) == nil {
			found.slash = append(found.slash, index)
		}
	}
	for _, index := range o.exit {
		slashed := slices.Contains(found.slash, index) // which is an exit already
		if uint64(len(found.exit)) < spec.MaxVoluntaryExits && !slashed && s.CheckVoluntaryExit(index) == nil {
			found.exit = append(found.exit, index)
		}
	}
	return found
}

// without removes what a block carries.
func (o operations) without(done operations) operations {
	in := func(list []uint64) func(uint64) bool { return func(i uint64) bool { return slices.Contains(list, i) } }
	return operations{slices.DeleteFunc(slices.Clone(o.slash), in(done.slash)), slices.DeleteFunc(slices.Clone(o.exit), in(done.exit))}
}

// with adds what a block that is no longer canonical carried.
func (o operations) with(undone operations) operations {
	rest := o.without(undone)
	return operations{append(undone.slash, rest.slash...), append(undone.exit, rest.exit...)}
}
