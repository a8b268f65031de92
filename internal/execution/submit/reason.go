package submit

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

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

func because(code, format string, a ...any) reason { return reason{code, fmt.Sprintf(format, a...)} }

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

// say makes the state tell where things stand.
func (s *Sender) say(b *belief, why reason) {
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

// spentWei is what own transactions cost that are in blocks now, and those that were final since the start.
func (s *Sender) spentWei() *big.Int {
	sum := new(big.Int).Set(s.settled)
	for _, a := range s.store.Attempts {
		if a.Mined != nil {
			sum.Add(sum, a.Mined.CostWei.ToInt())
		}
	}
	return sum
}
