package report

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// ErrUnknownSection: a report has no such section.
var ErrUnknownSection = errors.New("unknown section")

// Section is a group of fields that are read from one source. Nodes that differ name it before they exchange values.
type Section uint8

// Sections, and the fields of each in ABI order.
const (
	BlockSection      Section = iota // version, committee, refSlot, lastRefSlot, refBlockRoot
	ConsensusSection                 // clValidatorsGwei, clPendingGwei, clInFlightGwei, unprovenGwei, validators, exited, slashed
	ExecutionSection                 // depositedWei, withdrawalVaultWei, elRewardsVaultWei
	QueueSection                     // finalizeUpTo, exitGwei, exitsAskedGwei, bunker
	CommitmentSection                // balancesRoot, pendingRoot

	// SectionCount is the number of sections.
	SectionCount = 5
)

// String names the section for people.
func (s Section) String() string {
	names := [SectionCount]string{"block", "consensus layer", "execution layer", "queue", "commitment"}
	if int(s) >= len(names) {
		return "unknown"
	}
	return names[s]
}

// MarshalText writes the section's name. Errors: ErrUnknownSection.
func (s Section) MarshalText() ([]byte, error) {
	if int(s) >= SectionCount {
		return nil, fmt.Errorf("%w: number %d", ErrUnknownSection, s)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a section's name; the section is unchanged on error. Errors: ErrUnknownSection.
func (s *Section) UnmarshalText(text []byte) error {
	for known := range Section(SectionCount) {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("%w: %q", ErrUnknownSection, text)
}

// Sections are the Keccak-256 hashes of the ABI words of each section's fields, indexed by Section. They are for diagnosis: bound to no
// chain and signed by nobody.
func (r Report) Sections() [SectionCount]common.Hash {
	var collected [SectionCount]words
	for _, f := range fields() {
		collected[f.section].hash(f.word(&r))
	}
	var hashes [SectionCount]common.Hash
	for s := range hashes {
		hashes[s] = crypto.Keccak256Hash(collected[s].b)
	}
	return hashes
}

// Difference is one field in which two reports differ, with both values as the report's JSON writes them.
type Difference struct {
	Section Section `json:"section"`
	Field   string  `json:"field"` // EIP-712 name, which ends in the unit
	A       string  `json:"a"`
	B       string  `json:"b"`
}

// Diff lists the fields in which a and b differ, in ABI order; nil when they are equal.
func Diff(a, b Report) []Difference {
	var found []Difference
	for _, f := range fields() {
		if f.word(&a) != f.word(&b) {
			found = append(found, Difference{f.section, f.name, f.text(&a), f.text(&b)})
		}
	}
	return found
}
