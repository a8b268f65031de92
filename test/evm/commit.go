package evm

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
)

// Commit writes the newest state into the chain's database as tries and gives its root. The database keeps the states of all commits, also of
// snapshots: proofs are made from it. The chain goes on as if nothing had happened.
func (ch *Chain) Commit() (common.Hash, state.Database, error) {
	copied := ch.state.Copy()
	root, err := copied.Commit(ch.evm(nil).GetRules(), ch.head.Number.Uint64())
	if err != nil {
		return common.Hash{}, nil, fmt.Errorf("commit the state of block %d: %w", ch.head.Number, err)
	}
	return root, copied.Database(), nil
}
