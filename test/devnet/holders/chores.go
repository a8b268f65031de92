package holders

import (
	"context"
	"errors"
	"math/big"

	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// chore is what anybody can do for the pool's keys now: proving a key that has become a validator, or bringing a proven one to 32 ether; nil for nothing.
func (s *Script) chore(ctx context.Context, books *ledger.Ledger) (*network.Call, error) {
	for _, key := range books.UnprovenKeys() {
		call, err := s.network.ProveCall(ctx, key)
		switch {
		case errors.Is(err, keys.ErrNoValidator):
			continue
		case err != nil:
			return nil, err
		}
		return s.ifTaken(ctx, call), nil
	}
	rest := new(big.Int).Sub(localnet.Ether(32), localnet.Ether(1))
	if books.WaitingKeys() == 0 || books.UsableWei().Cmp(rest) < 0 {
		return nil, nil
	}
	return s.ifTaken(ctx, s.network.TopUpCall(1)), nil
}

// open sends a key its first ether when the pool can spare the ether of three validators.
func (s *Script) open(ctx context.Context, books *ledger.Ledger) *network.Call {
	if books.UsableWei().Cmp(localnet.Ether(96)) < 0 {
		return nil
	}
	return s.ifTaken(ctx, s.network.PredepositCall(1))
}

// ifTaken is a call that the contracts would take now; nil for one that they refuse, such as while losses are in progress.
func (s *Script) ifTaken(ctx context.Context, c network.Call) *network.Call {
	if s.network.Simulate(ctx, c) != nil {
		return nil
	}
	return &c
}
