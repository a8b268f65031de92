package transition

import (
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
)

// A report foretells when an exit would leave; the chain must do what it says.
func TestReportsForetellTheExitQueue(t *testing.T) {
	for fork, gloas := range map[Fork]bool{Fulu: false, Gloas: true} {
		l := newLedger(t, 64, func(s *Spec, _ []GenesisValidator) {
			*s = s.From(fork)
			s.MinPerEpochChurnLimitElectraGwei, s.MaxPerEpochActivationExitChurnLimitGwei = 16*ether, 64*ether
			s.ChurnLimitQuotient, s.ChurnLimitQuotientGloas = 100, 10
		})
		spec := l.rules.spec
		rules := report.ExitRules{
			MinChurnGwei: spec.MinPerEpochChurnLimitElectraGwei, MaxChurnGwei: spec.MaxPerEpochActivationExitChurnLimitGwei, ChurnQuotient: spec.ChurnLimitQuotient,
			ChurnQuotientGloas: spec.ChurnLimitQuotientGloas, MaxSeedLookahead: spec.MaxSeedLookahead,
		}
		churn := report.ExitChurn(l.activeBalance(), spec.EffectiveBalanceIncrementGwei, rules, gloas)
		require.Equal(t, l.fork.rules().exitChurn(l.State), churn)
		l.EarliestExitEpoch = phase0.Epoch(l.Epoch())
		for _, gwei := range []uint64{1, 32 * ether, churn, 3*churn + 1, 5 * ether, 40 * churn} {
			queue := report.ExitQueue{EarliestEpoch: uint64(l.EarliestExitEpoch), BalanceToConsumeGwei: uint64(l.ExitBalanceToConsume)}
			epoch, after := queue.ExitEpoch(gwei, l.Epoch(), churn, rules)
			require.Equal(t, l.queueExit(gwei), epoch)
			require.Equal(t, report.ExitQueue{EarliestEpoch: uint64(l.EarliestExitEpoch), BalanceToConsumeGwei: uint64(l.ExitBalanceToConsume)}, after)
		}
	}
}
