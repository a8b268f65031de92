package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// An exit that begins now becomes withdrawable in epoch now + 1256 of the quiet pool.
const byEpoch = exitEpochNow + 1256

func TestWhatLeavesLaterThanANewExitIsNotReliedOn(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.Validators = []ExitValidator{leaves(1, 32e9, byEpoch), leaves(2, 33e9, byEpoch+1), leaves(3, 7, exitEpochNow-5)}
	in.Validators[2].ActivationEpoch = 0
	out := demanded(t, in)
	require.EqualValues(t, 32e9+7, out.ExitingGwei)
	require.EqualValues(t, 33e9, out.LaterGwei)
	require.EqualValues(t, 68e9-7, out.ExitGwei)
}

// The sweep comes round in 1954 epochs. Whoever counts a validator that waits for it lets requests wait for days while a part could be had at once.
func TestWhereAPartCanBeAskedForNobodyWaitsForTheSweep(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.Queue.EarliestEpoch += 5000
	in.Validators = []ExitValidator{leaves(1, 32e9, byEpoch+5000-1954), leaves(2, 33e9, byEpoch+5000-1953), leaves(3, 34e9, byEpoch+5000)}
	require.EqualValues(t, 99e9, demanded(t, in).ExitingGwei, "a new exit would wait for the sweep too")
	require.EqualValues(t, byEpoch+5000+1954, demanded(t, in).HomeEpoch)
	in.PartsGwei = 1e9
	require.EqualValues(t, 32e9, demanded(t, in).ExitingGwei)
	require.EqualValues(t, 67e9, demanded(t, in).SweepGwei)
	require.EqualValues(t, 1e9, demanded(t, in).ExitGwei, "the part; the other 67 ether are on their way")
	in.PartsGwei = 60e9
	require.EqualValues(t, 60e9, demanded(t, in).ExitGwei, "parts come first")
	in.PartsGwei = 500e9
	require.EqualValues(t, 68e9, demanded(t, in).ExitGwei)
	require.EqualValues(t, byEpoch+5000, demanded(t, in).HomeEpoch)
	require.Contains(t, demanded(t, in).Explain()[2].Sentence, "as a part of a validator it is paid at once")
}

func TestAPenaltyToComeIsNotBroughtHome(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.Queue.EarliestEpoch, in.SlashingsGwei = exitEpochNow+8000, 3_600_000e9 // three tenths of every slashed balance
	slashed := leaves(1, 31e9, exitEpochNow+4096)
	slashed.Slashed, slashed.EffectiveBalanceGwei = true, 32e9
	in.Validators = []ExitValidator{slashed}
	require.EqualValues(t, 9_600_000_000, demanded(t, in).PenaltyGwei, "it is taken at the end of this epoch")
	require.EqualValues(t, 31e9-9_600_000_000, demanded(t, in).LeavingGwei())

	in.Validators[0].WithdrawableEpoch, in.Validators[0].ExitEpoch = exitEpochNow+4095, exitEpochNow+4095-256
	require.Zero(t, demanded(t, in).PenaltyGwei, "the balance bears it")

	in.Validators[0] = slashed
	in.Validators[0].BalanceGwei = 5e9
	require.EqualValues(t, 5e9, demanded(t, in).PenaltyGwei, "no more than there is")
	require.Zero(t, demanded(t, in).LeavingGwei())
}

