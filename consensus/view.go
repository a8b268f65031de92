package consensus

import "github.com/ethereum/go-ethereum/common"

// RoundView is a round as a person sees it. It is a copy.
type RoundView struct {
	Round       Round
	Members     int
	Quorum      int
	Own         int // the own member's index, -1 for an observer
	Deadline    Instant
	Digest      common.Hash // of the own report; zero: not computed
	Voted       common.Hash // what the own vote is recorded for; zero: no vote
	Signed      bool        // the own vote's signature exists
	Probation   bool        // the own journal is new: others are asked before a vote
	Observed    []ObservationView
	Votes       []VoteView
	Certificate *Certificate
	Conflicting *Certificate // a second valid certificate, for another digest
	Evidence    []Evidence
	Submitted   bool // handed to the submitter
	Accepted    common.Hash
	Finalized   bool
	Closed      *Outcome
}

// ObservationView is a member's live observation.
type ObservationView struct {
	Member   int
	Attempt  uint64
	Digest   common.Hash
	Software string
}

// VoteView is a member's vote that is held.
type VoteView struct {
	Member   int
	Digest   common.Hash
	Verified bool
}
