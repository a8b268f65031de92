package audit

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// provenFalse is the reference slot of a report that a challenge proved false, and what of it; ok is false for any other event.
func provenFalse(event events.Body) (refSlot uint64, text string, ok bool) {
	switch body := event.(type) {
	case *events.FalseBalanceProven:
		return body.RefSlot, fmt.Sprintf("the report commits to %d gwei of validator %d, the beacon state has %d: proven by %s",
			body.ClaimedGwei, body.ValidatorIndex, body.ActualGwei, body.Challenger), true
	case *events.FalseFlagsProven:
		return body.RefSlot, fmt.Sprintf("the report says that validator %d is %s, the beacon state says %s: proven by %s",
			body.ValidatorIndex, flagsText(body.Claimed), flagsText(body.Actual), body.Challenger), true
	case *events.OmissionProven:
		return body.RefSlot, fmt.Sprintf("the report left out validator %d, which is the pool's: proven by %s", body.ValidatorIndex, body.Challenger), true
	case *events.FalseCommitmentProven:
		return body.RefSlot, fmt.Sprintf("the report contradicts its own commitment (%s): proven by %s", faultText(body.Fault), body.Challenger), true
	}
	return 0, "", false
}

// flagsText says what the flags of a leaf mean: bit 0 exited, bit 1 slashed, no others.
func flagsText(flags uint8) string {
	names := [...]string{"neither exited nor slashed", "exited", "slashed", "exited and slashed"}
	if int(flags) < len(names) {
		return names[flags]
	}
	return fmt.Sprintf("something that there is not (flags %d)", flags)
}

// faultText names a BalanceChallenge.Fault.
func faultText(fault uint8) string {
	names := [...]string{
		"a sum of its tree is not that of the two nodes below", "a total is not the report's", "validators out of order, or one twice",
		"padding that is none", "a leaf that is none",
	}
	if int(fault) < len(names) {
		return names[fault]
	}
	return fmt.Sprintf("fault %d", fault)
}
