package p2p

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"github.com/holiman/uint256"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p/wire"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrWire: no node that works sends such bytes. It is wrapped with what is wrong.
var ErrWire = errors.New("malformed bytes")

// Bounds of encoded messages in bytes, the envelope included.
const (
	MaxObservationBytes = 1 << 10
	MaxVoteBytes        = 1 << 10
	MaxCertificateBytes = 4<<10 + consensus.MaxMembers/8
	maxStatusBytes      = 1 << 10
	maxRequestBytes     = 128
	maxReportBytes      = 512
	// maxVoteInAnswerBytes is what a vote takes in a RoundAnswer at most.
	maxVoteInAnswerBytes = 256
	// MaxGossipBytes bounds whatever goes through a topic.
	MaxGossipBytes = MaxCertificateBytes
)

// MaxSyncBytes bounds a message of a sync stream in a committee of n: a RoundAnswer with two votes a member.
func MaxSyncBytes(n int) int {
	return MaxObservationBytes + maxReportBytes + MaxCertificateBytes + 2*n*maxVoteInAnswerBytes
}

// Decode is the message in the bytes of an Envelope, which passed Validate. The bytes are not kept. Only the encoding that Encode writes is
// taken: no unknown field, no other order, no default that is written out. A RoundAnswer may have two votes for each of n members.
// Errors: ErrWire, and under it consensus.ErrMessage.
func Decode(b []byte, n int) (consensus.Message, error) {
	if err := checkSize(b, n); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	envelope := new(wire.Envelope)
	if err := unmarshal(b, envelope); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	m, err := messageFromWire(envelope)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if err := m.Validate(); err != nil {
		return nil, fmt.Errorf("decode: %w: %w", ErrWire, err)
	}
	return m, nil
}

// Numbers of the envelope's and the answer's fields in wire/tidemark.proto that sizes depend on; a test compares them with the schema.
const (
	fieldObservation  = 1
	fieldVote         = 2
	fieldCertificate  = 3
	fieldStatus       = 4
	fieldRoundRequest = 5
	fieldRoundAnswer  = 6

	fieldAnswerVotes         = 5
	fieldObservationSections = 5
)

// checkSize bounds what decoding may cost before it is done: the bytes by kind of message, and the votes, each of which costs more memory
// than its two shortest bytes.
func checkSize(b []byte, n int) error {
	number, kind, header := protowire.ConsumeTag(b)
	if header < 0 || kind != protowire.BytesType {
		return fmt.Errorf("%w: no envelope", ErrWire)
	}
	limits := map[protowire.Number]int{
		fieldObservation: MaxObservationBytes, fieldVote: MaxVoteBytes, fieldCertificate: MaxCertificateBytes,
		fieldStatus: maxStatusBytes, fieldRoundRequest: maxRequestBytes, fieldRoundAnswer: MaxSyncBytes(n),
	}
	limit, ok := limits[number]
	if !ok {
		return fmt.Errorf("%w: unknown kind of message %d", ErrWire, number)
	}
	if len(b) > limit {
		return fmt.Errorf("%w: %d bytes, at most %d for this kind of message", ErrWire, len(b), limit)
	}
	inner, length := protowire.ConsumeBytes(b[header:])
	if length < 0 || header+length != len(b) {
		return fmt.Errorf("%w: not one message", ErrWire)
	}
	switch number {
	case fieldRoundAnswer:
		return checkCount(inner, fieldAnswerVotes, 2*n)
	case fieldObservation:
		return checkCount(inner, fieldObservationSections, report.SectionCount)
	}
	return nil
}

// checkCount refuses a message that repeats a field more often than limit.
func checkCount(b []byte, field protowire.Number, limit int) error {
	count := 0
	for len(b) > 0 {
		number, _, length := protowire.ConsumeField(b)
		if length < 0 {
			return fmt.Errorf("%w: %w", ErrWire, protowire.ParseError(length))
		}
		b = b[length:]
		if number != field {
			continue
		}
		if count++; count > limit {
			return fmt.Errorf("%w: field %d more than %d times", ErrWire, field, limit)
		}
	}
	return nil
}

