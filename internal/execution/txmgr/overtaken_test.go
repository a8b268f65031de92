package txmgr_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
)

// overtaken has a sender whose transaction waits while another member's brings the report in.
func overtaken(w *world) (s *txmgr.Sender, p *proxy, job txmgr.Job) {
	w.Helper()
	p = w.proxy()
	c, theirs := w.config(), w.config()
	c.Nodes = []*execution.Node{p.node()}
	theirs.Signer = signer(w.T, "other")
	s, other := w.sender(c), w.sender(theirs)
	job = w.job(w.frame())
	require.NoError(w, s.Submit(job))
	require.NoError(w, other.Submit(job))
	p.on("eth_sendRawTransaction", says(common.Hash{})) // it keeps the transaction to itself
	s.Step(w.Context())
	p.on("eth_sendRawTransaction", nil)
	other.Step(w.Context())
	w.slots(1)
	require.Equal(w, job.Report.RefSlot, w.reported())
	return s, p, job
}

func TestOwnTransactionIsCancelledWhenAnotherMembersReportLandsFirst(t *testing.T) {
	w := newWorld(t)
	s, _, _ := overtaken(w)
	report := *s.State().Pending
	s.Step(t.Context())
	require.Equal(t, txmgr.Taken, s.State().Stage)
	require.NotEqual(t, report, *s.State().Pending)
	transfer, _, err := w.Client().TransactionByHash(t.Context(), *s.State().Pending)
	require.NoError(t, err)
	require.Equal(t, w.key.Address(), *transfer.To())
	require.Zero(t, transfer.Value().Sign())
	require.Empty(t, transfer.Data())
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Nil(t, done.Included)
	require.Equal(t, map[string]uint64{txmgr.Cancelled: 1}, done.Transactions)
	require.Less(t, done.SpentWei.Uint64(), uint64(21_000*2e9))
}

func TestTransactionThatIsNotLikelyToBeMinedIsLeftAndItsNonceTakenByTheNextReport(t *testing.T) {
	w := newWorld(t)
	s, p, _ := overtaken(w)
	report := *s.State().Pending
	p.on("eth_getBlockByNumber", header(func(h map[string]any) { h["baseFeePerGas"] = hexutil.EncodeUint64(90e9) }))
	s.Step(t.Context())
	require.Equal(t, txmgr.Taken, s.State().Stage)
	require.Equal(t, report, *s.State().Pending, "a transfer would be money for nothing")
	for range 20 {
		w.slots(1)
		s.Step(t.Context())
	}
	require.Equal(t, txmgr.Done, s.State().Stage)
	p.on("eth_getBlockByNumber", nil)
	next := w.job(w.frame())
	require.NoError(t, s.Submit(next))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, next.Report.RefSlot, w.reported())
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1}, done.Transactions)
	require.Equal(t, uint64(1), w.nonce(w.key.Address()))
}

func TestAcceptanceOfAnotherMemberThatIsReorganisedAwayIsBroughtAgain(t *testing.T) {
	w := newWorld(t)
	s, _, job := overtaken(w)
	s.Step(t.Context())
	require.Equal(t, txmgr.Taken, s.State().Stage)
	w.slots(1) // the transfer is mined
	s.Step(t.Context())
	// On the other branch nobody's transaction is mined.
	require.NoError(t, w.Reorg(t.Context(), w.Slot()-1, func(uint64) chain.Action { return chain.ProposeEmpty }))
	require.NotEqual(t, job.Report.RefSlot, w.reported())
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
	w.slots(1)
	require.Equal(t, job.Report.RefSlot, w.reported())
	w.stepUntil(s, txmgr.CodeDone)
}
