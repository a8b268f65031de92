package chain_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// exitsAfter computes what exits must bring home after a report.
func (p *pool) exitsAfter(r *snapshot.Result) *snapshot.Exits {
	p.Helper()
	exits, err := p.gatherer.Exits(p.Context(), r)
	require.NoError(p, err)
	return exits
}

// What is foretold of a request must come true on the chain: before anybody asks for an exit nobody knows, and once it is asked for the ether is there in time.
func TestARequestIsPaidWhenItIsForetold(t *testing.T) {
	p := deployPool(t, func(c *chain.Config) { c.Spec = c.Spec.From(transition.Gloas) })
	p.formCommittee(4)
	p.stake(100)
	p.submit(p.report(p.schedule.RefSlot(0))) // what was staked may go to keys after a report
	p.fund(2)
	user := p.accounts.User
	p.send(user, p.manifest.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(p.manifest.Contracts.WithdrawalQueue, localnet.Ether(100)))
	p.send(user, p.manifest.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(60)}, user.Address))
	p.report(p.schedule.NextRefSlot(p.Slot()))
	ours := p.ours()
	p.untilActive(ours[0])

	before := p.exitsAfter(p.report(p.schedule.NextRefSlot(p.Slot())))
	require.Zero(t, before.Waiting.FirstPaid.RefSlot, "37 ether are in the buffer, and nobody has asked for the rest")
	require.NotZero(t, before.Waiting.FirstPaid.MissingGwei)
	require.NotZero(t, before.Demand.ExitGwei)

	p.send(p.accounts.Owner, p.manifest.Contracts.OperatorRegistry, localnet.Ether(1), bindings.NewOperatorRegistry().PackRequestExits([]uint64{0}))
	advance(t, p.Chain, 1)
	after := p.exitsAfter(p.report(p.schedule.NextRefSlot(p.Slot())))
	require.Zero(t, after.Demand.ExitGwei, "it is on its way")
	arrivals, err := after.Input.Arrivals()
	require.NoError(t, err)
	require.Contains(t, kinds(arrivals), report.ArrivalExit)
	paid := after.Waiting.FirstPaid
	require.NotZero(t, paid.RefSlot)
	require.Greater(t, paid.HomeGwei, uint64(20e9))
	home := p.report(paid.RefSlot)
	has := new(big.Int).Add(home.Snapshot.Execution.BufferedWei.ToBig(), home.Report.WithdrawalVaultWei.ToBig())
	require.GreaterOrEqual(t, has.Cmp(after.Waiting.DueWei), 0, "what was foretold is not home")
}

func kinds(arrivals []report.Arrival) (all []report.ArrivalKind) {
	for _, a := range arrivals {
		all = append(all, a.Kind)
	}
	return all
}
