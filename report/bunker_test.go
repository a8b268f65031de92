package report

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// slashIn marks the first validators of the base snapshot as slashed in the given epochs, and lets the whole network have slashed so much.
func slashIn(s *Snapshot, networkGwei uint64, epochs ...uint64) {
	s.Consensus.SlashingsGwei = networkGwei
	for i, epoch := range epochs {
		v := &s.Consensus.Validators[i]
		v.Slashed = true
		s.Consensus.Slashed = append(s.Consensus.Slashed, SlashedValidator{Index: v.Index, EffectiveBalanceGwei: 32e9, ExitEpoch: epoch + 5, WithdrawableEpoch: epoch + 8192})
	}
}

func judged(t *testing.T, s Snapshot) BunkerAssessment {
	t.Helper()
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, c.Bunker.Bunker, c.Report.Bunker)
	return c.Bunker
}

func TestALossSinceTheLastReportIsBunker(t *testing.T) {
	gwei := func(n uint64) uint256.Int { return *uint256.NewInt(n * WeiPerGwei) }
	for name, c := range map[string]struct {
		change    func(*Snapshot)
		changeWei int64
	}{
		"nothing happened":   {func(*Snapshot) {}, 0},
		"a gwei was earned":  {func(s *Snapshot) { s.Consensus.Validators[0].BalanceGwei++ }, 1e9},
		"a gwei was lost":    {func(s *Snapshot) { s.Consensus.Validators[0].BalanceGwei-- }, -1e9},
		"a sweep is no loss": {func(s *Snapshot) { s.Consensus.Validators[0].BalanceGwei--; s.Execution.WithdrawalVaultWei = gwei(1) }, 0},
		"a wei is missing in a sweep": {func(s *Snapshot) {
			s.Consensus.Validators[0].BalanceGwei--
			s.Execution.WithdrawalVaultWei = *uint256.NewInt(1e9 - 1)
		}, -1},
		"rewards of the execution layer hide no loss": {func(s *Snapshot) {
			s.Consensus.Validators[0].BalanceGwei--
			s.Execution.ELRewardsVaultWei = etherWei(9)
		}, -1e9},
		"what was left in the vault is no gain": {func(s *Snapshot) {
			s.Execution.WithdrawalVaultWei, s.Execution.Last.WithdrawalVaultLeftWei = gwei(5), gwei(5)
		}, 0},
		"what was left in the vault hides no loss": {func(s *Snapshot) {
			s.Consensus.Validators[0].BalanceGwei -= 4
			s.Execution.WithdrawalVaultWei, s.Execution.Last.WithdrawalVaultLeftWei = gwei(5), gwei(5)
		}, -4e9},
		"a deposit that is not there yet is lost": {func(s *Snapshot) {
			s.Execution.DepositedWei, s.Execution.BufferedWei = etherWei(97), etherWei(3)
		}, -1e18},
		"a deposit that waits is not lost": {func(s *Snapshot) {
			s.Execution.DepositedWei, s.Execution.BufferedWei = etherWei(97), etherWei(3)
			s.Consensus.Pending = []PendingDeposit{depositOf(1, poolCredentials, 1e9, false)}
			s.Consensus.Registered = map[PublicKey]common.Hash{{1}: poolCredentials}
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			c.change(&s)
			j := judged(t, s)
			require.Equal(t, big.NewInt(c.changeWei).String(), j.ChangeWei.String())
			require.Equal(t, c.changeWei < 0, j.Bunker)
		})
	}
}

// The contracts' sanity rule and the bunker rule must call the same thing a loss.
func TestALossIsWhatTheSanityRulesCallALoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := baseSnapshot()
		for i := range s.Consensus.Validators {
			s.Consensus.Validators[i].BalanceGwei = rapid.Uint64Range(31e9, 33e9).Draw(t, "balance")
		}
		s.Execution.Last.WithdrawalVaultLeftWei = *uint256.NewInt(rapid.Uint64Range(0, 2e18).Draw(t, "left"))
		s.Execution.WithdrawalVaultWei = *new(uint256.Int).AddUint64(&s.Execution.Last.WithdrawalVaultLeftWei, rapid.Uint64Range(0, 2e18).Draw(t, "swept"))
		c, err := Compute(s, refuse)
		require.NoError(t, err)
		verdict := CheckSanity(Limits{AnnualGainBps: 1e8, GiftMarginGwei: 1e18, LossWindowPcm: 1e9}, s.Execution.Last, c.Report, SanityInput{
			SecondsPerSlot: 12, SlotsPerEpoch: 32, RefTimestamp: refTimestamp, WithdrawalVaultWei: s.Execution.WithdrawalVaultWei.ToBig(), ELRewardsVaultWei: new(big.Int),
			DepositedWei: s.Execution.DepositedWei.ToBig(),
		})
		require.Equal(t, Sane, verdict.Code)
		require.Equal(t, !verdict.Effect.LossWindow.IsZero(), c.Report.Bunker)
	})
}

