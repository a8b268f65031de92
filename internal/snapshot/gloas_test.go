package snapshot_test

import (
	"encoding/json"
	"math/big"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// gloasState is the state with the fields of Gloas, its execution block named by the hash alone.
func (w *world) gloasState(b *electra.BeaconState) any {
	g := &gloas.BeaconState{
		LatestBlockHash: b.LatestExecutionPayloadHeader.BlockHash, LatestExecutionPayloadBid: &gloas.ExecutionPayloadBid{},
		ExecutionPayloadAvailability: make([]byte, w.spec.SlotsPerHistoricalRoot/8),
		ProposerLookahead:            make([]phase0.ValidatorIndex, (1+w.spec.MinSeedLookahead)*w.spec.SlotsPerEpoch),
	}
	for range 2 * w.spec.SlotsPerEpoch {
		g.BuilderPendingPayments = append(g.BuilderPendingPayments, &gloas.BuilderPendingPayment{Withdrawal: &gloas.BuilderPendingWithdrawal{}})
	}
	for range (2 + w.spec.MinSeedLookahead) * w.spec.SlotsPerEpoch {
		g.PTCWindow = append(g.PTCWindow, make([]phase0.ValidatorIndex, w.spec.PTCSize))
	}
	copyFields(g, b)
	g.PayloadExpectedWithdrawals = w.owed
	g.Fork = &phase0.Fork{CurrentVersion: phase0.Version{7}}
	return g
}

// sealGloas makes a reference block of Gloas. Its payload and those of so many slots before it were withheld, or its payload alone came; either way the
// execution block of the slot before those is the newest that the state knows. withheld 0: the payload came.
func (w *world) sealGloas(withheld uint64, fill func(*electra.BeaconState)) *beaconNode {
	w.t.Helper()
	w.spec.Activations[state.Fulu-1].Epoch, w.spec.Activations[state.Gloas-1].Epoch = 0, 0
	w.as = w.gloasState
	w.block = w.execute(w.refSlot - max(withheld, 1))
	w.sealOn(w.refSlot, fill)
	return w.gloasNode()
}

func (w *world) gloasNode() *beaconNode {
	node := newBeaconNode(w.t, w)
	node.handle(statePath, func(r http.ResponseWriter, _ *http.Request) { writeState(r, "gloas", w.data) })
	return node
}

// pay is what the execution layer does in a later block: the withdrawals arrive, somebody deposits, and a gift reaches the vault of rewards.
func (w *world) pay(slot uint64) {
	w.t.Helper()
	for _, owed := range w.owed {
		w.Chain.AddBalance(common.Address(owed.Address), new(big.Int).Mul(new(big.Int).SetUint64(uint64(owed.Amount)), big.NewInt(report.WeiPerGwei)))
	}
	w.Chain.AddBalance(w.Contracts.ELRewardsVault, localnet.Ether(3))
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.StakingPool, localnet.Ether(5), bindings.NewStakingPool().PackDeposit(user.Address, new(big.Int)))
	require.NoError(w.t, err)
	w.execute(slot)
}

// withdrawal is one that waits for its payload: of a validator's index, or, with bit 40 set, of a builder.
func (w *world) withdrawal(index, gwei uint64) *capella.Withdrawal {
	return &capella.Withdrawal{ValidatorIndex: phase0.ValidatorIndex(index), Amount: phase0.Gwei(gwei), Address: bellatrix.ExecutionAddress(w.Contracts.WithdrawalVault)}
}

// The withheld payload of docs/report.md, in numbers: a sweep of 0.01 ether is deducted in the reference block and paid when a payload comes.
func TestAWithheldPayloadChangesNothingThatIsReported(t *testing.T) {
	for _, withheld := range []uint64{0, 1, 5, 64} {
		w := newWorld(t)
		const sweptGwei, builder = 10_000_000, 1 << 40
		swept := w.withdrawal(5, sweptGwei)
		w.owed = []*capella.Withdrawal{swept, w.withdrawal(builder|5, 7e9), {ValidatorIndex: 1, Amount: 9e9, Address: bellatrix.ExecutionAddress(w.Contracts.WithdrawalVault)}}
		node := w.sealGloas(withheld, func(b *electra.BeaconState) {
			w.usual(b)
			b.Balances[5] -= sweptGwei
		})
		want := w.usualReport()
		want.CLValidatorsGwei, want.CLInFlightGwei, want.BalancesRoot = 32_000_000_000, sweptGwei, commitment(leaf{5, 32_000_000_000, 0})
		w.pay(w.refSlot + 1)
		got, err := w.builder(node).Compute(t.Context(), w.refSlot)
		require.NoError(t, err)
		require.Equal(t, want, got.Report, "%d withheld: only withdrawals of the pool's validators are its own, whatever address they go to", withheld)
		require.Equal(t, w.block.Hash, got.Snapshot.Block.ExecutionHash)
		require.Equal(t, w.block.Number, got.Snapshot.Block.ExecutionNumber)
		require.Zero(t, got.Bunker.ChangeWei.Cmp(big.NewInt(1e15+1e16)), "what is in flight is not lost")
		require.False(t, got.Report.Bunker)
	}
}

