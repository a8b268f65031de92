package status

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// Round is the agreement on one reference slot as the node sees it.
type Round struct {
	Committee   common.Hash   `json:"committee"`
	RefSlot     uint64        `json:"refSlot"`
	Members     int           `json:"members"`
	Quorum      int           `json:"quorum"`
	Stage       Stage         `json:"stage"`
	Why         string        `json:"why"`    // what is being waited for, or how it ended; a sentence
	Digest      *common.Hash  `json:"digest"` // of this node's report; nil: not computed
	Attempt     uint64        `json:"attempt"`
	Recovering  bool          `json:"recovering"` // the journal is new: others are asked before a vote
	Seats       []Seat        `json:"seats"`      // one a member, in order
	Certificate *common.Hash  `json:"certificate"`
	Signers     []int         `json:"signers"`     // of the certificate
	Transaction *common.Hash  `json:"transaction"` // own submission in flight, or the one that was accepted when known
	Accepted    *common.Hash  `json:"accepted"`    // digest that the contract took
	Finalized   bool          `json:"finalized"`   // the acceptance is final
	Times       Times         `json:"times"`
	Sections    []SectionView `json:"sections"` // of this node's report, for people
}

// Stage is how far a round has come.
type Stage string

// Stages in order.
const (
	Waiting    Stage = "waiting"   // for finality
	Computing  Stage = "computing" // reading and verifying
	Observed   Stage = "observed"  // this node's report is sent to the others
	Voted      Stage = "voted"
	Certified  Stage = "certified"
	Submitted  Stage = "submitted"
	Accepted   Stage = "accepted"
	Done       Stage = "done"   // acceptance is final
	Unreported Stage = "missed" // the deadline passed without a report
)

// Seat is one member in a round.
type Seat struct {
	Member    int          `json:"member"`
	Connected bool         `json:"connected"`
	Observed  *common.Hash `json:"observed"` // digest it told; nil: nothing heard
	Voted     *common.Hash `json:"voted"`
	Signed    bool         `json:"signed"`  // is in the certificate
	Differs   []Difference `json:"differs"` // from this node's report
	Equivocal bool         `json:"equivocal"`
}

// Difference is one group of fields, and where known the fields, in which a member's report is another than this node's.
type Difference struct {
	Section string `json:"section"`
	Field   string `json:"field"` // empty: only the section is known
	Own     string `json:"own"`
	Theirs  string `json:"theirs"`
}

// SectionView is a group of fields of this node's report.
type SectionView struct {
	Name   string  `json:"name"`
	Fields []Field `json:"fields"`
}

// Field is a named value of a report, as text.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Times are when a round reached each stage, by the node's clock; zero: not yet, or not seen.
type Times struct {
	Opened    time.Time `json:"opened"`
	Finality  time.Time `json:"finality"` // the checkpoint that lets it be computed was seen
	Computed  time.Time `json:"computed"`
	Voted     time.Time `json:"voted"`
	Certified time.Time `json:"certified"`
	Submitted time.Time `json:"submitted"` // by this node
	Accepted  time.Time `json:"accepted"`  // seen on chain
	Finalized time.Time `json:"finalized"`
}
