package evm

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm"
)

// CallCost is what one call inside a transaction cost its caller: the callee's gas, the access and the call itself.
type CallCost struct {
	From, To common.Address
	Selector [4]byte
	Gas      uint64
}

type pendingCall struct {
	gasBefore uint64
	cost      CallCost
}

// CallCosts gives hooks that record the cost of every call between contracts, in the order in which the calls end. A call that its caller
// could not make or did not survive costs the caller everything and is not recorded.
func CallCosts() (*tracing.Hooks, *[]CallCost) {
	var done []CallCost
	open := map[int]*pendingCall{} // by the depth of the caller's code, 1 for the transaction's recipient
	return &tracing.Hooks{
		OnEnter: func(depth int, _ byte, from, to common.Address, input []byte, _ uint64, _ *big.Int) {
			if p := open[depth]; p != nil {
				p.cost.From, p.cost.To = from, to
				copy(p.cost.Selector[:], input)
			}
		},
		// What is still open when its caller ends must not be taken for a call of the next contract at that depth.
		OnExit: func(depth int, _ []byte, _ uint64, _ error, _ bool) { delete(open, depth+1) },
		OnOpcode: func(_ uint64, op byte, gas, _ uint64, _ tracing.OpContext, _ []byte, depth int, _ error) {
			if p := open[depth]; p != nil {
				p.cost.Gas = p.gasBefore - gas
				done = append(done, p.cost)
				delete(open, depth)
			}
			switch vm.OpCode(op) {
			case vm.CALL, vm.STATICCALL, vm.DELEGATECALL:
				open[depth] = &pendingCall{gasBefore: gas}
			}
		},
	}, &done
}
