package abi

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// ValidatorProof is a validator's record and the branch to the state's root.
func ValidatorProof(p state.ValidatorProof) bindings.ValidatorProof {
	return bindings.ValidatorProof{
		ValidatorIndex: p.Index, WithdrawalCredentials: p.WithdrawalCredentials, EffectiveBalanceGwei: p.EffectiveBalanceGwei, Slashed: p.Slashed,
		ActivationEligibilityEpoch: p.EligibilityEpoch, ActivationEpoch: p.ActivationEpoch, ExitEpoch: p.ExitEpoch, WithdrawableEpoch: p.WithdrawableEpoch,
		Branch: words(p.Branch),
	}
}

// BuilderProof is a builder's record and the branch to the state's root.
func BuilderProof(p state.BuilderProof) bindings.BuilderProof {
	return bindings.BuilderProof{
		BuilderIndex: p.Index, Version: p.Version, ExecutionAddress: p.ExecutionAddress, BalanceGwei: p.BalanceGwei, DepositEpoch: p.DepositEpoch,
		WithdrawableEpoch: p.WithdrawableEpoch, Branch: words(p.Branch),
	}
}

func words(branch []common.Hash) [][32]byte {
	packed := make([][32]byte, len(branch))
	for i, h := range branch {
		packed[i] = h
	}
	return packed
}
