package txmgr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

func TestReportIsBroughtInAndFollowedUntilFinal(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	refSlot := w.frame()
	require.NoError(t, s.Submit(w.job(refSlot)))
	s.Step(t.Context())
	require.Equal(t, txmgr.Sent, s.State().Stage, s.State().Why)
	require.NotNil(t, s.State().Pending)
	w.slots(1)
	require.Equal(t, refSlot, w.reported())

	s.Step(t.Context())
	taken := s.State()
	require.Equal(t, txmgr.Taken, taken.Stage, taken.Why)
	require.NotNil(t, taken.Included)
	require.Nil(t, taken.Pending)
	require.Positive(t, taken.SpentWei.Sign())
	require.Empty(t, taken.Transactions, "nothing is final yet")

	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, txmgr.Done, done.Stage)
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1}, done.Transactions)
	require.Equal(t, taken.SpentWei, done.SpentWei)
	before, err := w.Client().BalanceAt(t.Context(), w.key.Address(), nil)
	require.NoError(t, err)
	require.Equal(t, before.Add(before, done.SpentWei).String(), "10000000000000000000")
	require.Equal(t, uint64(1), w.nonce(w.key.Address()))
}

func TestReportThatIsInIsSkippedQuietly(t *testing.T) {
	w := newWorld(t)
	first := w.sender(w.config())
	refSlot := w.frame()
	job := w.job(refSlot)
	require.NoError(t, first.Submit(job))
	first.Step(t.Context())
	w.slots(1)
	require.Equal(t, refSlot, w.reported())

	c := w.config()
	c.Signer = signer(t, "other")
	second := w.sender(c)
	require.NoError(t, second.Submit(job))
	second.Step(t.Context())
	require.Equal(t, txmgr.Taken, second.State().Stage)
	require.Nil(t, second.State().Pending)
	w.stepUntil(second, txmgr.CodeDone)
	require.Zero(t, w.nonce(c.Signer.Address()), "nothing was sent")
}

func TestRefusalIsNamedAsTheContractNamesItAndNothingIsSent(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	job := w.job(w.frame())
	w.send(account("pauser"), w.manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackPause())
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeRefused, s.State().Code)
	require.Contains(t, s.State().Why, "EnforcedPause")
	require.Contains(t, s.State().Why, "the pause ends by itself")
	require.Nil(t, s.State().Pending)
	w.send(account("resumer"), w.manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackUnpause())
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
}

func TestReportComputedOnAnotherReportIsNotSentAndTheReasonSaysWhatComesNext(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	job := w.job(w.frame())
	job.Report.LastRefSlot++
	require.NoError(t, s.Submit(job))
	for range 3 {
		s.Step(t.Context())
		require.Equal(t, txmgr.CodeRefused, s.State().Code)
		require.Contains(t, s.State().Why, "ComputedOnAnotherReport")
		require.Contains(t, s.State().Why, "The next frame's report carries its values.")
		w.slots(1)
	}
	require.Zero(t, w.nonce(w.key.Address()), "nothing was sent")
}

func TestFrameThatEndsWithoutAReportEndsTheJob(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	job := w.job(w.frame())
	job.Report.CLValidatorsGwei++ // the certificate is not for this report
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeRefused, s.State().Code)
	require.Contains(t, s.State().Why, "CertificateInvalid")
	w.until(w.schedule.CloseSlot(job.Report.RefSlot))
	s.Step(t.Context())
	require.Equal(t, txmgr.Ended, s.State().Stage)
	require.Zero(t, w.nonce(w.key.Address()))
}
