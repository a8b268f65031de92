package report

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Deposits of these tests say by their first signature byte whether the signature is valid.
const validMark = 1

func marked(d PendingDeposit) bool { return d.Signature[0] == validMark }

func depositOf(key byte, credentials common.Hash, amountGwei uint64, valid bool) PendingDeposit {
	d := PendingDeposit{PublicKey: PublicKey{key}, Credentials: credentials, AmountGwei: amountGwei, Slot: 1}
	if valid {
		d.Signature[0] = validMark
	}
	return d
}

// registryEntry is a validator in the plain model of the consensus spec.
type registryEntry struct {
	key         PublicKey
	credentials common.Hash
	toppedGwei  uint64
}

// paysTo is WithdrawsTo in other words.
func paysTo(credentials common.Hash, vault common.Address) bool {
	return (credentials[0] == 1 || credentials[0] == 2) && bytes.HasSuffix(credentials[:], vault[:])
}

// slowPending is apply_pending_deposit of the Electra spec over a list of validators, deposit by deposit: what those with pool credentials received.
func slowPending(c ConsensusLayer, vault common.Address, verify DepositVerifier) (sumGwei uint64) {
	var validators []registryEntry
	for key, owner := range c.Registered {
		validators = append(validators, registryEntry{key: key, credentials: owner})
	}
	for _, d := range c.Pending {
		i := slices.IndexFunc(validators, func(v registryEntry) bool { return v.key == d.PublicKey })
		if i >= 0 {
			validators[i].toppedGwei += d.AmountGwei
		} else if verify(d) {
			validators = append(validators, registryEntry{d.PublicKey, d.Credentials, d.AmountGwei})
		}
	}
	for _, v := range validators {
		if paysTo(v.credentials, vault) {
			sumGwei += v.toppedGwei
		}
	}
	return sumGwei
}

func drawPending(t *rapid.T) ConsensusLayer {
	credentials := []common.Hash{poolCredentials, compounding, dirtyCredentials, foreignCredentials}
	c := ConsensusLayer{Registered: map[PublicKey]common.Hash{}}
	for key := range byte(4) {
		if rapid.IntRange(0, 2).Draw(t, "registered") == 0 {
			c.Registered[PublicKey{key}] = rapid.SampledFrom(credentials).Draw(t, "owner")
		}
	}
	for range rapid.IntRange(0, 12).Draw(t, "deposits") {
		c.Pending = append(c.Pending, depositOf(rapid.ByteRange(0, 3).Draw(t, "key"), rapid.SampledFrom(credentials).Draw(t, "credentials"),
			rapid.Uint64Range(0, 2048e9).Draw(t, "gwei"), rapid.Bool().Draw(t, "valid")))
	}
	return c
}

func TestPendingDepositsCountWhatTheConsensusSpecGivesThePool(t *testing.T) {
	vault := VaultOf(poolCredentials)
	rapid.Check(t, func(t *rapid.T) {
		c := drawPending(t)
		got, err := countPending(c, vault, marked)
		require.NoError(t, err)
		require.Equal(t, slowPending(c, vault, marked), got.sumGwei)
	})
}

// Every deposit with pool credentials is counted, named as front-run or named as lost: none vanishes silently.
func TestEveryDepositWithPoolCredentialsIsAccountedFor(t *testing.T) {
	vault := VaultOf(poolCredentials)
	rapid.Check(t, func(t *rapid.T) {
		c := drawPending(t)
		got, err := countPending(c, vault, marked)
		require.NoError(t, err)
		carrying := 0
		for _, d := range c.Pending {
			if d.Credentials != foreignCredentials {
				carrying++
			}
		}
		require.Equal(t, carrying, got.counted-got.foreign+len(got.diagnostics.FrontRun)+len(got.diagnostics.Lost))
		for _, f := range got.diagnostics.FrontRun {
			require.Equal(t, foreignCredentials, f.ForeignCredentials)
			require.Equal(t, c.Registered[f.Deposit.PublicKey] == foreignCredentials, f.Registered)
		}
		for _, lost := range got.diagnostics.Lost {
			require.NotContains(t, c.Registered, lost.PublicKey)
			require.False(t, marked(lost))
		}
	})
}

// Deposits of different keys may pass each other, as the spec does when it puts some off; those of one key may not.
func TestTheOrderOfDifferentKeysDoesNotMatter(t *testing.T) {
	vault := VaultOf(poolCredentials)
	rapid.Check(t, func(t *rapid.T) {
		c := drawPending(t)
		before, err := countPending(c, vault, marked)
		require.NoError(t, err)
		rank := rapid.Permutation([]byte{0, 1, 2, 3}).Draw(t, "order of keys")
		slices.SortStableFunc(c.Pending, func(a, b PendingDeposit) int { return int(rank[a.PublicKey[0]]) - int(rank[b.PublicKey[0]]) })
		after, err := countPending(c, vault, marked)
		require.NoError(t, err)
		require.Equal(t, before.sumGwei, after.sumGwei)
	})
}

