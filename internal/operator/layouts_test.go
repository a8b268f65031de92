package operator_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/report"
)

func TestOnlyAForkToComeIsMoved(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 12 })
	s := report.Schedule(w.Schedule)
	begun := w.Chain.Slot() / s.SlotsPerEpoch
	_, err := w.network.SetGloasEpoch(t.Context(), begun)
	require.ErrorIs(t, err, operator.ErrArgument)
	require.ErrorContains(t, err, "only a fork to come can be moved")
	_, err = w.network.SetGloasEpoch(t.Context(), math.MaxUint64-1)
	require.ErrorIs(t, err, operator.ErrArgument)
	require.ErrorContains(t, err, "64 bits")

	none, err := w.network.SetGloasEpoch(t.Context(), manifest.UnknownEpoch)
	require.ErrorIs(t, err, operator.ErrArgument)
	require.ErrorContains(t, err, "nothing would change")
	require.Empty(t, none.What)

	move, err := w.network.SetGloasEpoch(t.Context(), begun+2)
	require.NoError(t, err)
	require.Contains(t, move.What[0], "instead of no known slot")
	require.Equal(t, operator.Schedule, w.mustAct(w.Accounts.Owner, move, nil).Via)
	w.pass(2)
	require.Equal(t, operator.Execute, w.mustAct(w.Accounts.Owner, move, nil).Via)
	again, err := w.network.SetGloasEpoch(t.Context(), begun+3)
	require.NoError(t, err)
	require.Contains(t, again.What[0], fmt.Sprintf("instead of slot %d", (begun+2)*s.SlotsPerEpoch))
	_, err = w.network.SetGloasEpoch(t.Context(), begun+2)
	require.ErrorIs(t, err, operator.ErrArgument)
	require.ErrorContains(t, err, "nothing would change")

	back, err := w.network.SetGloasEpoch(t.Context(), manifest.UnknownEpoch)
	require.NoError(t, err)
	require.Contains(t, back.What[0], "from no known slot on")

	w.pass((begun+2)*s.SlotsPerEpoch - w.Chain.Slot())
	_, err = w.network.SetGloasEpoch(t.Context(), begun+3)
	require.ErrorIs(t, err, operator.ErrState)
}

// Announced too late, it would be noticed only after the delay that it cannot be executed.
func TestAMoveThatTheTimelockLetsThroughTooLateIsRefused(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 3 * 32 * 12 })
	begun := w.Chain.Slot() / report.Schedule(w.Schedule).SlotsPerEpoch
	soon, err := w.network.SetGloasEpoch(t.Context(), begun+3)
	require.NoError(t, err)
	_, err = w.act(w.Accounts.Owner, soon, operator.Routing{})
	require.ErrorIs(t, err, operator.ErrState)
	require.ErrorContains(t, err, "from "+time.Unix(int64(soon.Before), 0).UTC().Format(time.RFC3339)+" on the call fails")
	later, err := w.network.SetGloasEpoch(t.Context(), begun+5)
	require.NoError(t, err)
	require.Equal(t, operator.Schedule, w.mustAct(w.Accounts.Owner, later, nil).Via)
}
