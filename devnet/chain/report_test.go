package chain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReportsAreWhatTheLedgerHolds leads deposits of the pool from the contract through the queue of pending deposits into the registry, and the rewards of
// their validators through the sweep into the vault; reports are computed over HTTP by what members read with.
func TestReportsAreWhatTheLedgerHolds(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(200)
	advanceTo(t, p.Chain, p.schedule.RefSlot(0)-4)
	p.fund(3)

	pending := p.report(p.schedule.RefSlot(0)).Report
	require.Equal(t, uint64(3*depositGwei), pending.CLPendingGwei, "the deposits are not pending")
	require.Zero(t, pending.Validators)
	require.Zero(t, p.schedule.RefSlot(0)-p.accountedSlot(pending.RefBlockRoot))

	registered := p.report(p.schedule.RefSlot(1)).Report
	require.Zero(t, registered.CLPendingGwei)
	require.Equal(t, uint32(3), registered.Validators)

	rewarded := p.report(p.schedule.RefSlot(3)).Report
	require.Positive(t, rewarded.WithdrawalVaultWei.Sign(), "no excess was swept into the vault")
	require.False(t, rewarded.Bunker)
}
