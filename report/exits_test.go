package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

const exitEpochNow = 400_000

func mainnetExitRules() ExitRules {
	return ExitRules{
		MinChurnGwei: 128e9, MaxChurnGwei: 256e9, ChurnQuotient: 1 << 16, ChurnQuotientGloas: 1 << 15, MaxSeedLookahead: 4, ShardCommitteePeriod: 256,
		MinActivationGwei: 32e9, WithdrawalsPerPayload: 16, PendingPartialsLimit: 1 << 27,
	}
}

func milliEtherWei(milli int64) *big.Int { return mul(big.NewInt(milli), big.NewInt(1e15)) }

// quietExits is a pool of 10,000 ether on mainnet for which nothing waits and nothing comes.
func quietExits() ExitDemandInput {
	return ExitDemandInput{
		WaitingWei: milliEtherWei(0), WaitingShares: milliEtherWei(0), PooledWei: milliEtherWei(10_500_000), TotalShares: milliEtherWei(10_000_000),
		BufferWei: milliEtherWei(0), VaultsWei: milliEtherWei(0), BookedWei: milliEtherWei(10_500_000), Bounds: PoolBounds{MaxRiseBps: 1000, BucketGwei: 50e9, BucketRefillSeconds: 30 * 86_400},
		Epoch: exitEpochNow, Rules: mainnetExitRules(), Queue: ExitQueue{EarliestEpoch: exitEpochNow + 1000, BalanceToConsumeGwei: 100e9},
		Consensus: ConsensusRules{
			SecondsPerSlot: 12, SlotsPerEpoch: 32, EffectiveBalanceIncrementGwei: 1e9, BaseRewardFactor: 64, EpochsPerSlashingsVector: 8192,
			ProportionalSlashingMultiplier: 3, MinValidatorWithdrawabilityDelay: 256,
		},
		Registry: 1_000_000, TotalActiveGwei: 36_000_000e9, PoolActiveGwei: 6_400e9, SweptActiveGwei: 3_200e9, EarnedGwei: 600_000_000, EarnedEpochs: 225,
	}
}

// waiting lets requests of so many thousandths of an ether wait, and as many shares.
func (in ExitDemandInput) waiting(milliEther int64) ExitDemandInput {
	in.WaitingWei, in.WaitingShares = milliEtherWei(milliEther), milliEtherWei(milliEther)
	return in
}

func stays(index uint32, gwei uint64) ExitValidator {
	return ExitValidator{Index: index, BalanceGwei: gwei, EffectiveBalanceGwei: gwei - gwei%1e9, ExitEpoch: FarFutureEpoch, WithdrawableEpoch: FarFutureEpoch, Compounding: true}
}

func leaves(index uint32, gwei, withdrawable uint64) ExitValidator {
	v := stays(index, gwei)
	v.ExitEpoch, v.WithdrawableEpoch = withdrawable-256, withdrawable
	return v
}

func demanded(t *testing.T, in ExitDemandInput) ExitDemandOutput {
	t.Helper()
	out, err := ExitDemand(in)
	require.NoError(t, err)
	return out
}

// busyExits has something in every line. The exit queue is three weeks long, so a slashed validator can be home before a new exit.
func busyExits() ExitDemandInput {
	in := quietExits()
	in.WaitingWei, in.WaitingShares = milliEtherWei(500_000), milliEtherWei(480_000) // worth 504 ether now: paid 500
	in.BufferWei, in.VaultsWei, in.InFlightGwei = milliEtherWei(40_000), milliEtherWei(30_000), 2e9
	in.Queue.EarliestEpoch, in.SlashingsGwei, in.PendingPartials, in.ComingBps = exitEpochNow+5000, 30_000e9, 7, 8000
	slashed := leaves(12, 31e9, exitEpochNow+5000)
	slashed.Slashed, slashed.EffectiveBalanceGwei = true, 32e9
	in.Validators = []ExitValidator{leaves(11, 32_500_000_000, exitEpochNow+300), slashed, stays(13, 100e9), stays(14, 32_100_000_000), leaves(15, 32e9, exitEpochNow+5257)}
	in.Partials = []PendingPartial{{Index: 13, AmountGwei: 10e9, WithdrawableEpoch: exitEpochNow + 400}}
	in.Asked = []AskedWithdrawal{{Index: 13, AmountGwei: 20e9}, {Index: 14}}
	return in
}

