package evm

import (
	"context"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/program"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"
)

func chainOf(t *testing.T, fork Fork) *Chain {
	t.Helper()
	ch, err := New(Config{ChainID: 7, GenesisTime: 1_700_000_000, SecondsPerSlot: 12, Fork: fork})
	require.NoError(t, err)
	return ch
}

func TestAChainHasTheRulesOfItsFork(t *testing.T) {
	for fork, want := range map[Fork]struct{ clz, slotNumber bool }{Prague: {}, Osaka: {clz: true}, Amsterdam: {clz: true, slotNumber: true}} {
		t.Run(fork.String(), func(t *testing.T) {
			ch := chainOf(t, fork)
			ch.NextBlock(9)
			answer := func(p *program.Program) (*big.Int, error) {
				at := common.Address{0xaa}
				ch.setCode(at, p.Push(0).Op(vm.MSTORE).Return(0, 32).Bytes())
				word, err := ch.CallContract(context.Background(), ethereum.CallMsg{To: &at}, nil)
				return new(big.Int).SetBytes(word), err
			}
			zeros, err := answer(program.New().Push(1).Op(vm.CLZ))
			require.Equal(t, want.clz, err == nil, "EIP-7939, Osaka: %v", err)
			slot, err2 := answer(program.New().Op(vm.SLOTNUM))
			require.Equal(t, want.slotNumber, err2 == nil, "EIP-7843, Amsterdam: %v", err2)
			if want.clz {
				require.EqualValues(t, 255, zeros.Int64())
			}
			if want.slotNumber {
				require.EqualValues(t, 9, slot.Int64())
			}
		})
	}
}

func TestTheEnvironmentNamesTheForkWhereNobodyElseDoes(t *testing.T) {
	t.Setenv(forkVariable, "")
	require.Equal(t, Osaka, FromEnvironment.Resolve())
	t.Setenv(forkVariable, "Amsterdam")
	require.Equal(t, Amsterdam, FromEnvironment.Resolve())
	require.Equal(t, Amsterdam, chainOf(t, FromEnvironment).Fork())
	require.Equal(t, Prague, chainOf(t, Prague).Fork())
	t.Setenv(forkVariable, "amsterdam")
	require.PanicsWithValue(t, `evm: TIDEMARK_FORK is "amsterdam": want one of [Prague Osaka Amsterdam]`, func() { FromEnvironment.Resolve() })
}

// The prices of EIP-8037: what a byte of new state costs is the same for slots, accounts and code.
func TestAmsterdamCountsNewStateApartFromExecution(t *testing.T) {
	const slotBytes, accountBytes = params.StorageCreationSize, params.AccountCreationSize
	ch := chainOf(t, Amsterdam)
	s := newSender(t, ch)
	at := common.Address{0xaa}
	ch.setCode(at, program.New().Sstore(1, 5).Bytes())

	first := s.send(at, nil, nil)
	require.NoError(t, first.Err)
	require.EqualValues(t, slotBytes*params.CostPerStateByte, first.StateGas)
	require.EqualValues(t, first.ExecutionGas+first.StateGas, first.Receipt.GasUsed)
	again := s.send(at, nil, nil)
	require.Zero(t, again.StateGas, "the slot is there")

	paid := s.send(common.Address{0xbb}, big.NewInt(1), nil)
	require.EqualValues(t, accountBytes*params.CostPerStateByte, paid.StateGas)

	for _, before := range []Fork{Prague, Osaka} {
		ch := chainOf(t, before)
		ch.setCode(at, program.New().Sstore(1, 5).Bytes())
		result := newSender(t, ch).send(at, nil, nil)
		require.Zero(t, result.StateGas, before)
		require.Equal(t, result.Receipt.GasUsed, result.ExecutionGas, before)
	}
}

func TestEveryTransferOfEtherIsALogSinceAmsterdam(t *testing.T) {
	for _, fork := range Forks() {
		ch := chainOf(t, fork)
		s := newSender(t, ch)
		at := common.Address{0xaa}
		ch.setCode(at, logger())
		result := s.send(at, big.NewInt(7), nil)
		if fork != Amsterdam {
			require.Len(t, result.Receipt.Logs, 1)
			require.Equal(t, at, result.Receipt.Logs[0].Address)
			continue
		}
		require.Len(t, result.Receipt.Logs, 2, "EIP-7708")
		transfer, own := result.Receipt.Logs[0], result.Receipt.Logs[1]
		require.Equal(t, params.SystemAddress, transfer.Address)
		require.Equal(t, crypto.Keccak256Hash([]byte("Transfer(address,address,uint256)")), transfer.Topics[0], "the topic of every token's transfers")
		require.Equal(t, common.BigToHash(big.NewInt(7)).Bytes(), transfer.Data)
		require.Equal(t, at, own.Address)
		require.Equal(t, uint(1), own.Index, "what comes after moves up")
	}
}

func TestBlocksOfEveryForkEndWithTheRequestsOfTheirSystemContracts(t *testing.T) {
	for _, fork := range Forks() {
		ch := chainOf(t, fork)
		require.NotPanics(t, func() { ch.NextBlock(1); ch.NextBlock(2) }, fork)
		for _, at := range []common.Address{params.BuilderDepositAddress, params.BuilderExitAddress} {
			require.Equal(t, fork == Amsterdam, len(ch.state.GetCode(at)) > 0, "EIP-8282 %s", fork)
		}
	}
}

func TestAnEstimateCountsNewStateToo(t *testing.T) {
	ch := chainOf(t, Amsterdam)
	s := newSender(t, ch)
	at := common.Address{0xaa}
	ch.setCode(at, program.New().Sstore(1, 5).Sstore(2, 5).Bytes())
	ch.NextBlock(1)
	gas, err := ch.EstimateGas(context.Background(), ethereum.CallMsg{From: s.address(), To: &at})
	require.NoError(t, err)
	require.Greater(t, gas, uint64(2*params.StorageCreationSize*params.CostPerStateByte))
	used := s.send(at, nil, nil).Receipt.GasUsed
	require.GreaterOrEqual(t, gas, used)
	require.Less(t, gas, used+used/32)
}
