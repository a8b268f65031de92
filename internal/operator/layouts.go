package operator

import (
	"context"
	"fmt"
	"math"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// gloasEntry is the place of Gloas in the table of StateProofs.
var gloasEntry = big.NewInt(1)

func slotText(slot uint64) string {
	if slot == math.MaxUint64 {
		return "no known slot"
	}
	return fmt.Sprintf("slot %d", slot)
}

// SetGloasEpoch moves the epoch from which on StateProofs expects states of Gloas: its fork got a date, another one, or
// none (manifest.UnknownEpoch). What has begun stays. Errors:
// ErrArgument for an epoch that is no other one, or that has begun; ErrState when the fork has come.
func (n *Network) SetGloasEpoch(ctx context.Context, epoch uint64) (Action, error) {
	at, proofs := n.Manifest.Contracts.StateProofs, bindings.NewStateProofs()
	entry, err := view(ctx, n, at, proofs.PackEntryOf(gloasEntry), proofs.UnpackEntryOf)
	if err != nil {
		return Action{}, fmt.Errorf("read the layout of Gloas: %w", err)
	}
	now, err := n.Client.Time(ctx)
	if err != nil {
		return Action{}, err
	}
	s := report.Schedule(n.Manifest.Schedule)
	if s.SlotsPerEpoch == 0 || epoch != manifest.UnknownEpoch && epoch > math.MaxUint64/s.SlotsPerEpoch {
		return Action{}, fmt.Errorf("%w: epoch %d begins with no slot that a number of 64 bits can hold", ErrArgument, epoch)
	}
	from, slot, current := entry.FromSlot, manifest.States{GloasForkEpoch: epoch}.GloasSlot(s.SlotsPerEpoch), s.SlotAt(now)
	switch {
	case from <= current:
		return Action{}, fmt.Errorf("%w: Gloas began with slot %d, and what states look like since then cannot be changed", ErrState, from)
	case slot <= current:
		return Action{}, fmt.Errorf("%w: epoch %d began with slot %d, and slot %d runs: only a fork to come can be moved", ErrArgument, epoch, slot, current)
	case slot == from:
		return Action{}, fmt.Errorf("%w: %w", ErrArgument, errUnchanged)
	}
	entry.FromSlot = slot
	return Action{
		Name: "move Gloas",
		What: []string{
			fmt.Sprintf("Expect states of Gloas from %s on, instead of %s.", slotText(slot), slotText(from)),
			fmt.Sprintf("Every member then needs a manifest with states.gloasForkEpoch: %d.", epoch),
		},
		Before: s.TimeOf(min(from, slot)),
		Role:   Role{"StateProofs", at, adminRoleName},
		Call:   txmgr.Call{To: at, Data: proofs.PackReplace(gloasEntry, entry)},
	}, nil
}
