package report

import (
	"errors"
	"fmt"
	"iter"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Snapshot is everything that a report is computed from: what was read, and verified, at one reference slot. Compute reads nothing else.
type Snapshot struct {
	Domain         Domain      // of the oracle's signed messages
	Committee      common.Hash // digest of the committee in force for RefSlot
	RefSlot        uint64
	EpochsPerFrame uint64 // length of the oracle's frames
	Block          BlockRef
	Vault          common.Address // the withdrawal vault: WithdrawsTo says which validators and deposits are the pool's
	Consensus      ConsensusLayer
	Execution      ExecutionLayer

	// Request reads a withdrawal request, 1 to Execution.Queue.LastRequestID, proven at the same block. Compute asks for a few: it searches.
	Request func(id uint64) (QueuedRequest, error)
}

// BlockRef is the block that was read: the last one at or before the reference slot.
type BlockRef struct {
	Slot            uint64
	Root            common.Hash // of the beacon block
	StateRoot       common.Hash // of its post-state
	ExecutionHash   common.Hash
	ExecutionNumber uint64
	RefTimestamp    uint64 // time at which the reference slot, not the block's, begins; in seconds
}

// ConsensusLayer is what the beacon state says. Balances are those of the state, that is of Block.Slot; exits and activity are judged at the
// epoch of the reference slot.
type ConsensusLayer struct {
	Rules           ConsensusRules
	Validators      []PoolValidator // all whose withdrawals go to the vault, in index order
	Unproven        []UnprovenKey   // all that Validators names at the execution block
	Slashed         []SlashedValidator
	TotalActiveGwei uint64 // effective balances of all active validators, at least one increment: get_total_active_balance
	PoolActiveGwei  uint64 // of the pool's active validators
	SlashingsGwei   uint64 // sum of state.slashings

	// InFlightGwei is the sum of the withdrawals of Validators that are deducted from their balances and wait for the payload that pays them: those of
	// payload_expected_withdrawals by validator index, never by address. 0 before Gloas.
	InFlightGwei uint64

	Pending    []PendingDeposit          // in the state's order: every one of a key that has one with pool credentials, or that a pool validator has
	Registered map[PublicKey]common.Hash // credentials of the validators that have keys of Pending; a key that is absent is not in the registry
	// The bridge of deposits from before Electra is empty once the first reaches the second, which is UnsetDepositRequestsStart until the first
	// deposit request.
	NoDepositBridge           bool // from Fulu on there is none
	Eth1DepositIndex          uint64
	DepositRequestsStartIndex uint64
}

// UnsetDepositRequestsStart is ConsensusLayer.DepositRequestsStartIndex before the first deposit request, and before Electra:
// UNSET_DEPOSIT_REQUESTS_START_INDEX of the Electra consensus spec.
const UnsetDepositRequestsStart = 1<<64 - 1

// PublicKey is a validator's compressed BLS public key, in which nothing has been checked.
type PublicKey = [48]byte

// PoolValidator is a validator whose withdrawals go to the pool.
type PoolValidator struct {
	BalanceGwei uint64 // actual, not effective
	Index       uint32
	Exited      bool // exit_epoch <= epoch(refSlot)
	Slashed     bool
	Unproven    bool // its key is one of ConsensusLayer.Unproven; what has no balance has no first ether either
}

func (v PoolValidator) leaf() BalanceLeaf {
	return BalanceLeaf{ValidatorIndex: uint64(v.Index), BalanceGwei: v.BalanceGwei, Exited: v.Exited, Slashed: v.Slashed, Unproven: v.Unproven}
}

// UnprovenKey is a key that has had its first ether and was not proven at the execution block: one of the set in the storage of Validators.
type UnprovenKey struct {
	PublicKey PublicKey
	Index     uint32 // of the pool's validator that has the key
	Validator bool   // there is one
}

// SlashedValidator is what the correlation penalty of a slashed pool validator depends on.
type SlashedValidator struct {
	Index                        uint32
	EffectiveBalanceGwei         uint64
	ExitEpoch, WithdrawableEpoch uint64
}

// PendingDeposit is a deposit that the beacon chain has seen but not applied yet: PendingDeposit of the Electra consensus spec.
type PendingDeposit struct {
	PublicKey   PublicKey
	Credentials common.Hash
	AmountGwei  uint64
	Signature   [96]byte
	Slot        uint64
}

// ConsensusRules are parameters of the network, as the beacon node's spec endpoint names them.
type ConsensusRules struct {
	SecondsPerSlot                   uint64
	SlotsPerEpoch                    uint64
	EffectiveBalanceIncrementGwei    uint64
	BaseRewardFactor                 uint64
	EpochsPerSlashingsVector         uint64
	ProportionalSlashingMultiplier   uint64 // PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX
	MinValidatorWithdrawabilityDelay uint64 // epochs
}

// ExecutionLayer is what the contracts say at Block.ExecutionHash.
type ExecutionLayer struct {
	DepositedWei       uint256.Int // cumulative, to the deposit contract; first ether counts when its key is proven
	UnprovenKeys       uint8       // keys that have had their first ether and are not proven: one ether each
	WithdrawalVaultWei uint256.Int
	ELRewardsVaultWei  uint256.Int

	BufferedWei    uint256.Int
	TotalPooledWei uint256.Int // recognised ether: the token's
	TotalShares    uint256.Int

	Terms  PoolTerms
	Bounds PoolBounds
	Head   PoolHead
	Doubt  PoolDoubt

	Last         LastReport
	LastReportAt uint64 // timestamp at which it was applied, in seconds
	Queue        QueueHead
	Limits       Limits // the sanity checker's soft limits
}

// PoolTerms are what the pool's owner sets, as far as a report depends on it.
type PoolTerms struct {
	FeeBps          uint16 // of profit, parts per 10,000
	NormalRewardBps uint32 // of consensus-layer ether a year, parts per 10,000
	NoisePcm        uint16 // a loss above it is more than noise, hundred-thousandths of the recognised ether
}

// PoolBounds are immutables of the pool.
type PoolBounds struct {
	MaxRiseBps          uint64 // fastest rise of the share rate, parts per 10,000 a year
	BucketGwei          uint64 // what gains can take beyond it
	BucketRefillSeconds uint64 // the time in which an empty bucket fills
}

// PoolHead is the pool's word of its newest round.
type PoolHead struct {
	Round      uint64 // number of reports applied so far
	Flags      PoolFlags
	BucketGwei uint64 // what the bucket held at the last report's reference slot
}

// PoolDoubt is what casts doubt on the rate. What the last report lost and is not confirmed is LastReport.UnconfirmedGwei.
type PoolDoubt struct {
	LowestHeldRate uint256.Int // of certified reports that were held since the last applied one, wei for 1e18 shares; 0 for none
	LossesInRow    uint8       // reports up to the last one that lost more than noise
}

// PoolFlags are flags of the pool's head.
type PoolFlags uint8

// Flags, with the contracts' numbers.
const (
	FlagSet         PoolFlags = 1   // always
	FlagBunker      PoolFlags = 2   // the last report saw losses in progress
	FlagHeld        PoolFlags = 4   // a certified report was held since the last applied one
	FlagUnconfirmed PoolFlags = 8   // the last report lost more than noise
	FlagFalse       PoolFlags = 32  // the last report was proven false
	FlagDoubt       PoolFlags = 64  // the word of doubts holds something
	FlagLosses      PoolFlags = 128 // the loss window or the word of confirmed losses holds something
)

// Has reports whether all flags of want are set.
func (f PoolFlags) Has(want PoolFlags) bool { return f&want == want }

// BucketAt is what the bucket holds so long after the last report's reference slot, in gwei.
func (e ExecutionLayer) BucketAt(elapsedSeconds uint64) uint64 {
	refill := div(mul(unsigned(e.Bounds.BucketGwei), unsigned(elapsedSeconds)), unsigned(e.Bounds.BucketRefillSeconds))
	return smaller(unsigned(e.Bounds.BucketGwei), add(unsigned(e.Head.BucketGwei), refill)).Uint64()
}

// BookedWei is what the pool's buckets sum up to: buffer, first ether of unproven keys, consensus-layer ether of the last report, deposits since. What exceeds
// the recognised ether is recognised by later reports.
func (e ExecutionLayer) BookedWei() *big.Int {
	sinceLast := sub(e.DepositedWei.ToBig(), e.Last.DepositedWei.ToBig())
	par := sumWei(uint64(e.UnprovenKeys) * FirstGwei)
	return add(add(add(e.BufferedWei.ToBig(), par), e.Last.CLWei()), sinceLast)
}

// QueueHead is the state of the withdrawal queue.
type QueueHead struct {
	PauseFlag            bool   // a pause was begun and not ended by hand
	PausedUntil          uint64 // it ends by itself then, in seconds
	LastRequestID        uint64 // 0: there was none
	LastFinalizedID      uint64
	RequestMarginSeconds uint32 // a request must be this much older than the reference slot
}

// PausedAt reports whether the queue is paused at a time in seconds.
func (q QueueHead) PausedAt(timestamp uint64) bool { return q.PauseFlag && timestamp < q.PausedUntil }

// Balances are the leaves that Report.BalancesRoot commits to, as ProveBalance takes them.
func (s Snapshot) Balances() iter.Seq[BalanceLeaf] {
	return func(yield func(BalanceLeaf) bool) {
		for _, v := range s.Consensus.Validators {
			if !yield(v.leaf()) {
				return
			}
		}
	}
}

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
	case len(c.Unproven) != int(s.Execution.UnprovenKeys):
		return fmt.Errorf("%w: the pool counts %d unproven keys, the set has %d", ErrInconsistentSnapshot, s.Execution.UnprovenKeys, len(c.Unproven))
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
	case s.Execution.DepositedWei.IsZero() || c.NoDepositBridge:
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