func TestSignaturesAreVerifiedOnlyWhereTheyDecide(t *testing.T) {
	vault := VaultOf(poolCredentials)
	rapid.Check(t, func(t *rapid.T) {
		c := drawPending(t)
		asked := map[int]int{}
		next := 0
		_, err := countPending(c, vault, func(d PendingDeposit) bool {
			for c.Pending[next] != d {
				next++
			}
			asked[next]++
			require.NotContains(t, c.Registered, d.PublicKey, "a validator has the key: the spec does not look")
			require.True(t, slices.ContainsFunc(c.Pending, func(o PendingDeposit) bool {
				return o.PublicKey == d.PublicKey && paysTo(o.Credentials, vault)
			}), "the key cannot become the pool's")
			next++
			return marked(d)
		})
		require.NoError(t, err)
		for i, times := range asked {
			require.Equal(t, 1, times, "deposit %d", i)
		}
	})
}

func TestPendingDeposits(t *testing.T) {
	const ours, theirs, fresh = 1, 2, 3
	registered := map[PublicKey]common.Hash{{ours}: compounding, {theirs}: foreignCredentials}
	type deposits []PendingDeposit
	for name, c := range map[string]struct {
		pending                          deposits
		sumGwei                          uint64
		newKeys, foreign, frontRun, lost int
	}{
		"none":                                   {nil, 0, 0, 0, 0, 0},
		"a new key with a valid signature":       {deposits{depositOf(fresh, poolCredentials, 32, true)}, 32, 1, 0, 0, 0},
		"a new key with compounding credentials": {deposits{depositOf(fresh, compounding, 32, true)}, 32, 1, 0, 0, 0},
		"bytes between prefix and address are not looked at":    {deposits{depositOf(fresh, dirtyCredentials, 32, true), depositOf(fresh, poolCredentials, 1, false)}, 33, 1, 0, 0, 0},
		"a new key with an invalid signature is burned":         {deposits{depositOf(fresh, poolCredentials, 32, false)}, 0, 0, 0, 0, 1},
		"a foreign deposit is nothing to us":                    {deposits{depositOf(fresh, foreignCredentials, 32, true)}, 0, 0, 0, 0, 0},
		"our validator topped up by anyone, unsigned":           {deposits{depositOf(ours, foreignCredentials, 7, false)}, 7, 0, 1, 0, 0},
		"our validator topped up by us, unsigned":               {deposits{depositOf(ours, poolCredentials, 7, false)}, 7, 0, 0, 0, 0},
		"a foreign validator topped up with our credentials":    {deposits{depositOf(theirs, poolCredentials, 32, true)}, 0, 0, 0, 1, 0},
		"somebody was first with the key":                       {deposits{depositOf(fresh, foreignCredentials, 1, true), depositOf(fresh, poolCredentials, 32, true)}, 0, 0, 0, 1, 0},
		"somebody was first, but the signature was invalid":     {deposits{depositOf(fresh, foreignCredentials, 1, false), depositOf(fresh, poolCredentials, 32, true)}, 32, 1, 0, 0, 0},
		"we were first, later ones are ours":                    {deposits{depositOf(fresh, poolCredentials, 32, true), depositOf(fresh, foreignCredentials, 1, false)}, 33, 1, 1, 0, 0},
		"our first deposit is burned, the second makes it":      {deposits{depositOf(fresh, poolCredentials, 32, false), depositOf(fresh, poolCredentials, 31, true)}, 31, 1, 0, 0, 1},
		"our first deposit is burned, then somebody is faster":  {deposits{depositOf(fresh, poolCredentials, 32, false), depositOf(fresh, foreignCredentials, 1, true), depositOf(fresh, poolCredentials, 31, true)}, 0, 0, 0, 1, 1},
		"an unsigned top-up of a validator that is still to be": {deposits{depositOf(fresh, poolCredentials, 32, true), depositOf(fresh, poolCredentials, 5, false)}, 37, 1, 0, 0, 0},
		"other keys between":                                    {deposits{depositOf(fresh, foreignCredentials, 1, true), depositOf(4, poolCredentials, 10, true), depositOf(fresh, poolCredentials, 32, true)}, 10, 1, 0, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			layer := ConsensusLayer{Pending: c.pending, Registered: registered}
			got, err := countPending(layer, VaultOf(poolCredentials), marked)
			require.NoError(t, err)
			require.Equal(t, c.sumGwei, got.sumGwei)
			require.Equal(t, [4]int{c.newKeys, c.foreign, c.frontRun, c.lost},
				[4]int{got.newKeys, got.foreign, len(got.diagnostics.FrontRun), len(got.diagnostics.Lost)}, "new keys, foreign, front-run, lost")
		})
	}
}

func TestPendingDepositsBeyond64BitsAreRefused(t *testing.T) {
	layer := ConsensusLayer{
		Pending:    []PendingDeposit{depositOf(1, poolCredentials, math.MaxUint64, false), depositOf(1, poolCredentials, 1, false)},
		Registered: map[PublicKey]common.Hash{{1}: poolCredentials},
	}
	_, err := countPending(layer, VaultOf(poolCredentials), marked)
	require.ErrorIs(t, err, ErrInconsistentSnapshot)
	require.ErrorContains(t, err, fmt.Sprintf("pending deposit %d of %d", 2, 2))
}
