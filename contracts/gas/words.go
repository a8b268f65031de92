package main

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/contracts/layout"
)

// word is a word of storage.
type word struct {
	at   common.Address
	slot common.Hash
}

// unusedFields of format 2 are 0 until a later rule gives them a value; each is a word of calldata.
const unusedFields = 5

// rounds that the pool remembers, one word each.
const rounds = 64

// wordCosts makes the hooks record, too, what reading and writing each word of storage costs.
func wordCosts(hooks *tracing.Hooks) map[word]uint64 {
	costs := make(map[word]uint64)
	before := hooks.OnOpcode
	hooks.OnOpcode = func(pc uint64, op byte, gas, cost uint64, scope tracing.OpContext, data []byte, depth int, err error) {
		before(pc, op, gas, cost, scope, data, depth, err)
		if o := vm.OpCode(op); o == vm.SLOAD || o == vm.SSTORE {
			stack := scope.StackData()
			costs[word{scope.Address(), stack[len(stack)-1].Bytes32()}] += cost
		}
	}
	return costs
}

// additions are parts of a submission that a plain oracle does not have, as far as they can be told apart.
func additions(r row) []part {
	c := r.contracts
	slot := func(n int64) common.Hash { return common.BigToHash(big.NewInt(n)) }
	var ring uint64
	for i := range int64(rounds) {
		ring += r.words[word{c.StakingPool, slot(layout.StakingPoolRoundsSlot + i)}]
	}
	account := crypto.Keccak256Hash(common.LeftPadBytes(c.OperatorRegistry[:], common.HashLength), slot(layout.StakedEtherSharesSlot).Bytes())
	var booked uint64
	for _, call := range r.calls {
		if call.From == c.StakingPool && call.To == c.OperatorRegistry {
			booked += call.Gas
		}
	}
	return []part{
		{"round ring", ring, "one of 64 words: rate, times and flags of the round"},
		{"head", r.words[word{c.StakingPool, slot(layout.StakingPoolHeadSlot)}], "one word: round, flags, ends of pause and hold, the bucket"},
		{"fee account", r.words[word{c.StakedEther, account}], "one word of the token: the registry holds the fee of all"},
		{"fee book", booked, "the registry's call: whose the fee is"},
		{"format 2", unusedFields * common.HashLength * params.TxDataZeroGas, "calldata of the five fields that are 0 until rules use them"},
	}
}