// Every number was computed by hand.
func TestEveryLineOfTheExitDemand(t *testing.T) {
	require.Equal(t, ExitDemandOutput{
		ChurnGwei:         256e9,                     // 36,000,000 / 65,536 is 549, above the bound
		WithdrawableEpoch: exitEpochNow + 5000 + 256, // an ether more still fits into the last epoch of the queue
		SweepEpochs:       1954,
		HomeEpoch:         exitEpochNow + 5000 + 256 + 1954, // 1,000,000 validators at 512 an epoch
		DemandGwei:        500e9,                            // less than 480 shares * 1.05
		BufferGwei:        40e9, ReleasedGwei: 30e9, InFlightGwei: 2e9,
		ExitingGwei:  63_500_000_000, // the fifth validator leaves an epoch too late
		PenaltyGwei:  80_000_000,     // 30,000 * 3 / 36,000,000 of 32
		PartialsGwei: 10e9,
		AskedGwei:    52_100_000_000,
		LaterGwei:    32e9,
		RewardGwei:   7_775_264_000, // 3,200 increments * 337 gwei * 7,210 epochs; the last report's would be 9.61 ether
		ComingGwei:   6_220_211_200,
		ExitGwei:     296_259_788_800, // 500 - 72 - 125.52 - 6.2202112
	}, demanded(t, busyExits()))
}

func TestNothingThatWaitsAsksForNothing(t *testing.T) {
	require.Zero(t, demanded(t, quietExits()).ExitGwei)
	require.EqualValues(t, 7e9, demanded(t, quietExits().waiting(7000)).ExitGwei)
}

func TestRequestsAreWorthNoMoreThanTheirShares(t *testing.T) {
	in := quietExits().waiting(1000)
	in.PooledWei, in.BookedWei = milliEtherWei(9_500_000), milliEtherWei(9_500_000) // a slashing lowered the rate to 0.95
	require.EqualValues(t, 950_000_000, demanded(t, in).ExitGwei)
	in.WaitingWei.Add(in.WaitingWei, big.NewInt(1))
	require.EqualValues(t, 950_000_000, demanded(t, in).ExitGwei)
}

func TestADemandIsRoundedUpAndWhatIsThereDown(t *testing.T) {
	in := quietExits().waiting(0)
	in.WaitingWei, in.WaitingShares, in.BufferWei = big.NewInt(2*WeiPerGwei+1), milliEtherWei(1), big.NewInt(WeiPerGwei+1)
	require.EqualValues(t, 2, demanded(t, in).ExitGwei)
}

func TestTheVaultsCountAsFarAsTheBoundLetsThemOut(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.Queue.EarliestEpoch, in.Registry, in.VaultsWei = 0, 512, milliEtherWei(200_000)
	// Home in 5 + 256 + 1 epochs, 100,608 seconds: 10% a year of 10,500 ether are 3.3497 ether, the bucket refills by 1.9405 of 50 ether.
	in.BookedWei = add(in.PooledWei, milliEtherWei(2_000))
	require.EqualValues(t, 3_349_771_689+1_940_740_740-2e9, demanded(t, in).ReleasedGwei)
	in.BucketGwei = 50e9
	require.EqualValues(t, 3_349_771_689+50e9-2e9, demanded(t, in).ReleasedGwei)
	in.BookedWei = add(in.PooledWei, milliEtherWei(60_000)) // more is booked than the rate may have by then
	require.Zero(t, demanded(t, in).ReleasedGwei)
}

func TestTheLowerRewardIsReliedOn(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.ComingBps = 10_000
	normal := demanded(t, in).ComingGwei
	require.EqualValues(t, 3_200*337*3210, normal)
	in.EarnedGwei = 60_000_000
	require.EqualValues(t, 60_000_000*3210/225/2, demanded(t, in).ComingGwei)
	in.EarnedGwei = 0 // a loss
	require.Zero(t, demanded(t, in).ComingGwei)
	in.EarnedGwei, in.SweptActiveGwei = 600_000_000, 0 // compounding validators keep their rewards
	require.Zero(t, demanded(t, in).ComingGwei)
}

func TestWhatTheReportHasNotSeenIsNotAllowedAgain(t *testing.T) {
	require.EqualValues(t, 100, ExitsAllowed(100, 40, 40))
	require.EqualValues(t, 70, ExitsAllowed(100, 40, 70))
	require.Zero(t, ExitsAllowed(100, 40, 140))
	require.Zero(t, ExitsAllowed(100, 40, 1<<64-1))
	require.Zero(t, ExitsAllowed(100, 40, 39), "what was asked for never falls")
}

func TestTheExitDemandIsExplainedLineByLine(t *testing.T) {
	lines := demanded(t, busyExits()).Explain()
	fields := make([]string, len(lines))
	for i, l := range lines {
		fields[i] = l.Field + " " + l.Value
		require.NotContains(t, l.Sentence, "%!")
	}
	require.Equal(t, []string{
		"exitGwei 296259788800 gwei (296.2597888 ETH)", "demand 500000000000 gwei (500 ETH)", "home epoch 407210", "have 72000000000 gwei (72 ETH)",
		"leaving 125520000000 gwei (125.52 ETH)", "coming 6220211200 gwei (6.2202112 ETH)",
	}, fields)
	require.Contains(t, lines[0].Sentence, "500 ETH that they are paid, less 72 ETH that the pool has, 125.52 ETH that leave already and 6.2202112 ETH that are swept")
	in := busyExits()
	in.PartsGwei = 200e9
	lines = demanded(t, in).Explain()
	require.Contains(t, lines[0].Sentence, "are swept, and 30.92 ETH that wait for the sweep")
	require.Equal(t, "waiting for the sweep", lines[5].Field)
	require.Contains(t, lines[5].Sentence, "Parts can bring 200 ETH")
	require.Contains(t, demanded(t, quietExits()).Explain()[0].Sentence, "nothing is asked for")
}

func TestAnInputThatContradictsItselfIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*ExitDemandInput)
		want   error
	}{
		"no buffer":                  {func(in *ExitDemandInput) { in.BufferWei = nil }, ErrAmountOutOfRange},
		"a negative vault":           {func(in *ExitDemandInput) { in.VaultsWei = big.NewInt(-1) }, ErrAmountOutOfRange},
		"demand beyond 128 bits":     {func(in *ExitDemandInput) { in.WaitingWei = new(big.Int).Lsh(big.NewInt(1), 128) }, ErrAmountOutOfRange},
		"buffer beyond 64 bits gwei": {func(in *ExitDemandInput) { in.BufferWei = new(big.Int).Lsh(big.NewInt(1), 120) }, ErrAmountOutOfRange},
		"more shares than there are": {func(in *ExitDemandInput) { in.WaitingShares = add(in.TotalShares, big.NewInt(1)) }, ErrInconsistentExits},
		"requests without shares":    {func(in *ExitDemandInput) { in.WaitingShares = new(big.Int) }, ErrInconsistentExits},
		"more pooled than booked":    {func(in *ExitDemandInput) { in.BookedWei = milliEtherWei(1) }, ErrInconsistentExits},
		"no bounds":                  {func(in *ExitDemandInput) { in.Bounds = PoolBounds{} }, ErrInconsistentExits},
		"a bucket above its bound":   {func(in *ExitDemandInput) { in.BucketGwei = in.Bounds.BucketGwei + 1 }, ErrInconsistentExits},
		"more than all that comes":   {func(in *ExitDemandInput) { in.ComingBps = 10_001 }, ErrInconsistentExits},
		"no slots":                   {func(in *ExitDemandInput) { in.Consensus.SlotsPerEpoch = 0 }, ErrInconsistentExits},
		"no increment":               {func(in *ExitDemandInput) { in.Consensus.EffectiveBalanceIncrementGwei = 0 }, ErrInconsistentExits},
		"a pool above the network":   {func(in *ExitDemandInput) { in.PoolActiveGwei = in.TotalActiveGwei + 1 }, ErrInconsistentExits},
		"more swept than active":     {func(in *ExitDemandInput) { in.SweptActiveGwei = in.PoolActiveGwei + 1 }, ErrInconsistentExits},
		"exits at the end of time":   {func(in *ExitDemandInput) { in.Queue.EarliestEpoch = FarFutureEpoch }, ErrInconsistentExits},
		"no churn quotient":          {func(in *ExitDemandInput) { in.Rules.ChurnQuotient = 0 }, ErrInconsistentExits},
		"no churn": {func(in *ExitDemandInput) {
			in.Rules.MinChurnGwei, in.TotalActiveGwei, in.PoolActiveGwei, in.SweptActiveGwei = 1, 1e9, 0, 0
		}, ErrInconsistentExits},
		"a validator twice":           {func(in *ExitDemandInput) { in.Validators[1].Index = in.Validators[0].Index }, ErrInconsistentExits},
		"withdrawable before the end": {func(in *ExitDemandInput) { in.Validators[0].ExitEpoch = in.Validators[0].WithdrawableEpoch + 1 }, ErrInconsistentExits},
		"leaves and stays":            {func(in *ExitDemandInput) { in.Validators[0].WithdrawableEpoch = FarFutureEpoch }, ErrInconsistentExits},
		"slashed and stays":           {func(in *ExitDemandInput) { in.Validators[3].Slashed = true }, ErrInconsistentExits},
		"a part of an unknown one":    {func(in *ExitDemandInput) { in.Partials[0].Index = 99 }, ErrInconsistentExits},
		"an unknown one was asked":    {func(in *ExitDemandInput) { in.Asked[1].Index = 99 }, ErrInconsistentExits},
		"more parts than the state's": {func(in *ExitDemandInput) { in.PendingPartials = 0 }, ErrInconsistentExits},
		"balances beyond 64 bits":     {func(in *ExitDemandInput) { in.Validators[0].BalanceGwei = 1<<64 - 1 }, ErrInconsistentExits},
	} {
		t.Run(name, func(t *testing.T) {
			in := busyExits()
			c.change(&in)
			_, err := ExitDemand(in)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, "find what exits must bring home")
		})
	}
}
