package txmgr_test

import (
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
)

func TestBidRisesOnScheduleAndReplacesInTheRealPool(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	require.NoError(t, s.Submit(w.job(w.frame())))
	s.Step(t.Context())
	first := *s.State().Pending
	w.emptySlots(2)
	s.Step(t.Context())
	require.Equal(t, first, *s.State().Pending, "not due yet")
	w.emptySlots(1)
	s.Step(t.Context())
	second := *s.State().Pending
	require.NotEqual(t, first, second)
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)

	tx, pending, err := w.Client().TransactionByHash(t.Context(), second)
	require.NoError(t, err)
	require.True(t, pending)
	_, _, err = w.Client().TransactionByHash(t.Context(), first)
	require.Error(t, err, "the pool has dropped the first")
	require.Equal(t, big.NewInt(1125e6), tx.GasTipCap())
	require.Zero(t, tx.Nonce())
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, second, *done.Included)
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1}, done.Transactions)
}

func TestBidStopsAtTheCap(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	c.Fees = txmgr.Fees{MaxFeeWei: 12e8, TipWei: 1e9}
	s := w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	for range 12 {
		s.Step(t.Context())
		w.emptySlots(1)
	}
	require.Equal(t, txmgr.CodeAtCap, s.State().Code, s.State().Why)
	tx, _, err := w.Client().TransactionByHash(t.Context(), *s.State().Pending)
	require.NoError(t, err)
	require.LessOrEqual(t, tx.GasFeeCap().Uint64(), uint64(12e8))
	w.stepUntil(s, txmgr.CodeDone)
}

func TestSubmissionWaitsWhileTheBaseFeeIsAboveTheCapAndSaysSo(t *testing.T) {
	w := newWorld(t)
	p, s := w.behindProxy()
	p.on("eth_getBlockByNumber", header(func(h map[string]any) { h["baseFeePerGas"] = hexutil.EncodeUint64(101e9) }))
	require.NoError(t, s.Submit(w.job(w.frame())))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeFeeCap, s.State().Code)
	require.Contains(t, s.State().Why, "101.000 gwei is above the cap of 100.000 gwei")
	require.Zero(t, p.called("eth_sendRawTransaction"))
	p.on("eth_getBlockByNumber", nil)
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code)
}

func TestTransactionIsSentAgainAfterAReorganisationRemovedIt(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	refSlot := w.frame()
	require.NoError(t, s.Submit(w.job(refSlot)))
	s.Step(t.Context())
	hash := *s.State().Pending
	w.slots(1)
	s.Step(t.Context())
	require.Equal(t, hash, *s.State().Included)

	require.NoError(t, w.Reorg(t.Context(), w.Slot(), func(uint64) chain.Action { return chain.ProposeEmpty }))
	require.NotEqual(t, refSlot, w.reported())
	s.Step(t.Context())
	require.Nil(t, s.State().Included)
	require.Zero(t, s.State().SpentWei.Sign(), "what was spent came back")
	require.Equal(t, txmgr.Sent, s.State().Stage, s.State().Why)
	require.NotNil(t, s.State().Pending)
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, refSlot, w.reported())
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1}, done.Transactions)
	require.Equal(t, uint64(1), w.nonce(w.key.Address()))
}

// stranger sends a transaction of the submitter's account that the sender does not know.
func (w *world) stranger(nonce uint64, tipWei, maxWei int64) common.Hash {
	to := common.Address{1}
	tx, err := w.key.Sign(w.Context(), &types.DynamicFeeTx{
		ChainID: big.NewInt(chainID), Nonce: nonce, To: &to, Value: new(big.Int), Gas: 21_000, GasTipCap: big.NewInt(tipWei), GasFeeCap: big.NewInt(maxWei),
	})
	require.NoError(w, err)
	require.NoError(w, w.Client().SendTransaction(w.Context(), tx))
	return tx.Hash()
}

func TestStuckEarlierTransactionOfTheAccountIsReplacedAfterAWait(t *testing.T) {
	w := newWorld(t)
	s := w.sender(w.config())
	job := w.job(w.frame())
	w.stranger(0, 4e9, 60e9) // bids more than the first bid: "replacement transaction underpriced"
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeStranger, s.State().Code)
	w.emptySlots(3)
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
	tx, _, err := w.Client().TransactionByHash(t.Context(), *s.State().Pending)
	require.NoError(t, err)
	require.Zero(t, tx.Nonce())
	require.Greater(t, tx.GasFeeCap().Uint64(), uint64(66e9)-1)
	require.LessOrEqual(t, tx.GasFeeCap().Uint64(), uint64(100e9))
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1}, done.Transactions)
}