func TestPartialWithdrawalsBringWhatIsAboveTheLeastBalance(t *testing.T) {
	partial := func(index uint32, ether, epoch uint64) PendingPartial {
		return PendingPartial{index, ether * 1e9, epoch}
	}
	small := stays(1, 50e9)
	small.EffectiveBalanceGwei = 31e9
	for name, c := range map[string]struct {
		validator ExitValidator
		partials  []PendingPartial
		ether     uint64
	}{
		"in time":                         {stays(1, 50e9), []PendingPartial{partial(1, 10, byEpoch)}, 10},
		"too late":                        {stays(1, 50e9), []PendingPartial{partial(1, 10, byEpoch+1)}, 0},
		"more than there is":              {stays(1, 50e9), []PendingPartial{partial(1, 30, byEpoch)}, 18},
		"together more than there is":     {stays(1, 50e9), []PendingPartial{partial(1, 10, byEpoch), partial(1, 10, byEpoch)}, 18},
		"nothing above the least balance": {stays(1, 32e9), []PendingPartial{partial(1, 10, byEpoch)}, 0},
		"the effective balance is low":    {small, []PendingPartial{partial(1, 10, byEpoch)}, 0},
		"it leaves, with all that it has": {leaves(1, 50e9, byEpoch), []PendingPartial{partial(1, 10, byEpoch)}, 50},
	} {
		t.Run(name, func(t *testing.T) {
			in := quietExits().waiting(100_000)
			in.Validators, in.Partials, in.PendingPartials = []ExitValidator{c.validator}, c.partials, 9
			require.Equal(t, c.ether*1e9, demanded(t, in).LeavingGwei())
		})
	}
}

func TestWhatWasAskedForCountsAsTheBeaconChainWillTakeIt(t *testing.T) {
	young := stays(1, 50e9)
	young.ActivationEpoch = exitEpochNow - 255
	old := young
	old.ActivationEpoch--
	notYet := stays(1, 50e9)
	notYet.ActivationEpoch = FarFutureEpoch
	swept := stays(1, 50e9)
	swept.Compounding = false
	for name, c := range map[string]struct {
		validator ExitValidator
		owedEther uint64 // by a partial withdrawal that is pending, too late to be counted
		asked     []uint64
		ether     uint64
	}{
		"a part":                         {stays(1, 50e9), 0, []uint64{10}, 10},
		"more than there is":             {stays(1, 50e9), 0, []uint64{30}, 18},
		"twice":                          {stays(1, 50e9), 0, []uint64{10, 10}, 18},
		"what pending ones leave":        {stays(1, 50e9), 10, []uint64{10}, 8},
		"what pending ones do not leave": {stays(1, 50e9), 18, []uint64{10}, 0},
		"all of it":                      {stays(1, 50e9), 0, []uint64{0}, 50},
		"all of it, twice":               {stays(1, 50e9), 0, []uint64{0, 0}, 50},
		"all of it, then a part":         {stays(1, 50e9), 0, []uint64{0, 10}, 50},
		"a part, and then not all of it": {stays(1, 50e9), 0, []uint64{10, 0}, 10},
		"all of it, but a part pends":    {stays(1, 50e9), 10, []uint64{0}, 0},
		"it leaves":                      {leaves(1, 50e9, byEpoch+9), 0, []uint64{0, 10}, 0},
		"a part of one that is swept":    {swept, 0, []uint64{10}, 0},
		"all of one that is swept":       {swept, 0, []uint64{0}, 50},
		"it is too young":                {young, 0, []uint64{0, 10}, 0},
		"it is old enough":               {old, 0, []uint64{0}, 50},
		"it is not active":               {notYet, 0, []uint64{0}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			in := quietExits().waiting(100_000)
			in.Validators, in.PendingPartials = []ExitValidator{c.validator}, 1
			if c.owedEther > 0 {
				in.Partials = []PendingPartial{{1, c.owedEther * 1e9, byEpoch + 1}}
			}
			for _, ether := range c.asked {
				in.Asked = append(in.Asked, AskedWithdrawal{1, ether * 1e9})
			}
			require.Equal(t, c.ether*1e9, demanded(t, in).AskedGwei)
			require.Equal(t, 100e9-c.ether*uint64(1e9), demanded(t, in).ExitGwei)
		})
	}
}

func TestAFullListOfPartialWithdrawalsTakesExitsOnly(t *testing.T) {
	in := quietExits().waiting(100_000)
	in.Validators, in.Asked = []ExitValidator{stays(1, 50e9), stays(2, 50e9), stays(3, 50e9)}, []AskedWithdrawal{{1, 10e9}, {2, 10e9}, {3, 0}}
	in.PendingPartials = in.Rules.PendingPartialsLimit - 1
	require.EqualValues(t, 60e9, demanded(t, in).AskedGwei)
	in.PendingPartials++
	require.EqualValues(t, 50e9, demanded(t, in).AskedGwei)
}
