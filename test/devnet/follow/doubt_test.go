package follow_test

import (
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// soonSilent lets requests be finalized without a report after two frames and some slots, in doubt a frame later.
func soonSilent(t *network.Terms) {
	d := &t.Deploy
	frameSeconds := d.Schedule.FrameSlots() * d.Schedule.SecondsPerSlot
	d.Schedule.CloseSlots = 4
	d.QuarantineSeconds = 60
	d.Pool.Bounds.StaleAfterSeconds, d.Pool.Bounds.DoubtAfterSeconds = 2*frameSeconds+72, 3*frameSeconds
}

// wrongTotal is what the root of a balance tree says that no report does: a top of which nobody knows anything, with its sums and count.
type wrongTotal struct {
	top   common.Hash
	sums  bindings.Sums
	count uint32
}

// root is the commitment to it.
func (w wrongTotal) root() common.Hash {
	root := append([]byte{2}, w.top[:]...)
	root = binary.BigEndian.AppendUint64(root, w.sums.BalanceGwei)
	root = binary.BigEndian.AppendUint32(root, w.sums.Exited)
	root = binary.BigEndian.AppendUint32(root, w.sums.Slashed)
	root = binary.BigEndian.AppendUint64(root, w.sums.UnprovenGwei)
	return crypto.Keccak256Hash(binary.BigEndian.AppendUint32(root, w.count))
}

// proveFalse proves that the total of a report is not that of the tree which it names.
func (c *committee) proveFalse(r report.Report, headerSlot uint64, stateRoot common.Hash, w wrongTotal) []follow.Event {
	set := c.Manifest.Contracts
	_, err := c.Send(c.Context(), network.Call{
		From: c.Accounts.User, To: set.BalanceChallenge,
		Data: bindings.NewBalanceChallenge().PackProveWrongTotal(bindings.ReportAnchor{
			RefSlot: r.RefSlot, HeaderSlot: headerSlot, StateRoot: stateRoot, BalancesRoot: r.BalancesRoot, Digest: c.Manifest.Domain().Digest(r),
		}, abi.Report(r), w.top, w.sums, w.count),
	})
	require.NoError(c, err)
	events := c.slot()
	pool := bindings.NewStakingPool()
	base, err := network.Query(c.Context(), c.Network, set.StakingPool, nil, pool.PackReportBase(r.RefSlot+1), pool.UnpackReportBase)
	require.NoError(c, err)
	require.True(c, base.LastFalse, "the proof was refused")
	return events
}

// pass lets slots pass up to a slot.
func (c *committee) pass(slot uint64) {
	for c.Chain.Slot() < slot {
		c.slot()
	}
}

// The last report is proven false, so requests are valued at the rate before it where that is higher and paid at the lowest rate that is known when the oracle is
// silent. The next report is held until a guardian accepts it, and everything is as the ledger calculates.
func TestARateThatIsProvenFalseAndSilenceInDoubtAreInTheBooks(t *testing.T) {
	c := startWith(t, soonSilent)
	require.Empty(t, find[follow.Rebase](c.report(c.RefSlot(0), unchanged))[0].Mismatches)
	var wrong report.Report
	total := wrongTotal{top: common.Hash{7}}
	rebases := find[follow.Rebase](c.report(c.RefSlot(1), func(r *report.Report) {
		total.sums, total.count = bindings.Sums{BalanceGwei: r.CLValidatorsGwei + 1, Exited: r.Exited, Slashed: r.Slashed}, r.Validators
		r.BalancesRoot = total.root()
		wrong = *r
	}))
	require.Len(t, rebases, 1)
	require.Empty(t, rebases[0].Mismatches)
	state, err := c.Chain.State(c.RefSlot(1))
	require.NoError(t, err)
	stateRoot, err := state.Root()
	require.NoError(t, err)
	c.proveFalse(wrong, uint64(state.Slot), common.Hash(stateRoot), total)

	set, carol := c.Manifest.Contracts, c.Holders[2]
	_, err = c.Send(t.Context(), network.Call{
		From: carol.Account, To: set.WithdrawalQueue, Data: bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(5)}, carol.Address),
	})
	require.NoError(t, err)
	c.slot()
	queue := bindings.NewWithdrawalQueue()
	newest, err := network.Query(t.Context(), c.Network, set.WithdrawalQueue, nil, queue.PackBounds(), queue.UnpackBounds)
	require.NoError(t, err)
	c.pass(c.Schedule.CloseSlot(c.RefSlot(4)) - 1)
	_, err = c.Send(t.Context(), network.Call{
		From: c.Accounts.User, To: set.StakingPool, Data: bindings.NewStakingPool().PackFinalizeWithoutReport(newest.LastRequestId),
	})
	require.NoError(t, err)
	var silent int
	for _, act := range find[follow.Act](c.slot()) {
		if act.What == follow.FinalizedWithoutReport {
			silent++
		}
	}
	require.Equal(t, 1, silent, "nothing was finalized without a report")

	_, err = c.Send(t.Context(), network.Call{From: c.Accounts.Resumer, To: set.ReportOracle, Data: bindings.NewReportOracle().PackUnpause()})
	require.NoError(t, err)
	submissions := find[follow.Submission](c.report(c.RefSlot(5), unchanged))
	require.Len(t, submissions, 1)
	require.Equal(t, follow.Quarantined, submissions[0].Outcome, "a guardian must look at the report after a false one")
	_, err = c.Send(t.Context(), network.Call{
		From: c.Accounts.Guardian, To: set.ReportOracle, Data: bindings.NewReportOracle().PackAcceptQuarantined(submissions[0].Report),
	})
	require.NoError(t, err)
	rebases = find[follow.Rebase](c.slot())
	require.Len(t, rebases, 1)
	require.Empty(t, rebases[0].Mismatches)
	require.Empty(t, find[follow.Rebase](c.report(c.RefSlot(6), unchanged))[0].Mismatches)
}
