package events_test

import (
	"context"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

func scan(t *testing.T, r *events.Reader, first, last uint64, want events.Selection) (all []events.Event) {
	t.Helper()
	next := first
	require.NoError(t, r.Scan(t.Context(), first, last, want, func(from, to uint64, found []events.Event) error {
		require.Equal(t, next, from, "chunks follow each other")
		next = to + 1
		all = append(all, found...)
		return nil
	}))
	require.Equal(t, last+1, next)
	return all
}

func TestHistoryOfAReportIsReadBackAsItWas(t *testing.T) {
	s := newScene(t)
	require.NoError(t, s.Stake(t.Context(), 100))
	receipt, r, err := s.Report(t.Context(), s.Schedule.RefSlot(0), oracletest.Submission{Absent: []int{2}})
	require.NoError(t, err)
	reader, err := s.Watcher()
	require.NoError(t, err)
	ctx := t.Context()

	found := scan(t, reader, s.Manifest.DeploymentBlock, s.Head().Number, events.Oracle())
	require.Equal(t, []string{"TermsSet", "LimitsSet", "Registered", "Registered", "Registered", "Registered", "Admitted", "Admitted", "Admitted", "Admitted", "CommitteeChanged",
		"ReportAccepted", "Rebased"}, names(found))
	accepted := found[len(found)-2]
	require.Equal(t, &events.ReportAccepted{
		RefSlot: r.RefSlot, Digest: s.Manifest.Domain().Digest(r), Committee: r.Committee, BalancesRoot: r.BalancesRoot,
		HeaderSlot: accepted.Body.(*events.ReportAccepted).HeaderSlot, StateRoot: accepted.Body.(*events.ReportAccepted).StateRoot,
	}, accepted.Body)
	require.Equal(t, receipt.TxHash, accepted.TxHash)

	c, err := reader.Contents(ctx, accepted.BlockHash)
	require.NoError(t, err)
	tx := c.Transactions[accepted.TxIndex]
	require.Equal(t, receipt.TxHash, tx.Hash)
	require.Equal(t, s.Accounts.User.Address, tx.From)
	require.Equal(t, receipt.GasUsed, c.Receipts[accepted.TxIndex].GasUsed)
	require.Equal(t, receipt.EffectiveGasPrice, c.Receipts[accepted.TxIndex].EffectiveGasPrice)
	again, err := reader.EventsIn(c.Receipts, events.Oracle())
	require.NoError(t, err)
	require.Equal(t, found[len(found)-2:], again)
	submission, err := events.DecodeSubmission(tx.Data)
	require.NoError(t, err)
	require.Equal(t, r, submission.Report)
	require.Equal(t, []bool{true, true, false, true, false},
		[]bool{submission.Certificate.Signed(0), submission.Certificate.Signed(1), submission.Certificate.Signed(2), submission.Certificate.Signed(3), submission.Certificate.Signed(4)})

	committee, err := reader.Committee(ctx, c.Block, r.RefSlot)
	require.NoError(t, err)
	require.Equal(t, r.Committee, committee.Digest)
	require.Equal(t, s.Members[2].ID, committee.Members[2])
	token, err := reader.Token(ctx, c.Block)
	require.NoError(t, err)
	rebased := again[1].Body.(*events.Rebased)
	require.Equal(t, []*big.Int{rebased.PooledAfterWei, rebased.SharesAfter}, []*big.Int{token.TotalPooledWei, token.TotalShares})
	state, err := reader.State(ctx, c.Block, 0)
	require.NoError(t, err)
	require.Equal(t, r.RefSlot, state.Last.RefSlot)
}

func TestRefusedRangeIsHalvedUntilItIsServed(t *testing.T) {
	s := newScene(t)
	l := lying(t, s.ExecutionURL(), func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		var filter struct{ FromBlock, ToBlock hexutil.Uint64 }
		if method == "eth_getLogs" && json.Unmarshal(params[0], &filter) == nil && filter.ToBlock-filter.FromBlock >= 5 {
			return nil
		}
		return result
	})
	reader, err := s.Watcher(l.url)
	require.NoError(t, err)
	direct, err := s.Watcher()
	require.NoError(t, err)
	want := scan(t, direct, 1, s.Head().Number, nil)
	require.NotEmpty(t, want)
	require.Equal(t, want, scan(t, reader, 1, s.Head().Number, nil))
	require.Greater(t, l.calls["eth_getLogs"], int(s.Head().Number)/5-1)

	l.set(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getLogs" {
			return nil
		}
		return result
	})
	err = reader.Scan(t.Context(), 1, 3, nil, func(uint64, uint64, []events.Event) error { return nil })
	require.ErrorIs(t, err, execution.ErrRefused)
	require.ErrorContains(t, err, "events of blocks 1 to 1")
	require.ErrorIs(t, reader.Scan(t.Context(), 3, 2, nil, nil), events.ErrRange)
}

