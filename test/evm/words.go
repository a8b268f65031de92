package evm

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm"
)

// Word is a word of a contract's storage.
type Word struct {
	At   common.Address
	Slot common.Hash
}

// StorageAt is a word's value in the newest state.
func (ch *Chain) StorageAt(w Word) common.Hash { return ch.state.GetState(w.At, w.Slot) }

// SetStorage writes a word without a transaction.
func (ch *Chain) SetStorage(w Word, value common.Hash) { ch.state.SetState(w.At, w.Slot, value) }

// WordCosts makes hooks record, too, what reading and writing each word of storage costs in execution gas.
func WordCosts(hooks *tracing.Hooks) map[Word]uint64 {
	costs := make(map[Word]uint64)
	before := hooks.OnOpcode
	hooks.OnOpcode = func(pc uint64, op byte, gas, cost uint64, scope tracing.OpContext, data []byte, depth int, err error) {
		if before != nil {
			before(pc, op, gas, cost, scope, data, depth, err)
		}
		if o := vm.OpCode(op); o == vm.SLOAD || o == vm.SSTORE {
			stack := scope.StackData()
			costs[Word{scope.Address(), stack[len(stack)-1].Bytes32()}] += cost
		}
	}
	return costs
}

// NewWords are those of words that hold nothing in before and something in after: slots that were created in between.
func NewWords[T any](before, after *Chain, words map[Word]T) (created []Word) {
	for w := range words {
		if before.StorageAt(w) == (common.Hash{}) && after.StorageAt(w) != (common.Hash{}) {
			created = append(created, w)
		}
	}
	return created
}
