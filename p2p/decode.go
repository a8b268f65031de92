package p2p

import (
	"bytes"
	"errors"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

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
