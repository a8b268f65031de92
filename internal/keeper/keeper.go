package keeper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig: options with which no keeper can work.
var ErrConfig = errors.New("invalid configuration of the keeper")

// DefaultStateEvery is the time between two readings of a beacon state: a deposit waits for hours at least before its key is a validator.
const DefaultStateEvery = 30 * time.Minute

const (
	// mostRounds bounds how often one kind of chore is done in one step.
	mostRounds = 64
	// mostAtOnce bounds the calls that are sent at once: a lost call ends the step.
	mostAtOnce = 16
	// mostSigned bounds the transactions of one step, and so what an endpoint gets signed that lies in simulations and receipts. More than a turn needs.
	mostSigned = 64
	// looks is how often a transaction is looked at before the keeper gives it up for now.
	looks = 150
)

// errNoEffect: a call that was in a block by an endpoint's word is due again.
var errNoEffect = errors.New("a call that is in a block by the endpoint's word has had no effect: the endpoint is behind, or lies: name another one")

// Chain is an execution node: *txmgr.Client.
type Chain interface {
	View(ctx context.Context, to common.Address, data []byte) ([]byte, error)
	Try(ctx context.Context, from common.Address, call txmgr.Call) error
	SendAll(ctx context.Context, signer txmgr.Signer, calls []txmgr.Call, fees txmgr.Fees, w txmgr.Sending) ([]txmgr.Receipt, error)
	Settle(ctx context.Context, account common.Address, w txmgr.Sending, waiting func(transactions uint64)) error
}

// Prover proves validators and builders by their keys in the newest final state. Those that have no validator yet are left out.
type Prover interface {
	Prove(ctx context.Context, keys []report.PublicKey) (Proofs, error)
}

// Options of a Keeper. All but StateEvery, Done and Log are needed.
type Options struct {
	Manifest *manifest.Manifest
	Chain    Chain
	Prover   Prover
	Account  common.Address // whose calls are simulated

	Signer txmgr.Signer  // of Account; nil for a keeper that only says what is due
	Fees   txmgr.Fees    // zero: the defaults
	Every  time.Duration // between two looks at a transaction that is under way
	Sleep  func(ctx context.Context, d time.Duration) error

	StateEvery time.Duration // between two readings of a beacon state for one purpose; 0: DefaultStateEvery
	Now        func() time.Time
	Done       func(Chore, txmgr.Receipt) // told of each call that is in a block, lost ones too; may be nil
	Log        *slog.Logger
}

// Keeper finds chores and does them. It is for one goroutine.
type Keeper struct {
	o      Options
	opened reading         // for keys that wait for their proof
	health reading         // for keys that are topped up
	done   map[string]bool // calls of this step that cannot be due twice
	signed int             // transactions of this step
}

