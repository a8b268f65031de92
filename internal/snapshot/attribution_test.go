package snapshot_test

import (
	"math/big"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

var foreignCredentials = common.Hash{1, 12: 0xff}

// Whose a validator is, and whose a deposit will be, in every way in which others can meddle with it.
func TestWhatCountsAsThePools(t *testing.T) {
	unsigned := func(d *electra.PendingDeposit) *electra.PendingDeposit {
		d.Signature = phase0.BLSSignature{0: 0xc0} // the point at infinity: what the beacon chain itself puts there
		return d
	}
	for name, c := range map[string]struct {
		fill func(*world, *electra.BeaconState)
		want func(*report.Report)
	}{
		"a gift of a validator": {
			func(w *world, b *electra.BeaconState) { addValidator(b, foreignKey(50), w.credentials(1), 1e9) },
			func(r *report.Report) {
				r.Validators, r.CLValidatorsGwei, r.BalancesRoot = 2, 33_010_000_000, commitment(leaf{5, 32_010_000_000, 0}, leaf{6, 1e9, 0})
			},
		},
		"a compounding validator": {
			func(w *world, b *electra.BeaconState) { addValidator(b, foreignKey(50), w.credentials(2), 2048e9) },
			func(r *report.Report) {
				r.Validators, r.CLValidatorsGwei, r.BalancesRoot = 2, 2080_010_000_000, commitment(leaf{5, 32_010_000_000, 0}, leaf{6, 2048e9, 0})
			},
		},
		"the vault's address behind another prefix": {
			func(w *world, b *electra.BeaconState) {
				addValidator(b, foreignKey(50), w.credentials(0), 32e9)
				addValidator(b, foreignKey(51), w.credentials(3), 32e9)
			},
			func(*report.Report) {},
		},
		"bytes between the prefix and the vault's address": {
			func(w *world, b *electra.BeaconState) {
				dirty := w.credentials(1)
				dirty[1], dirty[5], dirty[11] = 0xff, 1, 0xff
				addValidator(b, foreignKey(52), dirty, 32e9)
				b.PendingDeposits = append(b.PendingDeposits, w.deposit(2, dirty, 1e9))
			},
			func(r *report.Report) {
				r.Validators, r.CLValidatorsGwei, r.BalancesRoot = 2, 64_010_000_000, commitment(leaf{5, 32_010_000_000, 0}, leaf{6, 32e9, 0})
				r.CLPendingGwei += 1e9
			},
		},
		"the excess of a validator that became a compounding one": {
			func(w *world, b *electra.BeaconState) {
				b.PendingDeposits = append(b.PendingDeposits, unsigned(w.deposit(0, w.credentials(2), 5e9)))
			},
			func(r *report.Report) { r.CLPendingGwei += 5e9 },
		},
		"a foreign validator's excess": {
			func(w *world, b *electra.BeaconState) {
				d := unsigned(w.deposit(0, foreignCredentials, 5e9))
				d.Pubkey = foreignKey(1)
				b.PendingDeposits = append(b.PendingDeposits, d)
			},
			func(*report.Report) {},
		},
		"a deposit with the pool's credentials to a foreign validator": {
			func(w *world, b *electra.BeaconState) {
				d := w.deposit(3, w.credentials(1), 32e9)
				d.Pubkey = foreignKey(1)
				b.PendingDeposits = append(b.PendingDeposits, d)
			},
			func(*report.Report) {},
		},
		"a second deposit of the same key, unsigned": {
			func(w *world, b *electra.BeaconState) {
				b.PendingDeposits = append(b.PendingDeposits, unsigned(w.deposit(1, w.credentials(1), 32e9)))
			},
			func(r *report.Report) { r.CLPendingGwei += 32e9 },
		},
		"a front-run key": {
			func(w *world, b *electra.BeaconState) {
				b.PendingDeposits = append([]*electra.PendingDeposit{w.deposit(1, foreignCredentials, 1e9)}, b.PendingDeposits...)
			},
			func(r *report.Report) { r.CLPendingGwei, r.Bunker, r.FinalizeUpTo = 0, true, 0 },
		},
		"a front-runner who forged the signature": {
			func(w *world, b *electra.BeaconState) {
				forged := w.deposit(1, foreignCredentials, 1e9)
				forged.Signature = w.deposit(1, foreignCredentials, 2e9).Signature
				b.PendingDeposits = append([]*electra.PendingDeposit{forged}, b.PendingDeposits...)
			},
			func(*report.Report) {},
		},
		"an unsigned deposit before a signed one": {
			func(w *world, b *electra.BeaconState) {
				b.PendingDeposits = append([]*electra.PendingDeposit{unsigned(w.deposit(1, w.credentials(1), 3e9))}, b.PendingDeposits...)
			},
			func(*report.Report) {},
		},
		"partial withdrawals and consolidations that wait": {
			func(_ *world, b *electra.BeaconState) {
				b.PendingPartialWithdrawals = append(b.PendingPartialWithdrawals, &electra.PendingPartialWithdrawal{ValidatorIndex: 5, Amount: 1e9, WithdrawableEpoch: 11})
				b.PendingConsolidations = append(b.PendingConsolidations, &electra.PendingConsolidation{SourceIndex: 1, TargetIndex: 5}, &electra.PendingConsolidation{SourceIndex: 5, TargetIndex: 1})
			},
			func(*report.Report) {},
		},
		"a validator that was swept out in the block itself": {
			func(w *world, b *electra.BeaconState) {
				v := addValidator(b, foreignKey(50), w.credentials(1), 0)
				v.ExitEpoch, v.WithdrawableEpoch, v.EffectiveBalance = 2, 4, 0
			},
			func(r *report.Report) {
				r.Validators, r.Exited, r.BalancesRoot = 2, 1, commitment(leaf{5, 32_010_000_000, 0}, leaf{6, 0, exited})
			},
		},
		"a deposit to an exited validator": {
			func(w *world, b *electra.BeaconState) {
				b.Validators[5].ExitEpoch, b.Validators[5].WithdrawableEpoch = 2, 4
				b.PendingDeposits = append(b.PendingDeposits, unsigned(w.deposit(0, foreignCredentials, 1e9)))
			},
			func(r *report.Report) {
				r.Exited, r.CLPendingGwei, r.BalancesRoot = 1, r.CLPendingGwei+1e9, commitment(leaf{5, 32_010_000_000, exited})
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.seal(0, func(b *electra.BeaconState) {
				w.usual(b)
				c.fill(w, b)
			})
			got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			want := w.usualReport()
			c.want(&want)
			require.Equal(t, want, got.Report)
		})
	}
}

// A deposit on the bridge from before Electra is in neither of the two layers.
func TestDepositsThatMayBeOnTheOldBridgeStopTheReport(t *testing.T) {
	for name, c := range map[string]struct {
		start, index uint64
		want         error
	}{
		"no deposit request yet": {farFuture, 70, report.ErrDepositsInFlight}, "bridge not empty": {71, 70, report.ErrDepositsInFlight},
		"bridge empty": {70, 70, nil}, "bridge ahead": {70, 71, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.seal(0, func(b *electra.BeaconState) {
				w.usual(b)
				b.DepositRequestsStartIndex, b.ETH1DepositIndex = c.start, c.index
			})
			_, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// Both layers are read at one point: what the chain does behind the reference block is not seen.
func TestWhatHappensBehindTheReferenceBlockIsNotSeen(t *testing.T) {
	w := newWorld(t)
	w.seal(2, w.usual)
	want := w.usualReport()
	user, pool := w.Accounts.User, bindings.NewStakingPool()
	w.Chain.NextBlock(w.refSlot)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, localnet.Ether(7))
	_, err := w.Must(user, w.Contracts.StakingPool, localnet.Ether(3), pool.PackDeposit(user.Address, new(big.Int)))
	require.NoError(t, err)
	_, err = w.exec.Seal(w.Chain)
	require.NoError(t, err)
	got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, want, got.Report)
}

// A report that the contracts took is the ground of the next one, and a loss since shows.
func TestALossSinceTheLastReportIsBunker(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	first, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.False(t, first.Report.Bunker)

	frame, err := w.OpenFrame()
	require.NoError(t, err)
	r := first.Report
	r.RefSlot, r.RefBlockRoot = frame.RefSlot, frame.Header.Root()
	result, err := w.Submit(r, frame)
	require.NoError(t, err)
	require.NoError(t, result.Err)

	w.refSlot = frame.RefSlot + 320
	w.seal(0, func(b *electra.BeaconState) {
		addValidator(b, poolKey(0), w.credentials(1), 31_900_000_000)
		addValidator(b, poolKey(1), w.credentials(1), 32_000_000_000)
	})
	second, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.True(t, second.Report.Bunker)
	require.Equal(t, uint64(63_900_000_000), second.Report.CLValidatorsGwei)
	require.Equal(t, *uint256.NewInt(0), second.Report.WithdrawalVaultWei, "the first report took it")

	pool, e := bindings.NewStakingPool(), second.Snapshot.Execution
	last, err := localnet.Query(w.Network, w.Contracts.StakingPool, pool.PackLastReportAt(), pool.UnpackLastReportAt)
	require.NoError(t, err)
	require.Equal(t, last.Uint64(), e.LastReportAt)
	require.Equal(t, frame.RefSlot, e.Last.RefSlot)
}

// What the pool bounds a report by is in no storage: it comes from the manifest. Everything else is proven.
func TestTheSnapshotHasThePoolsBoundsHeadAndDoubts(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	e, bounds := got.Snapshot.Execution, w.Manifest.Bounds
	require.Equal(t, report.PoolBounds{MaxRiseBps: 1000, BucketGwei: 450e9, BucketRefillSeconds: 30 * 24 * 3600}, e.Bounds)
	require.Equal(t, bounds.Pool(), e.Bounds)
	require.Equal(t, report.PoolTerms{FeeBps: 1000, NormalRewardBps: 300, NoisePcm: 20}, e.Terms)
	require.Equal(t, report.PoolHead{Flags: report.FlagSet, BucketGwei: 450e9}, e.Head)

	r := got.Report
	r.FinalizeUpTo = 0
	for _, pendingGwei := range []uint64{31_970_000_000, 31_000_000_000} { // a loss that is noise, and one beyond it
		frame, err := w.OpenFrame()
		require.NoError(t, err)
		r.RefSlot, r.RefBlockRoot, r.CLPendingGwei = frame.RefSlot, frame.Header.Root(), pendingGwei
		result, err := w.Submit(r, frame)
		require.NoError(t, err)
		require.NoError(t, result.Err)
		r.LastRefSlot, w.refSlot = r.RefSlot, r.RefSlot+320
		r.WithdrawalVaultWei, r.ELRewardsVaultWei = uint256.Int{}, uint256.Int{}
	}
	_, err = w.Must(w.Accounts.User, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(1)}, w.Accounts.User.Address))
	require.NoError(t, err)
	_, err = w.Must(w.Accounts.Pauser, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackPause())
	require.NoError(t, err)

	w.seal(0, w.usual)
	got, err = w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	e = got.Snapshot.Execution
	require.True(t, e.Head.Flags.Has(report.FlagUnconfirmed))
	require.Equal(t, uint64(2), e.Head.Round)
	require.Equal(t, uint8(1), e.Doubt.LossesInRow)
	require.Equal(t, unconfirmedGwei(t, w), e.Last.UnconfirmedGwei)
	require.True(t, e.Queue.PausedAt(w.Schedule.GenesisTime+w.refSlot*12))
	require.Zero(t, got.Report.FinalizeUpTo, "paused")
	require.Positive(t, got.Rebase.RegainedWei.Sign())
	for id, falls := range map[uint64]uint16{1: 0, 2: 0, 3: 1} {
		q, err := got.Snapshot.Request(id)
		require.NoError(t, err)
		require.Equal(t, falls, q.Falls, "request %d", id)
	}
}

// unconfirmedGwei is the unconfirmed loss as the pool's view says it, in gwei.
func unconfirmedGwei(t *testing.T, w *world) uint64 {
	t.Helper()
	pool := bindings.NewStakingPool()
	last, err := localnet.Query(w.Network, w.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	require.NoError(t, err)
	require.NotZero(t, last.UnconfirmedGwei)
	return last.UnconfirmedGwei
}
