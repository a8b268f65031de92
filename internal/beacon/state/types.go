package state

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// State is what a verified state says of the network and of the pool. Gwei amounts are integers.
type State struct {
	Root                  common.Hash // hash-tree root: what the block commits to
	Fork                  Fork
	Bytes                 uint64
	GenesisTime           uint64 // seconds
	GenesisValidatorsRoot common.Hash
	Slot                  uint64
	LatestBlockHeader     BlockHeader
	Finalized             Checkpoint

	// LatestBlockHash is the newest execution block that the state knows to be included: what stands on the execution layer goes with it.
	LatestBlockHash common.Hash
	// Execution is that block's header; nil from Gloas on, whose states hold its hash alone.
	Execution *ExecutionHeader
	// Bid is what the payload of the state's own block was promised to be, nil before Gloas. Whether that payload came, only a later state tells.
	Bid *PayloadBid

	// Epoch is the one at which activity and exits were judged.
	Epoch           uint64
	TotalValidators uint64
	// TotalActiveGwei is get_total_active_balance at Epoch: never below one increment.
	TotalActiveGwei uint64
	SlashingsGwei   uint64 // sum of state.slashings

	Eth1DepositIndex          uint64
	DepositRequestsStartIndex uint64 // 1<<64-1 when unset, or before Electra
	Churn                     Churn  // zero before Electra

	Pool           []Validator // in index order
	PoolActiveGwei uint64      // effective balances of the pool's validators that are active at Epoch
	PoolSweptGwei  uint64      // of them, those with 0x01 credentials: the sweep takes their rewards
	PoolSlashed    []SlashedValidator

	// What withdrawals depend on, in index order: the pool's validators that have an exit epoch or were slashed, and a balance; those with 0x02 credentials that
	// stay; and by key those of Query.Asked that are the pool's and have a balance.
	Leaving     []ValidatorDetail
	Compounding []Compounding
	Asked       map[[publicKeySize]byte]ValidatorDetail
	askedKeys   [][publicKeySize]byte
	// Partials are the pending partial withdrawals of the pool's validators, in order.
	Partials      []PendingPartial
	PartialsTotal uint64 // all pending partial withdrawals; before Electra there are none

	// Pending are the deposits, in order, whose key belongs to a validator of the pool or has a pending deposit with the pool's
	// credentials. Registered has the credentials of the keys among them that are in the registry.
	Pending      []PendingDeposit
	Registered   map[[publicKeySize]byte]common.Hash
	PendingTotal uint64 // all pending deposits

	// InFlight are the withdrawals of the pool's validators, in order, that are deducted from their balances already and wait for the payload that pays them.
	InFlight      []ExpectedWithdrawal
	InFlightGwei  uint64 // their sum
	ExpectedTotal uint64 // all expected withdrawals; before Gloas there are none of these

	BlockRoots *BlockRoots      // nil unless they were asked for
	Proofs     []ValidatorProof // of those of Query.Prove and Query.ProveKeys that the registry has, in index order
	Builders   []BuilderProof   // of those of Query.ProveKeys that are builders, in index order
}

// Churn is how much of the rate of deposits, exits and consolidations is used up.
type Churn struct {
	DepositBalanceToConsumeGwei       uint64
	ExitBalanceToConsumeGwei          uint64
	EarliestExitEpoch                 uint64
	ConsolidationBalanceToConsumeGwei uint64
	EarliestConsolidationEpoch        uint64
}

// ExpectedWithdrawal is one of payload_expected_withdrawals that is owed to a validator of the pool.
type ExpectedWithdrawal struct {
	Index      uint32 // of the validator
	AmountGwei uint64
}

// PayloadBid is what the pool needs of the latest execution payload bid.
type PayloadBid struct {
	ParentBlockHash common.Hash // of the execution block below
	ParentBlockRoot common.Hash // of the beacon block below
	BlockHash       common.Hash // of the execution block that is promised
	BuilderIndex    uint64      // 1<<64-1: the proposer builds itself
	Slot            uint64
}

// Validator is one of the pool's.
type Validator struct {
	BalanceGwei uint64 // actual, not effective
	Index       uint32
	Exited      bool // exit_epoch <= Epoch
	Slashed     bool
}

// SlashedValidator is one of the pool's that was slashed.
type SlashedValidator struct {
	Index                uint32
	EffectiveBalanceGwei uint64
	ExitEpoch            uint64
	WithdrawableEpoch    uint64
}

// PendingDeposit is Electra's container.
type PendingDeposit struct {
	PublicKey   [48]byte
	Credentials common.Hash
	AmountGwei  uint64
	Signature   [96]byte
	Slot        uint64
}

// Checkpoint is an epoch and the root of its block.
type Checkpoint struct {
	Epoch uint64
	Root  common.Hash
}

// ExecutionHeader is what the pool needs of the latest execution payload header (up to Fulu).
type ExecutionHeader struct {
	BlockHash common.Hash
	StateRoot common.Hash
	Number    uint64
	Timestamp uint64 // seconds
}

// BlockHeader is the BeaconBlockHeader container.
type BlockHeader struct {
	Slot          uint64
	ProposerIndex uint64
	ParentRoot    common.Hash
	StateRoot     common.Hash
	BodyRoot      common.Hash
}

// HashTreeRoot is the block's root.
func (b BlockHeader) HashTreeRoot() common.Hash {
	zeros := hashPair([chunkSize]byte{}, [chunkSize]byte{})
	position := hashPair(uintChunk(b.Slot), uintChunk(b.ProposerIndex))
	roots := hashPair(b.ParentRoot, b.StateRoot)
	return hashPair(hashPair(position, roots), hashPair(hashPair(b.BodyRoot, [chunkSize]byte{}), zeros))
}

// LookedFor says whether the key is one of Query.Asked.
func (s *State) LookedFor(key [publicKeySize]byte) bool { return slices.Contains(s.askedKeys, key) }

// BlockRoot is the root of the block that the state comes after. A state straight after its block holds the block's header without the state
// root, which is its own: process_block_header leaves it empty.
func (s *State) BlockRoot() common.Hash {
	header := s.LatestBlockHeader
	if header.StateRoot == (common.Hash{}) {
		header.StateRoot = s.Root
	}
	return header.HashTreeRoot()
}
