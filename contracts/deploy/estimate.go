package deploy

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
)

// Cost is about what a set costs on a chain, by the chain's own rules and at its price of the moment.
type Cost struct {
	Gas         uint64 // of all creations
	LargestGas  uint64 // of the dearest one, that of Validators: a block must have room for it
	GasPriceWei *big.Int
}

// Wei is the price of the gas. The pool's first deposit comes on top.
func (c Cost) Wei() *big.Int { return new(big.Int).Mul(new(big.Int).SetUint64(c.Gas), c.GasPriceWei) }

// What the whole set and its dearest creation cost in thousandths of the creations that a chain can estimate. By the rules of Prague, Osaka and
// Amsterdam, though new state costs seven times as much there, it is the same within a few percent.
const (
	setPerMille     = 3_565
	largestPerMille = 556
)

// estimable are the largest contracts whose creation asks no other contract, so that it can be estimated while none of the set is there.
func estimable(name string) bool {
	return name == "PoolExtension" || name == "OperatorRegistry" || name == "OracleCommittee"
}

// Estimate asks the chain what the set will cost, from the account from. Nothing is sent. Errors: ErrChain when the chain cannot carry a creation, and
// those of the endpoint.
func Estimate(ctx context.Context, backend bind.ContractBackend, from common.Address, c Config) (Cost, error) {
	nonce, err := backend.PendingNonceAt(ctx, from)
	if err != nil {
		return Cost{}, fmt.Errorf("read the nonce of %s: %w", from, err)
	}
	var gas uint64
	for _, s := range c.steps(predict(from, nonce)) {
		if !estimable(s.name) {
			continue
		}
		code := append(append([]byte(nil), s.code...), s.args...)
		of, err := backend.EstimateGas(ctx, ethereum.CallMsg{From: from, Data: code})
		if err != nil {
			return Cost{}, fmt.Errorf("%w: estimate the creation of %s: %w: is a block of the chain large enough for it?", ErrChain, s.name, abi.NameRevert(err))
		}
		gas += of
	}
	price, err := backend.SuggestGasPrice(ctx)
	if err != nil {
		return Cost{}, fmt.Errorf("read the price of gas: %w", err)
	}
	return Cost{Gas: gas / 1000 * setPerMille, LargestGas: gas / 1000 * largestPerMille, GasPriceWei: price}, nil
}
