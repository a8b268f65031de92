package snapshot_test

import (
	"context"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
)

// slashed is usual with a slashed pool validator whose correlation penalty is above what a frame earns: the report must say bunker.
func (w *world) slashed(b *electra.BeaconState) {
	w.usual(b)
	v := addValidator(b, foreignKey(77), w.credentials(1), 32e9) // a gift
	v.Slashed, v.ExitEpoch, v.WithdrawableEpoch = true, 8, phase0.Epoch(5+w.spec.EpochsPerSlashingsVector)
	b.Slashings[5] = 32e9
}

// The state's root vouches for none of these parameters, and each can turn the bunker rule round: ether would be paid out while losses are in progress.
func TestASpecThatLiesAboutTheRulesIsNotUsed(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.slashed)
	got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.True(t, got.Report.Bunker)
	require.Equal(t, commitment(leaf{5, 32_010_000_000, 0}, leaf{6, 32e9, exited | slashed}), got.Report.BalancesRoot)
	for key, lie := range map[string]uint64{
		"BASE_REWARD_FACTOR": 1 << 32, "PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX": 1, "EFFECTIVE_BALANCE_INCREMENT": 1 << 48,
		"MIN_VALIDATOR_WITHDRAWABILITY_DELAY": 5 + w.spec.EpochsPerSlashingsVector - 8, "EPOCHS_PER_SLASHINGS_VECTOR": w.spec.EpochsPerSlashingsVector / 2,
		"SLOTS_PER_EPOCH": 16, "SECONDS_PER_SLOT": 6,
	} {
		t.Run(key, func(t *testing.T) {
			lying := newBeaconNode(t, w)
			values := specValues(w)
			values[key] = strconv.FormatUint(lie, 10)
			lying.spec = specJSON(values)
			_, err := w.builder(lying).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, beacon.ErrWrongChain)
			require.ErrorContains(t, err, "expected")

			honest := newBeaconNode(t, w)
			again, err := w.builder(lying, honest).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Equal(t, got.Report, again.Report)
		})
	}
}

// unchecked is a client that lets every spec through.
type unchecked struct {
	*beacon.Client
	values map[string]string
}

func (u unchecked) Specs(context.Context) ([]beacon.NodeSpec, error) {
	return []beacon.NodeSpec{{Endpoint: "http://liar", Values: u.values}}, nil
}

// Another client than package beacon's need not have compared the rules.
func TestRulesAreComparedWithTheManifestWhateverTheClient(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.slashed)
	for _, key := range []string{
		"BASE_REWARD_FACTOR", "PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX", "EFFECTIVE_BALANCE_INCREMENT", "MIN_VALIDATOR_WITHDRAWABILITY_DELAY",
		"EPOCHS_PER_SLASHINGS_VECTOR", "SLOTS_PER_EPOCH", "SECONDS_PER_SLOT",
	} {
		liar := unchecked{w.client(newBeaconNode(t, w)), specValues(w)}
		liar.values[key] = "7"
		_, err := w.builderOf(liar, w.reader(w.exec)).Compute(t.Context(), w.refSlot)
		require.ErrorIs(t, err, snapshot.ErrContradiction, key)
		require.ErrorContains(t, err, "http://liar")
	}
}

// A node's identity is checked once; what it says of the rules each time.
func TestASpecThatLiesLaterIsNotUsedEither(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.slashed)
	node := newBeaconNode(t, w)
	values := specValues(w)
	values["BASE_REWARD_FACTOR"] = "6400000"
	var asked atomic.Int32
	node.handle(specPath, func(r http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			writeJSON(r, node.spec)
			return
		}
		writeJSON(r, specJSON(values))
	})
	_, err := w.builder(node).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, beacon.ErrWrongChain)
}

// A lie about the layout cannot pass the root. It must not make the honest nodes' states unreadable either without saying who lies.
func TestNodesThatDisagreeOnTheLayoutAreNamed(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	for key, lie := range map[string]string{
		"SLOTS_PER_HISTORICAL_ROOT": "128", "VALIDATOR_REGISTRY_LIMIT": "1024", "PENDING_DEPOSITS_LIMIT": "64", "ELECTRA_FORK_EPOCH": "3", "ELECTRA_FORK_VERSION": "0x05000001",
	} {
		t.Run(key, func(t *testing.T) {
			lying, honest := newBeaconNode(t, w), newBeaconNode(t, w)
			values := specValues(w)
			values[key] = lie
			lying.spec = specJSON(values)
			_, err := w.builder(lying, honest).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, snapshot.ErrSpecDisagreement)
			require.ErrorContains(t, err, lying.URL)
			require.ErrorContains(t, err, honest.URL)
		})
	}
	t.Run("unusable", func(t *testing.T) {
		lying, honest := newBeaconNode(t, w), newBeaconNode(t, w)
		values := specValues(w)
		delete(values, "VALIDATOR_REGISTRY_LIMIT")
		lying.spec = specJSON(values)
		_, err := w.builder(lying).Compute(t.Context(), w.refSlot)
		require.ErrorIs(t, err, state.ErrSpec)
		require.ErrorContains(t, err, "VALIDATOR_REGISTRY_LIMIT")
		_, err = w.builder(lying, honest).Compute(t.Context(), w.refSlot)
		require.NoError(t, err)
	})
}

// After missed slots a state of Fulu or older can stand under a reference slot of Gloas: its limits still count, though Gloas has no use for them.
func TestTheLayoutIsThatOfTheBlocksForkNotOfTheReferenceSlots(t *testing.T) {
	w := newWorld(t)
	w.spec.Activations[state.Gloas-1].Epoch = w.refSlot / w.spec.SlotsPerEpoch
	w.seal(w.spec.SlotsPerEpoch, w.usual)
	got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, state.Electra, got.State.Fork)

	lying, honest := newBeaconNode(t, w), newBeaconNode(t, w)
	values := specValues(w)
	values["VALIDATOR_REGISTRY_LIMIT"] = "1024"
	lying.spec = specJSON(values)
	_, err = w.builder(lying, honest).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, snapshot.ErrSpecDisagreement)
}

// Operators update their nodes one after the other, weeks before a fork.
func TestNodesThatDoNotKnowTheNextForkYetAgreeWithThoseThatDo(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	old, updated := newBeaconNode(t, w), newBeaconNode(t, w)
	values := specValues(w)
	delete(values, "FULU_FORK_EPOCH")
	delete(values, "FULU_FORK_VERSION")
	old.spec = specJSON(values)
	values = specValues(w)
	values["FULU_FORK_EPOCH"] = "1000"
	updated.spec = specJSON(values)
	got, err := w.builder(old, updated).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}

// A member runs for months: a fork that its nodes learn of meanwhile must not need a restart.
func TestAForkThatIsScheduledWhileTheMemberRunsIsFollowed(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	values := specValues(w)
	values["ELECTRA_FORK_EPOCH"] = strconv.FormatUint(farFuture, 10)
	before := specJSON(values)
	after := node.spec
	node.spec = before
	g := w.builder(node)
	_, err := g.Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, state.ErrWrongFork, "the node does not know the fork that its own state has")
	node.spec = after
	got, err := g.Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}

func TestSlotsMayBeToldInMilliseconds(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	values := specValues(w)
	delete(values, "SECONDS_PER_SLOT")
	values["SLOT_DURATION_MS"] = "12000"
	node.spec = specJSON(values)
	got, err := w.builder(node).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}
