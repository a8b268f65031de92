package follow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const nextKey = network.FirstFreeKey

// depositBefore has the holder of the next key deposit it before the pool does.
func (c *committee) depositBefore(credentials [32]byte, ether int64) {
	c.Helper()
	data, err := keys.Deposit(c.Manifest, nextKey, credentials, uint64(ether)*1e9)
	require.NoError(c, err)
	_, err = c.Send(c.Context(), network.Call{From: c.Accounts.User, To: c.Manifest.DepositContract, Wei: localnet.Ether(ether), Data: data})
	require.NoError(c, err)
	c.slot()
}

// until lets slots pass until somebody does something, with a report in every frame that must be as the ledger calculates.
func (c *committee) until(what follow.ActKind, reports uint64) {
	c.Helper()
	before := c.count(what)
	for k := range reports {
		rebases := find[follow.Rebase](c.report(c.RefSlot(k), unchanged))
		require.Len(c, rebases, 1)
		require.Empty(c, rebases[0].Mismatches)
	}
	require.Greater(c, c.count(what), before, "nobody %s", what)
}

// The holder of a key deposits it for itself before the pool does: the first ether is lost, the bond pays it, and no rate or gain is other than without.
func TestAKeyThatIsStolenBeforeItsFirstEtherCostsNobody(t *testing.T) {
	c := start(t)
	c.depositBefore(report.CredentialsOf(localnet.NewAccount("thief").Address), 1)
	_, err := c.Send(t.Context(), c.PredepositCall(1))
	require.NoError(t, err)
	c.until(follow.LostKey, 3)
	require.NotContains(t, c.follower.Books().UnprovenKeys(), uint64(nextKey))
}

// The holder of a key deposits it for the pool, with other ether than the pool would: what was given is the holders' gain, and the key gets no more.
func TestAKeyThatIsGivenToThePoolGetsNoMore(t *testing.T) {
	c := start(t)
	c.depositBefore(report.CredentialsOf(c.Manifest.Contracts.WithdrawalVault), 2) // 0x01, and the pool's own would compound
	_, err := c.Send(t.Context(), c.PredepositCall(1))
	require.NoError(t, err)
	c.until(follow.ProvedKey, 3)
	for _, act := range find[follow.Act](all(c.follower)) {
		require.False(t, act.What == follow.ToppedUpKey && act.Count == nextKey)
	}
}
