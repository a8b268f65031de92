package follow

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
)

// Event is something that happened in a block: one of the types below.
type Event interface{ event() }

// Act is what a holder did with the token.
type Act struct {
	Who, To common.Address
	What    ActKind
	Wei     *big.Int // shares of the wrapped token for Unwrapped; what was paid for Claimed
	Count   int      // of requests; the key's identifier for ToppedUpKey
}

// ActKind is a kind of Act.
type ActKind string

// Kinds of acts.
const (
	Staked                 ActKind = "stakes"
	Moved                  ActKind = "sends"
	Wrapped                ActKind = "wraps"
	Unwrapped              ActKind = "unwraps"
	Requested              ActKind = "asks to withdraw"
	Claimed                ActKind = "claims"
	OpenedKey              ActKind = "sends a key its first ether"
	ProvedKey              ActKind = "proves a key"
	LostKey                ActKind = "shows that a key's first ether is lost"
	ToppedUpKey            ActKind = "tops up a validator"
	Settled                ActKind = "counts the payouts of a batch"
	FinalizedWithoutReport ActKind = "finalizes requests without a report"
)

// Submission is a transaction that called ReportOracle.submit.
type Submission struct {
	Tx      common.Hash
	From    common.Address
	RefSlot uint64
	Digest  common.Hash // of the report, where the contract told it
	Report  bindings.Report
	Signers []int
	GasUsed uint64
	Outcome Outcome
}

// Outcome is what the contract made of a submission.
type Outcome string

// Outcomes.
const (
	Accepted    Outcome = "accepted"
	Quarantined Outcome = "quarantined"
	Reverted    Outcome = "reverted"
)

// QuarantineDecision is a guardian's decision on a quarantined report.
type QuarantineDecision struct {
	RefSlot  uint64
	Accepted bool
}

// Rebase is a report that took effect, and how the chain stands against the ledger after it.
type Rebase struct {
	RefSlot, Slot uint64 // reference slot, and slot of the block
	Block         uint64
	Facts         ledger.Facts
	Bunker        bool   // as reported
	Slashed       uint32 // validators, as reported
	Effect        ledger.Effect
	Mismatches    []string // sentences; empty: everything is as calculated
	Holders       []AccountBalance
	WeiPerToken   *big.Int // of the wrapped token
	RateRay       *big.Int // ether a share, times 10^27
}

// AccountBalance is what an account has after a report, by the chain.
type AccountBalance struct {
	Name       string
	Account    common.Address
	BalanceWei *big.Int
	Wrapped    *big.Int
}

// Membership is a change of the committee, or a member's punishment.
type Membership struct {
	Member common.Hash
	What   string // registered, admitted, removed, ejected, slashed
}

func (Act) event()                {}
func (Submission) event()         {}
func (QuarantineDecision) event() {}
func (Rebase) event()             {}
func (Membership) event()         {}
