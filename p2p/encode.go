package p2p

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"google.golang.org/protobuf/proto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p/wire"
	"github.com/tidemark-oracle/tidemark/report"
)

// Encode is the message as it goes over the wire: a wire.Envelope, which Decode takes. Errors: ErrWire for a message that Decode would refuse.
func Encode(m consensus.Message) ([]byte, error) {
	if err := m.Validate(); err != nil {
		return nil, fmt.Errorf("encode: %w: %w", ErrWire, err)
	}
	envelope := new(wire.Envelope)
	switch m := m.(type) {
	case *consensus.Observation:
		envelope.Message = &wire.Envelope_Observation{Observation: observationToWire(m)}
	case *consensus.Vote:
		envelope.Message = &wire.Envelope_Vote{Vote: voteToWire(m)}
	case *consensus.Certificate:
		envelope.Message = &wire.Envelope_Certificate{Certificate: certificateToWire(m)}
	case *consensus.Status:
		envelope.Message = &wire.Envelope_Status{Status: &wire.Status{
			Round: roundToWire(m.Round), Attempt: m.Attempt, Votes: m.Votes, Certified: m.Certified,
		}}
	case *consensus.RoundRequest:
		envelope.Message = &wire.Envelope_RoundRequest{RoundRequest: &wire.RoundRequest{Round: roundToWire(m.Round)}}
	case *consensus.RoundAnswer:
		envelope.Message = &wire.Envelope_RoundAnswer{RoundAnswer: answerToWire(m)}
	default:
		return nil, fmt.Errorf("encode: %w: %T is no message", ErrWire, m)
	}
	return marshal(envelope)
}

func marshal(m proto.Message) ([]byte, error) {
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode: %w: %w", ErrWire, err)
	}
	return b, nil
}

func roundToWire(r consensus.Round) *wire.Round {
	return &wire.Round{Committee: r.Committee.Bytes(), RefSlot: r.RefSlot}
}

func observationToWire(o *consensus.Observation) *wire.Observation {
	sections := make([][]byte, len(o.Sections))
	for i := range o.Sections {
		sections[i] = o.Sections[i].Bytes()
	}
	return &wire.Observation{
		Round: roundToWire(o.Round), Member: uint32(o.Member), Attempt: o.Attempt,
		Digest: o.Digest.Bytes(), Sections: sections, Software: o.Software,
	}
}

func voteToWire(v *consensus.Vote) *wire.Vote {
	return &wire.Vote{Round: roundToWire(v.Round), Member: uint32(v.Member), Digest: v.Digest.Bytes(), Signature: v.Signature[:]}
}

func certificateToWire(c *consensus.Certificate) *wire.Certificate {
	return &wire.Certificate{
		Round: roundToWire(c.Round), Digest: c.Digest.Bytes(), Report: reportToWire(&c.Report), Signers: c.Signers, Signature: c.Signature[:],
	}
}

func answerToWire(a *consensus.RoundAnswer) *wire.RoundAnswer {
	w := &wire.RoundAnswer{Round: roundToWire(a.Round), Open: a.Open, Votes: make([]*wire.Vote, len(a.Votes))}
	if a.Observation != nil {
		w.Observation = observationToWire(a.Observation)
	}
	if a.Report != nil {
		w.Report = reportToWire(a.Report)
	}
	if a.Certificate != nil {
		w.Certificate = certificateToWire(a.Certificate)
	}
	for i := range a.Votes {
		w.Votes[i] = voteToWire(&a.Votes[i])
	}
	return w
}

func reportToWire(r *report.Report) *wire.Report {
	return &wire.Report{
		Version: uint32(r.Version), Committee: r.Committee.Bytes(), RefSlot: r.RefSlot, LastRefSlot: r.LastRefSlot,
		RefBlockRoot:     r.RefBlockRoot.Bytes(),
		ClValidatorsGwei: r.CLValidatorsGwei, ClPendingGwei: r.CLPendingGwei, ClInFlightGwei: r.CLInFlightGwei, UnprovenGwei: r.UnprovenGwei,
		Validators: r.Validators, Exited: r.Exited, Slashed: r.Slashed,
		DepositedWei: r.DepositedWei.Bytes(), WithdrawalVaultWei: r.WithdrawalVaultWei.Bytes(), ElRewardsVaultWei: r.ELRewardsVaultWei.Bytes(),
		FinalizeUpTo: r.FinalizeUpTo, ExitGwei: r.ExitGwei, ExitsAskedGwei: r.ExitsAskedGwei, Bunker: r.Bunker,
		BalancesRoot: r.BalancesRoot.Bytes(), PendingRoot: r.PendingRoot.Bytes(),
	}
}

// hashFromWire is the one place that turns bytes into a hash: all 32 or an error.
func hashFromWire(what string, b []byte) (common.Hash, error) {
	if len(b) != common.HashLength {
		return common.Hash{}, fmt.Errorf("%w: %s of %d bytes", ErrWire, what, len(b))
	}
	return common.Hash(b), nil
}
