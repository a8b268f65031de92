package consensus

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrMessage is returned for a message that no honest member sends. It is wrapped with what is wrong.
var ErrMessage = errors.New("malformed message")

// MaxAnswerVotes bounds the votes of a RoundAnswer: two a member, since two different ones are evidence.
const MaxAnswerVotes = 2 * MaxMembers

// Message is a message between nodes. Observation, Vote and Certificate are gossip; Status, RoundRequest and RoundAnswer go to one
// peer. A message must not be changed after it was sent or received. Package p2p encodes it.
type Message interface {
	// Validate checks the message by itself, without knowledge of the round. Errors: ErrMessage.
	Validate() error
	// InRound is the round that it speaks of.
	InRound() Round
}

// Round identifies a round by its committee and reference slot. Everything that is said and signed is bound to it.
type Round struct {
	Committee common.Hash // report.CommitteeDigest
	RefSlot   uint64
}

// String is short, for people.
func (r Round) String() string { return fmt.Sprintf("%d/%x", r.RefSlot, r.Committee[:4]) }

// Observation says what a member computed. It is a hint, not a vote: it carries no signature, and the transport authenticates its
// sender.
type Observation struct {
	Round    Round
	Member   uint16
	Attempt  uint64 // a recomputation or a restart raises it; the highest one holds. At least 1
	Digest   common.Hash
	Sections [report.SectionCount]common.Hash
	Software string // at most MaxSoftwareBytes
}

// Vote is a member's BLS signature over report.Domain.VoteMessage of round and digest (EIP-712).
type Vote struct {
	Round     Round
	Member    uint16
	Digest    common.Hash
	Signature Signature
}

// Certificate proves that at least q members signed the digest. The ReportOracle contract accepts it.
type Certificate struct {
	Round     Round
	Digest    common.Hash
	Report    report.Report
	Signers   Bitmap
	Signature Signature // aggregate of the signers' votes
}

// Evidence is the proof of equivocation: two valid votes of one member for two digests of one round. DigestA is the lower one.
// ReportOracle.slashEquivocation takes it as it is.
type Evidence struct {
	Round                  Round
	Member                 uint16
	Key                    Key
	DigestA, DigestB       common.Hash
	SignatureA, SignatureB Signature
}

// Status says what a node holds of its newest round, so that a peer that lacks some of it can ask for it.
type Status struct {
	Round     Round
	Attempt   uint64 // of this node's observation, 0 for none
	Votes     Bitmap // members whose votes are held
	Certified bool
}

// RoundRequest asks a peer for all that it holds of a round.
type RoundRequest struct{ Round Round }

// RoundAnswer answers a RoundRequest: the node's own observation with its report, and the certificate, or the votes as long as
// there is none. Votes that are evidence, and the asker's own vote, are included whenever they are held.
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

// Validate: see Message.
func (o *Observation) Validate() error {
	switch {
	case o.Member >= MaxMembers:
		return fmt.Errorf("%w: observation of member %d", ErrMessage, o.Member)
	case o.Attempt == 0:
		return fmt.Errorf("%w: observation without an attempt", ErrMessage)
	case len(o.Software) > MaxSoftwareBytes:
		return fmt.Errorf("%w: observation with %d bytes of software name", ErrMessage, len(o.Software))
	}
	return nil
}

// Validate: see Message.
func (v *Vote) Validate() error {
	if v.Member >= MaxMembers {
		return fmt.Errorf("%w: vote of member %d", ErrMessage, v.Member)
	}
	return nil
}

// Validate: see Message.
func (c *Certificate) Validate() error {
	switch {
	case c.Report.Committee != c.Round.Committee || c.Report.RefSlot != c.Round.RefSlot:
		return fmt.Errorf("%w: certificate with the report of another round", ErrMessage)
	case len(c.Signers) == 0 || len(c.Signers) > MaxMembers/8:
		return fmt.Errorf("%w: certificate with %d bytes of signers", ErrMessage, len(c.Signers))
	}
	if err := c.Report.Validate(); err != nil {
		return fmt.Errorf("%w: certificate: %w", ErrMessage, err)
	}
	return nil
}

// Validate: see Message.
func (s *Status) Validate() error {
	if len(s.Votes) > MaxMembers/8 {
		return fmt.Errorf("%w: status with %d bytes of voters", ErrMessage, len(s.Votes))
	}
	return nil
}

// Validate: see Message.
func (r *RoundRequest) Validate() error { return nil }

// Validate: see Message.
func (a *RoundAnswer) Validate() error {
	switch {
	case !a.Open && (a.Observation != nil || a.Report != nil || len(a.Votes) > 0 || a.Certificate != nil):
		return fmt.Errorf("%w: answer of a round that is not held", ErrMessage)
	case a.Report != nil && a.Observation == nil:
		return fmt.Errorf("%w: answer with a report that nobody observed", ErrMessage)
	case len(a.Votes) > MaxAnswerVotes:
		return fmt.Errorf("%w: answer with %d votes", ErrMessage, len(a.Votes))
	}
	parts := make([]Message, 0, len(a.Votes)+2)
	if a.Observation != nil {
		parts = append(parts, a.Observation)
	}
	if a.Certificate != nil {
		parts = append(parts, a.Certificate)
	}
	for i := range a.Votes {
		parts = append(parts, &a.Votes[i])
	}
	for _, part := range parts {
		if part.InRound() != a.Round {
			return fmt.Errorf("%w: answer with a part of another round", ErrMessage)
		}
		if err := part.Validate(); err != nil {
			return err
		}
	}
	return nil
}
