package abi

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
)

// BlockProof is the proof's struct.
func BlockProof(p blockproof.Proof) bindings.BlockProof {
	packed := bindings.BlockProof{ChildSlot: p.ChildSlot, Header: beaconHeader(p.Header), Above: make([]bindings.BeaconHeader, len(p.Above))}
	for i, h := range p.Above {
		packed.Above[i] = beaconHeader(h)
	}
	packed.Branch = make([][32]byte, len(p.Branch))
	for i, h := range p.Branch {
		packed.Branch[i] = h
	}
	return packed
}

// BlockProofOf is the proof that a call carries.
func BlockProofOf(b bindings.BlockProof) blockproof.Proof {
	p := blockproof.Proof{ChildSlot: b.ChildSlot, Header: headerOf(b.Header)}
	for _, h := range b.Above {
		p.Above = append(p.Above, headerOf(h))
	}
	for _, h := range b.Branch {
		p.Branch = append(p.Branch, common.Hash(h))
	}
	return p
}

func beaconHeader(h state.BlockHeader) bindings.BeaconHeader {
	return bindings.BeaconHeader{Slot: h.Slot, ProposerIndex: h.ProposerIndex, ParentRoot: h.ParentRoot, StateRoot: h.StateRoot, BodyRoot: h.BodyRoot}
}

func headerOf(h bindings.BeaconHeader) state.BlockHeader {
	return state.BlockHeader{Slot: h.Slot, ProposerIndex: h.ProposerIndex, ParentRoot: h.ParentRoot, StateRoot: h.StateRoot, BodyRoot: h.BodyRoot}
}
