package report

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

var (
	// ErrInconsistentSnapshot: parts of the snapshot contradict each other or what the network and the contracts can be. Something was read wrongly.
	ErrInconsistentSnapshot = errors.New("inconsistent snapshot")
	// ErrDepositsInFlight: ether that the pool has deposited may not be in the beacon state yet. A later reference slot can be reported.
	ErrDepositsInFlight = errors.New("deposits in flight")
)

// Bounds that no network comes near; inside them the arithmetic of slots and times cannot overflow.
const (
	maxSlot      = 1 << 40
	maxSlotTerm  = 1 << 16 // seconds in a slot, slots in an epoch, epochs in a frame
	maxTimestamp = 1 << 62
)

// check refuses a snapshot that contradicts itself.
func (s Snapshot) check() error {
	for _, part := range []func() error{s.checkBlock, s.checkRules, s.checkExecution, s.checkInFlight} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (s Snapshot) checkBlock() error {
	rules := s.Consensus.Rules
	switch {
	case s.Domain.ChainID == nil || s.Domain.ChainID.Sign() <= 0 || s.Domain.ChainID.BitLen() > 256:
		return fmt.Errorf("%w: no chain identifier", ErrInconsistentSnapshot)
	case s.Request == nil && s.Execution.Queue.LastRequestID > s.Execution.Queue.LastFinalizedID:
		return fmt.Errorf("%w: no way to read withdrawal requests", ErrInconsistentSnapshot)
	case s.Vault == common.Address{}:
		return fmt.Errorf("%w: no withdrawal vault", ErrInconsistentSnapshot)
	case s.RefSlot > maxSlot:
		return fmt.Errorf("%w: reference slot %d", ErrInconsistentSnapshot, s.RefSlot)
	case s.Block.Slot > s.RefSlot:
		return fmt.Errorf("%w: the block of slot %d is after reference slot %d", ErrInconsistentSnapshot, s.Block.Slot, s.RefSlot)
	case s.Block.Root == common.Hash{}:
		return fmt.Errorf("%w: no reference block", ErrInconsistentSnapshot)
	case outside(rules.SecondsPerSlot, maxSlotTerm) || outside(rules.SlotsPerEpoch, maxSlotTerm) || outside(s.EpochsPerFrame, maxSlotTerm):
		return fmt.Errorf("%w: slots of %d seconds, epochs of %d slots, frames of %d epochs", ErrInconsistentSnapshot, rules.SecondsPerSlot, rules.SlotsPerEpoch, s.EpochsPerFrame)
	case s.Block.RefTimestamp > maxTimestamp || s.Block.RefTimestamp < s.RefSlot*rules.SecondsPerSlot:
		return fmt.Errorf("%w: reference slot %d at timestamp %d", ErrInconsistentSnapshot, s.RefSlot, s.Block.RefTimestamp)
	}
	return nil
}

func (s Snapshot) checkRules() error {
	c, rules := s.Consensus, s.Consensus.Rules
	switch {
	case rules.EffectiveBalanceIncrementGwei == 0 || rules.BaseRewardFactor == 0 || rules.EpochsPerSlashingsVector == 0 || rules.ProportionalSlashingMultiplier == 0:
		return fmt.Errorf("%w: a parameter of the network is missing: %+v", ErrInconsistentSnapshot, rules)
	case c.TotalActiveGwei < rules.EffectiveBalanceIncrementGwei:
		return fmt.Errorf("%w: %d gwei are active, less than one increment", ErrInconsistentSnapshot, c.TotalActiveGwei)
	case c.PoolActiveGwei > c.TotalActiveGwei:
		return fmt.Errorf("%w: %d gwei of the pool are active, of %d", ErrInconsistentSnapshot, c.PoolActiveGwei, c.TotalActiveGwei)
	}
	return nil
}

func (s Snapshot) checkExecution() error {
	e := s.Execution
	for _, amount := range []struct {
		name  string
		value uint256.Int
	}{
		{"deposited ether", e.DepositedWei}, {"withdrawal vault", e.WithdrawalVaultWei}, {"rewards vault", e.ELRewardsVaultWei}, {"buffer", e.BufferedWei},
		{"pooled ether", e.TotalPooledWei}, {"shares", e.TotalShares},
		{"last deposited ether", e.Last.DepositedWei}, {"ether left in the withdrawal vault", e.Last.WithdrawalVaultLeftWei},
	} {
		if amount.value.BitLen() > weiBits {
			return fmt.Errorf("%w: %s: %s needs more than %d bits", ErrInconsistentSnapshot, amount.name, amount.value.Dec(), weiBits)
		}
	}
	switch {
	case e.Last.RefSlot >= s.RefSlot:
		return fmt.Errorf("%w: reference slot %d is not after the last report's, %d", ErrInconsistentSnapshot, s.RefSlot, e.Last.RefSlot)
	case e.DepositedWei.Lt(&e.Last.DepositedWei):
		return fmt.Errorf("%w: %s wei deposited, %s at the last report", ErrInconsistentSnapshot, e.DepositedWei.Dec(), e.Last.DepositedWei.Dec())
	}
	if booked := e.BookedWei(); booked.Cmp(e.TotalPooledWei.ToBig()) < 0 {
		return fmt.Errorf("%w: %s wei are pooled, but buffer, last consensus-layer ether and deposits since are %s", ErrInconsistentSnapshot, e.TotalPooledWei.Dec(), booked)
	}
	return s.checkBounds()
}

// checkBounds refuses bounds that no pool is deployed with, and a head that contradicts them.
func (s Snapshot) checkBounds() error {
	e := s.Execution
	switch {
	case e.Bounds.MaxRiseBps == 0 || e.Bounds.BucketRefillSeconds == 0:
		return fmt.Errorf("%w: a bound of the pool is missing: %+v", ErrInconsistentSnapshot, e.Bounds)
	case e.Head.BucketGwei > e.Bounds.BucketGwei:
		return fmt.Errorf("%w: the pool's bucket holds %d gwei, of at most %d", ErrInconsistentSnapshot, e.Head.BucketGwei, e.Bounds.BucketGwei)
	case !e.Head.Flags.Has(FlagSet):
		return fmt.Errorf("%w: the pool's head has flags %d, without the one that is always set", ErrInconsistentSnapshot, e.Head.Flags)
	case e.Head.Flags.Has(FlagUnconfirmed) != (e.Last.UnconfirmedGwei > 0):
		return fmt.Errorf("%w: the pool's head has flags %d, and %d gwei of loss are unconfirmed", ErrInconsistentSnapshot, e.Head.Flags, e.Last.UnconfirmedGwei)
	}
	return nil
}

// checkInFlight refuses while a deposit of the pool may be on the bridge from before Electra. Afterwards none can be in flight: a deposit enters the
// state's pending deposits in the very block that makes it (EIP-6110).
func (s Snapshot) checkInFlight() error {
	c := s.Consensus
	switch {
	case s.Execution.DepositedWei.IsZero():
		return nil
	case c.DepositRequestsStartIndex == UnsetDepositRequestsStart:
		return fmt.Errorf("%w: the beacon chain takes deposits by the bridge from before Electra still; wait for Electra and its first deposit request", ErrDepositsInFlight)
	case c.Eth1DepositIndex < c.DepositRequestsStartIndex:
		return fmt.Errorf("%w: the bridge from before Electra has brought %d of %d deposits; wait for the rest", ErrDepositsInFlight, c.Eth1DepositIndex, c.DepositRequestsStartIndex)
	}
	return nil
}

// timeOf is the time at which a slot up to the reference slot begins, in seconds.
func (s Snapshot) timeOf(slot uint64) uint64 {
	return s.Block.RefTimestamp - (s.RefSlot-slot)*s.Consensus.Rules.SecondsPerSlot
}

func outside(v, most uint64) bool { return v == 0 || v > most }