// 34,000,000 ether are active: their square root in gwei is 184,390,889, so an increment earns 64e9/184390889 = 347 gwei an epoch.
func TestTheNormalRewardIsTheSpecsBaseReward(t *testing.T) {
	require.EqualValues(t, 96*347*225, judged(t, baseSnapshot()).NormalRewardGwei)
	s := baseSnapshot()
	s.Consensus.PoolActiveGwei, s.EpochsPerFrame = 31_999_999_999, 10
	require.EqualValues(t, 31*347*10, judged(t, s).NormalRewardGwei, "whole increments only")
}

// 1,024 ether slashed in 34,000,000: 3*1024e9/34e6 = 90,352 gwei an increment, rounded down before it is multiplied.
func TestThePenaltyIsTheElectraFormula(t *testing.T) {
	s := baseSnapshot()
	slashIn(&s, 1024e9, refEpoch-100)
	require.EqualValues(t, 32*90_352, judged(t, s).PenaltyGwei)

	s = baseSnapshot()
	slashIn(&s, 1024e9, refEpoch-100, refEpoch-50)
	s.Consensus.Slashed[1].EffectiveBalanceGwei = 31e9
	require.EqualValues(t, (32+31)*90_352, judged(t, s).PenaltyGwei, "of every one")

	s = baseSnapshot()
	slashIn(&s, 20_000_000e9, refEpoch-100)
	s.Consensus.Validators[0].BalanceGwei, s.Consensus.Slashed[0].EffectiveBalanceGwei = 40e9, 32e9
	require.EqualValues(t, 32e9, judged(t, s).PenaltyGwei, "at most all active ether is slashed")

	s.Consensus.Validators[0].BalanceGwei = 31e9
	require.EqualValues(t, 31e9, judged(t, s).PenaltyGwei, "no more than there is")

	s.Consensus.SlashingsGwei = 1<<64 - 1
	require.EqualValues(t, 31e9, judged(t, s).PenaltyGwei, "without overflow")

	s = baseSnapshot()
	slashIn(&s, 0, refEpoch-100)
	j := judged(t, s)
	require.Zero(t, j.PenaltyGwei)
	require.False(t, j.Bunker)
}

// slowPenalty is process_slashings of the Electra spec in big integers, for one validator.
func slowPenalty(slashingsGwei, totalGwei, effectiveGwei, balanceGwei uint64) uint64 {
	total, increment := unsigned(totalGwei), big.NewInt(1e9)
	adjusted := smaller(mul(unsigned(slashingsGwei), big.NewInt(3)), total)
	penalty := mul(div(adjusted, div(total, increment)), div(unsigned(effectiveGwei), increment))
	return smaller(penalty, unsigned(balanceGwei)).Uint64()
}

func TestPenaltiesAgreeWithPlainBigIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := baseSnapshot()
		slashIn(&s, rapid.Uint64().Draw(t, "slashings")>>rapid.IntRange(0, 63).Draw(t, "scale"), refEpoch-1, refEpoch-2)
		s.Consensus.TotalActiveGwei = rapid.Uint64Range(96e9, 1<<62).Draw(t, "active")
		want := uint64(0)
		for i := range s.Consensus.Slashed {
			v := &s.Consensus.Slashed[i]
			v.EffectiveBalanceGwei = rapid.Uint64Range(0, 2048).Draw(t, "effective") * 1e9
			s.Consensus.Validators[i].BalanceGwei = rapid.Uint64Range(0, 2049e9).Draw(t, "balance")
			want += slowPenalty(s.Consensus.SlashingsGwei, s.Consensus.TotalActiveGwei, v.EffectiveBalanceGwei, s.Consensus.Validators[i].BalanceGwei)
		}
		c, err := Compute(s, refuse)
		require.NoError(t, err)
		require.Equal(t, want, c.Bunker.PenaltyGwei)
		require.Equal(t, c.Bunker.ChangeWei.Sign() < 0 || want > c.Bunker.NormalRewardGwei, c.Report.Bunker)
	})
}

