package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/test/fakes/hostilenode"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestAnEndpointThatLiesInEverythingGetsFewTransactions(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))
	w.stake(100)
	l := &hostilenode.Liar{Chain: w.Chain}
	k := w.keeper(func(o *keeper.Options) { o.Chain = txmgr.NewClient(l) })
	require.ErrorContains(t, k.Step(t.Context()), "has had no effect: the endpoint is behind, or lies")
	require.Len(t, l.Held, 3, "what is due again was not done")

	w.validators = []localnet.BeaconValidator{w.OpenedValidator(0, false), w.OpenedValidator(1, false), w.OpenedValidator(2, false)}
	w.pass(time.Hour)
	l = &hostilenode.Liar{Chain: w.Chain}
	k = w.keeper(func(o *keeper.Options) { o.Chain = beyond{txmgr.NewClient(l)} })
	require.NoError(t, k.Step(t.Context()))
	require.Len(t, l.Held, 64, "and all in all in one step")
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

func TestATransactionThatANodeForgetsIsGivenUpForNow(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	h := &hostilenode.Forgetful{Chain: w.Chain}
	sleeps := 0
	k := w.keeper(func(o *keeper.Options) {
		o.Chain = txmgr.NewClient(h)
		o.Sleep = func(ctx context.Context, _ time.Duration) error { sleeps++; return ctx.Err() }
	})
	require.ErrorIs(t, k.Step(t.Context()), txmgr.ErrStuck)
	require.Less(t, sleeps, 200)
	require.Greater(t, h.Given, 10, "the node is given it again")
}