func TestNodeThatLagsDoesNotMakeBlocksLookEmpty(t *testing.T) {
	s := newScene(t)
	behind := lying(t, s.ExecutionURL(), func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		switch method {
		case "eth_getBlockByNumber":
			return json.RawMessage("null")
		case "eth_getLogs":
			return json.RawMessage("[]")
		}
		return result
	})
	reader, err := s.Watcher(behind.url, s.ExecutionURL())
	require.NoError(t, err)
	require.NotEmpty(t, scan(t, reader, 1, s.Head().Number, nil))
}

func TestForgedContentsAreRefused(t *testing.T) {
	s := newScene(t)
	require.NoError(t, s.Stake(t.Context(), 7))
	hash := s.Head().ExecutionHash
	replace := func(in, old, with string) json.RawMessage { return json.RawMessage(strings.Replace(in, old, with, 1)) }
	for name, alter := range map[string]func(string, []json.RawMessage, json.RawMessage) json.RawMessage{
		"a log's data": func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			if method == "eth_getBlockReceipts" {
				return replace(string(result), `"data":"0x0000000000000000000000000000000000000000000000006124fee993bc0000`, `"data":"0x0000000000000000000000000000000000000000000000006124fee993bc0001`)
			}
			return result
		},
		"no receipts": func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			if method == "eth_getBlockReceipts" {
				return json.RawMessage("[]")
			}
			return result
		},
		"another value": func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			return replace(string(result), `"value":"0x6124fee993bc0000"`, `"value":"0x6124fee993bc0001"`)
		},
		"another root in the header": func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			return replace(string(result), `"receiptsRoot":"0x`, `"receiptsRoot":"0x00`)
		},
		"null": func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			if method == "eth_getBlockByHash" {
				return json.RawMessage("null")
			}
			return result
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := lying(t, s.ExecutionURL(), alter)
			reader, err := s.Watcher(l.url)
			require.NoError(t, err)
			_, err = reader.Contents(t.Context(), hash)
			require.Error(t, err)
			l.set(honest)
			_, err = reader.Contents(t.Context(), hash)
			require.NoError(t, err, "the same answers unaltered are taken")
		})
	}
}

func TestFollowerTellsEachEventOnceAndWhatWasUndone(t *testing.T) {
	s := newScene(t)
	ctx := t.Context()
	reader, err := s.Watcher()
	require.NoError(t, err)
	f := events.NewFollower(reader, 0, nil)
	step, err := f.Poll(ctx)
	require.NoError(t, err)
	require.True(t, step.CaughtUp)
	require.Nil(t, step.Reorg)
	require.Equal(t, s.Head().ExecutionHash, step.Head.Hash)

	require.NoError(t, s.Stake(ctx, 3))
	staked := s.Head()
	step, err = f.Poll(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"Deposited"}, names(step.Events))
	step, err = f.Poll(ctx)
	require.NoError(t, err)
	require.Empty(t, step.Events, "nothing happened meanwhile")

	require.NoError(t, s.Reorg(ctx, staked.Slot, nil)) // empty blocks: the deposit waits again
	step, err = f.Poll(ctx)
	require.NoError(t, err)
	require.NotNil(t, step.Reorg)
	require.Equal(t, staked.Number, step.Reorg.From)
	require.Equal(t, []common.Hash{staked.ExecutionHash}, step.Reorg.Gone)
	require.Empty(t, step.Events)
	_, err = s.NextSlot(ctx)
	require.NoError(t, err)
	step, err = f.Poll(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"Deposited"}, names(step.Events), "the deposit is back")
	require.Nil(t, step.Reorg)
	require.NotZero(t, step.Finalized.Number)
	require.Less(t, step.Finalized.Number, step.Head.Number)
}

