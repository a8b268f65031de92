package report

import (
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
	Slashed         []SlashedValidator
	TotalActiveGwei uint64 // effective balances of all active validators, at least one increment: get_total_active_balance
	PoolActiveGwei  uint64 // of the pool's active validators
	SlashingsGwei   uint64 // sum of state.slashings

	Pending    []PendingDeposit          // in the state's order: every one of a key that has one with pool credentials, or that a pool validator has
	Registered map[PublicKey]common.Hash // credentials of the validators that have keys of Pending; a key that is absent is not in the registry
	// The bridge of deposits from before Electra is empty once the first reaches the second, which is UnsetDepositRequestsStart until the first
	// deposit request.
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
	DepositedWei       uint256.Int // cumulative, to the deposit contract
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

// Has tells whether all flags of want are set.
func (f PoolFlags) Has(want PoolFlags) bool { return f&want == want }

// BucketAt is what the bucket holds so long after the last report's reference slot, in gwei.
func (e ExecutionLayer) BucketAt(elapsedSeconds uint64) uint64 {
	refill := div(mul(unsigned(e.Bounds.BucketGwei), unsigned(elapsedSeconds)), unsigned(e.Bounds.BucketRefillSeconds))
	return smaller(unsigned(e.Bounds.BucketGwei), add(unsigned(e.Head.BucketGwei), refill)).Uint64()
}

// BookedWei is what the pool's buckets sum up to: buffer, consensus-layer ether of the last report, deposits since. What exceeds the recognised
// ether is recognised by later reports.
func (e ExecutionLayer) BookedWei() *big.Int {
	sinceLast := sub(e.DepositedWei.ToBig(), e.Last.DepositedWei.ToBig())
	return add(add(e.BufferedWei.ToBig(), gweiToWei(e.Last.CLValidatorsGwei, e.Last.CLPendingGwei)), sinceLast)
}

// QueueHead is the state of the withdrawal queue.
type QueueHead struct {
	PauseFlag            bool   // a pause was begun and not ended by hand
	PausedUntil          uint64 // it ends by itself then, in seconds
	LastRequestID        uint64 // 0: there was none
	LastFinalizedID      uint64
	RequestMarginSeconds uint32 // a request must be this much older than the reference slot
}

// PausedAt tells whether the queue is paused at a time in seconds.
func (q QueueHead) PausedAt(timestamp uint64) bool { return q.PauseFlag && timestamp < q.PausedUntil }

// Balances are the (validator index, balance in gwei) that Report.BalancesRoot commits to, as ProveBalance takes them.
func (s Snapshot) Balances() iter.Seq2[uint64, uint64] {
	return func(yield func(uint64, uint64) bool) {
		for _, v := range s.Consensus.Validators {
			if !yield(uint64(v.Index), v.BalanceGwei) {
				return
			}
		}
	}
}
