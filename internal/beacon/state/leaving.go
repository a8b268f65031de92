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
	ExitEpoch            uint64 // 1<<64-1: none is set, or one in fifty thousand years
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
// partial withdrawals. Some 60 MB; the largest pool has a third as many validators.
const DefaultMaxKept = 1 << 20

// leaver is a validator that leaves, while it is not known whether it still has a balance: in an old pool most have none. Epochs are 1<<32-1 for all that are as late.
type leaver struct {
	effectiveGwei                                   uint64
	index, activationEpoch, exitEpoch, withdrawable uint32
	slashed, compounding                            bool
}

func leaverOf(v []byte, index uint32) leaver {
	return leaver{
		index: index, effectiveGwei: uint64At(v, effectiveAt), activationEpoch: shortEpoch(v, activationAt), exitEpoch: shortEpoch(v, exitAt),
		withdrawable: shortEpoch(v, withdrawAt), slashed: v[slashedAt] == 1, compounding: v[credentialsAt] == compoundingPrefix,
	}
}

func (l leaver) detail(balanceGwei uint64) ValidatorDetail {
	return ValidatorDetail{
		Index: l.index, BalanceGwei: balanceGwei, EffectiveBalanceGwei: l.effectiveGwei, ActivationEpoch: longEpoch(l.activationEpoch),
		ExitEpoch: longEpoch(l.exitEpoch), WithdrawableEpoch: longEpoch(l.withdrawable), Slashed: l.slashed, Compounding: l.compounding,
	}
}

// shortEpoch is an epoch of 32 bits: fifty thousand years. Later ones are never.
func shortEpoch(v []byte, at int) uint32 { return uint32(min(uint64At(v, at), math.MaxUint32)) }

func longEpoch(epoch uint32) uint64 {
	if epoch == math.MaxUint32 {
		return farFuture
	}
	return uint64(epoch)
}

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
	if v[slashedAt] == 1 {
		b.slashed = append(b.slashed, SlashedValidator{
			Index: index, EffectiveBalanceGwei: uint64At(v, effectiveAt), ExitEpoch: uint64At(v, exitAt), WithdrawableEpoch: uint64At(v, withdrawAt),
		})
	}
	switch {
	case uint64At(v, exitAt) != farFuture || v[slashedAt] == 1:
		b.leaving = append(b.leaving, leaverOf(v, index))
	case v[credentialsAt] == compoundingPrefix:
		b.compounding = append(b.compounding, Compounding{
			Index: index, EffectiveBalanceGwei: uint64At(v, effectiveAt), ActivationEpoch: shortEpoch(v, activationAt),
		})
	}
}

// keepLeaving adds what a block held. The scanner is locked.
func (s *scanner) keepLeaving(first uint64, sums blockSums) error {
	s.leaving.add(first, sums.leaving)
	s.compounding.add(first, sums.compounding)
	s.slashed = append(s.slashed, sums.slashed...) // all of them leave
	if s.leaving.count+s.compounding.count > s.maxKept {
		return fmt.Errorf("%w: more than %d validators of the pool leave or compound", ErrTooLong, s.maxKept)
	}
	return nil
}

// withBalances are those that have a balance, in order: the sweep has paid the others.
func (s *scanner) withBalances(leaving *collected[leaver]) []ValidatorDetail {
	kept := make([]ValidatorDetail, 0)
	leaving.sort()
	for i, b := range leaving.blocks {
		for _, l := range b.found {
			if gwei := s.balanceOf(l.index); gwei > 0 {
				kept = append(kept, l.detail(gwei))
			}
		}
		leaving.blocks[i].found = nil
	}
	*leaving = collected[leaver]{}
	return kept
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

// sort puts blocks in order.
func (c *collected[T]) sort() {
	slices.SortFunc(c.blocks, func(a, b foundBlock[T]) int { return cmp.Compare(a.first, b.first) })
}

// inOrder gives everything in the order of blocks, and forgets it.
func (c *collected[T]) inOrder() []T {
	c.sort()
	all := make([]T, 0, c.count)
	for i := range c.blocks {
		all = append(all, c.blocks[i].found...)
		c.blocks[i].found = nil
	}
	*c = collected[T]{}
	return all
}
