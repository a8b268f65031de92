package submit

import (
	"maps"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Stage is how far a job has come.
type Stage string

// Stages.
const (
	Idle    Stage = "idle"    // no job
	Waiting Stage = "waiting" // not sent, or not yet: State.Why says why
	Sent    Stage = "sent"    // a transaction is on its way
	Taken   Stage = "taken"   // the contract has the report, by whomever; not final
	Done    Stage = "done"    // that is final
	Ended   Stage = "ended"   // the frame is over, and the contract has no report of it
)

// Outcomes of own transactions: keys of State.Transactions, and of status.Counters.Submissions.
const (
	Accepted   = "accepted"   // mined, and the contract took the report
	Reverted   = "reverted"   // mined, and the contract refused: another member's came first, as a rule
	Cancelled  = "cancelled"  // a self-transfer took its place because the report was in already
	Superseded = "superseded" // its nonce was used by a transaction that is not of this sender
)

// State is what a sender tells about itself.
type State struct {
	Address      common.Address
	BalanceWei   *big.Int     // nil: not known
	RefSlot      uint64       // of the newest job, 0: none yet
	Digest       common.Hash  // of its report
	Stage        Stage        // of it
	Pending      *common.Hash // newest transaction in flight
	Included     *common.Hash // own transaction that brought the report in
	Code         string       // of Why: lower case with hyphens
	Why          string       // what it is doing, or what hinders it: a sentence
	LowFunds     string       // that the account cannot pay a submission at the cap, and what it needs; empty: it can
	SpentWei     *big.Int     // on fees of own transactions that are mined, since the start
	Transactions map[string]uint64
}

// Submitter is the state as a node describes itself.
func (s State) Submitter() *status.Submitter {
	balance := ""
	if s.BalanceWei != nil {
		balance = s.BalanceWei.String()
	}
	why := s.Why
	if s.LowFunds != "" {
		why += " " + s.LowFunds
	}
	return &status.Submitter{Address: s.Address, BalanceWei: balance, Pending: s.Pending, Why: why}
}

// clone lets the state go to another goroutine.
func (s State) clone() State {
	s.Transactions = maps.Clone(s.Transactions)
	s.SpentWei = new(big.Int).Set(s.SpentWei)
	if s.BalanceWei != nil {
		s.BalanceWei = new(big.Int).Set(s.BalanceWei)
	}
	return s
}

func (s State) equal(o State) bool {
	sameHash := func(a, b *common.Hash) bool { return a == b || a != nil && b != nil && *a == *b }
	sameWei := func(a, b *big.Int) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 }
	return s.Address == o.Address && sameWei(s.BalanceWei, o.BalanceWei) && s.RefSlot == o.RefSlot && s.Digest == o.Digest && s.Stage == o.Stage &&
		sameHash(s.Pending, o.Pending) && sameHash(s.Included, o.Included) && s.Code == o.Code && s.Why == o.Why && s.LowFunds == o.LowFunds &&
		sameWei(s.SpentWei, o.SpentWei) && maps.Equal(s.Transactions, o.Transactions)
}
