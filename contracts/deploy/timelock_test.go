package deploy_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestTheOwnerChangesTermsAfterTheDelayAndNobodyElseAtAll(t *testing.T) {
	n := deployed(t)
	pool, timelock := bindings.NewStakingPool(), bindings.NewTimelockController()
	terms, err := localnet.Query(n, n.Contracts.StakingPool, pool.PackTerms(), pool.UnpackTerms)
	require.NoError(t, err)
	terms.FeeBps = 500
	change := pool.PackSetTerms(terms)
	delay := big.NewInt(24 * 3600)
	send := func(from *localnet.Account, data []byte) string {
		result, err := n.Send(from, n.Contracts.Timelock, nil, data)
		require.NoError(t, err)
		return abi.RevertName(result.Err)
	}

	result, err := n.Send(n.Accounts.Owner, n.Contracts.StakingPool, nil, change)
	require.NoError(t, err)
	require.Contains(t, abi.RevertName(result.Err), "AccessControlUnauthorizedAccount", "not even the owner, without the delay")

	schedule := timelock.PackSchedule(n.Contracts.StakingPool, new(big.Int), change, [32]byte{}, [32]byte{1}, delay)
	execute := timelock.PackExecute(n.Contracts.StakingPool, new(big.Int), change, [32]byte{}, [32]byte{1})
	require.Contains(t, send(n.Accounts.User, schedule), "AccessControlUnauthorizedAccount")
	require.Empty(t, send(n.Accounts.Owner, schedule))
	require.Contains(t, send(n.Accounts.Owner, execute), "TimelockUnexpectedOperationState", "too early")
	n.Chain.NextBlock(24 * 3600 / 12)
	require.Contains(t, send(n.Accounts.User, execute), "AccessControlUnauthorizedAccount")
	require.Empty(t, send(n.Accounts.Owner, execute))

	terms, err = localnet.Query(n, n.Contracts.StakingPool, pool.PackTerms(), pool.UnpackTerms)
	require.NoError(t, err)
	require.Equal(t, uint16(500), terms.FeeBps)
}
