package abi

import (
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// ValidatorProof is a validator's record and the branch to the state's root.
func ValidatorProof(p state.ValidatorProof) bindings.ValidatorProof {
	packed := bindings.ValidatorProof{
		ValidatorIndex: p.Index, WithdrawalCredentials: p.WithdrawalCredentials, EffectiveBalanceGwei: p.EffectiveBalanceGwei, Slashed: p.Slashed,
		ActivationEligibilityEpoch: p.EligibilityEpoch, ActivationEpoch: p.ActivationEpoch, ExitEpoch: p.ExitEpoch, WithdrawableEpoch: p.WithdrawableEpoch,
		Branch: make([][32]byte, len(p.Branch)),
	}
	for i, h := range p.Branch {
		packed.Branch[i] = h
	}
	return packed
}