func TestFollowerReadsAllThatItMissed(t *testing.T) {
	s := newScene(t)
	ctx := t.Context()
	reader, err := s.Watcher()
	require.NoError(t, err)
	require.NoError(t, s.Stake(ctx, 3))
	require.NoError(t, s.Advance(ctx, s.Slot()+300))
	require.NoError(t, s.Stake(ctx, 4))
	want := scan(t, reader, s.Manifest.DeploymentBlock, s.Head().Number, nil)

	f := events.NewFollower(reader, s.Manifest.DeploymentBlock, nil)
	var got []events.Event
	for caughtUp := false; !caughtUp; {
		step, err := f.Poll(ctx)
		require.NoError(t, err)
		require.Nil(t, step.Reorg)
		got = append(got, step.Events...)
		caughtUp = step.CaughtUp
	}
	require.Equal(t, want, got)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = f.Poll(ended)
	require.ErrorIs(t, err, context.Canceled)
}

func TestEndpointThatIsBehindIsNoReorg(t *testing.T) {
	s := newScene(t)
	ctx := t.Context()
	old := lying(t, s.ExecutionURL(), honest)
	reader, err := s.Watcher(old.url)
	require.NoError(t, err)
	f := events.NewFollower(reader, 0, nil)
	_, err = f.Poll(ctx)
	require.NoError(t, err)
	before := s.Head()
	require.NoError(t, s.Advance(ctx, s.Slot()+3))
	head, err := f.Poll(ctx)
	require.NoError(t, err)

	stale, err := json.Marshal(mustBlock(t, s, before))
	require.NoError(t, err)
	old.set(func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getBlockByNumber" && string(params[0]) == `"latest"` {
			return stale
		}
		return result
	})
	step, err := f.Poll(ctx)
	require.NoError(t, err)
	require.Nil(t, step.Reorg)
	require.Empty(t, step.Events)
	require.Equal(t, head.Head, step.Head)
}

// mustBlock is a block's header as JSON-RPC gives it.
func mustBlock(t *testing.T, s *oracletest.Scene, b chain.Block) (header map[string]any) {
	t.Helper()
	require.NoError(t, s.Client().Client().CallContext(t.Context(), &header, "eth_getBlockByHash", b.ExecutionHash, false))
	return header
}

func TestBlockIsFoundByItsTime(t *testing.T) {
	s := newScene(t)
	reader, err := s.Watcher()
	require.NoError(t, err)
	ctx := t.Context()
	s.Miss(s.Slot()+1, s.Slot()+3)
	require.NoError(t, s.Advance(ctx, s.Slot()+6))
	last := s.Head().Number
	for number := last - 6; number <= last; number++ {
		b, err := reader.BlockByNumber(ctx, number)
		require.NoError(t, err)
		found, err := reader.BlockAtTime(ctx, b.Time, 1, last)
		require.NoError(t, err)
		require.Equal(t, number, found.Number)
	}
	first, err := reader.BlockAtTime(ctx, 0, 5, last)
	require.NoError(t, err)
	require.Equal(t, uint64(5), first.Number)
}

