package deploy_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
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

// A later fork is appended without anybody's manifest; Gloas' own date is in all of them.
func TestTheOwnerWritesLaterForksAndMovesOneThatHasNotCome(t *testing.T) {
	n := deployed(t)
	proofs, timelock := bindings.NewStateProofs(), bindings.NewTimelockController()
	change := func(data []byte, salt byte) {
		t.Helper()
		at := n.Contracts.StateProofs
		result, err := n.Send(n.Accounts.Owner, at, nil, data)
		require.NoError(t, err)
		require.Contains(t, abi.RevertName(result.Err), "AccessControlUnauthorizedAccount", "not without the delay")
		_, err = n.Must(n.Accounts.Owner, n.Contracts.Timelock, nil, timelock.PackSchedule(at, new(big.Int), data, [32]byte{}, [32]byte{salt}, big.NewInt(24*3600)))
		require.NoError(t, err)
		n.Chain.NextBlock(n.Chain.Slot() + 24*3600/12)
		_, err = n.Must(n.Accounts.Owner, n.Contracts.Timelock, nil, timelock.PackExecute(at, new(big.Int), data, [32]byte{}, [32]byte{salt}))
		require.NoError(t, err)
	}
	gloas := bindings.StateLayout{FromSlot: 2_000_000 * n.Schedule.SlotsPerEpoch, Validators: 358, Balances: 359, BlockRoots: 352, Builders: 2961, Progressive: true}
	change(proofs.PackReplace(big.NewInt(1), gloas), 1)
	require.ErrorIs(t, n.Verify(t.Context(), n.Chain), manifest.ErrWiring, "the manifest is of before")
	require.ErrorContains(t, n.Verify(t.Context(), n.Chain), "states.gloasForkEpoch")
	n.States.GloasForkEpoch = 2_000_000
	require.NoError(t, n.Verify(t.Context(), n.Chain))
	heze := gloas
	heze.FromSlot, heze.BlockRoots = heze.FromSlot+1_000_000, 353
	change(proofs.PackAppend(heze), 2)
	require.NoError(t, n.Verify(t.Context(), n.Chain))
	at, err := localnet.Query(n, n.Contracts.StateProofs, proofs.PackLayoutOf(heze.FromSlot), proofs.UnpackLayoutOf)
	require.NoError(t, err)
	require.Equal(t, heze, at)
}
