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
	What    Deed
	Wei     *big.Int // shares of the wrapped token for Unwrapped; what was paid for Claimed
	Count   int      // of requests or validators
}

// Deed is a kind of Act.
type Deed string

// Deeds.
const (
	Staked            Deed = "stakes"
	Moved             Deed = "sends"
	Wrapped           Deed = "wraps"
	Unwrapped         Deed = "unwraps"
	Requested         Deed = "asks to withdraw"
	Claimed           Deed = "claims"
	FundedKeys        Deed = "funds validators"
	Settled           Deed = "counts the payouts of a batch"
	FinalizedSilently Deed = "finalizes requests without a report"
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

// Judged is a guardian's word on a quarantined report.
type Judged struct {
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
	Holders       []Standing
	WeiPerToken   *big.Int // of the wrapped token
	RateRay       *big.Int // ether a share, times 10^27
}

// Standing is what an account has after a report, by the chain.
type Standing struct {
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

func (Act) event()        {}
func (Submission) event() {}
func (Judged) event()     {}
func (Rebase) event()     {}
func (Membership) event() {}
