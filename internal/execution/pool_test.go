package execution_test

import (
	"context"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func ask[T any](w *world, at common.Address, call []byte, unpack func([]byte) (T, error)) T {
	w.t.Helper()
	v, err := localnet.Query(w.Network, at, call, unpack)
	require.NoError(w.t, err)
	return v
}

func number(v *big.Int) (n uint256.Int) {
	n.SetFromBig(v)
	return n
}

func TestProvenValuesAreThoseOfTheContractsViews(t *testing.T) {
	w := busy(t)
	block := w.seal()
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), block)
	require.NoError(t, err)
	require.Equal(t, w.viewed(block), p.Values)

	require.Equal(t, uint64(5), p.Queue.LastRequestID)
	require.Equal(t, uint64(1), p.Queue.LastFinalizedID)
	for what, v := range map[string]uint256.Int{
		"buffer": p.BufferedWei, "deposited": p.DepositedWei, "vault": p.WithdrawalVaultWei, "rewards": p.ELRewardsVaultWei,
		"pooled": p.TotalPooledWei, "shares": p.TotalShares, "locked": p.Queue.LockedWei, "loss window": p.Last.LossWindow,
	} {
		require.False(t, v.IsZero(), "%s must not be zero, or the test says nothing of it", what)
	}
	require.Len(t, p.Sources(), 7)
}

// viewed is what the contracts' views say.
func (w *world) viewed(block execution.BlockRef) execution.Values {
	set := w.Contracts
	pool, token, queue, sanity := bindings.NewStakingPool(), bindings.NewStakedEther(), bindings.NewWithdrawalQueue(), bindings.NewSanityChecker()
	last := ask(w, set.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	terms := ask(w, set.StakingPool, pool.PackTerms(), pool.UnpackTerms)
	totals := ask(w, set.StakedEther, token.PackTotals(), token.UnpackTotals)
	bounds := ask(w, set.WithdrawalQueue, queue.PackBounds(), queue.UnpackBounds)
	head := ask(w, set.StakingPool, pool.PackHead(), pool.UnpackHead)
	doubt := ask(w, set.StakingPool, pool.PackDoubts(), pool.UnpackDoubts)
	return execution.Values{
		Block:              block,
		WithdrawalVaultWei: number(w.Chain.Balance(set.WithdrawalVault)),
		ELRewardsVaultWei:  number(w.Chain.Balance(set.ELRewardsVault)),
		BufferedWei:        number(ask(w, set.StakingPool, pool.PackBufferedWei(), pool.UnpackBufferedWei)),
		DepositedWei:       number(ask(w, set.StakingPool, pool.PackDepositedWei(), pool.UnpackDepositedWei)),
		LastReportAt:       ask(w, set.StakingPool, pool.PackLastReportAt(), pool.UnpackLastReportAt).Uint64(),
		PulledGwei:         w.pulledGwei,
		Last: report.LastReport{
			RefSlot: last.RefSlot, SilentCalls: last.SilentCalls, CLValidatorsGwei: last.ClValidatorsGwei, CLPendingGwei: last.ClPendingGwei, CLInFlightGwei: last.ClInFlightGwei,
			UnprovenGwei: last.UnprovenGwei, Validators: last.Validators, Exited: last.Exited, DepositedWei: number(last.DepositedWei),
			WithdrawalVaultLeftWei: number(last.WithdrawalVaultLeftWei), LossWindow: number(last.LossWindow), UnconfirmedGwei: last.UnconfirmedGwei, ConfirmedGwei: last.ConfirmedGwei,
		},
		Head: execution.Head{
			Round: head.Round.Uint64(), Flags: report.PoolFlags(head.Flags), PausedUntil: head.PausedUntil.Uint64(), HeldUntil: head.HeldUntil.Uint64(),
			BucketGwei: head.BucketGwei.Uint64(),
		},
		Doubt: execution.Doubt{LowestHeldRate: number(doubt.LowestHeldRate), Since: doubt.Since.Uint64(), LossesInRow: doubt.LossesInRow},
		Terms: execution.Terms{
			Treasury: terms.Treasury, FeeBps: terms.FeeBps, OperatorsBps: terms.OperatorsBps, NormalRewardBps: terms.NormalRewardBps, NoisePcm: terms.NoisePcm,
		},
		TotalPooledWei: number(totals.TotalPooledWei),
		TotalShares:    number(totals.TotalShares),
		Queue: execution.Queue{
			PauseFlag:       w.pauseFlag,
			PausedUntil:     ask(w, set.WithdrawalQueue, queue.PackPausedUntil(), queue.UnpackPausedUntil).Uint64(),
			LockedWei:       number(ask(w, set.WithdrawalQueue, queue.PackLockedWei(), queue.UnpackLockedWei)),
			LastRequestID:   bounds.LastRequestId,
			LastFinalizedID: bounds.LastFinalizedId,
			Falls:           ask(w, set.WithdrawalQueue, queue.PackFalls(), queue.UnpackFalls),
		},
		Limits: report.Limits(ask(w, set.SanityChecker, sanity.PackLimits(), sanity.UnpackLimits)),
	}
}

func TestFlagsAreReadFromTheirBits(t *testing.T) {
	w := busy(t)
	_, err := w.Must(w.Accounts.Pauser, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackPause())
	require.NoError(t, err)
	w.pauseFlag = true
	w.report(func(r *report.Report) { r.Bunker = true })
	block := w.seal()
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), block)
	require.NoError(t, err)
	require.True(t, p.Queue.PauseFlag)
	require.NotZero(t, p.Queue.PausedUntil)
	require.True(t, p.Head.Flags.Has(report.FlagSet|report.FlagBunker))
	require.Equal(t, w.viewed(block), p.Values)
}

