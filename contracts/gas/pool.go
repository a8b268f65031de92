package main

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// stake makes the pool large enough that the rewards of the measured frames stay below the bound, and gives an operator keys, so that the fee is
// split.
func stake(n *localnet.Network) error {
	pool := bindings.NewStakingPool()
	amount := localnet.Ether(100_000)
	if _, err := n.Must(n.Accounts.User, n.Contracts.StakingPool, amount, pool.PackDeposit(n.Accounts.User.Address, new(big.Int))); err != nil {
		return err
	}
	return n.FundValidators(1)
}
