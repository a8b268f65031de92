package network

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
)

// PredepositCall sends the first ether to the next keys. Anyone may call; the account has no role.
func (n *Network) PredepositCall(count uint8) Call {
	return Call{
		From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Gas: manyCallsGas, Data: bindings.NewValidators().PackPredeposit(count),
	}
}

// ProveCall proves a key of the operator under the newest beacon state that the execution chain knows. Errors: keys.ErrNoValidator while it has none.
func (n *Network) ProveCall(ctx context.Context, key uint64) (Call, error) {
	proofs, err := keys.Proofs(ctx, n.Chain, keys.Public(key))
	if err != nil {
		return Call{}, err
	}
	return n.proveCall(key, proofs[0]), nil
}

func (n *Network) proveCall(key uint64, proof bindings.KeyProof) Call {
	return Call{From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Data: bindings.NewValidators().PackProveKey(key, proof)}
}

// TopUpCall brings the next count proven keys to 32 ether.
func (n *Network) TopUpCall(count int64) Call {
	return Call{
		From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Gas: manyCallsGas, Data: bindings.NewValidators().PackTopUp(big.NewInt(count), nil),
	}
}

// fundKeys gives the first keys their ether: a first one each, and the rest when they are validators and proven.
func (n *Network) fundKeys(ctx context.Context) error {
	if err := n.perform(ctx, n.PredepositCall(poolValidators)); err != nil {
		return fmt.Errorf("send the first ether: %w", err)
	}
	var public [][48]byte
	for i := range uint64(poolValidators) {
		public = append(public, keys.Public(i))
	}
	proofs, err := keys.Proofs(ctx, n.Chain, public...)
	for tries := 0; errors.Is(err, keys.ErrNoValidator) && tries < maxTries; tries++ {
		if _, err := n.Chain.NextSlot(ctx); err != nil {
			return err
		}
		proofs, err = keys.Proofs(ctx, n.Chain, public...)
	}
	if err != nil {
		return fmt.Errorf("wait for the keys' validators: %w", err)
	}
	var prove []Call
	for i, proof := range proofs {
		prove = append(prove, n.proveCall(uint64(i), proof))
	}
	if err := n.perform(ctx, prove...); err != nil {
		return fmt.Errorf("prove the keys: %w", err)
	}
	if err := n.perform(ctx, n.TopUpCall(poolValidators)); err != nil {
		return fmt.Errorf("bring the keys to 32 ether: %w", err)
	}
	return nil
}
