package snapshot_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// openKeys is a world in which the pool has sent first ether to two keys more: keys 2 and 3.
func openKeys(t *testing.T) *world {
	w := newWorld(t)
	_, err := w.Must(w.Accounts.Operator, w.Contracts.OperatorRegistry, nil, w.AddKeysData(2, 2))
	require.NoError(t, err)
	require.NoError(t, w.Predeposit(2))
	return w
}

// opened is usual, and key 2 has become a validator, to which somebody has given half an ether; the deposit of key 3 waits.
func (w *world) opened(b *electra.BeaconState) {
	w.usual(b)
	addValidator(b, poolKey(2), w.credentials(1), 1_500_000_000)
	b.PendingDeposits = append(b.PendingDeposits, w.deposit(3, w.credentials(1), 1e9))
}

// forgetful names no likely keys, or the keys of another pool.
type forgetful struct {
	snapshot.Execution
	keys []report.PublicKey
}

func (f forgetful) LikelyKeys(context.Context) []report.PublicKey { return f.keys }

func TestFirstEtherOfUnprovenKeysIsToldApart(t *testing.T) {
	w := openKeys(t)
	w.seal(0, w.opened)
	node := newBeaconNode(t, w)
	reader := w.reader(w.exec)
	got, err := w.builderOf(w.client(node), reader).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, 1, node.requests(statePath), "the keys were looked out for")

	r := got.Report
	require.EqualValues(t, 32_010_000_000+1_500_000_000, r.CLValidatorsGwei)
	require.EqualValues(t, 33e9, r.CLPendingGwei)
	require.EqualValues(t, 2e9, r.UnprovenGwei, "one ether of each, however much its key holds")
	require.EqualValues(t, 2, got.Snapshot.Execution.UnprovenKeys)
	require.Equal(t, []report.UnprovenKey{{PublicKey: poolKey(2), Index: 6, Validator: true}, {PublicKey: poolKey(3)}}, got.Snapshot.Consensus.Unproven)
	require.Equal(t, []report.PoolValidator{
		{Index: 5, BalanceGwei: 32_010_000_000}, {Index: 6, BalanceGwei: 1_500_000_000, Unproven: true},
	}, got.Snapshot.Consensus.Validators)

	for name, keys := range map[string][]report.PublicKey{"nothing": nil, "others": {poolKey(9), poolKey(3)}} {
		before := node.requests(statePath)
		again, err := w.builderOf(w.client(node), forgetful{reader, keys}).Compute(t.Context(), w.refSlot)
		require.NoError(t, err)
		require.Equal(t, before+2, node.requests(statePath), "%s was known before", name)
		require.Equal(t, r, again.Report, "%s was known before", name)
	}
}

// What was captured names the keys of its blocks: one reading is enough when the set has changed since.
func TestCapturedBlocksNameTheirUnprovenKeys(t *testing.T) {
	w := openKeys(t)
	w.seal(0, w.opened)
	reader := w.reader(w.exec)
	captured, err := execution.NewCapture(reader, 4)
	require.NoError(t, err)
	require.Empty(t, captured.LikelyKeys(t.Context()))
	require.NoError(t, captured.Add(t.Context(), w.block.Hash))
	require.Equal(t, []report.PublicKey{poolKey(2), poolKey(3)}, captured.LikelyKeys(t.Context()))

	require.NoError(t, w.ProveKeys(2, 1))
	later := w.execute(w.Chain.Slot() + 1)
	require.NoError(t, captured.Add(t.Context(), later.Hash))
	require.Equal(t, []report.PublicKey{poolKey(3)}, reader.LikelyKeys(t.Context()), "key 2 is proven now")
	node := newBeaconNode(t, w)
	got, err := w.builderOf(w.client(node), captured).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, 1, node.requests(statePath))
	require.EqualValues(t, 2e9, got.Report.UnprovenGwei)
}

// The set of the block that the state names counts. An endpoint that names other keys for its places is asked no more.
func TestKeysThatAreNotThoseOfTheSetAreRefused(t *testing.T) {
	w := openKeys(t)
	w.seal(0, w.opened)
	right, wrong := poolKey(2), poolKey(9)
	lying := w.exec.Lying(func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_call" {
			return result
		}
		return bytes.ReplaceAll(result, []byte(hex.EncodeToString(right[:])), []byte(hex.EncodeToString(wrong[:])))
	})
	client := w.client(newBeaconNode(t, w))
	_, err := w.builderOf(client, w.reader(lying)).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, execution.ErrProof)
	require.ErrorContains(t, err, "key 0 of the set is not the one that was named")
	got, err := w.builderOf(client, w.reader(lying, w.exec)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.EqualValues(t, 2e9, got.Report.UnprovenGwei)
}
