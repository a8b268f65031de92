package keeper_test

import (
	"context"
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// States of keys: ValidatorBook.KeyState.
const (
	unproven = 1 + iota
	waiting
	funded
	leaving
	exited
	given
	foreign
)

func TestEtherGoesToProvenKeysWithNobodyTrusted(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(103)
	k := w.keeper(nil)

	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(k))
	require.Equal(t, localnet.Ether(3), w.depositedWei())
	require.Zero(t, w.readings, "there was nothing to prove")
	require.Empty(t, w.step(k), "the beacon chain has no validator yet")
	require.Equal(t, 1, w.readings)
	require.Empty(t, w.step(k))
	require.Equal(t, 1, w.readings, "a state is not read again so soon")

	w.validators = []localnet.BeaconValidator{w.OpenedValidator(0, false), w.OpenedValidator(2, false)}
	w.pass(11 * time.Minute)
	require.Equal(t, []keeper.Kind{keeper.ProveKey, keeper.ProveKey, keeper.TopUp}, w.step(k))
	require.Equal(t, localnet.Ether(3+62), w.depositedWei())
	require.EqualValues(t, funded, w.stateOf(0))
	require.EqualValues(t, unproven, w.stateOf(1))
	require.EqualValues(t, funded, w.stateOf(2))

	w.validators = append(w.validators, w.OpenedValidator(1, false))
	w.pass(11 * time.Minute)
	require.Equal(t, []keeper.Kind{keeper.ProveKey, keeper.TopUp}, w.step(k))
	require.Equal(t, localnet.Ether(96), w.depositedWei())
	before := w.readings
	w.pass(11 * time.Minute)
	require.Empty(t, w.step(k))
	require.Equal(t, before, w.readings, "there is nothing to prove")
}

func TestEachEndOfAKeyIsProven(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	k := w.keeper(nil)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(k))
	stolen, dirty := w.OpenedValidator(0, false), w.OpenedValidator(1, false)
	stolen.WithdrawalCredentials[31] ^= 1
	dirty.WithdrawalCredentials[5] = 1
	w.validators = []localnet.BeaconValidator{stolen, dirty}
	require.Equal(t, []keeper.Kind{keeper.ProveKey, keeper.ProveKey}, w.step(k))
	require.EqualValues(t, foreign, w.stateOf(0))
	require.EqualValues(t, given, w.stateOf(1))
}

// willing takes every call.
type willing struct{ keeper.Chain }

func (willing) Try(context.Context, common.Address, txmgr.Call) error { return nil }

type ofBuilders struct{}

func (ofBuilders) Prove(_ context.Context, keys []report.PublicKey) (keeper.Proofs, error) {
	return keeper.Proofs{Builders: map[report.PublicKey]bindings.BuilderProof{keys[1]: {BuilderIndex: 7}}}, nil
}

func TestAKeyThatBecameABuildersIsShown(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 2))
	w.stake(5)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))
	k := w.keeper(func(o *keeper.Options) { o.Chain, o.Prover = willing{o.Chain}, ofBuilders{} })
	due, err := k.Due(t.Context())
	require.NoError(t, err)
	require.Len(t, due, 1)
	require.Equal(t, keeper.ProveBuilder, due[0].Kind)
	require.Equal(t, bindings.NewValidators().PackProveBuilder(1, bindings.BlockProof{}, bindings.BuilderProof{BuilderIndex: 7}), due[0].Call.Data)
}

// compounding is a world with a compounding key that has 32 ether.
func compounding(t *testing.T) (*world, *keeper.Keeper) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 0))
	_, err := w.Must(w.Accounts.Operator, w.Contracts.OperatorRegistry, nil, w.AddCompoundingKeysData(0, 2))
	require.NoError(t, err)
	w.stake(33)
	k := w.keeper(nil)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(k))
	w.validators = []localnet.BeaconValidator{w.OpenedValidator(0, true)}
	require.Equal(t, []keeper.Kind{keeper.ProveKey, keeper.TopUp}, w.step(k))
	require.EqualValues(t, funded, w.stateOf(0))
	return w, k
}

func TestACompoundingKeyIsToppedUpWithAProofThatItIsWell(t *testing.T) {
	w, k := compounding(t)
	w.validators[0].EffectiveBalanceGwei = 32e9
	w.stake(40)
	before := w.depositedWei()
	require.Equal(t, []keeper.Kind{keeper.TopUp}, w.step(k))
	require.Positive(t, w.depositedWei().Cmp(before))
}

func TestAKeyThatLeavesIsShownAndPassedOver(t *testing.T) {
	w, k := compounding(t)
	w.validators[0].ExitEpoch = 99
	w.stake(40)
	before := w.depositedWei()
	require.Equal(t, []keeper.Kind{keeper.ProveLeaving}, w.step(k))
	require.EqualValues(t, leaving, w.stateOf(0))
	require.Equal(t, before, w.depositedWei(), "it is swallowed by no key that leaves")
}

func TestAKeyThatIsNotProvenInTimeIsNoted(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Staking.ProofPatienceSeconds, c.Staking.ForkQuietSeconds = 3600, 3600 })
	require.NoError(t, w.AddOperator(0, 2))
	w.stake(5)
	k := w.keeper(nil)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(k))
	w.pass(2 * time.Hour)
	require.Equal(t, []keeper.Kind{keeper.NoteOverdue, keeper.NoteOverdue}, w.step(k))
	w.pass(2 * time.Hour)
	require.Empty(t, w.step(k), "once")
}

