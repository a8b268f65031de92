package report

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// busySnapshot is a pool to which everything happens at once, without losses.
func busySnapshot() Snapshot {
	s := baseSnapshot()
	s.Block.Slot -= 2
	s.Consensus.Validators = append(s.Consensus.Validators, PoolValidator{Index: 40, BalanceGwei: 1e9, Exited: true, Slashed: true})
	s.Consensus.Slashed = []SlashedValidator{{Index: 40, EffectiveBalanceGwei: 1e9, ExitEpoch: 400, WithdrawableEpoch: 395 + 8192}}
	s.Consensus.Pending = []PendingDeposit{
		depositOf(1, poolCredentials, 32e9, true), depositOf(1, foreignCredentials, 1e9, false), depositOf(2, poolCredentials, 32e9, true),
		depositOf(3, poolCredentials, 31e9, false), depositOf(4, foreignCredentials, 1e9, true), depositOf(4, poolCredentials, 32e9, true),
	}
	s.Consensus.Registered = map[PublicKey]common.Hash{{2}: foreignCredentials}
	s.Execution.DepositedWei, s.Execution.TotalPooledWei = etherWei(128), etherWei(132)
	s.Execution.Last.CLValidatorsGwei = 96e9
	s.Execution.BufferedWei = etherWei(4)
	s.Execution.WithdrawalVaultWei, s.Execution.ELRewardsVaultWei = *uint256.NewInt(3e17), *uint256.NewInt(2e17)
	s.Execution.Last.WithdrawalVaultLeftWei = *uint256.NewInt(1e17)
	s.Execution.TotalShares = etherWei(132)
	wei := func(v float64) *big.Int { return big.NewInt(int64(v)) }
	q := queueOf{}.request(wei(1e18), wei(1e18), refTimestamp-90_000).request(wei(2e18), wei(2e18), refTimestamp-5000).
		request(wei(1e18), wei(1e18), refTimestamp-4000).request(wei(3e18), wei(3e18), refTimestamp-3900)
	s.Execution.Queue = QueueHead{LastRequestID: 4, LastFinalizedID: 1, RequestMarginSeconds: 3600}
	s.Request = q.read
	return s
}

func TestAReportSaysWhatTheSnapshotHolds(t *testing.T) {
	s := busySnapshot()
	c, err := Compute(s, marked)
	require.NoError(t, err)
	root, _ := slowTree([]BalanceLeaf{{5, 32e9, false, false, false}, {9, 32e9, false, false, false}, {12, 32e9, false, false, false}, {40, 1e9, true, true, false}})
	require.Equal(t, Report{
		Version: 2, Committee: s.Committee, RefSlot: refSlot, LastRefSlot: s.Execution.Last.RefSlot, RefBlockRoot: s.Block.Root, CLValidatorsGwei: 97e9, CLPendingGwei: 33e9, Validators: 4, Exited: 1, Slashed: 1,
		DepositedWei: etherWei(128), WithdrawalVaultWei: *uint256.NewInt(3e17), ELRewardsVaultWei: *uint256.NewInt(2e17), FinalizeUpTo: 3, BalancesRoot: root,
	}, c.Report)
	require.Equal(t, s.Domain.Digest(c.Report), c.Digest)
	require.Equal(t, c.Report.Sections(), c.Sections)
	require.Equal(t, Diagnostics{
		FrontRun: []FrontRunDeposit{{s.Consensus.Pending[2], foreignCredentials, true}, {s.Consensus.Pending[5], foreignCredentials, false}},
		Lost:     []PendingDeposit{s.Consensus.Pending[3]},
	}, c.Diagnostics)
	require.True(t, c.Rebase.Finalized)
	require.Equal(t, "2200000000000000000", c.Bunker.ChangeWei.String(), "97 + 33 - (96 + 32), and 0.3 - 0.1 in the vault")
}

// A report names what it was computed on, so that the oracle can refuse it once that is no longer the pool's last word.
func TestAReportNamesWhatItIsComputedOn(t *testing.T) {
	s := baseSnapshot()
	s.Execution.Last.SilentCalls = 2
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, 2<<40|s.Execution.Last.RefSlot, c.Report.LastRefSlot)
	require.Equal(t, "slot 319999 and 2 finalizations without a report", lineOf(t, c, "lastRefSlot").Value)
}

