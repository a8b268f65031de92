package report

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

// field is one field of a Report: its EIP-712 name and type, and how its value is reached, written and read.
type field struct {
	name    string
	solType string
	section Section
	word    func(*Report) common.Hash          // ABI word
	text    func(*Report) string               // canonical text
	set     func(r *Report, text string) error // from canonical text only
}

// fields are all fields of a Report in ABI order.
func fields() [21]field {
	return [...]field{
		uintField("version", BlockSection, func(r *Report) *uint16 { return &r.Version }),
		hashField("committee", BlockSection, func(r *Report) *common.Hash { return &r.Committee }),
		uintField("refSlot", BlockSection, func(r *Report) *uint64 { return &r.RefSlot }),
		uintField("lastRefSlot", BlockSection, func(r *Report) *uint64 { return &r.LastRefSlot }),
		hashField("refBlockRoot", BlockSection, func(r *Report) *common.Hash { return &r.RefBlockRoot }),
		uintField("clValidatorsGwei", ConsensusSection, func(r *Report) *uint64 { return &r.CLValidatorsGwei }),
		uintField("clPendingGwei", ConsensusSection, func(r *Report) *uint64 { return &r.CLPendingGwei }),
		uintField("clInFlightGwei", ConsensusSection, func(r *Report) *uint64 { return &r.CLInFlightGwei }),
		uintField("unprovenGwei", ConsensusSection, func(r *Report) *uint64 { return &r.UnprovenGwei }),
		uintField("validators", ConsensusSection, func(r *Report) *uint32 { return &r.Validators }),
		uintField("exited", ConsensusSection, func(r *Report) *uint32 { return &r.Exited }),
		uintField("slashed", ConsensusSection, func(r *Report) *uint32 { return &r.Slashed }),
		weiField("depositedWei", func(r *Report) *uint256.Int { return &r.DepositedWei }),
		weiField("withdrawalVaultWei", func(r *Report) *uint256.Int { return &r.WithdrawalVaultWei }),
		weiField("elRewardsVaultWei", func(r *Report) *uint256.Int { return &r.ELRewardsVaultWei }),
		uintField("finalizeUpTo", QueueSection, func(r *Report) *uint64 { return &r.FinalizeUpTo }),
		uintField("exitGwei", QueueSection, func(r *Report) *uint64 { return &r.ExitGwei }),
		uintField("exitsAskedGwei", QueueSection, func(r *Report) *uint64 { return &r.ExitsAskedGwei }),
		boolField("bunker", QueueSection, func(r *Report) *bool { return &r.Bunker }),
		hashField("balancesRoot", CommitmentSection, func(r *Report) *common.Hash { return &r.BalancesRoot }),
		hashField("pendingRoot", CommitmentSection, func(r *Report) *common.Hash { return &r.PendingRoot }),
	}
}

var (
	errNotCanonical = errors.New("not written as a report writes it")
	errOutOfRange   = errors.New("out of range")
)

func uintField[T uint16 | uint32 | uint64](name string, section Section, at func(*Report) *T) field {
	size := bits.Len64(uint64(^T(0)))
	return field{
		name: name, solType: fmt.Sprintf("uint%d", size), section: section,
		word: func(r *Report) (w common.Hash) {
			binary.BigEndian.PutUint64(w[24:], uint64(*at(r)))
			return w
		},
		text: func(r *Report) string { return strconv.FormatUint(uint64(*at(r)), 10) },
		set: func(r *Report, text string) error {
			if err := canonicalDecimal(text); err != nil {
				return err
			}
			v, err := strconv.ParseUint(text, 10, size)
			if err != nil {
				return fmt.Errorf("%w: more than %d bits", errOutOfRange, size)
			}
			*at(r) = T(v)
			return nil
		},
	}
}

// weiField holds 128 bits.
func weiField(name string, at func(*Report) *uint256.Int) field {
	return field{
		name: name, solType: "uint128", section: ExecutionSection,
		word: func(r *Report) common.Hash { return at(r).Bytes32() },
		text: func(r *Report) string { return at(r).Dec() },
		set: func(r *Report, text string) error {
			if err := canonicalDecimal(text); err != nil {
				return err
			}
			v, err := uint256.FromDecimal(text)
			if err != nil || v.BitLen() > weiBits {
				return fmt.Errorf("%w: more than %d bits", errOutOfRange, weiBits)
			}
			*at(r) = *v
			return nil
		},
	}
}

func hashField(name string, section Section, at func(*Report) *common.Hash) field {
	return field{
		name: name, solType: "bytes32", section: section,
		word: func(r *Report) common.Hash { return *at(r) },
		text: func(r *Report) string { return at(r).Hex() },
		set: func(r *Report, text string) error {
			digits, ok := strings.CutPrefix(text, "0x")
			if !ok || len(digits) != 2*common.HashLength || strings.ToLower(digits) != digits {
				return fmt.Errorf("%w: want 0x and 64 lower-case hexadecimal digits", errNotCanonical)
			}
			if _, err := hex.Decode(at(r)[:], []byte(digits)); err != nil {
				return fmt.Errorf("%w: %w", errNotCanonical, err)
			}
			return nil
		},
	}
}

func boolField(name string, section Section, at func(*Report) *bool) field {
	return field{
		name: name, solType: "bool", section: section,
		word: func(r *Report) (w common.Hash) {
			if *at(r) {
				w[31] = 1
			}
			return w
		},
		text: func(r *Report) string { return strconv.FormatBool(*at(r)) },
		set: func(r *Report, text string) error {
			if text != "true" && text != "false" {
				return fmt.Errorf("%w: want true or false", errNotCanonical)
			}
			*at(r) = text == "true"
			return nil
		},
	}
}

// canonicalDecimal refuses what strconv would take and a report would never write: signs, leading zeros, underscores.
func canonicalDecimal(text string) error {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return fmt.Errorf("%w: want decimal digits only", errNotCanonical)
		}
	}
	if text == "" || len(text) > 1 && text[0] == '0' {
		return fmt.Errorf("%w: want a decimal number without leading zeros", errNotCanonical)
	}
	return nil
}

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
