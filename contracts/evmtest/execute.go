package evmtest

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/holiman/uint256"
)

// ErrOutOfScope: the chain in memory keeps no history and no subscriptions.
var ErrOutOfScope = errors.New("not kept by the chain in memory")

// Result is what a transaction did.
type Result struct {
	Receipt    *types.Receipt
	ReturnData []byte // revert data when the transaction failed
	Err        error  // nil, or why the transaction failed
}

// RevertError is a call that failed, with its revert data; it satisfies rpc.DataError.
type RevertError struct {
	Cause error
	Data  []byte
}

func (e *RevertError) Error() string {
	return fmt.Sprintf("%v: %s", e.Cause, hexutil.Encode(e.Data))
}

// Unwrap gives the EVM's error.
func (e *RevertError) Unwrap() error { return e.Cause }

// ErrorData is the revert data in hexadecimal.
func (e *RevertError) ErrorData() any { return hexutil.Encode(e.Data) }

// Execute runs a signed transaction in the newest block. Invalid transactions are errors; failed ones are results.
func (ch *Chain) Execute(tx *types.Transaction, tracer *tracing.Hooks) (*Result, error) {
	message, err := core.TransactionToMessage(tx, types.LatestSigner(ch.params), ch.head.BaseFee)
	if err != nil {
		return nil, fmt.Errorf("read transaction %s: %w", tx.Hash(), err)
	}
	evm := ch.evm(tracer)
	ch.state.SetTxContext(tx.Hash(), ch.txInHead, 0)
	pool := core.NewGasPool(BlockGasLimit)
	outcome, err := core.ApplyMessage(evm, message, pool)
	if err != nil {
		return nil, fmt.Errorf("apply transaction %s: %w", tx.Hash(), err)
	}
	ch.state.Finalise(evm.GetRules())
	receipt := core.MakeReceipt(evm, outcome, ch.state, ch.head.Number, ch.head.Hash(), ch.head.Time, tx, outcome.UsedGas, nil)
	ch.txInHead++
	for _, l := range receipt.Logs {
		ch.logs = append(ch.logs, *l)
	}
	result := &Result{Receipt: receipt, ReturnData: outcome.ReturnData}
	if outcome.Err != nil {
		result.Err = &RevertError{Cause: outcome.Err, Data: outcome.ReturnData}
	}
	ch.results[tx.Hash()] = result
	return result, nil
}

// ResultOf is what an executed transaction did.
func (ch *Chain) ResultOf(hash common.Hash) (*Result, error) {
	if r, ok := ch.results[hash]; ok {
		return r, nil
	}
	return nil, fmt.Errorf("transaction %s: %w", hash, ethereum.NotFound)
}

// Call runs a message on a copy of the newest state: the state stays as it is. Errors: *RevertError.
func (ch *Chain) Call(call ethereum.CallMsg, tracer *tracing.Hooks) ([]byte, uint64, error) {
	snapshot := ch.state.Snapshot()
	defer ch.state.RevertToSnapshot(snapshot)
	value := new(uint256.Int)
	if call.Value != nil {
		value = uint256.MustFromBig(call.Value)
	}
	gas := call.Gas
	if gas == 0 {
		gas = BlockGasLimit
	}
	message := &core.Message{
		To: call.To, From: call.From, Nonce: ch.state.GetNonce(call.From), Value: value, GasLimit: gas, Data: call.Data,
		AccessList: call.AccessList, GasPrice: new(uint256.Int), GasFeeCap: new(uint256.Int), GasTipCap: new(uint256.Int),
	}
	outcome, err := core.ApplyMessage(ch.evm(tracer), message, core.NewGasPool(gas))
	if err != nil {
		return nil, 0, fmt.Errorf("call %s: %w", call.To, err)
	}
	if outcome.Err != nil {
		return nil, outcome.UsedGas, &RevertError{Cause: outcome.Err, Data: outcome.ReturnData}
	}
	return outcome.ReturnData, outcome.UsedGas, nil
}

// CallCost is what one call inside a transaction cost its caller: the callee's gas, the access and the call itself.
type CallCost struct {
	From, To common.Address
	Selector [4]byte
	Gas      uint64
}

// CallCosts gives hooks that record the cost of every call between contracts, in the order in which the calls end.
func CallCosts() (*tracing.Hooks, *[]CallCost) {
	var done []CallCost
	open := map[int]*pendingCall{}
	return &tracing.Hooks{
		OnEnter: func(depth int, _ byte, from, to common.Address, input []byte, _ uint64, _ *big.Int) {
			if p := open[depth]; p != nil {
				p.cost.From, p.cost.To = from, to
				copy(p.cost.Selector[:], input)
			}
		},
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

type pendingCall struct {
	gasBefore uint64
	cost      CallCost
}

// background is the context of calls that nothing can cancel.
func background(ctx context.Context) error {
	if ctx == nil {
		return nil
	}
	return ctx.Err()
}
