package report

import (
	"slices"
	"testing"

	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
)

// waitingSnapshot has 4 ether in the buffer, 4 in the vaults, of which a report lets out 1.1, and requests of 2, 50 and 10 ether, the last one young.
func waitingSnapshot() Snapshot {
	s := baseSnapshot()
	s.Block.Slot -= 40 // of the epoch before
	s.Execution.WithdrawalVaultWei, s.Execution.ELRewardsVaultWei = etherWei(3), etherWei(1)
	s.Execution.Last.WithdrawalVaultLeftWei = etherWei(1)
	s.Execution.Limits.AnnualGainBps = 100_000
	s.Execution.Queue = QueueHead{LastRequestID: 3, RequestMarginSeconds: 3600}
	s.Request = queueOf{}.request(milliEtherWei(2_000), milliEtherWei(2_000), refTimestamp-90_000).
		request(milliEtherWei(50_000), milliEtherWei(49_000), refTimestamp-5_000).request(milliEtherWei(10_000), milliEtherWei(10_000), refTimestamp-600).read
	return s
}

func computedOf(t *testing.T, s Snapshot) Computed {
	t.Helper()
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	return c
}

func readingsOf(compounding ...ExitValidator) ExitReadings {
	return ExitReadings{
		Rules: mainnetExitRules(), Queue: ExitQueue{EarliestEpoch: 7, BalanceToConsumeGwei: 1e9}, Registry: 1_000_000, SweptActiveGwei: 64e9, PendingPartials: 9,
		Compounding: slices.Values(compounding),
	}
}

// Every number was computed by hand.
func TestTheExitDemandIsOfWhatAReportLeaves(t *testing.T) {
	s := waitingSnapshot()
	c := computedOf(t, s)
	require.EqualValues(t, 1, c.Report.FinalizeUpTo, "the first request is paid, the second does not fit")
	s.Consensus.InFlightGwei, s.Consensus.SlashingsGwei = 3e9, 5e9
	in, err := readingsOf().Input(s, c)
	require.NoError(t, err)
	require.Equal(t, milliEtherWei(60_000), in.WaitingWei)
	require.Equal(t, milliEtherWei(59_000), in.WaitingShares)
	require.Equal(t, milliEtherWei(3_100), in.BufferWei, "4, and 1.1 of the vaults: a day's rise of 1 % and the bucket's 0.1; less 2 that are locked")
	require.Equal(t, milliEtherWei(2_900), in.VaultsWei, "4 - 1.1")
	require.Equal(t, milliEtherWei(99_100), in.BookedWei)
	require.Equal(t, milliEtherWei(99_078), in.PooledWei, "98 of 100 shares of 101.1")
	require.Equal(t, c.Rebase.Shares, in.TotalShares)
	require.EqualValues(t, 2_000_000, in.BucketGwei, "0.1, less the 0.098 that the rate took")
	require.Equal(t, refSlot/uint64(32)-1, in.Epoch, "the state's")
	require.EqualValues(t, 2e9, in.EarnedGwei, "3 in the vault, 1 of which was left there")
	require.EqualValues(t, 225, in.EarnedEpochs)
	require.Equal(t, ExitDemandInput{
		WaitingWei: in.WaitingWei, WaitingShares: in.WaitingShares, PooledWei: in.PooledWei, TotalShares: in.TotalShares, BufferWei: in.BufferWei, VaultsWei: in.VaultsWei,
		BookedWei: in.BookedWei, Bounds: s.Execution.Bounds, BucketGwei: in.BucketGwei, Epoch: in.Epoch, Consensus: s.Consensus.Rules, Rules: mainnetExitRules(),
		Queue: ExitQueue{EarliestEpoch: 7, BalanceToConsumeGwei: 1e9}, Registry: 1_000_000, TotalActiveGwei: 34_000_000e9, SlashingsGwei: 5e9, InFlightGwei: 3e9,
		PendingPartials: 9, PoolActiveGwei: 96e9, SweptActiveGwei: 64e9, EarnedGwei: 2e9, EarnedEpochs: 225, ComingBps: 8000,
	}, in, "and nothing is on its way")
	out, err := ExitDemand(in)
	require.NoError(t, err)
	require.EqualValues(t, 3_100_000_000, out.BufferGwei)

	s.Consensus.InFlightGwei, s.Execution.WithdrawalVaultWei = 0, *uint256.NewInt(0)
	in, err = readingsOf().Input(s, computedOf(t, s))
	require.NoError(t, err)
	require.Zero(t, in.EarnedGwei, "a loss is no reward")
}

