package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

func TestCleanHistoryIsCheckedWhole(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	require.NoError(t, s.Request(t.Context(), 10))
	finalizing := s.frame(1, oracletest.Submission{Absent: []int{2}})
	s.frame(2, oracletest.Submission{Absent: []int{0, 2}})
	s.frame(3, oracletest.Submission{})
	require.NotZero(t, finalizing.FinalizeUpTo, "the history should hold a finalization")

	result := s.audit(nil)
	require.Empty(t, result.Findings)
	require.Equal(t, audit.Clean, result.Summary.Conclusion)
	require.Len(t, result.Reports, 4)
	for _, r := range result.Reports {
		require.Equal(t, audit.Accepted, r.Outcome)
		for _, c := range r.Checks {
			require.Equal(t, audit.OK, c.State, "%s: %s", c.Name, c.Text)
		}
		require.Len(t, r.Checks, 9)
		require.Positive(t, r.FeeWei.Sign())
	}
	require.Equal(t, []int{7, 6, 5, 7}, []int{result.Reports[0].Signers, result.Reports[1].Signers, result.Reports[2].Signers, result.Reports[3].Signers})
	require.Nil(t, result.Reports[0].Rebase.YearlyRatePpm)
	require.Positive(t, result.Reports[3].Rebase.YearlyRatePpm.Sign())
	require.Equal(t, [2]int{4, 2}, [2]int{result.Members[2].Rounds, result.Members[2].Signed})
}

// Payloads above a reference block can be withheld: the proof then goes through later blocks, and the execution values are still those of the reference block.
func TestBlockProofsThroughLaterBlocksAreChecked(t *testing.T) {
	s := newScene(t, nil)
	for k, links := range []int{1, 4, -1, 0} {
		s.Miss(s.Schedule.RefSlot(uint64(k)), s.Schedule.RefSlot(uint64(k)))
		s.frame(uint64(k), oracletest.Submission{Links: links})
	}
	result := s.audit(nil)
	require.Empty(t, result.Findings)
	require.Len(t, result.Reports, 4)
	for _, r := range result.Reports {
		for _, check := range []string{"digest", "block", "execution values", "consensus values"} {
			require.Equal(t, audit.OK, state(t, r, check).State, "%s: %s", check, state(t, r, check).Text)
		}
	}
}