func TestTwoKeepersAtOnceSendNoCallTwice(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 3))
	w.stake(5)
	slow := w.keeper(nil)
	due, err := slow.Due(t.Context())
	require.NoError(t, err)
	require.Len(t, due, 1)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))

	overtaken := w.keeper(func(o *keeper.Options) { o.Chain = &late{Chain: o.Chain, tries: 1} })
	require.Empty(t, w.step(overtaken))
	lost := w.keeper(func(o *keeper.Options) { o.Chain = overtakenAtOnce{o.Chain} })
	require.Empty(t, w.step(lost))
	require.Contains(t, w.log.String(), "this call was lost")
	require.Equal(t, localnet.Ether(3), w.depositedWei())
}

// late lets the first simulations pass, as before somebody else's call.
type late struct {
	keeper.Chain
	tries int
}

func (l *late) Try(ctx context.Context, from common.Address, call txmgr.Call) error {
	if l.tries--; l.tries >= 0 {
		return nil
	}
	return l.Chain.Try(ctx, from, call)
}

// dear is a chain whose base fee is above the cap.
type dear struct{ keeper.Chain }

func (dear) SendAll(context.Context, txmgr.Signer, []txmgr.Call, txmgr.Fees, txmgr.Sending) ([]txmgr.Receipt, error) {
	return nil, txmgr.ErrFees
}

// overtakenAtOnce is a chain on which every call that is sent comes too late.
type overtakenAtOnce struct{ keeper.Chain }

func (overtakenAtOnce) Try(context.Context, common.Address, txmgr.Call) error { return nil }

func (overtakenAtOnce) SendAll(context.Context, txmgr.Signer, []txmgr.Call, txmgr.Fees, txmgr.Sending) ([]txmgr.Receipt, error) {
	return nil, txmgr.ErrReverted
}

func TestNothingIsSentAboveTheFeeCap(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 1))
	w.stake(5)
	k := w.keeper(func(o *keeper.Options) { o.Chain = dear{o.Chain} })
	require.ErrorIs(t, k.Step(t.Context()), txmgr.ErrFees)
	require.Zero(t, w.depositedWei().Sign())
}

func TestEtherThatRequestsNeedIsNotSpent(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 2))
	w.stake(50)
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(w.Contracts.WithdrawalQueue, localnet.Ether(50)))
	require.NoError(t, err)
	_, err = w.Must(user, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(50)}, user.Address))
	require.NoError(t, err)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))
	require.Equal(t, localnet.Ether(1), w.depositedWei(), "one ether is left over")
}

// lying answers a view with other bytes.
type lying struct {
	keeper.Chain
	answer []byte
}

func (l lying) View(context.Context, common.Address, []byte) ([]byte, error) { return l.answer, nil }

func TestAnAnswerThatCannotBeIsRefused(t *testing.T) {
	w := newWorld(t, nil)
	word := func(n byte) []byte { return common.LeftPadBytes([]byte{n}, 32) }
	// no places, one key's name, and no key
	answer := append(append(append(word(96), word(128)...), word(192)...), append(append(append(word(0), word(1)...), word(7)...), word(0)...)...)
	k := w.keeper(func(o *keeper.Options) { o.Chain = lying{o.Chain, answer} })
	_, err := k.Due(t.Context())
	require.ErrorContains(t, err, "1 keys with 0 bytes")
	k = w.keeper(func(o *keeper.Options) { o.Chain = lying{o.Chain, []byte{1}} })
	_, err = k.Due(t.Context())
	require.ErrorContains(t, err, "read which keys are unproven")
}

var errNoState = errors.New("no beacon node answers")

type blind struct{}

func (blind) Prove(context.Context, []report.PublicKey) (keeper.Proofs, error) {
	return keeper.Proofs{}, errNoState
}

func TestWithoutBeaconNodeTheRestIsDone(t *testing.T) {
	w := newWorld(t, nil)
	require.NoError(t, w.AddOperator(0, 4))
	w.stake(2)
	require.Equal(t, []keeper.Kind{keeper.Predeposit}, w.step(w.keeper(nil)))
	w.stake(2)
	k := w.keeper(func(o *keeper.Options) { o.Prover = blind{} })
	require.ErrorIs(t, k.Step(t.Context()), errNoState)
	require.Equal(t, localnet.Ether(4), w.depositedWei(), "the next keys were opened all the same")
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	w := newWorld(t, nil)
	good := keeper.Options{Manifest: w.Manifest, Chain: txmgr.NewClient(w.Chain), Prover: w, Now: time.Now}
	_, err := keeper.New(good)
	require.NoError(t, err)
	for name, change := range map[string]func(*keeper.Options){
		"no manifest": func(o *keeper.Options) { o.Manifest = nil }, "no chain": func(o *keeper.Options) { o.Chain = nil },
		"no prover": func(o *keeper.Options) { o.Prover = nil }, "no clock": func(o *keeper.Options) { o.Now = nil },
		"negative": func(o *keeper.Options) { o.StateEvery = math.MinInt64 },
	} {
		o := good
		change(&o)
		_, err := keeper.New(o)
		require.ErrorIs(t, err, keeper.ErrConfig, name)
	}
	good.Fees = txmgr.Fees{MaxFeeWei: 1, TipWei: 2}
	_, err = keeper.New(good)
	require.ErrorIs(t, err, txmgr.ErrConfig)
}