func TestNonceUsedByAStrangersTransactionIsRecoveredFrom(t *testing.T) {
	w := newWorld(t)
	p, s := w.behindProxy()
	require.NoError(t, s.Submit(w.job(w.frame())))
	p.on("eth_sendRawTransaction", refuses("nonce too low: next nonce 1, tx nonce 0"))
	w.stranger(0, 2e9, 60e9)
	w.bump = 4 * time.Second
	s.Step(t.Context())
	w.bump = 8 * time.Second
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeNotTaken, s.State().Code, s.State().Why)
	p.on("eth_sendRawTransaction", nil)
	w.slots(1)
	require.Equal(t, uint64(1), w.nonce(w.key.Address()))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1, txmgr.Superseded: 1}, done.Transactions)
}

func TestTransactionBehindAGapIsCancelledAndTheMissingNonceIsUsed(t *testing.T) {
	w := newWorld(t)
	p, s := w.behindProxy()
	job := w.job(w.frame())
	p.on("eth_getTransactionCount", says("0x1")) // it lies: the transaction waits behind a gap
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code)
	w.slots(1)
	require.NotEqual(t, job.Report.RefSlot, w.reported())
	p.on("eth_getTransactionCount", nil)
	s.Step(t.Context())
	w.slots(1)
	require.Equal(t, job.Report.RefSlot, w.reported())
	done := w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, map[string]uint64{txmgr.Accepted: 1, txmgr.Cancelled: 1}, done.Transactions)
}

func TestAlreadyKnownIsSuccess(t *testing.T) {
	w := newWorld(t)
	p, s := w.behindProxy()
	require.NoError(t, s.Submit(w.job(w.frame())))
	p.on("eth_sendRawTransaction", refuses("AlreadyKnown"))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code)
}

func TestRestartWithAPendingTransactionSendsNoSecondOne(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	job := w.job(w.frame())
	s := w.sender(c)
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	hash := *s.State().Pending
	w.emptySlots(1)

	again := w.sender(c)
	require.NoError(t, again.Submit(job))
	again.Step(t.Context())
	require.Equal(t, hash, *again.State().Pending)
	require.Equal(t, txmgr.CodeSent, again.State().Code, again.State().Why)
	done := w.stepUntil(again, txmgr.CodeDone)
	require.Equal(t, hash, *done.Included)
	require.Equal(t, uint64(1), w.nonce(w.key.Address()))
}

func TestKillBetweenWritingDownAndSendingIsRecoveredFrom(t *testing.T) {
	w := newWorld(t)
	p, c := w.proxy(), w.config()
	c.Nodes = []*execution.Node{p.node()}
	job := w.job(w.frame())
	s := w.sender(c)
	require.NoError(t, s.Submit(job))
	p.on("eth_sendRawTransaction", refuses("the process was killed before this was asked"))
	s.Step(t.Context())
	hash := *s.State().Pending
	p.on("eth_sendRawTransaction", nil)

	again := w.sender(c)
	require.NoError(t, again.Submit(job))
	again.Step(t.Context())
	require.Equal(t, hash, *again.State().Pending, "what was written down is what is sent")
	w.slots(1)
	require.Equal(t, job.Report.RefSlot, w.reported())
}

func TestLostFileIsRecoveredFrom(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	job := w.job(w.frame())
	s := w.sender(c)
	require.NoError(t, s.Submit(job))
	s.Step(t.Context())
	w.emptySlots(1)

	c.Store = filepath.Join(t.TempDir(), "new.json")
	again := w.sender(c)
	require.NoError(t, again.Submit(job))
	again.Step(t.Context())
	require.Equal(t, txmgr.CodeStranger, again.State().Code)
	w.slots(1)
	again.Step(t.Context())
	require.Equal(t, txmgr.Taken, again.State().Stage)
	require.Equal(t, uint64(1), w.nonce(w.key.Address()), "the waiting one was mined, no second one was sent")
}