// New makes a keeper. Errors: ErrConfig, txmgr.ErrConfig.
func New(o Options) (*Keeper, error) {
	switch {
	case o.Manifest == nil || o.Chain == nil || o.Prover == nil || o.Now == nil:
		return nil, fmt.Errorf("%w: manifest, chain, prover or clock is missing", ErrConfig)
	case o.StateEvery < 0 || o.Every < 0:
		return nil, fmt.Errorf("%w: a time is negative", ErrConfig)
	case o.Signer != nil && (o.Signer.Address() != o.Account || o.Sleep == nil || o.Every == 0):
		return nil, fmt.Errorf("%w: the signer is of another account, or nothing says how to wait", ErrConfig)
	}
	if err := o.Fees.Complete(); err != nil {
		return nil, err
	}
	if o.StateEvery == 0 {
		o.StateEvery = DefaultStateEvery
	}
	if o.Done == nil {
		o.Done = func(Chore, txmgr.Receipt) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Keeper{o: o, done: make(map[string]bool)}, nil
}

// groups are the chores in the order in which they are done: a proof makes a key ready for its ether, and what is left opens the next keys.
func (k *Keeper) groups() []func(context.Context) ([]Chore, error) {
	return []func(context.Context) ([]Chore, error){k.proofs, k.overdue, k.topUps, k.firstEther}
}

// Due is what can be done now: chores of one kind, all of which the contracts would take at the newest block. Errors: those of the endpoints.
func (k *Keeper) Due(ctx context.Context) ([]Chore, error) {
	for _, find := range k.groups() {
		chores, err := find(ctx)
		if err != nil || len(chores) > 0 {
			return chores, err
		}
	}
	return nil, nil
}

// Step does what is due. What fails is found again by a later step. It returns the errors of what could not be found out or done. A call that was sent and that the
// contract refused ends it: somebody else does the same at this moment, and more calls would be lost.
func (k *Keeper) Step(ctx context.Context) error {
	w := txmgr.Sending{Sleep: k.o.Sleep, Every: k.o.Every, Looks: looks}
	err := k.o.Chain.Settle(ctx, k.o.Account, w, func(transactions uint64) {
		k.o.Log.Info("The account has transactions under way. The keeper waits for them.", "account", k.o.Account, "transactions", transactions)
	})
	if err != nil {
		return err
	}
	clear(k.done)
	k.signed = 0
	var all []error
	for _, find := range k.groups() {
		err := k.exhaust(ctx, find, w)
		if errors.Is(err, txmgr.ErrReverted) {
			k.o.Log.Info("Somebody else was faster, and this call was lost. The keeper leaves the rest to a later step.", "reason", err)
			return errors.Join(all...)
		}
		all = append(all, err)
		if errors.Is(err, errNoEffect) || errors.Is(err, txmgr.ErrStuck) {
			break
		}
	}
	return errors.Join(all...)
}

// exhaust does the chores of one kind until there are none.
func (k *Keeper) exhaust(ctx context.Context, find func(context.Context) ([]Chore, error), w txmgr.Sending) error {
	for range mostRounds {
		chores, err := find(ctx)
		for some := range slices.Chunk(chores, mostAtOnce) {
			if failed := k.doAll(ctx, some, w); failed != nil {
				return errors.Join(failed, err)
			}
		}
		if err != nil || len(chores) == 0 || k.signed == mostSigned {
			return err
		}
	}
	return nil
}

// doAll does chores that do not depend on each other: those that the contract still takes are sent at once.
func (k *Keeper) doAll(ctx context.Context, chores []Chore, w txmgr.Sending) error {
	open, err := k.stillOpen(ctx, chores)
	if err != nil || len(open) == 0 {
		return err
	}
	calls := make([]txmgr.Call, len(open))
	for i, c := range open {
		calls[i] = c.Call
	}
	next := 0
	w.Sent = func(hash common.Hash) {
		k.o.Log.Info(open[next].Text, "chore", open[next].Kind, "transaction", hash)
		next++
	}
	receipts, err := k.o.Chain.SendAll(ctx, k.o.Signer, calls, k.o.Fees, w)
	for _, r := range receipts {
		k.o.Log.Debug("The chore is in a block.", "chore", open[0].Kind, "transaction", r.Hash, "block", r.Block, "gas", r.GasUsed, "feeWei", r.FeeWei, "reverted", r.Reverted)
		k.o.Done(open[0], r)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", open[0].Kind, err)
	}
	return nil
}

// stillOpen are chores that nobody has done meanwhile. What this step has done cannot be due again. Errors: errNoEffect.
func (k *Keeper) stillOpen(ctx context.Context, chores []Chore) (open []Chore, err error) {
	for _, c := range chores {
		if err := k.o.Chain.Try(ctx, k.o.Account, c.Call); errors.Is(err, txmgr.ErrReverted) {
			k.o.Log.Info("Somebody else was faster.", "chore", c.Kind, "reason", err)
			continue
		}
		if k.done[string(c.Call.Data)] {
			return nil, fmt.Errorf("%s: %w", c.Kind, errNoEffect)
		}
		if k.signed == mostSigned {
			return open, nil // the rest is for a later step
		}
		k.signed++
		k.done[string(c.Call.Data)] = c.Kind.once()
		open = append(open, c)
	}
	return open, nil
}

// Run does what is due every so often until ctx ends.
func (k *Keeper) Run(ctx context.Context, every time.Duration) {
	for ctx.Err() == nil {
		if err := k.Step(ctx); err != nil && ctx.Err() == nil {
			k.o.Log.Warn("Not everything that is due could be done. It is tried again.", "reason", err)
		}
		if k.o.Sleep(ctx, every) != nil {
			return
		}
	}
}

// view calls a view of a contract.
func view[T any](ctx context.Context, k *Keeper, to common.Address, data []byte, unpack func([]byte) (T, error)) (T, error) {
	var none T
	answer, err := k.o.Chain.View(ctx, to, data)
	if err != nil {
		return none, err
	}
	return unpack(answer)
}
