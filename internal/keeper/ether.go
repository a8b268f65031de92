package keeper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

const (
	mostTopUps      = 16  // of one call: Validators.MAX_TOP_UPS
	mostPredeposits = 32  // of one call: more would be much gas at once
	pruned          = 256 // entries of one call
)

// topUps sends what the buffer can spare to the keys in turn. Which ones, the contract says: it names the key that it wants a proof for.
func (k *Keeper) topUps(ctx context.Context) ([]Chore, error) {
	var proofs []bindings.KeyProof
	for range mostTopUps {
		c := k.chore(TopUp, "Send what the buffer can spare to the keys in turn.", bindings.NewValidators().PackTopUp(big.NewInt(mostTopUps), proofs))
		err := k.o.Chain.Try(ctx, k.o.Account, c.Call)
		if err == nil {
			return []Chore{c}, nil
		}
		if id, ok := keyIn(err, "ProofMissing"); ok {
			proof, found, err := k.proofOf(ctx, id)
			if err != nil || !found {
				return nil, err
			}
			proofs = append(proofs, proof)
			continue
		}
		return k.insteadOfTopUp(ctx, err)
	}
	return nil, nil
}

// insteadOfTopUp is what must be done first, or nothing.
func (k *Keeper) insteadOfTopUp(ctx context.Context, reason error) ([]Chore, error) {
	book := bindings.NewValidators()
	if id, ok := keyIn(reason, "KeyIsLeaving"); ok {
		proof, found, err := k.proofOf(ctx, id)
		if err != nil || !found {
			return nil, err
		}
		return k.taken(ctx, slog.LevelDebug, k.chore(ProveLeaving, fmt.Sprintf("Show that key %d leaves or was slashed.", id), book.PackProveLeaving(id, proof)))
	}
	if values, ok := reverted(reason, "TooManyStaleEntries"); ok && len(values) == 1 {
		operator, _ := values[0].(*big.Int)
		text := fmt.Sprintf("Clear the order of operator %s of what says nothing any more.", operator)
		return k.taken(ctx, slog.LevelDebug, k.chore(Prune, text, book.PackPrune(operator, big.NewInt(pruned))))
	}
	if !errors.Is(reason, txmgr.ErrReverted) {
		return nil, fmt.Errorf("simulate a top-up: %w", reason)
	}
	k.o.Log.Debug("No key gets ether now.", "reason", reason)
	return nil, nil
}

// taken are the chores that the contract would take now. What it refuses is logged at a level.
func (k *Keeper) taken(ctx context.Context, level slog.Level, chores ...Chore) (open []Chore, err error) {
	var failures []error
	for _, c := range chores {
		switch err := k.o.Chain.Try(ctx, k.o.Account, c.Call); {
		case err == nil:
			open = append(open, c)
		case !errors.Is(err, txmgr.ErrReverted):
			failures = append(failures, fmt.Errorf("simulate %s: %w", c.Kind, err))
		default:
			k.o.Log.Log(ctx, level, "The contract does not take this now.", "chore", c.Kind, "what", c.Text, "reason", err)
		}
	}
	return open, errors.Join(failures...)
}

// firstEther opens as many of the next keys as there is room and ether for.
func (k *Keeper) firstEther(ctx context.Context) ([]Chore, error) {
	count, err := k.mostFirstEther(ctx)
	if err != nil {
		return nil, err
	}
	for ; count > 0; count /= 2 { // quotas, bonds and limits are the contract's to judge
		text := fmt.Sprintf("Send the first ether of the next keys: %d.", count)
		chores, err := k.taken(ctx, slog.LevelDebug, k.chore(Predeposit, text, bindings.NewValidators().PackPredeposit(uint8(count))))
		if err != nil || len(chores) > 0 {
			return chores, err
		}
	}
	return nil, nil
}

// mostFirstEther is how many keys can have their first ether at most.
func (k *Keeper) mostFirstEther(ctx context.Context) (int, error) {
	set, book := k.o.Manifest.Contracts, bindings.NewValidators()
	stock, err := view(ctx, k, set.Validators, book.PackStock(), book.UnpackStock)
	if err != nil {
		return 0, fmt.Errorf("read how many keys wait: %w", err)
	}
	pool, registry := bindings.NewStakingPool(), bindings.NewOperatorRegistry()
	usableWei, err := view(ctx, k, set.StakingPool, pool.PackUsableWei(), pool.UnpackUsableWei)
	if err != nil {
		return 0, fmt.Errorf("read what the buffer can spare: %w", err)
	}
	available, err := view(ctx, k, set.OperatorRegistry, registry.PackAvailableKeys(), registry.UnpackAvailableKeys)
	if err != nil {
		return 0, fmt.Errorf("read how many keys operators have left: %w", err)
	}
	room := new(big.Int).Sub(stock.Limit, stock.Waiting)
	return min(mostPredeposits, count(new(big.Int).Div(usableWei, big.NewInt(1e18))), count(room), count(available)), nil
}

// count is a number that fits into an int, and not below 0.
func count(n *big.Int) int {
	if n.Sign() < 0 {
		return 0
	}
	if !n.IsInt64() || n.Int64() > 1<<31 {
		return 1 << 31
	}
	return int(n.Int64())
}

// keyIn is the key that a contract's error of that name names first.
func keyIn(err error, name string) (uint64, bool) {
	values, ok := reverted(err, name)
	if !ok || len(values) == 0 {
		return 0, false
	}
	id, ok := values[0].(uint64)
	return id, ok
}
