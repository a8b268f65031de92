package evm

import (
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/program"
	"github.com/stretchr/testify/require"
)

// spender is code that costs 3 gas a push, and 2 a pop.
func spender(pairs int) []byte {
	p := program.New()
	for range pairs {
		p.Push(1).Op(vm.POP)
	}
	return p.Bytes()
}

func TestACallCostsItsCallerTheAccessAndWhatTheCalleeUses(t *testing.T) {
	ch := newChain(t)
	outer, middle, inner := common.Address{0xa}, common.Address{0xb}, common.Address{0xc}
	ch.setCode(inner, spender(10))
	ch.setCode(middle, program.New().StaticCall(nil, inner, 0, 0, 0, 0).Op(vm.POP).Bytes())
	ch.setCode(outer, program.New().Call(nil, middle, 0, 0, 0, 0, 0).Op(vm.POP).StaticCall(nil, inner, 0, 0, 0, 0).Op(vm.POP).Bytes())
	hooks, costs := CallCosts()
	_, _, err := ch.Call(ethereum.CallMsg{To: &outer}, hooks)
	require.NoError(t, err)

	const cold, warm, work = 2600, 100, 10 * (3 + 2)
	require.Len(t, *costs, 3)
	require.Equal(t, CallCost{From: middle, To: inner, Gas: cold + work}, (*costs)[0])
	require.Equal(t, middle, (*costs)[1].To)
	require.Greater(t, (*costs)[1].Gas, uint64(2*cold+work))
	require.Equal(t, CallCost{From: outer, To: inner, Gas: warm + work}, (*costs)[2])
}

func TestACallThatItsCallerDidNotSurviveIsNotTakenForTheNextOnes(t *testing.T) {
	ch := newChain(t)
	outer, breaker, quiet := common.Address{0xa}, common.Address{0xb}, common.Address{0xc}
	ch.setCode(quiet, spender(1))
	// Sending ether is forbidden inside a static call: the opcode ends its contract.
	ch.setCode(breaker, program.New().Call(nil, quiet, 1, 0, 0, 0, 0).Bytes())
	ch.setCode(outer, program.New().
		StaticCall(uint256Of(100_000), breaker, 0, 0, 0, 0).Op(vm.POP).
		StaticCall(nil, quiet, 0, 0, 0, 0).Op(vm.POP).Bytes())
	hooks, costs := CallCosts()
	_, _, err := ch.Call(ethereum.CallMsg{To: &outer}, hooks)
	require.NoError(t, err)
	var called []common.Address
	for _, c := range *costs {
		require.Equal(t, outer, c.From)
		called = append(called, c.To)
	}
	require.Equal(t, []common.Address{breaker, quiet}, called)
}
