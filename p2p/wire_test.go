package p2p

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p/wire"
)

var update = flag.Bool("update", false, "write the golden bytes anew: a change breaks nodes that run")

var goldenRound = consensus.Round{Committee: common.HexToHash("0xc0ffee"), RefSlot: 11_529_215}

// goldenMessages are one of each kind, with all fields, and those with most and least in them.
func goldenMessages() map[string]consensus.Message {
	observation, certificate, shown := testObservation(goldenRound, 6), testCertificate(goldenRound, 7), testReport(goldenRound)
	return map[string]consensus.Message{
		"observation":      observation,
		"vote":             testVote(goldenRound, 1023),
		"certificate":      certificate,
		"certificate-1024": testCertificate(goldenRound, 1024),
		"status":           &consensus.Status{Round: goldenRound, Attempt: 2, Votes: consensus.Bitmap{0x55, 0x01}, Certified: true},
		"status-empty":     &consensus.Status{Round: goldenRound},
		"round-request":    &consensus.RoundRequest{Round: goldenRound},
		"round-answer": &consensus.RoundAnswer{
			Round: goldenRound, Open: true, Observation: observation, Report: &shown, Certificate: certificate,
			Votes: []consensus.Vote{*testVote(goldenRound, 0), *testVote(goldenRound, 5)},
		},
		"round-answer-none": &consensus.RoundAnswer{Round: goldenRound},
	}
}

func golden(t *testing.T, name string, b []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name+".hex")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(hex.EncodeToString(b)+"\n"), 0o644))
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	want, err := hex.DecodeString(strings.TrimSpace(string(text)))
	require.NoError(t, err)
	return want
}

// What nodes say to each other does not change by accident: these bytes were written by an earlier version.
func TestMessagesAreWrittenAsTheyEverWere(t *testing.T) {
	for name, m := range goldenMessages() {
		b, err := Encode(m)
		require.NoError(t, err, name)
		want := golden(t, name, b)
		require.Equal(t, want, b, name)
		decoded, err := Decode(want, 7)
		require.NoError(t, err, name)
		require.Equal(t, normal(m), decoded, name)
	}
	hello := Hello{Network: testNetwork, Software: "tidemark/1.2.3", Clock: time.UnixMilli(1_790_000_000_123)}
	b, err := EncodeHello(hello)
	require.NoError(t, err)
	require.Equal(t, golden(t, "hello", b), b)
	request, err := EncodeAddressRequest([]consensus.PeerID{"first", "second"})
	require.NoError(t, err)
	require.Equal(t, golden(t, "address-request", request), request)
	answer, err := EncodeAddressAnswer([][]byte{{1, 2, 3}})
	require.NoError(t, err)
	require.Equal(t, golden(t, "address-answer", answer), answer)
}

// normal writes an empty list as decoding does.
func normal(m consensus.Message) consensus.Message {
	if a, ok := m.(*consensus.RoundAnswer); ok && len(a.Votes) == 0 {
		b := *a
		b.Votes = nil
		return &b
	}
	return m
}

func TestTheLargestMessagesStayWithinTheirBounds(t *testing.T) {
	round := consensus.Round{Committee: common.MaxHash, RefSlot: ^uint64(0)}
	observation := testObservation(round, consensus.MaxMembers-1)
	observation.Attempt, observation.Software = ^uint64(0), strings.Repeat("x", consensus.MaxSoftwareBytes)
	certificate := testCertificate(round, consensus.MaxMembers)
	r := &certificate.Report
	r.CLValidatorsGwei, r.CLPendingGwei, r.Validators, r.Exited, r.Slashed, r.FinalizeUpTo = ^uint64(0), ^uint64(0), ^uint32(0), ^uint32(0), ^uint32(0), ^uint64(0)
	r.LastRefSlot, r.CLInFlightGwei, r.UnprovenGwei, r.ExitGwei, r.ExitsAskedGwei = ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)
	r.DepositedWei, r.ELRewardsVaultWei = r.WithdrawalVaultWei, r.WithdrawalVaultWei
	answer := &consensus.RoundAnswer{Round: round, Open: true, Observation: observation, Report: r, Certificate: certificate}
	for i := range 2 * consensus.MaxMembers {
		answer.Votes = append(answer.Votes, *testVote(round, uint16(i/2)))
	}
	for _, m := range []consensus.Message{observation, certificate, answer} {
		b, err := Encode(m)
		require.NoError(t, err)
		t.Logf("%T: %d bytes", m, len(b))
		decoded, err := Decode(b, consensus.MaxMembers)
		require.NoError(t, err)
		require.Equal(t, m, decoded)
	}
}

// The numbers that sizes depend on are those of the schema.
func TestFieldNumbersAreThoseOfTheSchema(t *testing.T) {
	number := func(m protoreflect.ProtoMessage, field string) protowire.Number {
		return m.ProtoReflect().Descriptor().Fields().ByName(protoreflect.Name(field)).Number()
	}
	for field, want := range map[string]protowire.Number{
		"observation": fieldObservation, "vote": fieldVote, "certificate": fieldCertificate,
		"status": fieldStatus, "round_request": fieldRoundRequest, "round_answer": fieldRoundAnswer,
	} {
		require.EqualValues(t, want, number(&wire.Envelope{}, field), field)
	}
	require.EqualValues(t, fieldAnswerVotes, number(&wire.RoundAnswer{}, "votes"))
	require.EqualValues(t, fieldObservationSections, number(&wire.Observation{}, "sections"))
}

