package txmgr

import (
	"fmt"
	"maps"
	"math/big"
	"strings"

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

// Outcomes of this node's transactions: keys of State.Transactions, and of status.Counters.Submissions.
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
	Included     *common.Hash // this node's transaction that brought the report in
	Code         string       // of Why: lower case with hyphens
	Why          string       // what it is doing, or what hinders it: a sentence
	LowFunds     string       // that the account cannot pay a submission at the cap, and what it needs; empty: it can
	SpentWei     *big.Int     // on fees of this node's transactions that are mined, since the start
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

// Codes of State.Code.
const (
	CodeIdle       = "idle"
	CodeNoEndpoint = "no-execution-endpoint"
	CodeSent       = "sent"
	CodeFeeCap     = "fee-cap"            // the base fee is above the hard cap
	CodeAtCap      = "bid-at-cap"         // the transaction bids the cap already
	CodeFunds      = "insufficient-funds" // the account cannot pay
	CodeRefused    = "contract-refuses"   // by simulation
	CodeSigner     = "signer"
	CodeStore      = "submission-file"
	CodeNotTaken   = "not-taken" // no endpoint takes the transaction
	CodeStranger   = "stranger-transaction"
	CodeTaken      = "taken"
	CodeDone       = "done"
	CodeEnded      = "ended"
	CodeReverts    = "reverts"
	CodeDisputed   = "endpoints-disagree"
)

// reason is what the sender is doing, or what hinders it.
type reason struct{ code, text string }

func reasonf(code, format string, a ...any) reason { return reason{code, fmt.Sprintf(format, a...)} }

// meaning says what a refusal of the contract means and what comes next; empty for one that explains itself. Nothing is sent while the contract refuses, but
// each new head is asked again: a reorganisation can undo what stands in the way.
func meaning(refusal string) string {
	name, _, _ := strings.Cut(refusal, "[")
	const next = " The next frame's report carries its values."
	switch name {
	case "SubmissionsClosed":
		return " Submissions of the frame have closed." + next
	case "ComputedOnAnotherReport":
		return " Since it was computed, the pool took another report or requests were finalized without one." + next
	case "ReportTooSoon":
		return " It follows the pool's last report too soon." + next
	case "RefSlotToCome":
		return " For the chain its reference slot has not passed: check the execution endpoints and the machine's clock."
	case "EnforcedPause":
		return " Reports are paused: the pause ends by itself, or when a resumer ends it."
	case "FieldNotInUse", "WrongVersion":
		return " This program writes another format than the contract reads: update it, or check that the manifest is this network's."
	}
	return ""
}

// typicalGas is what a submission takes, with the margin: docs/gas.md has the figures.
const typicalGas = 700_000

// setReason makes the state tell where things stand.
func (s *Sender) setReason(b *majority, why reason) {
	previous := s.State().Code
	s.change(func(state *State) {
		state.Code, state.Why = why.code, why.text
		state.Pending = s.pending()
		state.SpentWei = s.spentWei()
		if b != nil {
			state.BalanceWei = b.balanceWei
			state.LowFunds = s.lowFunds(b.balanceWei)
		}
	})
	if why.code != previous {
		s.config.Log.Info(why.text, "account", s.config.Signer.Address(), "refSlot", s.State().RefSlot)
	}
}

func (s *Sender) lowFunds(balanceWei *big.Int) string {
	need := bid{maxWei: s.config.Fees.MaxFeeWei}.costWei(typicalGas)
	if balanceWei.Cmp(need) >= 0 {
		return ""
	}
	return fmt.Sprintf("The account %s holds %s; one submission at the cap of %s needs up to %s.",
		s.config.Signer.Address(), ether(balanceWei), gwei(s.config.Fees.MaxFeeWei), ether(need))
}

// pending is the newest transaction that is in no block yet.
func (s *Sender) pending() *common.Hash {
	for _, a := range s.store.Attempts {
		if a.Mined == nil {
			hash := a.newest().Hash
			return &hash
		}
	}
	return nil
}

// spentWei is what this node's transactions cost that are in blocks now, and those that were final since the start.
func (s *Sender) spentWei() *big.Int {
	sum := new(big.Int).Set(s.settled)
	for _, a := range s.store.Attempts {
		if a.Mined != nil {
			sum.Add(sum, a.Mined.CostWei.ToInt())
		}
	}
	return sum
}
