package evm

import (
	"context"
	"crypto/ecdsa"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/program"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
)

// sender sends transactions of one funded account.
type sender struct {
	t   *testing.T
	ch  *Chain
	key *ecdsa.PrivateKey
}

func newSender(t *testing.T, ch *Chain) sender {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(t.Name())))
	require.NoError(t, err)
	s := sender{t, ch, key}
	ch.AddBalance(s.address(), new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(1e18)))
	return s
}

func (s sender) address() common.Address { return crypto.PubkeyToAddress(s.key.PublicKey) }

func (s sender) send(to common.Address, wei *big.Int, data []byte) *Result {
	s.t.Helper()
	nonce, err := s.ch.PendingNonceAt(context.Background(), s.address())
	require.NoError(s.t, err)
	tx, err := types.SignNewTx(s.key, types.LatestSignerForChainID(big.NewInt(7)), &types.DynamicFeeTx{
		ChainID: big.NewInt(7), Nonce: nonce, Gas: 10_000_000, To: &to, Value: wei, Data: data,
	})
	require.NoError(s.t, err)
	result, err := s.ch.Execute(tx, nil)
	require.NoError(s.t, err)
	return result
}

// logger is code that emits an empty log of topic 1.
func logger() []byte { return program.New().Push(1).Push(0).Push(0).Op(vm.LOG1).Bytes() }

func TestLogsAreFoundByTheBlocksAskedFor(t *testing.T) {
	ch := newChain(t)
	at := common.Address{0xaa}
	ch.setCode(at, logger())
	s := newSender(t, ch)
	for slot := range uint64(3) {
		ch.NextBlock(slot + 1)
		s.send(at, nil, nil)
		s.send(at, nil, nil)
	}
	second, err := ch.HeaderByNumber(context.Background(), big.NewInt(2))
	require.NoError(t, err)
	hash := second.Hash()
	number := func(n int64) *big.Int { return big.NewInt(n) }
	for name, c := range map[string]struct {
		query ethereum.FilterQuery
		want  []uint64 // block of each log
	}{
		"all":             {ethereum.FilterQuery{}, []uint64{1, 1, 2, 2, 3, 3}},
		"from":            {ethereum.FilterQuery{FromBlock: number(2)}, []uint64{2, 2, 3, 3}},
		"to":              {ethereum.FilterQuery{ToBlock: number(1)}, []uint64{1, 1}},
		"one block":       {ethereum.FilterQuery{FromBlock: number(2), ToBlock: number(2)}, []uint64{2, 2}},
		"block hash":      {ethereum.FilterQuery{BlockHash: &hash}, []uint64{2, 2}},
		"newest":          {ethereum.FilterQuery{FromBlock: number(-2)}, []uint64{3, 3}},
		"topic":           {ethereum.FilterQuery{Topics: [][]common.Hash{{common.BigToHash(number(1))}}}, []uint64{1, 1, 2, 2, 3, 3}},
		"another topic":   {ethereum.FilterQuery{Topics: [][]common.Hash{{common.BigToHash(number(2))}}}, nil},
		"another address": {ethereum.FilterQuery{Addresses: []common.Address{{0xbb}}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			logs, err := ch.FilterLogs(context.Background(), c.query)
			require.NoError(t, err)
			var got []uint64
			for i, l := range logs {
				require.Equal(t, uint(i%2), l.Index, "the index counts within a block")
				got = append(got, l.BlockNumber)
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestOldBlocksHaveHeadersAndNoState(t *testing.T) {
	ch, ctx := newChain(t), context.Background()
	ch.NextBlock(3)
	ch.NextBlock(4)
	for n, slot := range map[int64]uint64{0: 0, 1: 3, 2: 4, -2: 4} {
		header, err := ch.HeaderByNumber(ctx, big.NewInt(n))
		require.NoError(t, err)
		require.Equal(t, 1_700_000_000+12*slot, header.Time, "block %d", n)
	}
	_, err := ch.HeaderByNumber(ctx, big.NewInt(3))
	require.ErrorIs(t, err, ethereum.NotFound)
	_, err = ch.CodeAt(ctx, common.Address{}, big.NewInt(1))
	require.ErrorIs(t, err, ErrOutOfScope)
	_, err = ch.CallContract(ctx, ethereum.CallMsg{To: &common.Address{}}, big.NewInt(1))
	require.ErrorIs(t, err, ErrOutOfScope)
	_, err = ch.CodeAt(ctx, common.Address{}, big.NewInt(2))
	require.NoError(t, err)
}

func TestGasOfABlockAddsUpOverItsReceipts(t *testing.T) {
	ch := newChain(t)
	s := newSender(t, ch)
	first := s.send(common.Address{1}, big.NewInt(1), nil).Receipt
	second := s.send(common.Address{1}, big.NewInt(1), nil).Receipt
	require.Equal(t, first.GasUsed+second.GasUsed, second.CumulativeGasUsed)
	require.Equal(t, uint(1), second.TransactionIndex)
	ch.NextBlock(1)
	require.Equal(t, first.GasUsed, s.send(common.Address{1}, big.NewInt(1), nil).Receipt.CumulativeGasUsed)
}

func TestAnEstimateIsEnoughAndLittleMore(t *testing.T) {
	ch, ctx := newChain(t), context.Background()
	// Clearing storage refunds gas: the limit must be higher than what is charged in the end.
	at := common.Address{0xaa}
	ch.setCode(at, program.New().Sstore(1, 0).Sstore(2, 0).Bytes())
	ch.state.SetState(at, common.BigToHash(big.NewInt(1)), common.Hash{1})
	ch.state.SetState(at, common.BigToHash(big.NewInt(2)), common.Hash{1})
	call := ethereum.CallMsg{To: &at}
	_, used, err := ch.Call(call, nil)
	require.NoError(t, err)

	gas, err := ch.EstimateGas(ctx, call)
	require.NoError(t, err)
	require.Greater(t, gas, used)
	call.Gas = gas
	_, _, err = ch.Call(call, nil)
	require.NoError(t, err)
	call.Gas = gas - gas/32
	_, _, err = ch.Call(call, nil)
	require.Error(t, err)

	failing := common.Address{0xbb}
	ch.setCode(failing, program.New().Op(vm.INVALID).Bytes())
	_, err = ch.EstimateGas(ctx, ethereum.CallMsg{To: &failing})
	var reverted *RevertError
	require.ErrorAs(t, err, &reverted)
}

func TestAContractCanBeAskedInTheNameOfAnother(t *testing.T) {
	ch := newChain(t)
	at := common.Address{0xaa}
	ch.setCode(at, program.New().Op(vm.CALLER).Push(0).Op(vm.MSTORE).Return(0, 32).Bytes())
	answer, err := ch.CallContract(context.Background(), ethereum.CallMsg{From: at, To: &at}, nil)
	require.NoError(t, err)
	require.Equal(t, at, common.BytesToAddress(answer))
}

func TestBindDeploysAndWaitsWithoutKnowingTheChainIsInMemory(t *testing.T) {
	ch := newChain(t)
	s := newSender(t, ch)
	runtime := logger()
	creation := program.New().ReturnViaCodeCopy(runtime).Bytes()
	address, tx, err := bind.DeployContract(bind.NewKeyedTransactor(s.key, big.NewInt(7)), creation, ch, nil)
	require.NoError(t, err)
	deployedAt, err := bind.WaitDeployed(context.Background(), ch, tx.Hash())
	require.NoError(t, err)
	require.Equal(t, address, deployedAt)
	require.Equal(t, runtime, ch.state.GetCode(address))
}
