package keys

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrNoValidator: a key of which the newest state that EIP-4788 knows has no validator.
var ErrNoValidator = errors.New("the key has no validator yet")

// Proofs prove the validators of keys, one each in their order, in the newest state that EIP-4788 knows: that of the block below the newest executed payload.
// Errors: ErrNoValidator, and those of the chain.
func Proofs(ctx context.Context, c *chain.Chain, keys ...[48]byte) ([]bindings.KeyProof, error) {
	executed := c.Head()
	for !executed.Delivered {
		var err error
		if executed, err = c.BlockAt(executed.Slot - 1); err != nil {
			return nil, fmt.Errorf("find the newest executed payload: %w", err)
		}
	}
	proven, err := c.BlockAt(executed.Slot - 1)
	if err != nil {
		return nil, fmt.Errorf("read the block below slot %d: %w", executed.Slot, err)
	}
	validators, err := prove(ctx, c, proven, keys)
	if err != nil {
		return nil, fmt.Errorf("prove keys in the state of slot %d: %w", proven.Slot, err)
	}
	origin := abi.BlockProof(blockproof.Proof{ChildSlot: executed.Slot, Header: proven.Header})
	proofs := make([]bindings.KeyProof, len(keys))
	for i, v := range validators {
		proofs[i] = bindings.KeyProof{Origin: origin, Validator: v}
	}
	return proofs, nil
}

// prove has the reader of members read the block's state, and find and prove the keys.
func prove(ctx context.Context, c *chain.Chain, block chain.Block, keys [][48]byte) ([]bindings.ValidatorProof, error) {
	s, err := c.State(block.Slot)
	if err != nil {
		return nil, err
	}
	read, err := readAgain(ctx, s, c.Spec(), block.StateRoot, state.Query{ProveKeys: keys})
	if err != nil {
		return nil, err
	}
	proofs := make([]bindings.ValidatorProof, len(keys))
	for i, key := range keys {
		at := slices.IndexFunc(read.Proofs, func(p state.ValidatorProof) bool { return p.PublicKey == key })
		if at < 0 {
			return nil, fmt.Errorf("%w: %x", ErrNoValidator, key)
		}
		proofs[i] = abi.ValidatorProof(read.Proofs[at])
	}
	return proofs, nil
}

func readAgain(ctx context.Context, s *transition.State, spec transition.Spec, root common.Hash, query state.Query) (*state.State, error) {
	ssz, err := s.Encode()
	if err != nil {
		return nil, err
	}
	fork, err := state.ParseFork(s.Version().String())
	if err != nil {
		return nil, err
	}
	layout, err := state.ParseSpec(spec.Values())
	if err != nil {
		return nil, err
	}
	return state.Read(ctx, bytes.NewReader(ssz), fork, layout, &root, query)
}
