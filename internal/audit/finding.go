package audit

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// Errors of this package.
var (
	// ErrRange: a beginning or an end that cannot be understood or does not fit.
	ErrRange = errors.New("a range is days (30d), hours (12h), a slot (slot:N or N) or a block (block:N), and ends after it begins")
	// ErrCache: a cache file that is not of this network, or damaged.
	ErrCache = errors.New("the cache cannot be used: remove the file, and everything is read again")
	// ErrNames: a file of names that cannot be understood.
	ErrNames = errors.New("a file of names has lines of a member's identifier (0x and 64 digits), spaces and a name")
	// ErrWebhook: the webhook did not take the findings.
	ErrWebhook = errors.New("the webhook did not take the findings")

	errAmount = errors.New("an amount is a string of decimal digits")
)

// Kind is what kind of finding it is.
type Kind string

// Kinds. docs/audit.md lists them.
const (
	WrongValues       Kind = "wrong-values"      // the auditor's own nodes give another report
	WrongDigest       Kind = "wrong-digest"      // the event does not belong to the report in the transaction
	WrongFrame        Kind = "wrong-frame"       // not the newest reference slot at that time
	WrongSigners      Kind = "wrong-certificate" // no quorum of the committee in force has signed it
	WrongBlock        Kind = "wrong-block"       // the block proof does not lead to the chain's block
	WrongSanity       Kind = "wrong-sanity"      // the bounds give another result than the contract
	WrongRebase       Kind = "wrong-rebase"      // the token changed by something else than the report
	ForgedEvent       Kind = "forged-event"      // a node told of an event that is not in the block
	HiddenEvent       Kind = "hidden-event"      // the contracts remember another history than the events tell
	WrongCommittee    Kind = "wrong-committee"   // the events do not lead to the committee that the contract announced
	NotReadable       Kind = "not-readable"      // submitted through another contract
	HeldReport        Kind = "quarantined"
	RejectedReport    Kind = "rejected"
	OverruledReport   Kind = "accepted-by-guardian"
	MissedFrame       Kind = "missed-frame"
	EjectedMember     Kind = "ejected-member"
	SlashedMember     Kind = "slashed-member"
	ProvenFalse       Kind = "proven-false" // a challenge proved a commitment wrong
	PausedReports     Kind = "paused"
	LostEther         Kind = "loss" // more than noise
	FinalizedSilently Kind = "finalized-without-report"
)

// Finding is something that differs from what it should be, or that calls for a look.
type Finding struct {
	Type        string       `json:"type"` // "finding"
	Kind        Kind         `json:"kind"`
	RefSlot     *uint64      `json:"refSlot"` // null: it concerns no report
	Block       uint64       `json:"block"`   // 0: it has no block
	Transaction *common.Hash `json:"transaction"`
	Member      *common.Hash `json:"member"` // identifier
	Text        string       `json:"text"`
}

// doubtsEvents reports that the events themselves are in doubt.
func (f Finding) doubtsEvents() bool {
	return f.Kind == ForgedEvent || f.Kind == WrongCommittee || f.Kind == HiddenEvent
}

// Key distinguishes findings: the same finding of two audits has the same key. Findings of one kind about one thing share theirs.
func (f Finding) Key() string {
	key := fmt.Sprintf("%s/%d", f.Kind, f.Block)
	if f.RefSlot != nil {
		key += fmt.Sprintf("/slot %d", *f.RefSlot)
	}
	if f.Transaction != nil {
		key += "/" + f.Transaction.Hex()
	}
	if f.Member != nil {
		key += "/" + f.Member.Hex()
	}
	return key
}