// unmarshal takes the canonical encoding alone: what is read is written again and compared.
func unmarshal(b []byte, m proto.Message) error {
	if err := proto.Unmarshal(b, m); err != nil {
		return fmt.Errorf("%w: %w", ErrWire, err)
	}
	canonical, err := (proto.MarshalOptions{Deterministic: true}).Marshal(m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrWire, err)
	}
	// An unknown field is kept by Unmarshal and written at the end: it would pass the comparison there.
	if hasUnknown(m.ProtoReflect()) || !bytes.Equal(b, canonical) {
		return fmt.Errorf("%w: not the canonical encoding", ErrWire)
	}
	return nil
}

// unmarshalList takes a message that is one repeated field, number 1.
func unmarshalList(b []byte, maxBytes, maxCount int, m proto.Message) error {
	if len(b) > maxBytes {
		return fmt.Errorf("%w: %d bytes", ErrWire, len(b))
	}
	if err := checkCount(b, 1, maxCount); err != nil {
		return err
	}
	return unmarshal(b, m)
}

// maxWeiBytes is the width of a report's wei amounts.
const maxWeiBytes = 16

// hasUnknown reports whether a field that the schema does not have is somewhere in the message.
func hasUnknown(m protoreflect.Message) bool {
	if len(m.GetUnknown()) > 0 {
		return true
	}
	found := false
	m.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Message() == nil:
		case field.IsList():
			for i := range value.List().Len() {
				found = found || hasUnknown(value.List().Get(i).Message())
			}
		default:
			found = hasUnknown(value.Message())
		}
		return !found
	})
	return found
}

func messageFromWire(envelope *wire.Envelope) (consensus.Message, error) {
	switch m := envelope.Message.(type) {
	case *wire.Envelope_Observation:
		return message(observationFromWire(m.Observation))
	case *wire.Envelope_Vote:
		return message(voteFromWire(m.Vote))
	case *wire.Envelope_Certificate:
		return message(certificateFromWire(m.Certificate))
	case *wire.Envelope_Status:
		return message(statusFromWire(m.Status))
	case *wire.Envelope_RoundRequest:
		round, err := roundFromWire(m.RoundRequest.GetRound())
		return message(&consensus.RoundRequest{Round: round}, err)
	case *wire.Envelope_RoundAnswer:
		return message(answerFromWire(m.RoundAnswer))
	}
	return nil, fmt.Errorf("%w: empty envelope", ErrWire)
}

// message keeps a nil pointer from becoming a message.
func message[M consensus.Message](m M, err error) (consensus.Message, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}

func roundFromWire(w *wire.Round) (consensus.Round, error) {
	committee, err := hashFromWire("committee", w.GetCommittee())
	return consensus.Round{Committee: committee, RefSlot: w.GetRefSlot()}, err
}

