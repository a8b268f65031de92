package state

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ValidatorDetail is all of one of the pool's validators that its withdrawals depend on.
type ValidatorDetail struct {
	BalanceGwei          uint64 // actual
	EffectiveBalanceGwei uint64
	ActivationEpoch      uint64
	ExitEpoch            uint64 // 1<<64-1: none is set
	WithdrawableEpoch    uint64
	Index                uint32
	Slashed              bool
	Compounding          bool // its credentials begin with 0x02
}

// Compounding is a validator of the pool with 0x02 credentials that stays: what is above its least balance can be withdrawn in part. There can be many.
type Compounding struct {
	EffectiveBalanceGwei uint64
	ActivationEpoch      uint32 // 1<<32-1 for all that are as late or later
	Index                uint32
}

// DefaultMaxKept bounds what a reading keeps of the pool's withdrawals before the root has matched: as many validators as leave or compound, and as many pending
// partial withdrawals. Some 70 MB; the largest pool has a third as many validators.
const DefaultMaxKept = 1 << 20

// detailOf reads a validator of the registry, without its balance.
func detailOf(v []byte, index uint32) ValidatorDetail {
	return ValidatorDetail{
		Index: index, EffectiveBalanceGwei: uint64At(v, effectiveAt), ActivationEpoch: uint64At(v, activationAt), ExitEpoch: uint64At(v, exitAt),
		WithdrawableEpoch: uint64At(v, withdrawAt), Slashed: v[slashedAt] == 1, Compounding: v[credentialsAt] == compoundingPrefix,
	}
}

// compoundingPrefix is COMPOUNDING_WITHDRAWAL_PREFIX. Source: consensus specs, electra beacon-chain.md.
const compoundingPrefix = 2

// addLeaving notes a validator of the pool that leaves, was slashed, or compounds.
func (b *blockSums) addLeaving(v []byte, index uint32) {
	switch {
	case uint64At(v, exitAt) != farFuture || v[slashedAt] == 1:
		b.leaving = append(b.leaving, detailOf(v, index))
	case v[credentialsAt] == compoundingPrefix:
		b.compounding = append(b.compounding, Compounding{
			Index: index, EffectiveBalanceGwei: uint64At(v, effectiveAt), ActivationEpoch: uint32(min(uint64At(v, activationAt), math.MaxUint32)),
		})
	}
}

// keepLeaving adds what a block held. The scanner is locked.
func (s *scanner) keepLeaving(first uint64, sums blockSums) error {
	s.leaving.add(first, sums.leaving)
	s.compounding.add(first, sums.compounding)
	if s.leaving.count+s.compounding.count > s.maxKept {
		return fmt.Errorf("%w: more than %d validators of the pool leave or compound", ErrTooLong, s.maxKept)
	}
	return nil
}

// slashedOf are those that were slashed.
func slashedOf(leaving []ValidatorDetail) (slashed []SlashedValidator) {
	for _, v := range leaving {
		if v.Slashed {
			slashed = append(slashed, SlashedValidator{
				Index: v.Index, EffectiveBalanceGwei: v.EffectiveBalanceGwei, ExitEpoch: v.ExitEpoch, WithdrawableEpoch: v.WithdrawableEpoch,
			})
		}
	}
	return slashed
}

// withBalances completes validators of the pool, and leaves out those that have no balance: the sweep has paid them.
func (s *scanner) withBalances(all []ValidatorDetail) []ValidatorDetail {
	kept := all[:0]
	for _, v := range all {
		if v.BalanceGwei = s.balanceOf(v.Index); v.BalanceGwei > 0 {
			kept = append(kept, v)
		}
	}
	return slices.Clip(kept)
}

// balanceOf is the balance of a validator of the pool; 0 for others.
func (s *scanner) balanceOf(index uint32) uint64 { return balanceIn(s.pool, index) }

// BalanceOf is the balance of a validator of the pool; 0 for others.
func (s *State) BalanceOf(index uint32) uint64 { return balanceIn(s.Pool, index) }

func balanceIn(pool []Validator, index uint32) uint64 {
	at, found := slices.BinarySearchFunc(pool, index, func(v Validator, index uint32) int { return cmp.Compare(v.Index, index) })
	if !found {
		return 0
	}
	return pool[at].BalanceGwei
}

// collected is what blocks of a list held, which come in any order.
type collected[T any] struct {
	blocks []foundBlock[T]
	count  int
}

// foundBlock is what one block held.
type foundBlock[T any] struct {
	first uint64 // index of the block's first element
	found []T
}

// add keeps a copy.
func (c *collected[T]) add(first uint64, found []T) {
	if len(found) > 0 {
		c.blocks = append(c.blocks, foundBlock[T]{first, slices.Clone(found)})
		c.count += len(found)
	}
}

// inOrder gives everything in the order of blocks, and forgets it.
func (c *collected[T]) inOrder() []T {
	slices.SortFunc(c.blocks, func(a, b foundBlock[T]) int { return cmp.Compare(a.first, b.first) })
	all := make([]T, 0, c.count)
	for i := range c.blocks {
		all = append(all, c.blocks[i].found...)
		c.blocks[i].found = nil
	}
	*c = collected[T]{}
	return all
}
