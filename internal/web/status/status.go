package status

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// Version is Overview.Version: it changes when a reader of the JSON must change.
const Version = 1

// Source is a node that describes itself.
type Source interface {
	// Status is a snapshot; what it points to is not to be changed.
	Status() Status
	// Changed is closed when the next snapshot differs.
	Changed() <-chan struct{}
}

// Overview is what a node and an audit both say of a network and of themselves.
type Overview struct {
	Version   int        `json:"version"`
	Software  string     `json:"software"`
	Time      time.Time  `json:"time"` // of its clock, when the snapshot was made
	StartedAt time.Time  `json:"startedAt"`
	Network   Network    `json:"network"`
	Ready     bool       `json:"ready"`
	Reasons   []Reason   `json:"reasons"` // why not ready; empty when ready
	Frame     Frame      `json:"frame"`
	Members   []Member   `json:"members"` // of the newest committee, in the contract's order
	Token     *Token     `json:"token"`   // nil: not read yet
	Reports   []Report   `json:"reports"` // that the contract took or judged, newest first, bounded
	Missed    []Missed   `json:"missed"`  // rounds that ended without a report here, newest first, bounded
	Endpoints []Endpoint `json:"endpoints"`
	Alarms    []Alarm    `json:"alarms"` // newest first, bounded
}

// Status is everything that a node tells about itself.
type Status struct {
	Overview
	Self      Self       `json:"self"`
	Rounds    []Round    `json:"rounds"` // newest first, at most two
	Queue     *Queue     `json:"queue"`  // nil: no report has been computed yet
	Peers     []Peer     `json:"peers"`
	Submitter *Submitter `json:"submitter"` // nil: this node submits nothing
	Keeper    *Keeper    `json:"keeper"`    // nil: this node leaves the pool's chores to others
	Evidence  []Evidence `json:"evidence"`
	Counters  Counters   `json:"counters"`
}

// Network is which oracle the node serves.
type Network struct {
	Name           string         `json:"name"`
	ChainID        uint64         `json:"chainId"`
	Oracle         common.Address `json:"oracle"` // ReportOracle
	GenesisTime    uint64         `json:"genesisTime"`
	SecondsPerSlot uint64         `json:"secondsPerSlot"`
	SlotsPerEpoch  uint64         `json:"slotsPerEpoch"`
	EpochsPerFrame uint64         `json:"epochsPerFrame"`
}

// Self is who the node is.
type Self struct {
	Name    string   `json:"name"`    // that the operator gave it; may be empty
	Observe bool     `json:"observe"` // signs nothing
	Member  int      `json:"member"`  // index in the newest committee, -1: not in it
	Key     string   `json:"key"`     // BLS public key, hexadecimal; empty for an observer
	PeerID  string   `json:"peerId"`
	Listen  []string `json:"listen"` // addresses that others can use
}

// Reason is why a node is not ready, and what to do.
type Reason struct {
	Code string `json:"code"` // lower case with hyphens, as docs/reasons.md lists them
	Text string `json:"text"`
}

// Frame is where the clock stands.
type Frame struct {
	Slot          uint64    `json:"slot"`      // by the node's clock
	HeadSlot      uint64    `json:"headSlot"`  // of the beacon nodes
	FinalizedSlot uint64    `json:"finalized"` // first slot of the finalized epoch
	RefSlot       uint64    `json:"refSlot"`   // of the newest frame
	OpenedAt      time.Time `json:"openedAt"`
	Deadline      time.Time `json:"deadline"`
}

// Member is one of the committee.
type Member struct {
	Index     int       `json:"index"`
	Key       string    `json:"key"`
	PeerID    string    `json:"peerId"`
	Self      bool      `json:"self"`
	Connected bool      `json:"connected"`
	Software  string    `json:"software"`
	Seen      time.Time `json:"seen"` // when something of it was last used; zero: never
}

// Token is the liquid staking token at an execution block.
type Token struct {
	Block          uint64    `json:"block"`
	Time           time.Time `json:"time"`
	TotalPooledWei string    `json:"totalPooledWei"`
	TotalShares    string    `json:"totalShares"`
	ShareRateRay   string    `json:"shareRateRay"` // ether a share, times 10^27
	BufferedWei    string    `json:"bufferedWei"`
	LockedWei      string    `json:"lockedWei"` // for finalized withdrawal requests
}

// Report is one that the contract has seen.
type Report struct {
	RefSlot         uint64      `json:"refSlot"`
	Digest          common.Hash `json:"digest"`
	Outcome         string      `json:"outcome"` // accepted, quarantined, rejected
	Block           uint64      `json:"block"`
	Transaction     common.Hash `json:"transaction"`
	Time            time.Time   `json:"time"` // of the block
	Finalized       bool        `json:"finalized"`
	Own             bool        `json:"own"` // this node computed the same digest
	Signers         []int       `json:"signers"`
	Members         int         `json:"members"`
	TotalPooledWei  string      `json:"totalPooledWei"` // after it
	TotalShares     string      `json:"totalShares"`
	ShareRateRay    string      `json:"shareRateRay"`
	RewardWei       string      `json:"rewardWei"` // change of the holders' and fee receivers' ether; may be negative
	GasUsed         uint64      `json:"gasUsed"`
	LatencySeconds  float64     `json:"latencySeconds"` // from finality to acceptance, when seen by this node; 0: not seen
	YearlyRatePpm   int64       `json:"yearlyRatePpm"`  // of the share rate since the report before
	ValidatorsCount uint32      `json:"validators"`
}