// report submits a report of the next frame.
func (w *world) report(change func(*report.Report)) {
	w.t.Helper()
	frame, err := w.OpenFrame()
	require.NoError(w.t, err)
	r, err := w.QuietReport(frame)
	require.NoError(w.t, err)
	change(&r)
	before := w.Chain.Balance(w.Contracts.WithdrawalVault)
	result, err := w.Submit(r, frame)
	require.NoError(w.t, err)
	require.NoError(w.t, result.Err)
	pulled := new(big.Int).Sub(before, w.Chain.Balance(w.Contracts.WithdrawalVault))
	w.pulledGwei += pulled.Quo(pulled, big.NewInt(1e9)).Uint64()
}

func TestDoubtsAreRead(t *testing.T) {
	w := busy(t)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, big.NewInt(2e17))
	lose := func(gwei uint64) func(*report.Report) {
		return func(r *report.Report) {
			r.CLValidatorsGwei -= gwei
			r.WithdrawalVaultWei.SetFromBig(w.Chain.Balance(w.Contracts.WithdrawalVault))
		}
	}
	w.report(lose(500_000_000))
	w.report(lose(600_000_000)) // confirms the first
	w.report(lose(20_000_000_000))
	block := w.seal()
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), block)
	require.NoError(t, err)
	require.Equal(t, w.viewed(block), p.Values)
	require.True(t, p.Head.Flags.Has(report.FlagUnconfirmed|report.FlagHeld))
	require.Equal(t, uint8(2), p.Doubt.LossesInRow)
	require.Equal(t, uint16(2), p.Queue.Falls)
	require.Equal(t, uint64(3), p.Head.Round)
	require.Equal(t, []bool{false, false, false, false, false, false}, []bool{
		p.Last.UnconfirmedGwei == 0, p.Last.ConfirmedGwei == 0, p.PulledGwei == 0, p.Head.HeldUntil == 0, p.Doubt.LowestHeldRate.IsZero(), p.Doubt.Since == 0,
	}, "each must not be zero, or the test says nothing of it")

	_, err = w.Must(w.Accounts.Pauser, w.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackPause())
	require.NoError(t, err)
	block = w.seal()
	p, err = w.reader(serve(t, w.node)).Pool(context.Background(), block)
	require.NoError(t, err)
	require.NotZero(t, p.Head.PausedUntil)
	require.Equal(t, w.viewed(block), p.Values)
}

// A confirmed loss is forgotten after sixteen reports, as the pool forgets it.
func TestAConfirmedLossIsForgottenAsByThePool(t *testing.T) {
	w := busy(t)
	w.report(func(r *report.Report) { r.CLValidatorsGwei -= 500_000_000 })
	r := w.reader(serve(t, w.node))
	for i := range 18 {
		w.report(func(*report.Report) {})
		p, err := r.Pool(context.Background(), w.seal())
		require.NoError(t, err)
		last := ask(w, w.Contracts.StakingPool, bindings.NewStakingPool().PackLastReport(), bindings.NewStakingPool().UnpackLastReport)
		require.Equal(t, last.ConfirmedGwei, p.Last.ConfirmedGwei)
		require.Equal(t, i < 16, p.Last.ConfirmedGwei > 0, "%d reports after it was confirmed", i)
	}
}

