package audit

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// SchemaVersion is Head.Version: it changes when a reader of the JSON must change.
const SchemaVersion = 1

// Conclusion is what an audit comes to.
type Conclusion string

// Conclusions. Findings count more than what could not be checked.
const (
	Clean     Conclusion = "clean"     // nothing differs, and all was checked that the named nodes allow
	Found     Conclusion = "findings"  // something differs from what it should be, or calls for a look
	Unchecked Conclusion = "unchecked" // nothing differs, but something could not be checked
)

// Result is an audit of a range of blocks.
type Result struct {
	Head     Head
	Reports  []Report // by block
	Missed   []Missed // by reference slot
	Members  []Member // in the order in which they registered
	Findings []Finding
	Summary  Summary

	Committee []common.Hash // identifiers of the newest committee at the end of the range, in the contract's order
}

// Head says what was audited and by what.
type Head struct {
	Type       string         `json:"type"` // "audit"
	Version    int            `json:"version"`
	Software   string         `json:"software"`
	Network    string         `json:"network"`
	ChainID    uint64         `json:"chainId"`
	Oracle     common.Address `json:"oracle"`
	FirstBlock uint64         `json:"firstBlock"`
	LastBlock  uint64         `json:"lastBlock"`
	FirstTime  uint64         `json:"firstTimeSeconds"`
	LastTime   uint64         `json:"lastTimeSeconds"`
	FinalBlock uint64         `json:"finalBlock"` // newest final block when the audit began; 0: there was none, or it was not asked for
	Recomputes bool           `json:"recomputes"` // beacon nodes were named
}

// Outcome is what became of a report.
type Outcome string

// Outcomes.
const (
	Accepted           Outcome = "accepted"
	Quarantined        Outcome = "quarantined" // held; nobody has judged it, or not in time
	Rejected           Outcome = "rejected"    // a guardian dropped it
	AcceptedByGuardian Outcome = "accepted-by-guardian"
)

// Report is a report that the contract has seen.
type Report struct {
	Type        string         `json:"type"` // "report"
	RefSlot     uint64         `json:"refSlot"`
	Outcome     Outcome        `json:"outcome"`
	Digest      common.Hash    `json:"digest"`
	Committee   common.Hash    `json:"committee"`
	Block       uint64         `json:"block"`
	BlockHash   common.Hash    `json:"blockHash"`
	TimeSeconds uint64         `json:"timeSeconds"`
	Transaction common.Hash    `json:"transaction"`
	From        common.Address `json:"from"`
	GasUsed     uint64         `json:"gasUsed"`
	FeeWei      *Amount        `json:"feeWei"`         // null: not read
	LateSeconds uint64         `json:"latencySeconds"` // since the first slot in which the contract takes the report
	Values      *report.Report `json:"report"`         // null: not readable
	Seats       []Seat         `json:"members"`        // of the committee, in its order; empty: not readable
	Signers     int            `json:"signers"`
	Quorum      int            `json:"quorum"`
	Code        string         `json:"sanityCode"`
	Rebase      *Rebase        `json:"rebase"` // null: the token was not rebased
	Divergence  []Difference   `json:"divergence"`
	Checks      []Check        `json:"checks"`
}

// Seat is a member's place in a certificate.
type Seat struct {
	ID     common.Hash `json:"id"`
	Name   string      `json:"name"`
	Signed bool        `json:"signed"`
}

// Rebase is what a report did to the token.
type Rebase struct {
	PooledBeforeWei *Amount `json:"pooledBeforeWei"`
	SharesBefore    *Amount `json:"sharesBefore"`
	PooledAfterWei  *Amount `json:"pooledAfterWei"`
	SharesAfter     *Amount `json:"sharesAfter"`
	CLChangeWei     *Amount `json:"clChangeWei"`
	FeeWei          *Amount `json:"feeWei"`
	LockWei         *Amount `json:"lockWei"`
	ShareRateRay    *Amount `json:"shareRateRay"`  // after; null without shares
	YearlyRatePpm   *Amount `json:"yearlyRatePpm"` // growth of the share rate since the report before, a year, without compounding; null for the first
}

// Difference is a field in which the report is not what the auditor computes.
type Difference struct {
	Field    string `json:"field"`
	Reported string `json:"reported"`
	Computed string `json:"computed"`
}

// State of a check.
type State string

// States.
const (
	OK         State = "ok"
	Wrong      State = "finding"
	NotChecked State = "unchecked" // it should have been possible
	Skipped    State = "skipped"   // the nodes that were named cannot tell
)

// Check is one thing that was looked at.
type Check struct {
	Name  string `json:"name"`
	State State  `json:"state"`
	Text  string `json:"text"` // empty when all is well
}

// Missed is a frame without a report.
type Missed struct {
	Type            string `json:"type"` // "missed"
	RefSlot         uint64 `json:"refSlot"`
	DeadlineSeconds uint64 `json:"deadlineSeconds"`
	Paused          bool   `json:"paused"` // reports were paused at the deadline
}

// Member is one who has answered in the range, or was ejected or slashed in it.
type Member struct {
	Type   string         `json:"type"` // "member"
	ID     common.Hash    `json:"id"`
	Name   string         `json:"name"`
	PeerID string         `json:"peerId"`
	Key    string         `json:"key"` // BLS public key, hexadecimal
	Owner  common.Address `json:"owner"`
	State  string         `json:"state"` // candidate, member, left, ejected or slashed, at the end of the range
	Rounds int            `json:"rounds"`
	Signed int            `json:"signed"`
}

// Summary ends an audit.
type Summary struct {
	Type       string     `json:"type"` // "summary"
	Reports    int        `json:"reports"`
	Accepted   int        `json:"accepted"`
	Held       int        `json:"quarantined"` // whatever became of them
	Missed     int        `json:"missed"`
	Findings   int        `json:"findings"`
	Unchecked  int        `json:"unchecked"` // checks that should have been possible
	Skipped    int        `json:"skipped"`
	History    Check      `json:"history"` // whether the newest events are those that the contracts remember
	Conclusion Conclusion `json:"verdict"`
}

// Amount is an integer that JSON carries as a decimal string: many readers keep only 53 bits.
type Amount struct{ big.Int }

// amount is nil for nil.
func amount(v *big.Int) *Amount {
	if v == nil {
		return nil
	}
	a := new(Amount)
	a.Set(v)
	return a
}

// MarshalJSON writes a decimal string.
func (a *Amount) MarshalJSON() ([]byte, error) { return []byte(`"` + a.String() + `"`), nil }

// maxAmountDigits bounds an amount that is read: 256 bits and a sign.
const maxAmountDigits = 79

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Amount) UnmarshalJSON(data []byte) error {
	if len(data) < 3 || len(data) > maxAmountDigits+2 || data[0] != '"' || data[len(data)-1] != '"' {
		return errAmount
	}
	if _, ok := a.SetString(string(data[1:len(data)-1]), 10); !ok {
		return errAmount
	}
	return nil
}