// quietSnapshot had a deposit and a little income since the last report, and has one request that is just old enough and one that is not.
func quietSnapshot() Snapshot {
	s := baseSnapshot()
	s.Consensus.Pending = []PendingDeposit{depositOf(1, poolCredentials, 32e9, true)}
	s.Execution.DepositedWei, s.Execution.TotalPooledWei, s.Execution.TotalShares = etherWei(128), etherWei(132), etherWei(132)
	s.Execution.WithdrawalVaultWei, s.Execution.ELRewardsVaultWei = *uint256.NewInt(3e17), *uint256.NewInt(2e17)
	s.Execution.Queue = QueueHead{LastRequestID: 2, RequestMarginSeconds: 3600}
	s.Request = queueOf{}.request(big.NewInt(1e18), big.NewInt(1e18), refTimestamp-3600).request(big.NewInt(1e18), big.NewInt(1e18), refTimestamp-3599).read
	return s
}

func TestTheEffectIsTheRebaseOfTheWholeReport(t *testing.T) {
	c, err := Compute(quietSnapshot(), marked)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Report.FinalizeUpTo)
	out := c.Rebase
	for name, pair := range map[string][2]string{
		"change":           {"0", out.CLChangeWei.String()},
		"from withdrawals": {"300000000000000000", out.FromWithdrawalsWei.String()},
		"from rewards":     {"200000000000000000", out.FromRewardsWei.String()},
		"rebased":          {"132500000000000000000", out.RebasedPooledWei.String()},
		"lock":             {"1000000000000000000", out.LockWei.String()},
		"burned":           {"1000000000000000000", out.BurnShares.String()},
		"booked":           {"131500000000000000000", out.BookedWei.String()},
		"fee":              {"50000000000000000", out.FeeWei.String()},
		"pooled":           {"131500000000000000000", out.PooledWei.String()},
	} {
		require.Equal(t, pair[0], pair[1], name)
	}
}

func TestAPausedQueueFinalizesNothing(t *testing.T) {
	s := busySnapshot()
	blockTime := uint64(refTimestamp - 2*12)
	s.Execution.Queue.PauseFlag, s.Execution.Queue.PausedUntil = true, blockTime+1
	c, err := Compute(s, marked)
	require.NoError(t, err)
	require.Zero(t, c.Report.FinalizeUpTo)
	require.False(t, c.Rebase.Finalized)
	require.Contains(t, lineOf(t, c, "finalizeUpTo").Sentence, "paused until 2023-11-14 22:12:57 UTC, with 3 requests waiting.")

	s.Execution.Queue.PausedUntil = blockTime // the pause has ended by itself in the block that was read
	c, err = Compute(s, marked)
	require.NoError(t, err)
	require.NotZero(t, c.Report.FinalizeUpTo)

	s.Execution.Queue.PauseFlag, s.Execution.Queue.PausedUntil = false, blockTime+1000 // it was ended by hand
	c, err = Compute(s, marked)
	require.NoError(t, err)
	require.NotZero(t, c.Report.FinalizeUpTo)
}

// What comes after an unconfirmed loss: the loss comes back at once, and without a fee; what exceeds it goes the slow way.
func TestAnUnconfirmedLossComesBackAtOnce(t *testing.T) {
	s := baseSnapshot()
	s.Execution.Head.Flags |= FlagUnconfirmed
	s.Execution.Last.CLValidatorsGwei, s.Execution.Last.UnconfirmedGwei, s.Execution.Doubt.LossesInRow = 76e9, 20e9, 1
	s.Execution.TotalPooledWei = etherWei(80)
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, "100000000000000000000", c.Rebase.PooledWei.String())
	require.Zero(t, c.Rebase.FeeWei.Sign())
	require.Equal(t, "20000000000000000000 wei (20 ETH)", lineOf(t, c, "regained loss").Value)
	require.Contains(t, lineOf(t, c, "regained loss").Sentence, "the other 0 ETH are confirmed")
	require.Contains(t, lineOf(t, c, "loss").Sentence, "Reports in a row before this one that lost more than noise: 1.")
}

// The bucket is judged as the pool has it at the reference slot.
func TestTheBucketFillsWithTheTimeBetweenReferenceSlots(t *testing.T) {
	e := baseSnapshot().Execution
	for seconds, want := range map[uint64]uint64{0: 5, 1: 5 + 1157, 86_400: 5 + 1e8, 30*86_400 - 1: 3e9 - 1157 + 4, 30 * 86_400: 3e9, 1 << 62: 3e9} {
		e.Head.BucketGwei = 5
		require.Equal(t, want, e.BucketAt(seconds), "%d seconds", seconds)
	}
}

func TestAReportAfterAFalseOneNeedsAGuardian(t *testing.T) {
	s := baseSnapshot()
	s.Execution.Limits = Limits{AnnualGainBps: 1000, LossWindowPcm: 5000, NewValidatorsPerEpoch: 8, ExitsPerEpoch: 8}
	s.Execution.Head.Flags |= FlagFalse
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, LastReportFalse, c.Sanity.Code)
	require.Contains(t, lineOf(t, c, "sanity").Sentence, "The last report, of slot 319999, was proven false")
}

