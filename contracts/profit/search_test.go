package profit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNoProfitIsFoundInAMillionSteps(t *testing.T) {
	result := Search(Options{}, 1, 1_000_000, false)
	require.NoError(t, result.Err)
	require.False(t, result.Found(), "%s wei in world %d", result.BestWei, result.BestWorld)
	require.GreaterOrEqual(t, result.Steps, int64(1_000_000))
}

func TestSearchFindsTheProfitThatEachMissingRuleLeaves(t *testing.T) {
	for name, rules := range map[string]Rules{
		"without the rewards vault":               {WithoutRewardsVault: true},
		"without what is not recognised":          {WithoutUnrecognised: true},
		"without what was left in the vault":      {WithoutVaultLeft: true},
		"without accrual":                         {WithoutAccrual: true},
		"at the plain rate":                       {PlainRate: true},
		"with waiting requests":                   {WithWaiting: true},
		"open while a loss is unconfirmed":        {OpenUnconfirmed: true},
		"open while a gain is held":               {OpenHeld: true},
		"deposits recognised whole":               {DepositLiftsRate: true},
		"no accrual on what silence brought home": {HomeForgets: true},
		"without what waits for a skim":           {WithoutForced: true},
		"no accrual on fresh deposits":            {FreshForgotten: true},
		"first ether not at par":                  {FirstEtherNotAtPar: true},
	} {
		requireFound(t, name, Options{Rules: rules})
	}
}

func requireFound(t *testing.T, name string, options Options) {
	t.Helper()
	result := Search(options, 1, 1_000_000, true)
	require.True(t, result.Found(), name)
	t.Logf("%s: %s wei, %v, after %d steps", name, result.BestWei, result.Err, result.Steps)
}

func TestAWorldCanBeReplayed(t *testing.T) {
	options := Options{Rules: Rules{PlainRate: true}}
	result := Search(options, 7, 20_000, false)
	var trace []string
	again, _, err := Replay(options, 7, result.BestWorld, &trace)
	require.NoError(t, err)
	require.Equal(t, result.BestWei, again)
	require.NotEmpty(t, trace)
	require.Equal(t, result, Search(options, 7, 20_000, false))
}