func TestAPoolIsReadAtItsBlockAndNotAtTheNewest(t *testing.T) {
	w := busy(t)
	old := w.seal()
	want := w.viewed(old)
	w.Chain.NextBlock(w.Chain.Slot() + 1)
	w.stake(5)
	newer := w.seal()
	r := w.reader(serve(t, w.node))
	p, err := r.Pool(context.Background(), old)
	require.NoError(t, err)
	require.Equal(t, want, p.Values)
	p, err = r.Pool(context.Background(), newer)
	require.NoError(t, err)
	require.Equal(t, w.viewed(newer), p.Values)
	require.NotEqual(t, want.BufferedWei, p.BufferedWei)
}

func TestProvenRequestsAreThoseOfTheQueue(t *testing.T) {
	w := busy(t)
	queue := bindings.NewWithdrawalQueue()
	_, err := w.Must(w.Accounts.User, w.Contracts.WithdrawalQueue, nil,
		queue.PackClaim([]*big.Int{big.NewInt(1)}, []*big.Int{new(big.Int)}, w.Accounts.User.Address))
	require.NoError(t, err)
	block := w.seal()
	ctx := context.Background()
	p, err := w.reader(serve(t, w.node)).Pool(ctx, block)
	require.NoError(t, err)

	before, err := p.Request(ctx, 0)
	require.NoError(t, err)
	require.Equal(t, execution.Request{}, before, "sums begin with nothing, and its absence is proven")
	for id := uint64(1); id <= 5; id++ {
		want := ask(w, w.Contracts.WithdrawalQueue, queue.PackRequestOf(new(big.Int).SetUint64(id)), queue.UnpackRequestOf)
		got, err := p.Request(ctx, id)
		require.NoError(t, err)
		var value, shares uint256.Int
		value.Sub(&got.CumulativeWei, &before.CumulativeWei)
		shares.Sub(&got.CumulativeShares, &before.CumulativeShares)
		require.Equal(t, want.ValueWei, value.ToBig())
		require.Equal(t, want.Shares, shares.ToBig())
		require.Equal(t, want.MadeAt.Uint64(), got.CreatedAt)
		require.Equal(t, want.Claimed, got.Claimed)
		require.Equal(t, id == 1, got.Claimed)
		before = got
	}
	_, err = p.Request(ctx, 6)
	require.ErrorIs(t, err, execution.ErrUnknownRequest)
}

func TestARequestIsAskedForOnce(t *testing.T) {
	w := busy(t)
	ctx := context.Background()
	p, err := w.reader(serve(t, w.node)).Pool(ctx, w.seal())
	require.NoError(t, err)
	before := w.node.Calls("eth_getProof")
	for range 3 {
		_, err = p.Request(ctx, 2)
		require.NoError(t, err)
	}
	require.Equal(t, before+1, w.node.Calls("eth_getProof"))
}

func TestAnotherCodeThanTheManifestsIsRefusedByName(t *testing.T) {
	for _, name := range []string{"StakingPool", "StakedEther", "WithdrawalQueue", "WithdrawalVault", "ELRewardsVault", "SanityChecker", "OracleCommittee"} {
		w := newWorld(t)
		w.CodeHashes[name] = common.Hash{1}
		_, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
		require.ErrorIs(t, err, execution.ErrWrongCode)
		require.ErrorContains(t, err, name)
	}
}

func TestABlockBeforeTheDeploymentHasNoContracts(t *testing.T) {
	w := newWorld(t)
	r := w.reader(serve(t, w.node))
	w.Contracts.StakingPool = common.Address{0xaa}
	_, err := r.Pool(context.Background(), w.seal())
	require.ErrorIs(t, err, execution.ErrWrongCode)
}

func TestReaderNeedsTheManifestsChain(t *testing.T) {
	c, err := execution.NewClient(options(5, "http://127.0.0.1:1"))
	require.NoError(t, err)
	_, err = execution.NewReader(c, &manifest.Manifest{ChainID: 6})
	require.ErrorIs(t, err, execution.ErrConfig)
}