// Once it is paid the same ether stands in the vault: the sum is what it was.
func TestWhatWasInFlightArrivesInTheVault(t *testing.T) {
	w := newWorld(t)
	const sweptGwei = 10_000_000
	w.owed = []*capella.Withdrawal{w.withdrawal(5, sweptGwei)}
	before, err := w.builder(w.sealGloas(0, func(b *electra.BeaconState) {
		w.usual(b)
		b.Balances[5] -= sweptGwei
	})).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, big.NewInt(sweptGwei*report.WeiPerGwei))
	w.owed, w.refSlot = nil, w.refSlot+320
	after, err := w.builder(w.sealGloas(0, func(b *electra.BeaconState) {
		w.usual(b)
		b.Balances[5] -= sweptGwei
	})).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, before.Bunker.ChangeWei, after.Bunker.ChangeWei)
	require.Equal(t, before.Report.CLValidatorsGwei, after.Report.CLValidatorsGwei)
	require.Zero(t, after.Report.CLInFlightGwei)
	moved := new(big.Int).Sub(after.Report.WithdrawalVaultWei.ToBig(), before.Report.WithdrawalVaultWei.ToBig())
	require.Equal(t, big.NewInt(sweptGwei*report.WeiPerGwei), moved)
}

func TestAHeaderThatDoesNotHashToTheStatesBlockIsPassedOver(t *testing.T) {
	w := newWorld(t)
	node := w.sealGloas(0, w.usual)
	lying := w.exec.Lying(func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getBlockByHash" {
			return result
		}
		return json.RawMessage(strings.Replace(string(result), w.block.StateRoot.Hex(), common.Hash{1}.Hex(), 1))
	})
	_, err := w.builderOf(w.client(node), w.reader(lying)).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, execution.ErrHeader)
	got, err := w.builderOf(w.client(node), w.reader(lying, w.exec)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}

func TestAStateWhoseExecutionBlockNobodyHasIsNotReportedOn(t *testing.T) {
	w := newWorld(t)
	w.sealGloas(0, w.usual)
	w.block.Hash = common.Hash{0xaa}
	w.sealOn(w.refSlot, w.usual)
	_, err := w.builder(w.gloasNode()).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, execution.ErrUnknownBlock)
}

func TestTheOldDepositBridgeStopsNothingFromFuluOn(t *testing.T) {
	w := newWorld(t)
	node := w.sealGloas(0, func(b *electra.BeaconState) {
		w.usual(b)
		b.DepositRequestsStartIndex, b.ETH1DepositIndex = farFuture, 0
	})
	got, err := w.builder(node).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}

// Both candidates of a reference slot are captured before anybody knows whether its payload counts.
func TestAPrunedNodeServesTheBlockBelowTheLastOneToo(t *testing.T) {
	w := newWorld(t)
	node := w.sealGloas(0, w.usual)
	reader, client, want := w.reader(w.exec), w.client(node), w.usualReport()
	captured, err := execution.NewCapture(reader, 8)
	require.NoError(t, err)
	last := w.execute(w.refSlot)
	for _, hash := range []common.Hash{last.Hash, w.block.Hash} {
		require.NoError(t, captured.Add(t.Context(), hash))
	}
	w.exec.Keep(1)
	w.execute(w.refSlot + 2)
	calls := w.exec.Calls("eth_getBlockByHash")
	got, err := w.builderOf(client, captured).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, want, got.Report)
	require.Equal(t, calls, w.exec.Calls("eth_getBlockByHash"), "a captured header is not asked for again")
}

// At the border of the fork the state's own fork decides, not the reference slot's: after missed slots a state of Fulu stands under a reference slot of Gloas.
func TestAtTheBorderOfTheForkTheStatesOwnForkDecides(t *testing.T) {
	for name, before := range map[string]uint64{"the block before the fork, the child after": 40, "both after": 0} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			slot := w.refSlot - before
			w.spec.Activations[state.Fulu-1].Epoch = 0
			w.spec.Activations[state.Gloas-1].Epoch = w.refSlot / w.spec.SlotsPerEpoch // the reference slot is in the first epoch of Gloas
			fork := "fulu"
			w.as = w.fuluState
			if before == 0 {
				fork, w.as = "gloas", w.gloasState
			}
			w.seal(before, w.usual)
			node := newBeaconNode(t, w)
			node.handle(statePath, func(r http.ResponseWriter, _ *http.Request) { writeState(r, fork, w.data) })
			unaware := newBeaconNode(t, w)
			unaware.handle(statePath, func(r http.ResponseWriter, _ *http.Request) { writeState(r, fork, w.data) })
			values := specValues(w)
			if before > 0 { // a node that does not know the fork's epoch yet
				values["GLOAS_FORK_EPOCH"] = strconv.FormatUint(farFuture, 10)
				unaware.spec = specJSON(values)
			}
			got, err := w.builder(node, unaware).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Equal(t, w.usualReport(), got.Report)
			require.Equal(t, slot, got.Snapshot.Block.Slot)
		})
	}
}

// fuluState is the state with the one field that Fulu adds.
func (w *world) fuluState(b *electra.BeaconState) any {
	f := &fulu.BeaconState{ProposerLookahead: make([]phase0.ValidatorIndex, (1+w.spec.MinSeedLookahead)*w.spec.SlotsPerEpoch)}
	copyFields(f, b)
	f.Fork = &phase0.Fork{CurrentVersion: phase0.Version{6}}
	return f
}

// copyFields copies the fields that both have.
func copyFields(into, from any) {
	to, source := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		if field := source.FieldByName(to.Type().Field(i).Name); field.IsValid() && field.Type() == to.Field(i).Type() {
			to.Field(i).Set(field)
		}
	}
}