func TestPenaltiesAboveANormalRewardAreBunker(t *testing.T) {
	s := baseSnapshot()
	slashIn(&s, 2_654_692_708_333, refEpoch-100) // 234,237 gwei an increment: 32 of them are 7,495,584, a frame earns 7,495,200
	j := judged(t, s)
	require.EqualValues(t, 7_495_584, j.PenaltyGwei)
	require.EqualValues(t, 7_495_200, j.NormalRewardGwei)
	require.True(t, j.Bunker)

	s.Consensus.Slashed[0].EffectiveBalanceGwei, s.EpochsPerFrame = 96e9, 1
	s.Consensus.SlashingsGwei = 3_932_667_000 // 347 gwei an increment: as much as an epoch earns
	j = judged(t, s)
	require.Equal(t, j.NormalRewardGwei, j.PenaltyGwei)
	require.False(t, j.Bunker, "equal is not above")
}

func TestAPenaltyIsOpenUntilTheStateBearsIt(t *testing.T) {
	for name, c := range map[string]struct {
		slashed   uint64
		blockSlot uint64
		open      bool
	}{
		"just slashed":                              {refEpoch, refSlot, true},
		"in the epoch at whose end it is taken":     {refEpoch - 4096, refSlot, true},
		"in the epoch after":                        {refEpoch - 4097, refSlot, false},
		"slashed in the first epoch":                {0, refSlot, false},
		"the state is from the epoch before":        {refEpoch - 4097, refSlot - 32, true},
		"the state is from the epoch before, again": {refEpoch - 4098, refSlot - 32, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			s.Block.Slot = c.blockSlot
			slashIn(&s, 1_000_000e9, c.slashed)
			j := judged(t, s)
			require.Equal(t, c.open, j.PenaltyGwei > 0)
			require.Equal(t, c.open, j.Bunker)
		})
	}
}

func TestInBunkerOnlyRequestsFromBeforeTheLossesAreFinalized(t *testing.T) {
	const frame, epoch = 225 * 32 * 12, 32 * 12
	epochStart := uint64(refTimestamp - 31*12) // of the reference slot's epoch
	for name, c := range map[string]struct {
		change func(*Snapshot)
		before uint64
	}{
		"the last report's reference slot":       {func(*Snapshot) {}, refTimestamp - frame},
		"a block from before the reference slot": {func(s *Snapshot) { s.Block.Slot -= 2 }, refTimestamp - frame},
		"a pool younger than its start slot":     {func(s *Snapshot) { s.Execution.LastReportAt = refTimestamp - frame - 7 }, refTimestamp - frame - 7},
		"a slashing after the last report":       {func(s *Snapshot) { slashIn(s, 1e9, refEpoch-10) }, refTimestamp - frame},
		"a slashing before the last report":      {func(s *Snapshot) { slashIn(s, 1e9, refEpoch-1000) }, epochStart - 1000*epoch},
		"the first of several":                   {func(s *Snapshot) { slashIn(s, 1e9, refEpoch-500, refEpoch-1000, refEpoch-700) }, epochStart - 1000*epoch},
		"a slashing whose penalty came is over":  {func(s *Snapshot) { slashIn(s, 1e9, refEpoch-4097, refEpoch-1000) }, epochStart - 1000*epoch},
		"a slashing while it waited in a long exit queue": {func(s *Snapshot) {
			slashIn(s, 1e9, refEpoch-1000)
			s.Consensus.Slashed[0].ExitEpoch = s.Consensus.Slashed[0].WithdrawableEpoch - 256
		}, 0},
		"a dated and an undated slashing": {func(s *Snapshot) {
			slashIn(s, 1e9, refEpoch-1000, refEpoch-1000)
			s.Consensus.Slashed[1].ExitEpoch, s.Consensus.Slashed[1].WithdrawableEpoch = refEpoch+9000, refEpoch+9256
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			c.change(&s)
			s.Consensus.Validators[2].BalanceGwei -= 1e9
			s.Execution.BufferedWei, s.Execution.TotalPooledWei = etherWei(50), etherWei(146)
			s.Execution.Terms.NoisePcm = 10_000 // else nothing at all is finalized by the report that loses
			// A request each second around the border.
			q := queueOf{}
			from := max(c.before, 1) - 1
			for i := range uint64(4) {
				q = q.request(big.NewInt(1), big.NewInt(1), from+i)
			}
			s.Execution.Queue.LastRequestID, s.Request = 4, q.read
			j := judged(t, s)
			require.True(t, j.Bunker)
			require.Equal(t, c.before, j.BeforeTimestamp)
			computed, err := Compute(s, refuse)
			require.NoError(t, err)
			require.Equal(t, min(c.before, 1), computed.Report.FinalizeUpTo, "the one of the second before, and no other")
		})
	}
}
