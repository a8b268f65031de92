package evm

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/holiman/uint256"
)

// ErrOutOfScope: the chain in memory keeps no history and no subscriptions.
var ErrOutOfScope = errors.New("not kept by the chain in memory")

// Result is what a transaction did.
type Result struct {
	Receipt    *types.Receipt
	ReturnData []byte // revert data when the transaction failed
	Err        error  // nil, or why the transaction failed
	// What the transaction takes of the block's gas, refunds not taken off: of execution, and since Amsterdam of new state (EIP-8037). A block's
	// limit holds for each by itself. Before Amsterdam all gas is execution gas, less what is refunded.
	ExecutionGas, StateGas uint64
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

// Execute runs a signed transaction in the newest block, which takes any number of them. Invalid transactions are errors; failed ones are
// results.
func (ch *Chain) Execute(tx *types.Transaction, tracer *tracing.Hooks) (*Result, error) {
	message, err := core.TransactionToMessage(tx, types.LatestSigner(ch.params), ch.head.BaseFee)
	if err != nil {
		return nil, fmt.Errorf("read transaction %s: %w", tx.Hash(), err)
	}
	evm := ch.evm(tracer)
	ch.state.SetTxContext(tx.Hash(), int(ch.txInHead), 0)
	pool := core.NewGasPool(BlockGasLimit)
	outcome, err := core.ApplyMessage(evm, message, pool)
	if err != nil {
		return nil, fmt.Errorf("apply transaction %s: %w", tx.Hash(), err)
	}
	ch.state.Finalise(evm.GetRules())
	ch.gasInHead += outcome.UsedGas
	receipt := core.MakeReceipt(evm, outcome, ch.state, ch.head.Number, ch.head.Hash(), ch.head.Time, tx, ch.gasInHead, nil)
	ch.txInHead++
	for _, l := range receipt.Logs {
		l.Index = ch.logsInHead // the state counts on over blocks
		ch.logsInHead++
		ch.logs = append(ch.logs, *l)
	}
	result := &Result{Receipt: receipt, ReturnData: outcome.ReturnData, ExecutionGas: outcome.UsedGas}
	if ch.config.Fork == Amsterdam {
		result.ExecutionGas, result.StateGas = pool.CumulativeExecution(), pool.CumulativeState()
	}
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

// Call runs a message on the newest state, from any account, also one with code, and takes back what it changed. It gives the answer and
// the gas used. No limit of transactions binds it, as at nodes. Errors: *RevertError.
func (ch *Chain) Call(call ethereum.CallMsg, tracer *tracing.Hooks) ([]byte, uint64, error) {
	return ch.ask(call, tracer, func(m *core.Message) { m.SkipGasLimitCapCheck().SkipExecutionGasCapCheck() })
}

// ask is Call by the rules that loosen leaves.
func (ch *Chain) ask(call ethereum.CallMsg, tracer *tracing.Hooks, loosen func(*core.Message)) ([]byte, uint64, error) {
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
	loosen(message.SkipEOACheck())
	outcome, err := core.ApplyMessage(ch.evm(tracer), message, core.NewGasPool(gas))
	if err != nil {
		return nil, 0, fmt.Errorf("call %s: %w", call.To, err)
	}
	if outcome.Err != nil {
		return nil, outcome.UsedGas, &RevertError{Cause: outcome.Err, Data: outcome.ReturnData}
	}
	return outcome.ReturnData, outcome.UsedGas, nil
}
