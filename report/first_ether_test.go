package report

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A key has had its first ether. Whatever has become of it on the beacon chain, the report's ether is the same: it stands at par.
func TestFirstEtherStandsAtParWhereverItIs(t *testing.T) {
	first, foreign := PublicKey{1}, common.Hash{1: 0xbb, 31: 9}
	deposit := PendingDeposit{PublicKey: first, Credentials: poolCredentials, AmountGwei: FirstGwei}
	for name, c := range map[string]struct {
		change   func(*ConsensusLayer)
		unproven uint64
	}{
		"not on the beacon chain yet": {func(*ConsensusLayer) {}, 0},
		"pending":                     {func(c *ConsensusLayer) { c.Pending = []PendingDeposit{deposit} }, 1e9},
		"applied": {func(c *ConsensusLayer) {
			c.Validators = append(c.Validators, PoolValidator{Index: 50, BalanceGwei: 1e9, Unproven: true})
			c.Unproven[0].Validator, c.Unproven[0].Index = true, 50
		}, 1e9},
		"pending for a foreign validator": {func(c *ConsensusLayer) {
			c.Pending, c.Registered = []PendingDeposit{deposit}, map[PublicKey]common.Hash{first: foreign}
		}, 0},
		"applied to a foreign validator": {func(c *ConsensusLayer) { c.Registered = map[PublicKey]common.Hash{first: foreign} }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			s.Execution.BufferedWei, s.Execution.UnprovenKeys = etherWei(3), 1
			s.Consensus.Unproven = []UnprovenKey{{PublicKey: first}}
			s.Execution.Limits.NewValidatorsPerEpoch = 1
			c.change(&s.Consensus)
			computed, err := Compute(s, func(PendingDeposit) bool { return true })
			require.NoError(t, err)
			r := computed.Report
			require.Equal(t, c.unproven, r.UnprovenGwei)
			require.Equal(t, "96000000000000000000", r.CLWei().String(), "the three validators")
			require.Zero(t, computed.Rebase.CLChangeWei.Sign(), "nothing happened")
			require.False(t, r.Bunker, "nobody switches bunker on for one ether")
			require.Equal(t, Sane, computed.Sanity.Code)
		})
	}
}

// Of each key one ether is first ether, and not more: what else it has counts.
func TestFirstEtherIsOneEtherOfEachKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c ConsensusLayer
		want := uint64(0)
		for i := range rapid.IntRange(0, 8).Draw(t, "keys") {
			key := UnprovenKey{PublicKey: PublicKey{byte(i + 1)}, Index: uint32(2 * i), Validator: rapid.Bool().Draw(t, "validator")}
			c.Unproven = append(c.Unproven, key)
			has := uint64(0)
			if key.Validator {
				has = rapid.SampledFrom([]uint64{0, 1, 999_999_999, 1e9, 1e9 + 1, 32e9}).Draw(t, "balance")
				c.Validators = append(c.Validators, PoolValidator{Index: key.Index, BalanceGwei: has, Unproven: true})
			}
			c.Validators = append(c.Validators, PoolValidator{Index: key.Index + 1, BalanceGwei: 32e9})
			left := 1e9 - min(1e9, has)
			for range rapid.IntRange(0, 3).Draw(t, "deposits") {
				d := PendingDeposit{PublicKey: key.PublicKey, Credentials: poolCredentials, AmountGwei: rapid.Uint64Range(1, 2e9).Draw(t, "gwei")}
				c.Pending = append(c.Pending, d)
				took := min(left, d.AmountGwei)
				left, want = left-took, want+took
			}
		}
		c.Pending = append(c.Pending, PendingDeposit{PublicKey: PublicKey{200}, Credentials: poolCredentials, AmountGwei: 5e9})
		f := firstEtherOf(c)
		for _, d := range c.Pending {
			f.take(d)
		}
		require.Equal(t, want, f.pendingGwei)
	})
}
