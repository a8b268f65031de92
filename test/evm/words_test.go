package evm

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/program"
	"github.com/stretchr/testify/require"
)

func TestAWordIsNewOnceAndClearedOrChangedOnesAreNot(t *testing.T) {
	ch := newChain(t)
	s := newSender(t, ch)
	at := common.Address{0xaa}
	slot := func(n int64) common.Hash { return common.BigToHash(big.NewInt(n)) }
	ch.setCode(at, program.New().Sstore(1, 5).Sstore(2, 6).Sstore(3, 0).Bytes())
	ch.state.SetState(at, slot(2), common.Hash{1})
	ch.state.SetState(at, slot(3), common.Hash{1})
	ch.NextBlock(1)
	for _, want := range [][]Word{{{at, slot(1)}}, nil} {
		before := ch.Snapshot()
		hooks := &tracing.Hooks{}
		words := WordCosts(hooks)
		tx, err := types.SignNewTx(s.key, types.LatestSignerForChainID(big.NewInt(7)), &types.DynamicFeeTx{
			ChainID: big.NewInt(7), Nonce: ch.state.GetNonce(s.address()), Gas: 1_000_000, To: &at,
		})
		require.NoError(t, err)
		result, err := ch.Execute(tx, hooks)
		require.NoError(t, err)
		require.NoError(t, result.Err)
		require.Len(t, words, 3)
		require.Equal(t, want, NewWords(before, ch, words))
	}
}
