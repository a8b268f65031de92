package consensus

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrMessage: no member sends such a message. It is wrapped with what is wrong.
var ErrMessage = errors.New("malformed message")

// MaxAnswerVotes bounds the votes of a RoundAnswer: two a member, since two different ones are evidence.
const MaxAnswerVotes = 2 * MaxMembers

// Message is what nodes send each other. Observation, Vote and Certificate are gossip; Status, RoundRequest and RoundAnswer go to one peer. Messages are
// not changed after they have been sent or received.
type Message interface {
	// Validate refuses what no member sends, as far as the message alone tells. Errors: ErrMessage.
	Validate() error
	// InRound is the round that it speaks of.
	InRound() Round
}

// Round names a round: who answers, and for which reference slot. It is the domain of everything that is said and signed.
type Round struct {
	Committee common.Hash // report.CommitteeDigest
	RefSlot   uint64
}

// String is short, for people.
func (r Round) String() string { return fmt.Sprintf("%d/%x", r.RefSlot, r.Committee[:4]) }

// Observation says what a member computed. It is a hint, not a vote: the sender's peer key authenticates it.
type Observation struct {
	Round    Round
	Member   uint16
	Attempt  uint64 // a recomputation or a restart raises it; the highest one holds. At least 1
	Digest   common.Hash
	Sections [report.SectionCount]common.Hash
	Software string // at most MaxSoftwareBytes
}

// Vote is a member's signature over report.Domain.VoteMessage of round and digest.
type Vote struct {
	Round     Round
	Member    uint16
	Digest    common.Hash
	Signature Signature
}

// Certificate shows that q members signed the digest.
type Certificate struct {
	Round     Round
	Digest    common.Hash
	Report    report.Report
	Signers   Bitmap
	Signature Signature // aggregate of the signers' votes
}

// Evidence is two valid votes of one member for two digests of one round. A has the lower digest. The contract takes it as it is.
type Evidence struct {
	Round                  Round
	Member                 uint16
	Key                    Key
	DigestA, DigestB       common.Hash
	SignatureA, SignatureB Signature
}

// Status says what a node holds of its newest round, so that a peer who lacks some of it asks.
type Status struct {
	Round     Round
	Attempt   uint64 // of the own observation, 0 for none
	Votes     Bitmap // members whose votes are held
	Certified bool
}

// RoundRequest asks a peer for what it holds of a round.
type RoundRequest struct{ Round Round }

// RoundAnswer is what a node holds of a round: its own observation with the report, and the certificate, or the votes as long as there is none. Two votes that are
// evidence, and the asker's own vote, are always there when they are held.
type RoundAnswer struct {
	Round       Round
	Open        bool // the round is held; if not, the rest is empty
	Observation *Observation
	Report      *report.Report // the observation's
	Votes       []Vote         // each verified by itself, at most MaxAnswerVotes
	Certificate *Certificate
}

// InRound: see Message.
func (o *Observation) InRound() Round { return o.Round }

// InRound: see Message.
func (v *Vote) InRound() Round { return v.Round }

// InRound: see Message.
func (c *Certificate) InRound() Round { return c.Round }

// InRound: see Message.
func (s *Status) InRound() Round { return s.Round }

// InRound: see Message.
func (r *RoundRequest) InRound() Round { return r.Round }

// InRound: see Message.
func (a *RoundAnswer) InRound() Round { return a.Round }