func TestAPoolWithoutSharesCanBeReported(t *testing.T) {
	s := baseSnapshot()
	s.Consensus.Validators, s.Consensus.PoolActiveGwei = nil, 0
	s.Execution = ExecutionLayer{Last: LastReport{RefSlot: refSlot - 32}, Bounds: s.Execution.Bounds, Head: PoolHead{Flags: FlagSet}}
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	var empty BalanceTree
	require.Equal(t, Report{Version: 2, Committee: s.Committee, RefSlot: refSlot, LastRefSlot: s.Execution.Last.RefSlot, RefBlockRoot: s.Block.Root, BalancesRoot: empty.Root()}, c.Report)

	s.Execution.Queue.LastRequestID = 1
	s.Request = queueOf{}.request(big.NewInt(1), big.NewInt(1), 1).read
	c, err = Compute(s, refuse)
	require.NoError(t, err)
	require.Zero(t, c.Report.FinalizeUpTo)
	require.Contains(t, lineOf(t, c, "finalizeUpTo").Sentence, "no shares")
}

func TestValidatorsOutOfOrderAreRefused(t *testing.T) {
	s := baseSnapshot()
	s.Consensus.Validators[1].Index = 5
	_, err := Compute(s, refuse)
	require.ErrorIs(t, err, ErrBalanceOrder)
}

// What a report commits to can be proven from the snapshot that made it.
func TestTheSnapshotsBalancesProveTheReportsRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := baseSnapshot()
		s.Consensus.Validators = nil
		for i, b := range drawBalances(t) {
			s.Consensus.Validators = append(s.Consensus.Validators, PoolValidator{Index: uint32(i * 3), BalanceGwei: b.BalanceGwei, Exited: b.Exited, Slashed: b.Slashed})
			if b.Slashed {
				s.Consensus.Slashed = append(s.Consensus.Slashed, SlashedValidator{Index: uint32(i * 3), ExitEpoch: 1, WithdrawableEpoch: 1 + 8192})
			}
		}
		c, err := Compute(s, refuse)
		require.NoError(t, err)
		for _, v := range s.Consensus.Validators {
			proof, root, err := ProveBalance(uint64(v.Index), s.Balances())
			require.NoError(t, err)
			require.Equal(t, c.Report.BalancesRoot, root)
			total, err := proof.Verify(root)
			require.NoError(t, err)
			require.Equal(t, Sums{c.Report.CLValidatorsGwei, c.Report.Exited, c.Report.Slashed, 0}, total)
			require.Equal(t, c.Report.Validators, proof.Count)
		}
	})
}