func TestNothingWaitsAfterAReportThatPaysAll(t *testing.T) {
	s := waitingSnapshot()
	s.Execution.Queue.LastRequestID = 1
	c := computedOf(t, s)
	in, err := readingsOf().Input(s, c)
	require.NoError(t, err)
	require.Zero(t, in.WaitingWei.Sign())
	require.Zero(t, in.WaitingShares.Sign())
	schedule, _ := paidDaily()
	q, err := Waiting(s, c, in, schedule)
	require.NoError(t, err)
	require.Zero(t, q.Last)
	require.Zero(t, q.DueWei.Sign())
}

func TestAQueueThatDoesNotGrowIsRefused(t *testing.T) {
	s := waitingSnapshot()
	c := computedOf(t, s)
	whole := s.Request
	s.Request = func(id uint64) (QueuedRequest, error) {
		if id == 3 {
			id = 1
		}
		return whole(id)
	}
	_, err := readingsOf().Input(s, c)
	require.ErrorIs(t, err, ErrInconsistentQueue)
}

func TestWhatCanStillBeAskedForInParts(t *testing.T) {
	old := func(index uint32, ether uint64) ExitValidator {
		v := stays(index, ether*1e9)
		v.ActivationEpoch = 0
		return v
	}
	young, low := old(4, 100), old(5, 100)
	young.ActivationEpoch, low.EffectiveBalanceGwei = refSlot/32-256, 31e9 // the state is of the epoch before the reference slot's
	r := readingsOf(old(1, 100), old(2, 50), old(3, 33), young, low, old(6, 60), old(7, 32), old(8, 80))
	r.Partials = []PendingPartial{{Index: 2, AmountGwei: 8e9, WithdrawableEpoch: 9}, {Index: 3, AmountGwei: 5e9, WithdrawableEpoch: 9}, {Index: 99, AmountGwei: 7e9, WithdrawableEpoch: 9}}
	r.Asked = []AskedReading{{old(6, 60), 3e9}, {old(8, 80), 0}, {old(6, 60), 4e9}, {leaves(20, 32e9, 600), 0}}
	r.Leaving = []ExitValidator{leaves(10, 40e9, 500), leaves(20, 32e9, 600)}
	s := waitingSnapshot()
	in, err := r.Input(s, computedOf(t, s))
	require.NoError(t, err)
	require.EqualValues(t, 68e9+10e9+0+21e9, in.PartsGwei, "100; 50 of which 8 are pending; 33 with more than its ether pending; too young; too little effective; 60 with 7 asked; nothing; the whole is asked")
	var named []uint32
	for _, v := range in.Validators {
		named = append(named, v.Index)
	}
	require.Equal(t, []uint32{2, 3, 6, 8, 10, 20}, named, "in order, each once")
	require.Equal(t, r.Partials[:2], in.Partials, "validator 99 has no balance: the sweep has paid it")
	require.Equal(t, []AskedWithdrawal{{6, 3e9}, {8, 0}, {6, 4e9}, {20, 0}}, in.Asked)
	_, err = ExitDemand(in)
	require.NoError(t, err)
}

// From Gloas on the chain has no upper bound for exits and none for partial withdrawals.
func TestEachForkNeedsItsOwnRulesOfExits(t *testing.T) {
	for name, c := range map[string]struct {
		zero func(*ExitRules)
		fulu bool // it is needed up to Fulu
		then bool // it is needed from Gloas on
	}{
		"largest churn":         {func(r *ExitRules) { r.MaxChurnGwei = 0 }, true, false},
		"churn quotient":        {func(r *ExitRules) { r.ChurnQuotient = 0 }, true, false},
		"limit of partials":     {func(r *ExitRules) { r.PendingPartialsLimit = 0 }, true, false},
		"quotient of Gloas":     {func(r *ExitRules) { r.ChurnQuotientGloas = 0 }, false, true},
		"least churn":           {func(r *ExitRules) { r.MinChurnGwei = 0 }, true, true},
		"seed lookahead":        {func(r *ExitRules) { r.MaxSeedLookahead = 0 }, true, true},
		"withdrawals a payload": {func(r *ExitRules) { r.WithdrawalsPerPayload = 0 }, true, true},
	} {
		for gloas, needed := range map[bool]bool{false: c.fulu, true: c.then} {
			in := busyExits()
			in.Gloas = gloas
			c.zero(&in.Rules)
			_, err := ExitDemand(in)
			if needed {
				require.ErrorIs(t, err, ErrInconsistentExits, "%s, Gloas: %t", name, gloas)
			} else {
				require.NoError(t, err, "%s, Gloas: %t", name, gloas)
			}
		}
	}
	in := busyExits()
	in.Gloas, in.Rules.PendingPartialsLimit, in.PendingPartials = true, 0, 1<<40
	require.Equal(t, demanded(t, busyExits()).AskedGwei, demanded(t, in).AskedGwei, "no limit is never reached")
}
