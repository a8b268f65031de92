package snapshot_test

import (
	"context"
	"math/big"
	"net/http"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// leavingPool is usual with a request of 165 ether behind the two that are paid, for which the buffer has 107; validator 6 leaves late, 7 and 8 compound, and of 7 a part
// is pending. The operator has asked for the exit of validator 5, which waits in the contract of EIP-7002.
func leavingPool(t *testing.T) *world {
	w := newWorld(t)
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(165)}, user.Address))
	require.NoError(t, err)
	w.during = func() { w.askExits(0) } // what was asked in a block before is handed over
	return w
}

// askExits asks for exits of keys, as the registry numbers them.
func (w *world) askExits(keys ...uint64) {
	w.t.Helper()
	_, err := w.Must(w.Accounts.Operator, w.Contracts.OperatorRegistry, big.NewInt(1e9), bindings.NewOperatorRegistry().PackRequestExits(keys))
	require.NoError(w.t, err)
}

func (w *world) leaving(b *electra.BeaconState) {
	w.usual(b)
	b.EarliestExitEpoch, b.ExitBalanceToConsume = 40, 17e9
	leaves := addValidator(b, foreignKey(6), w.credentials(1), 31e9)
	leaves.ExitEpoch, leaves.WithdrawableEpoch = 184, 440
	addValidator(b, foreignKey(7), w.credentials(2), 100e9)
	addValidator(b, foreignKey(8), w.credentials(2), 50e9)
	b.PendingPartialWithdrawals = []*electra.PendingPartialWithdrawal{
		{ValidatorIndex: 2, Amount: 1, WithdrawableEpoch: 9}, {ValidatorIndex: 7, Amount: 8e9, WithdrawableEpoch: 266},
	}
}

func TestTheExitDemandIsOfWhatTheChainHolds(t *testing.T) {
	for name, seal := range map[string]func(*world) *beaconNode{
		"electra": func(w *world) *beaconNode { w.seal(0, w.leaving); return newBeaconNode(t, w) },
		"fulu": func(w *world) *beaconNode {
			w.spec.Activations[state.Fulu-1].Epoch, w.as = 0, w.fuluState
			w.seal(0, w.leaving)
			node := newBeaconNode(t, w)
			node.handle(statePath, func(r http.ResponseWriter, _ *http.Request) { writeState(r, "fulu", w.data) })
			return node
		},
		"gloas": func(w *world) *beaconNode { return w.sealGloas(0, w.leaving) },
	} {
		t.Run(name, func(t *testing.T) {
			w := leavingPool(t)
			node := seal(w)
			g := w.builder(node)
			r, err := g.Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Zero(t, r.Report.ExitGwei, "the report says nothing of it")
			require.Equal(t, 1, node.requests(statePath))
			got, err := g.Exits(t.Context(), r)
			require.NoError(t, err)
			require.Equal(t, 2, node.requests(statePath), "whose the asked key is, only the registry tells")

			gloas, in := name == "gloas", got.Input
			rules := report.ExitRules{MinChurnGwei: 128e9, MaxSeedLookahead: 4, ShardCommitteePeriod: 8, MinActivationGwei: 32e9, WithdrawalsPerPayload: 16}
			if gloas {
				rules.ChurnQuotientGloas = 1 << 15
			} else {
				rules.MaxChurnGwei, rules.ChurnQuotient, rules.PendingPartialsLimit = 256e9, 1<<16, w.spec.PendingPartialWithdrawalsLimit
			}
			require.Equal(t, rules, in.Rules)
			require.Equal(t, gloas, in.Gloas)
			require.Equal(t, report.ExitQueue{EarliestEpoch: 40, BalanceToConsumeGwei: 17e9}, in.Queue)
			require.EqualValues(t, 9, in.Registry)
			require.EqualValues(t, 9, in.Epoch)
			const never = report.FarFutureEpoch
			require.Equal(t, []report.ExitValidator{
				{Index: 5, BalanceGwei: 32_010_000_000, EffectiveBalanceGwei: 32e9, ExitEpoch: never, WithdrawableEpoch: never},
				{Index: 6, BalanceGwei: 31e9, EffectiveBalanceGwei: 31e9, ExitEpoch: 184, WithdrawableEpoch: 440},
				{Index: 7, BalanceGwei: 100e9, EffectiveBalanceGwei: 100e9, ExitEpoch: never, WithdrawableEpoch: never, Compounding: true},
			}, in.Validators)
			require.Equal(t, []report.PendingPartial{{Index: 7, AmountGwei: 8e9, WithdrawableEpoch: 266}}, in.Partials)
			require.EqualValues(t, 2, in.PendingPartials)
			require.Equal(t, []report.AskedWithdrawal{{Index: 5}}, in.Asked)
			require.EqualValues(t, 100e9-32e9-8e9+50e9-32e9, in.PartsGwei)
			require.EqualValues(t, 32e9+31e9, in.SweptActiveGwei)
			require.EqualValues(t, 32e9+31e9+150e9, in.PoolActiveGwei)
			require.Equal(t, localnet.Ether(165), in.WaitingWei, "the two older requests are paid")
			require.EqualValues(t, 8e9, got.Demand.PartialsGwei)
			require.EqualValues(t, 31e9, got.Demand.LaterGwei)
			require.NotZero(t, got.Demand.ExitGwei)
			require.Equal(t, got.Demand.DemandGwei-got.Demand.HaveGwei()-got.Demand.LeavingGwei()-got.Demand.ComingGwei, got.Demand.ExitGwei)
			require.EqualValues(t, 32_010_000_000, got.Demand.AskedGwei)
			require.EqualValues(t, 3, got.Waiting.First)
			require.EqualValues(t, 3, got.Waiting.Last)
			require.NotZero(t, got.Waiting.LastPaid.RefSlot)
		})
	}
}