func TestTheSameSnapshotGivesTheSameReport(t *testing.T) {
	first, err := Compute(busySnapshot(), marked)
	require.NoError(t, err)
	for range 20 {
		again, err := Compute(busySnapshot(), marked)
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
}

func TestWithoutAVerifierNothingIsComputed(t *testing.T) {
	_, err := Compute(baseSnapshot(), nil)
	require.ErrorIs(t, err, ErrInconsistentSnapshot)
}

// hostile draws a snapshot in which any number may be anything: a report or an error comes of it.
func hostile(t *rapid.T) Snapshot {
	s := busySnapshot()
	u64 := func(at *uint64) {
		*at = rapid.SampledFrom([]uint64{0, 1, *at, *at + 1, *at - 1, 1 << 63, 1<<64 - 1, rapid.Uint64().Draw(t, "any")}).Draw(t, "number")
	}
	wei := func(at *uint256.Int) {
		*at = rapid.SampledFrom([]uint256.Int{{}, *at, {1}, {0, 1 << 63}, {0, 0, 1}}).Draw(t, "amount")
	}
	c, e, rules := &s.Consensus, &s.Execution, &s.Consensus.Rules
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		switch field := rapid.IntRange(0, 6).Draw(t, "kind"); field {
		case 0:
			u64(rapid.SampledFrom([]*uint64{&s.RefSlot, &s.EpochsPerFrame, &s.Block.Slot, &s.Block.RefTimestamp}).Draw(t, "block"))
		case 1:
			u64(rapid.SampledFrom([]*uint64{
				&rules.SecondsPerSlot, &rules.SlotsPerEpoch, &rules.EffectiveBalanceIncrementGwei, &rules.BaseRewardFactor, &rules.EpochsPerSlashingsVector,
				&rules.ProportionalSlashingMultiplier, &rules.MinValidatorWithdrawabilityDelay,
			}).Draw(t, "rule"))
		case 2:
			u64(rapid.SampledFrom([]*uint64{&c.TotalActiveGwei, &c.PoolActiveGwei, &c.SlashingsGwei, &c.InFlightGwei, &c.Eth1DepositIndex, &c.DepositRequestsStartIndex}).Draw(t, "total"))
		case 3:
			v := &c.Slashed[0]
			u64(rapid.SampledFrom([]*uint64{&v.EffectiveBalanceGwei, &v.ExitEpoch, &v.WithdrawableEpoch, &c.Validators[3].BalanceGwei, &c.Pending[0].AmountGwei}).Draw(t, "validator"))
		case 4:
			wei(rapid.SampledFrom([]*uint256.Int{
				&e.DepositedWei, &e.WithdrawalVaultWei, &e.ELRewardsVaultWei, &e.BufferedWei, &e.TotalPooledWei, &e.TotalShares,
				&e.Last.DepositedWei, &e.Last.WithdrawalVaultLeftWei,
			}).Draw(t, "wei"))
		case 5:
			u64(rapid.SampledFrom([]*uint64{&e.Last.RefSlot, &e.Last.CLValidatorsGwei, &e.Last.CLPendingGwei, &e.Last.CLInFlightGwei, &e.LastReportAt, &e.Last.UnconfirmedGwei, &e.Head.BucketGwei, &e.Bounds.MaxRiseBps, &e.Bounds.BucketGwei, &e.Bounds.BucketRefillSeconds, &e.Queue.PausedUntil, &e.Queue.LastRequestID, &e.Queue.LastFinalizedID}).Draw(t, "last"))
		case 6:
			e.Terms = PoolTerms{rapid.Uint16().Draw(t, "fee"), rapid.Uint32().Draw(t, "reward"), rapid.Uint16().Draw(t, "noise")}
			e.Queue.RequestMarginSeconds, e.Head.Flags = rapid.Uint32().Draw(t, "margin"), PoolFlags(rapid.Uint8().Draw(t, "flags"))
		}
	}
	return s
}

func TestAHostileSnapshotGivesAnErrorOrAReportThatHoldsTogether(t *testing.T) {
	computed := 0
	rapid.Check(t, func(t *rapid.T) {
		s := hostile(t)
		c, err := Compute(s, marked)
		if err != nil {
			require.Zero(t, c.Report)
			return
		}
		computed++
		require.NoError(t, c.Report.Validate())
		root, sums := slowTree([]BalanceLeaf{{5, 32e9, false, false, false}, {9, 32e9, false, false, false}, {12, 32e9, false, false, false}, {40, s.Consensus.Validators[3].BalanceGwei, true, true, false}})
		require.Equal(t, root, c.Report.BalancesRoot)
		require.Equal(t, sums, Sums{c.Report.CLValidatorsGwei, c.Report.Exited, c.Report.Slashed, 0})
		require.Equal(t, slowPending(s.Consensus, s.Vault, marked), c.Report.CLPendingGwei)
	})
	require.Greater(t, computed, 10)
}

func TestTheContractsJudgementIsForetold(t *testing.T) {
	s := baseSnapshot()
	s.Execution.Limits = Limits{AnnualGainBps: 1000, GiftMarginGwei: 1e9, LossWindowPcm: 5000, NewValidatorsPerEpoch: 8, ExitsPerEpoch: 8}
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, Sane, c.Sanity.Code)
	require.Contains(t, lineOf(t, c, "sanity").Sentence, "accept this report at once")

	s.Consensus.Validators[0].BalanceGwei = 40e9
	c, err = Compute(s, refuse)
	require.NoError(t, err, "a report that would be quarantined is a report")
	require.Equal(t, CLGainTooHigh, c.Sanity.Code)
	require.Contains(t, lineOf(t, c, "sanity").Sentence, "quarantine")

	s.Execution.Last.Validators = 4
	c, err = Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, ValidatorsDecreased, c.Sanity.Code)
	require.Contains(t, lineOf(t, c, "sanity").Sentence, "never accept")
}

func TestTheAgeOfTheLastFinalizedRequestIsJudged(t *testing.T) {
	s := busySnapshot()
	c, err := Compute(s, marked)
	require.NoError(t, err)
	require.NotZero(t, c.Report.FinalizeUpTo)
	require.NotEqual(t, FinalizationTooYoung, c.Sanity.Code)
	s.Execution.Limits.RequestMarginSeconds = 1 << 30 // not what the queue was searched with
	c, err = Compute(s, marked)
	require.NoError(t, err)
	require.Equal(t, FinalizationTooYoung, c.Sanity.Code)
}
