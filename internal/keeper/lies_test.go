package keeper_test

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// liar is an execution endpoint that takes every call, says each is mined, keeps the signed transactions, and counts the nonce up.
type liar struct {
	txmgr.Chain
	held []*types.Transaction
}

func (l *liar) CallContract(ctx context.Context, m ethereum.CallMsg, b *big.Int) ([]byte, error) {
	if m.From == (common.Address{}) { // views are told truly
		return l.Chain.CallContract(ctx, m, b)
	}
	return nil, nil
}
func (l *liar) EstimateGas(context.Context, ethereum.CallMsg) (uint64, error) { return 16_000_000, nil }
func (l *liar) BalanceAt(context.Context, common.Address, *big.Int) (*big.Int, error) {
	return new(big.Int).Lsh(big.NewInt(1), 100), nil
}
func (l *liar) HeaderByNumber(context.Context, *big.Int) (*types.Header, error) {
	return &types.Header{BaseFee: big.NewInt(99e9)}, nil
}
func (l *liar) NonceAt(context.Context, common.Address, *big.Int) (uint64, error) {
	return uint64(len(l.held)), nil
}
func (l *liar) PendingNonceAt(context.Context, common.Address) (uint64, error) {
	return uint64(len(l.held)), nil
}
func (l *liar) SendTransaction(_ context.Context, tx *types.Transaction) error {
	l.held = append(l.held, tx)
	return nil
}
func (l *liar) TransactionReceipt(_ context.Context, h common.Hash) (*types.Receipt, error) {
	return &types.Receipt{TxHash: h, Status: 1, GasUsed: 1, BlockNumber: big.NewInt(1), EffectiveGasPrice: big.NewInt(1)}, nil
}

func TestAnEndpointThatLiesInEverythingGetsFewTransactions(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))
	w.stake(100)
	l := &liar{Chain: w.Chain}
	k := w.keeper(func(o *keeper.Options) { o.Chain = txmgr.NewClient(l) })
	require.ErrorContains(t, k.Step(t.Context()), "has had no effect: distrust the endpoint")
	require.Len(t, l.held, 3, "what is due again was not done")

	w.validators = []localnet.BeaconValidator{w.OpenedValidator(0, false), w.OpenedValidator(1, false), w.OpenedValidator(2, false)}
	w.pass(time.Hour)
	l = &liar{Chain: w.Chain}
	k = w.keeper(func(o *keeper.Options) { o.Chain = beyond{txmgr.NewClient(l)} })
	require.NoError(t, k.Step(t.Context()))
	require.Len(t, l.held, 64, "and all in all in one step")
}

// beyond says that no key is unproven: what is left can be due again and again.
type beyond struct{ keeper.Chain }

func (b beyond) View(ctx context.Context, to common.Address, data []byte) ([]byte, error) {
	if string(data) == string(bindings.NewValidators().PackUnprovenKeys()) {
		none := common.LeftPadBytes([]byte{96}, 32)
		none = append(append(none, common.LeftPadBytes([]byte{128}, 32)...), common.LeftPadBytes([]byte{160}, 32)...)
		return append(none, make([]byte, 96)...), nil
	}
	return b.Chain.View(ctx, to, data)
}

func TestNoStateIsReadAgainSoonForATopUpThatCannotBeSent(t *testing.T) {
	w, _ := compounding(t)
	w.validators[0].EffectiveBalanceGwei = 32e9
	w.stake(40)
	k := w.keeper(func(o *keeper.Options) { o.Chain = dear{o.Chain} })
	before := w.readings
	for range 5 {
		_ = k.Step(t.Context())
		w.pass(time.Minute)
	}
	require.Equal(t, 2, w.readings-before, "once for the key that is not proven, once for the one in turn")
}

// hidden takes a transaction and never has it in a block: evicted, or kept back.
type hidden struct {
	txmgr.Chain
	broadcasts int
}

func (h *hidden) SendTransaction(context.Context, *types.Transaction) error {
	h.broadcasts++
	return nil
}

func TestATransactionThatANodeForgetsIsGivenUpForNow(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	h := &hidden{Chain: w.Chain}
	sleeps := 0
	k := w.keeper(func(o *keeper.Options) {
		o.Chain = txmgr.NewClient(h)
		o.Sleep = func(ctx context.Context, _ time.Duration) error { sleeps++; return ctx.Err() }
	})
	require.ErrorIs(t, k.Step(t.Context()), txmgr.ErrStuck)
	require.Less(t, sleeps, 200)
	require.Greater(t, h.broadcasts, 10, "the node is given it again")
}
