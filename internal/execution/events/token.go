package events

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Token is what holders own at a block. An endpoint says so; nothing is proven.
type Token struct {
	Block          Block
	TotalPooledWei *big.Int
	TotalShares    *big.Int
	ShareRateRay   *big.Int // wei of pooled ether for 1e27 of shares, rounded down; nil while there are no shares
	WrappedWei     *big.Int // what one wrapped token (1e18) is worth
	BufferedWei    *big.Int // ether that waits in the pool
	LockedWei      *big.Int // of finalized requests, in the queue
}

// ray is the unit of share rates, 1e27.
func ray() *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(27), nil) }

// ShareRateRay is pooled ether by shares in ray, rounded down; nil without shares.
func ShareRateRay(pooledWei, shares *big.Int) *big.Int {
	if shares.Sign() <= 0 {
		return nil
	}
	rate := new(big.Int).Mul(pooledWei, ray())
	return rate.Quo(rate, shares)
}

// Token reads the token's values at a block. Errors: execution.ErrPruned when the state is gone.
func (r *Reader) Token(ctx context.Context, at Block) (t Token, err error) {
	set := r.manifest.Contracts
	token, wrapped := bindings.NewStakedEther(), bindings.NewWrappedStakedEther()
	pool, queue := bindings.NewStakingPool(), bindings.NewWithdrawalQueue()
	_, err = r.client.Ask(ctx, "token values", func(ctx context.Context, ask execution.Asker) error {
		caller := viewer{ctx: ctx, ask: ask, at: at.Hash}
		t = Token{Block: at}
		totals := view(&caller, set.StakedEther, token.PackTotals(), token.UnpackTotals)
		t.TotalPooledWei, t.TotalShares = totals.TotalPooledWei, totals.TotalShares
		t.WrappedWei = view(&caller, set.WrappedStakedEther, wrapped.PackWeiPerToken(), wrapped.UnpackWeiPerToken)
		t.BufferedWei = view(&caller, set.StakingPool, pool.PackBufferedWei(), pool.UnpackBufferedWei)
		t.LockedWei = view(&caller, set.WithdrawalQueue, queue.PackLockedWei(), queue.UnpackLockedWei)
		return caller.err
	})
	if err != nil {
		return Token{}, fmt.Errorf("token values at block %d: %w", at.Number, err)
	}
	t.ShareRateRay = ShareRateRay(t.TotalPooledWei, t.TotalShares)
	return t, nil
}

// viewer calls views at one block until one fails.
type viewer struct {
	ctx context.Context
	ask execution.Asker
	at  common.Hash
	err error
}

// view calls a view; the zero value after an error.
func view[T any](v *viewer, contract common.Address, call []byte, unpack func([]byte) (T, error)) (out T) {
	if v.err == nil {
		out, v.err = execution.View(v.ctx, v.ask, v.at, contract, call, unpack)
	}
	return out
}

// balance is an account's ether in wei.
func (v *viewer) balance(account common.Address) *big.Int {
	if v.err != nil {
		return nil
	}
	answer, err := v.ask(v.ctx, "eth_getBalance", account, map[string]common.Hash{"blockHash": v.at})
	var wei hexutil.Big
	switch {
	case err != nil:
		v.err = err
	case json.Unmarshal(answer, &wei) != nil:
		v.err = fmt.Errorf("%w: eth_getBalance: the answer is no quantity", execution.ErrMalformed)
	}
	return wei.ToInt()
}
