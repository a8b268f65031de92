package audit_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// TestSecondFindingOfAKindIsToldToo: two checks of a report can find values wrong, and the second one may be made later, when its nodes answer again.
func TestSecondFindingOfAKindIsToldToo(t *testing.T) {
	s := newScene(t, nil)
	require.NoError(t, s.GiveToVault(t.Context(), 1))
	s.frame(0, oracletest.Submission{Tamper: func(r *report.Report) {
		r.WithdrawalVaultWei.SubUint64(&r.WithdrawalVaultWei, 1)
		r.CLValidatorsGwei += 7
	}})
	looks := 0
	compute := func(ctx context.Context, refSlot uint64) (report.Report, error) {
		if looks == 0 {
			return report.Report{}, errors.New("the beacon node is down")
		}
		return s.truth(ctx, refSlot)
	}
	chain, err := s.Watcher()
	require.NoError(t, err)
	a, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: chain, Compute: compute})
	require.NoError(t, err)
	enough := errors.New("enough")
	var told []string
	var each []int
	err = a.Follow(t.Context(), audit.Following{Interval: time.Nanosecond, Clock: clock.System(), Each: func(_ audit.Result, fresh []audit.Finding) error {
		for _, f := range fresh {
			text, _ := json.Marshal(f)
			told = append(told, string(text))
		}
		each = append(each, len(fresh))
		if looks++; looks == 3 {
			return enough
		}
		return nil
	}})
	require.ErrorIs(t, err, enough)
	require.Equal(t, []int{1, 1, 0}, each, "each is told once")
	require.Contains(t, told[0], "withdrawalVaultWei")
	require.Contains(t, told[1], "clValidatorsGwei")
}
