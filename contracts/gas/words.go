package main

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

// unusedFields of format 2 are 0 until a later rule gives them a value; each is a word of calldata.
const unusedFields = 5

// rounds that the pool remembers, one word each.
const rounds = 64

// additions are parts of a submission that a plain oracle does not have, as far as they can be told apart.
func additions(r row) []part {
	c := r.contracts
	slot := func(n int64) common.Hash { return common.BigToHash(big.NewInt(n)) }
	var ring uint64
	for i := range int64(rounds) {
		ring += r.words[evm.Word{At: c.StakingPool, Slot: slot(layout.StakingPoolRoundsSlot + i)}]
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
		{"head", r.words[evm.Word{At: c.StakingPool, Slot: slot(layout.StakingPoolHeadSlot)}], "one word: round, flags, ends of pause and hold, the bucket"},
		{"fee account", r.words[evm.Word{At: c.StakedEther, Slot: account}], "one word of the token: the registry holds the fee of all"},
		{"fee book", booked, "the registry's call: whose the fee is"},
		{"format 2", unusedFields * common.HashLength * params.TxDataZeroGas, "calldata of the five fields that are 0 until rules use them"},
	}
}