// On most days nothing waits in the contract, and one reading of the state is enough.
func TestWithoutAskedExitsTheStateIsReadOnce(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	g := w.builder(node)
	r, err := g.Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	got, err := g.Exits(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, 1, node.requests(statePath))
	require.Zero(t, got.Waiting.Last, "the report pays all")
	require.Zero(t, got.Demand.ExitGwei)
}

// A key that no validator of the pool has is nothing: the deposit of the second key waits still.
func TestAnAskedKeyWithoutAValidatorIsNothing(t *testing.T) {
	w := leavingPool(t)
	w.during = func() { w.askExits(0, 1) }
	w.seal(0, w.leaving)
	g := w.builder(newBeaconNode(t, w))
	r, err := g.Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	got, err := g.Exits(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, []report.AskedWithdrawal{{Index: 5}}, got.Input.Asked)
}

// No root vouches for the rules of exits: what nodes say of them stops the exit demand, and never the report.
func TestNodesMustAgreeOnTheRulesOfExits(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	exits := func(nodes ...*beaconNode) (*snapshot.Exits, error) {
		t.Helper()
		g := w.builder(nodes...)
		r, err := g.Compute(t.Context(), w.refSlot)
		require.NoError(t, err, "the report stands")
		require.Equal(t, w.usualReport(), r.Report)
		return g.Exits(t.Context(), r)
	}
	for _, key := range []string{
		"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA", "MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT", "CHURN_LIMIT_QUOTIENT", "MAX_SEED_LOOKAHEAD", "SHARD_COMMITTEE_PERIOD",
		"MIN_ACTIVATION_BALANCE", "MAX_WITHDRAWALS_PER_PAYLOAD",
	} {
		t.Run(key, func(t *testing.T) {
			lying, silent, honest := newBeaconNode(t, w), newBeaconNode(t, w), newBeaconNode(t, w)
			values := specValues(w)
			values[key] = "7"
			lying.spec = specJSON(values)
			_, err := exits(lying, honest)
			require.ErrorIs(t, err, snapshot.ErrSpecDisagreement)
			for _, text := range []string{key, lying.URL, honest.URL} {
				require.ErrorContains(t, err, text)
			}
			delete(values, key)
			silent.spec = specJSON(values)
			_, err = exits(silent)
			require.ErrorIs(t, err, state.ErrSpec)
			require.ErrorContains(t, err, key+" is missing")
			_, err = exits(silent, honest)
			require.NoError(t, err, "one that does not know them is passed over")
		})
	}
}

// What a pruned node no longer has is not guessed.
func TestExitsAreNotKnownWithoutTheStateOfTheContract(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	g := w.builder(newBeaconNode(t, w))
	r, err := g.Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	w.exec.Keep(1)
	w.execute(w.refSlot + 5)
	_, err = g.Exits(t.Context(), r)
	require.ErrorIs(t, err, execution.ErrPruned)
	require.ErrorContains(t, err, "what exits must bring home")
}

// The whole queue is not captured when it is very long; its sums are.
func TestTheNewestRequestIsCaptured(t *testing.T) {
	w := leavingPool(t)
	w.seal(0, w.leaving)
	reader := w.reader(w.exec)
	captured, err := execution.NewCapture(reader, 4)
	require.NoError(t, err)
	require.NoError(t, captured.Add(t.Context(), w.block.Hash))
	w.exec.Keep(1)
	w.during = nil
	w.execute(w.refSlot + 5)
	g := w.builderOf(w.client(newBeaconNode(t, w)), captured)
	r, err := g.Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	got, err := g.Exits(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, []report.AskedWithdrawal{{Index: 5}}, got.Input.Asked)
}

// Same chain, same demand, whichever nodes serve and however many goroutines hash.
func TestTheExitDemandIsTheSameOnEveryMachine(t *testing.T) {
	w := leavingPool(t)
	w.seal(0, w.leaving)
	var first *snapshot.Exits
	for workers := range 3 {
		g, err := snapshot.New(snapshot.Options{Manifest: w.Manifest, Beacon: w.client(newBeaconNode(t, w)), Execution: w.reader(w.exec), Workers: workers + 1})
		require.NoError(t, err)
		r, err := g.Compute(context.Background(), w.refSlot)
		require.NoError(t, err)
		got, err := g.Exits(context.Background(), r)
		require.NoError(t, err)
		if first == nil {
			first = got
		}
		require.Equal(t, first, got)
	}
	require.NotZero(t, first.Demand.AskedGwei)
}