func TestBytesThatNoNodeSendsAreRefused(t *testing.T) {
	vote, err := Encode(testVote(goldenRound, 1))
	require.NoError(t, err)
	inner, _ := protowire.ConsumeBytes(vote[1:])
	wrap := func(inner []byte) []byte { return protowire.AppendBytes([]byte{vote[0]}, inner) }
	require.Equal(t, vote, wrap(inner))

	unknown := wrap(protowire.AppendVarint(protowire.AppendTag(bytes.Clone(inner), 99, protowire.VarintType), 1))
	written := wrap(append(protowire.AppendVarint(protowire.AppendTag(nil, 2, protowire.VarintType), 1), inner...))
	longer := append([]byte{vote[0]}, append([]byte{vote[1] | 0x80, vote[2] | 0x80, 0}, vote[3:]...)...)
	short := testVote(goldenRound, 1)
	shortSignature, err := marshal(&wire.Envelope{Message: &wire.Envelope_Vote{Vote: &wire.Vote{
		Round: roundToWire(goldenRound), Digest: short.Digest.Bytes(), Signature: short.Signature[:95],
	}}})
	require.NoError(t, err)
	member := voteToWire(short)
	member.Member = 1 << 16
	wrongMember, err := marshal(&wire.Envelope{Message: &wire.Envelope_Vote{Vote: member}})
	require.NoError(t, err)
	zeros := reportToWire(&testCertificate(goldenRound, 7).Report)
	zeros.DepositedWei = append([]byte{0}, zeros.DepositedWei...)
	leadingZero := certificateToWire(testCertificate(goldenRound, 7))
	leadingZero.Report = zeros
	paddedAmount, err := marshal(&wire.Envelope{Message: &wire.Envelope_Certificate{Certificate: leadingZero}})
	require.NoError(t, err)

	for name, b := range map[string][]byte{
		"nothing": nil, "a zero": {0}, "half": vote[:len(vote)/2], "one byte more": append(bytes.Clone(vote), 0),
		"two messages": append(bytes.Clone(vote), vote...), "unknown kind": protowire.AppendBytes(protowire.AppendTag(nil, 7, protowire.BytesType), inner),
		"unknown field": unknown, "a field twice": written, "longer varint": longer,
		"short signature": shortSignature, "member beyond 16 bits": wrongMember, "amount with a leading zero": paddedAmount,
	} {
		_, err := Decode(b, 7)
		require.ErrorIs(t, err, ErrWire, name)
	}
	unattempted := testObservation(goldenRound, 1)
	unattempted.Attempt = 0
	_, err = Encode(unattempted)
	require.ErrorIs(t, err, consensus.ErrMessage)
	b, err := marshal(&wire.Envelope{Message: &wire.Envelope_Observation{Observation: observationToWire(unattempted)}})
	require.NoError(t, err)
	_, err = Decode(b, 7)
	require.ErrorIs(t, err, consensus.ErrMessage)
}

func TestAReportOfAnotherFormatIsRefusedAsSuch(t *testing.T) {
	old := certificateToWire(testCertificate(goldenRound, 7))
	old.Report.Version, old.Report.LastRefSlot, old.Report.ClInFlightGwei, old.Report.UnprovenGwei = 1, 0, 0, 0
	old.Report.ExitGwei, old.Report.ExitsAskedGwei, old.Report.PendingRoot = 0, 0, nil
	b, err := marshal(&wire.Envelope{Message: &wire.Envelope_Certificate{Certificate: old}})
	require.NoError(t, err)
	_, err = Decode(b, 7)
	require.ErrorIs(t, err, ErrWire)
	require.ErrorContains(t, err, "report of version 1, this software knows 2")
}

// What a message costs to decode is known before it is decoded.
func TestSizesAreRefusedBeforeDecoding(t *testing.T) {
	for number, limit := range map[protowire.Number]int{
		fieldObservation: 1024, fieldVote: 1024, fieldCertificate: 4096 + 128, fieldStatus: 1024, fieldRoundRequest: 128, fieldRoundAnswer: MaxSyncBytes(7),
	} {
		b := protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), make([]byte, limit))
		_, err := Decode(b, 7)
		require.ErrorContains(t, err, "at most", "kind %d", number)
	}
	// Two bytes for each of many empty votes fit into the bytes of few.
	many := protowire.AppendBytes(protowire.AppendTag(nil, fieldRoundAnswer, protowire.BytesType), bytes.Repeat([]byte{fieldAnswerVotes<<3 | 2, 0}, 15))
	_, err := Decode(many, 7)
	require.ErrorContains(t, err, "more than 14 times")
	_, err = DecodeAddressRequest(bytes.Repeat([]byte{1<<3 | 2, 0}, maxAsked+1))
	require.ErrorContains(t, err, "times")
	_, err = DecodeAddressAnswer(bytes.Repeat([]byte{1<<3 | 2, 0}, 3), 2)
	require.ErrorContains(t, err, "times")
}