func observationFromWire(w *wire.Observation) (*consensus.Observation, error) {
	o := &consensus.Observation{Attempt: w.GetAttempt(), Software: w.GetSoftware()}
	var err error
	if o.Round, err = roundFromWire(w.GetRound()); err != nil {
		return nil, err
	}
	if o.Member, err = narrow("member", w.GetMember()); err != nil {
		return nil, err
	}
	if o.Digest, err = hashFromWire("digest", w.GetDigest()); err != nil {
		return nil, err
	}
	if len(w.GetSections()) != len(o.Sections) {
		return nil, fmt.Errorf("%w: %d sections", ErrWire, len(w.GetSections()))
	}
	for i, section := range w.GetSections() {
		if o.Sections[i], err = hashFromWire("section", section); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func voteFromWire(w *wire.Vote) (*consensus.Vote, error) {
	v := new(consensus.Vote)
	var err error
	if v.Round, err = roundFromWire(w.GetRound()); err != nil {
		return nil, err
	}
	if v.Member, err = narrow("member", w.GetMember()); err != nil {
		return nil, err
	}
	if v.Digest, err = hashFromWire("digest", w.GetDigest()); err != nil {
		return nil, err
	}
	v.Signature, err = signatureFromWire(w.GetSignature())
	return v, err
}

func certificateFromWire(w *wire.Certificate) (*consensus.Certificate, error) {
	c := new(consensus.Certificate)
	var err error
	if c.Round, err = roundFromWire(w.GetRound()); err != nil {
		return nil, err
	}
	if c.Digest, err = hashFromWire("digest", w.GetDigest()); err != nil {
		return nil, err
	}
	if c.Report, err = reportFromWire(w.GetReport()); err != nil {
		return nil, err
	}
	if c.Signers, err = bitmapFromWire(w.GetSigners()); err != nil {
		return nil, err
	}
	c.Signature, err = signatureFromWire(w.GetSignature())
	return c, err
}

func statusFromWire(w *wire.Status) (*consensus.Status, error) {
	s := &consensus.Status{Attempt: w.GetAttempt(), Certified: w.GetCertified()}
	var err error
	if s.Round, err = roundFromWire(w.GetRound()); err != nil {
		return nil, err
	}
	s.Votes, err = bitmapFromWire(w.GetVotes())
	return s, err
}

func answerFromWire(w *wire.RoundAnswer) (*consensus.RoundAnswer, error) {
	a := &consensus.RoundAnswer{Open: w.GetOpen()}
	var err error
	if a.Round, err = roundFromWire(w.GetRound()); err != nil {
		return nil, err
	}
	if w.Observation != nil {
		if a.Observation, err = observationFromWire(w.Observation); err != nil {
			return nil, err
		}
	}
	if w.Report != nil {
		r, err := reportFromWire(w.Report)
		if err != nil {
			return nil, err
		}
		a.Report = &r
	}
	if w.Certificate != nil {
		if a.Certificate, err = certificateFromWire(w.Certificate); err != nil {
			return nil, err
		}
	}
	for _, v := range w.GetVotes() {
		vote, err := voteFromWire(v)
		if err != nil {
			return nil, err
		}
		a.Votes = append(a.Votes, *vote)
	}
	return a, nil
}

func reportFromWire(w *wire.Report) (report.Report, error) {
	r := report.Report{
		RefSlot: w.GetRefSlot(), LastRefSlot: w.GetLastRefSlot(), CLValidatorsGwei: w.GetClValidatorsGwei(), CLPendingGwei: w.GetClPendingGwei(),
		CLInFlightGwei: w.GetClInFlightGwei(), UnprovenGwei: w.GetUnprovenGwei(),
		Validators: w.GetValidators(), Exited: w.GetExited(), Slashed: w.GetSlashed(),
		FinalizeUpTo: w.GetFinalizeUpTo(), ExitGwei: w.GetExitGwei(), ExitsAskedGwei: w.GetExitsAskedGwei(), Bunker: w.GetBunker(),
	}
	var err error
	if r.Version, err = narrow("version", w.GetVersion()); err != nil {
		return r, err
	}
	if r.Version != report.Version { // Another format lacks fields: that is the reason, not the first one that is missing.
		return r, fmt.Errorf("%w: report of version %d, this software knows %d", ErrWire, r.Version, report.Version)
	}
	if r.Committee, err = hashFromWire("report's committee", w.GetCommittee()); err != nil {
		return r, err
	}
	if r.RefBlockRoot, err = hashFromWire("reference block", w.GetRefBlockRoot()); err != nil {
		return r, err
	}
	if r.BalancesRoot, err = hashFromWire("balances root", w.GetBalancesRoot()); err != nil {
		return r, err
	}
	if r.PendingRoot, err = hashFromWire("pending root", w.GetPendingRoot()); err != nil {
		return r, err
	}
	if r.DepositedWei, err = weiFromWire(w.GetDepositedWei()); err != nil {
		return r, err
	}
	if r.WithdrawalVaultWei, err = weiFromWire(w.GetWithdrawalVaultWei()); err != nil {
		return r, err
	}
	r.ELRewardsVaultWei, err = weiFromWire(w.GetElRewardsVaultWei())
	return r, err
}

func narrow(what string, v uint32) (uint16, error) {
	if v > math.MaxUint16 {
		return 0, fmt.Errorf("%w: %s %d", ErrWire, what, v)
	}
	return uint16(v), nil
}

func weiFromWire(b []byte) (uint256.Int, error) {
	if len(b) > maxWeiBytes || len(b) > 0 && b[0] == 0 {
		return uint256.Int{}, fmt.Errorf("%w: amount of %d bytes, or with leading zeros", ErrWire, len(b))
	}
	return *new(uint256.Int).SetBytes(b), nil
}

func bitmapFromWire(b []byte) (consensus.Bitmap, error) {
	if len(b) > consensus.MaxMembers/8 {
		return nil, fmt.Errorf("%w: bitmap of %d bytes", ErrWire, len(b))
	}
	return consensus.Bitmap(b), nil
}

func signatureFromWire(b []byte) (consensus.Signature, error) {
	var s consensus.Signature
	if len(b) != len(s) {
		return s, fmt.Errorf("%w: signature of %d bytes", ErrWire, len(b))
	}
	copy(s[:], b)
	return s, nil
}