// Missed is a round that ended without a report as far as this node knows.
type Missed struct {
	RefSlot uint64 `json:"refSlot"`
	Result  string `json:"result"`
	Why     string `json:"why"`
}

// Endpoint is a beacon or execution node that this one asks.
type Endpoint struct {
	Kind      string    `json:"kind"` // beacon or execution
	Name      string    `json:"name"` // host and port, never a path or user
	Usable    bool      `json:"usable"`
	Why       string    `json:"why"`    // when not usable, or worth a word
	Height    uint64    `json:"height"` // head slot, or head block
	LatencyMs int64     `json:"latencyMs"`
	Checked   time.Time `json:"checked"`
}

// Peer is a connected node.
type Peer struct {
	PeerID        string  `json:"peerId"`
	Member        int     `json:"member"` // -1: an observer
	Address       string  `json:"address"`
	Software      string  `json:"software"`
	RoundTripMs   float64 `json:"roundTripMs"`
	ClockOffsetMs int64   `json:"clockOffsetMs"`
	Score         float64 `json:"score"`
}

// Submitter is the account that pays for submissions.
type Submitter struct {
	Address    common.Address `json:"address"`
	BalanceWei string         `json:"balanceWei"`
	Pending    *common.Hash   `json:"pending"` // transaction in flight
	Why        string         `json:"why"`     // what it is doing or what hinders it
}

// Evidence is a member's two votes in one round: all that the oracle needs to slash it.
type Evidence struct {
	Member     int         `json:"member"`
	Key        string      `json:"key"`
	Committee  common.Hash `json:"committee"`
	RefSlot    uint64      `json:"refSlot"`
	DigestA    common.Hash `json:"digestA"`
	DigestB    common.Hash `json:"digestB"`
	SignatureA string      `json:"signatureA"` // compressed, in hex
	SignatureB string      `json:"signatureB"`
}

// Alarm is something for an operator to look at.
type Alarm struct {
	Time    time.Time `json:"time"`
	Kind    string    `json:"kind"`
	RefSlot uint64    `json:"refSlot"`
	Text    string    `json:"text"`
}

// Keeper is what the node does for the pool that anybody may do. Counts are since the start.
type Keeper struct {
	Unproven int               `json:"unproven"` // keys whose first ether waits for a proof, by the last report that the node computed
	Turn     int               `json:"turn"`     // of this member after the last report: 0 goes first; -1: it has none
	NextTurn *time.Time        `json:"nextTurn"` // when it comes; nil: after the next report
	LastTurn *time.Time        `json:"lastTurn"` // nil: none yet
	Done     map[string]uint64 `json:"done"`     // chores by the function that does them
	Failures uint64            `json:"failures"` // turns in which not everything could be done
	SpentWei string            `json:"spentWei"` // on fees
	Problem  string            `json:"problem"`  // of the last turn; empty: none
}

// Counters count since the start.
type Counters struct {
	Rounds        map[string]uint64            `json:"rounds"` // by how they ended
	Computations  uint64                       `json:"computations"`
	ComputeErrors uint64                       `json:"computeErrors"`
	ComputeMs     int64                        `json:"computeMs"`  // the last computation
	StateBytes    uint64                       `json:"stateBytes"` // read in the last computation
	VotesSigned   uint64                       `json:"votesSigned"`
	Certificates  uint64                       `json:"certificates"`
	Submissions   map[string]uint64            `json:"submissions"` // transactions by what became of them
	SpentWei      string                       `json:"spentWei"`    // on fees of this node's transactions
	Alarms        map[string]uint64            `json:"alarms"`      // by kind
	Dropped       map[string]map[string]uint64 `json:"dropped"`     // what, reason
	JournalErrors uint64                       `json:"journalErrors"`
	LatencyMs     Histogram                    `json:"latencyMs"` // from finality to acceptance
	MemoryBytes   uint64                       `json:"memoryBytes"`
}

// Histogram counts values up to each bound; Counts has one more entry, for what is above the last.
type Histogram struct {
	Bounds []float64 `json:"bounds"`
	Counts []uint64  `json:"counts"`
	Sum    float64   `json:"sum"`
}

// AuditSource is an audit that describes itself.
type AuditSource interface {
	// Audit is a snapshot; what it points to is not to be changed.
	Audit() Audit
	// Changed is closed when the next snapshot differs.
	Changed() <-chan struct{}
}

// Audit is everything that an audit tells about itself. It has no rounds, peers or account. It is ready while its last run worked; its alarms are the
// findings.
type Audit struct {
	Overview
	Result AuditResult `json:"audit"`
}

// AuditResult is what an audit of a range of blocks came to.
type AuditResult struct {
	Verdict    string            `json:"verdict"` // clean, findings or unchecked; empty: the first run is not over
	Text       string            `json:"text"`    // a sentence
	FirstBlock uint64            `json:"firstBlock"`
	LastBlock  uint64            `json:"lastBlock"`
	Findings   int               `json:"findings"` // each is in Alarms, unless there are very many
	Kinds      map[string]uint64 `json:"kinds"`    // findings by kind
	Unchecked  int               `json:"unchecked"`
	Skipped    int               `json:"skipped"`
}