func TestOnlyTheOneEncodingOfASubmissionIsRead(t *testing.T) {
	s := newScene(t)
	result, err := s.Compute(t.Context(), s.Schedule.RefSlot(0))
	require.NoError(t, err)
	data, err := s.SubmitData(result.Report, result)
	require.NoError(t, err)
	_, err = events.DecodeSubmission(data)
	require.NoError(t, err)
	for name, bad := range map[string][]byte{
		"empty": nil, "selector only": data[:4], "cut": data[:len(data)-1], "longer": append(append([]byte{}, data...), 0),
		"another selector": append([]byte{1}, data[1:]...), "much longer": make([]byte, 5000),
	} {
		_, err := events.DecodeSubmission(bad)
		require.ErrorIs(t, err, events.ErrNotSubmission, name)
	}
	accept := bindings.NewReportOracle().PackAcceptQuarantined(bindings.Report{DepositedWei: big.NewInt(5), WithdrawalVaultWei: new(big.Int), ElRewardsVaultWei: new(big.Int)})
	r, err := events.DecodeAcceptance(accept)
	require.NoError(t, err)
	require.Equal(t, uint64(5), r.DepositedWei.Uint64())
	_, err = events.DecodeAcceptance(data)
	require.ErrorIs(t, err, events.ErrNotSubmission)
}

func TestBlockAboveTheHeadIsNotFinal(t *testing.T) {
	s := newScene(t)
	var first, newest json.RawMessage
	l := lying(t, s.ExecutionURL(), func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		switch {
		case method == "eth_getBlockByNumber" && string(params[0]) == `"latest"`:
			if newest = result; first == nil {
				first = result
			}
			return first
		case method == "eth_getBlockByNumber" && string(params[0]) == `"finalized"`:
			return newest
		}
		return result
	})
	reader, err := s.Watcher(l.url)
	require.NoError(t, err)
	f := events.NewFollower(reader, 0, events.Oracle())
	step, err := f.Poll(t.Context())
	require.NoError(t, err)
	head := step.Head.Number
	_, err = s.NextSlot(t.Context())
	require.NoError(t, err)
	step, err = f.Poll(t.Context())
	require.NoError(t, err)
	require.Equal(t, head, step.Head.Number)
	require.Equal(t, head, step.Finalized.Number)
}

func TestAPauseTellsItsEndAndIsKeptInAFileAsItWas(t *testing.T) {
	s := newScene(t)
	receipt, err := s.Send(t.Context(), s.Accounts.Pauser, s.Manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackPause())
	require.NoError(t, err)
	reader, err := s.Watcher()
	require.NoError(t, err)
	number := receipt.BlockNumber.Uint64()
	found := scan(t, reader, number, number, events.Oracle())
	require.Equal(t, []string{"Paused", "PauseEnds"}, names(found))
	block, err := reader.BlockByNumber(t.Context(), number)
	require.NoError(t, err)
	const fortnight = 14 * 24 * 3600
	require.Equal(t, block.Time+fortnight, found[1].Body.(*events.PauseEnds).UntilSeconds.Uint64())

	for _, e := range append(found,
		events.Event{Body: &events.FinalizationSkipped{UpTo: 3, Reason: report.SkipLoss, DemandWei: big.NewInt(4), BufferedWei: big.NewInt(5)}},
		events.Event{Body: &events.FinalizedWithoutReport{
			UpTo: 6, LockWei: big.NewInt(7), BurnShares: big.NewInt(8), Rate: big.NewInt(9), BroughtHomeWei: big.NewInt(10),
		}},
		events.Event{Body: &events.Unrecognised{RefSlot: 11, AmountWei: big.NewInt(12)}},
		events.Event{Body: &events.LossUnconfirmed{RefSlot: 13, LostGwei: big.NewInt(14)}},
		events.Event{Body: &events.LossEnded{RefSlot: 15, RegainedGwei: big.NewInt(16), ConfirmedGwei: big.NewInt(17)}},
		events.Event{Body: &events.ReportHeld{RefSlot: 18, Rate: big.NewInt(19), UntilSeconds: big.NewInt(20)}},
		events.Event{Body: &events.RateFalse{RefSlot: 21}},
		events.Event{Body: &events.Settled{Batch: big.NewInt(22), SurplusWei: big.NewInt(23)}},
	) {
		text, err := json.Marshal(e)
		require.NoError(t, err)
		var back events.Event
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, e, back)
	}
}
