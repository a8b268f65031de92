package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// TestReportThatAllMembersSignedWronglyIsCaught: the contract takes it, since a quorum signed and the bounds hold. Only computing it again tells.
func TestReportThatAllMembersSignedWronglyIsCaught(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	bug := func(r *report.Report) { r.CLValidatorsGwei += 1_000_000 } // a planted bug: a thousandth of an ether too much
	s.frame(1, oracletest.Submission{Tamper: bug})

	result := s.audit(nil)
	require.Equal(t, []audit.Kind{audit.WrongValues}, kinds(result))
	wrong := result.Reports[1]
	require.Equal(t, audit.Accepted, wrong.Outcome)
	require.Equal(t, audit.Wrong, state(t, wrong, "consensus values").State)
	require.Len(t, wrong.Divergence, 1)
	require.Equal(t, "clValidatorsGwei", wrong.Divergence[0].Field)
	for _, check := range []string{"digest", "certificate", "block", "sanity", "rebase", "execution values"} {
		require.Equal(t, audit.OK, state(t, wrong, check).State, check)
	}

	blind := s.audit(func(o *audit.Options) { o.Compute = nil })
	require.Empty(t, blind.Findings, "without a beacon node nobody can know")
	require.Equal(t, audit.Clean, blind.Summary.Conclusion)
	require.Equal(t, 2, blind.Summary.Skipped)
	require.Contains(t, state(t, blind.Reports[1], "consensus values").Text, "no beacon node was named")
}

func TestWrongBalanceOfAVaultIsCaughtWithoutABeaconNode(t *testing.T) {
	s := newScene(t, nil)
	require.NoError(t, s.GiveToVault(t.Context(), 1))
	s.frame(0, oracletest.Submission{Tamper: func(r *report.Report) {
		r.WithdrawalVaultWei.SubUint64(&r.WithdrawalVaultWei, 1)
	}})
	result := s.audit(func(o *audit.Options) { o.Compute = nil })
	require.Equal(t, []audit.Kind{audit.WrongValues}, kinds(result))
	require.Equal(t, "withdrawalVaultWei", result.Reports[0].Divergence[0].Field)
}

func TestQuarantinedAndRejectedAndOverruledReportsAreFindings(t *testing.T) {
	s := newScene(t, func(c *deploy.Config) { c.Limits.AnnualGainBps, c.Limits.GiftMarginGwei = 100_000_000, 1e9 })
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	lie := func(r *report.Report) { r.CLValidatorsGwei += 30e9 }
	dropped := s.frame(1, oracletest.Submission{Tamper: lie})
	_, err := s.ResolveQuarantine(ctx, dropped, false)
	require.NoError(t, err)
	s.frame(2, oracletest.Submission{Tamper: lie})
	overruled := s.frame(3, oracletest.Submission{Tamper: func(r *report.Report) { r.CLValidatorsGwei += 12e9 }})
	_, err = s.ResolveQuarantine(ctx, overruled, true)
	require.NoError(t, err)

	result := s.audit(func(o *audit.Options) { o.Compute = nil })
	require.Equal(t, []audit.Kind{audit.RejectedReport, audit.HeldReport, audit.OverruledReport}, kinds(result))
	require.Equal(t, []audit.Outcome{audit.Accepted, audit.Rejected, audit.Quarantined, audit.AcceptedByGuardian},
		[]audit.Outcome{result.Reports[0].Outcome, result.Reports[1].Outcome, result.Reports[2].Outcome, result.Reports[3].Outcome})
	require.Equal(t, "CL_GAIN_TOO_HIGH", result.Reports[1].Code)
	require.NotNil(t, result.Reports[3].Rebase)
	for _, r := range result.Reports {
		require.Equal(t, audit.OK, state(t, r, "sanity").State, state(t, r, "sanity").Text)
		require.Equal(t, audit.OK, state(t, r, "rebase").State, state(t, r, "rebase").Text)
		require.Equal(t, audit.OK, state(t, r, "certificate").State)
	}
	require.Equal(t, 0, result.Summary.Missed, "a frame whose report is held is not missed")
}

func TestMissedFramesAreFindingsAndSayWhetherReportsWerePaused(t *testing.T) {
	s := newScene(t, nil)
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	s.frame(2, oracletest.Submission{})
	oracle := bindings.NewReportOracle()
	_, err := s.Send(ctx, s.Accounts.Pauser, s.Manifest.Contracts.ReportOracle, nil, oracle.PackPause())
	require.NoError(t, err)
	require.NoError(t, s.Advance(ctx, s.Schedule.RefSlot(4)+2))
	_, err = s.Send(ctx, s.Accounts.Resumer, s.Manifest.Contracts.ReportOracle, nil, oracle.PackUnpause())
	require.NoError(t, err)
	s.frame(4, oracletest.Submission{})

	result := s.audit(nil)
	require.ElementsMatch(t, []audit.Kind{audit.MissedFrame, audit.MissedFrame, audit.PausedReports}, kinds(result))
	require.Equal(t, []uint64{s.Schedule.RefSlot(1), s.Schedule.RefSlot(3)}, []uint64{result.Missed[0].RefSlot, result.Missed[1].RefSlot})
	require.Equal(t, []bool{false, true}, []bool{result.Missed[0].Paused, result.Missed[1].Paused})
	require.Equal(t, audit.Found, result.Summary.Conclusion)
}

// TestSlotsWithoutBlocksDoNotHideAPause: block numbers alone do not tell when a pause began.
func TestSlotsWithoutBlocksDoNotHideAPause(t *testing.T) {
	s := newScene(t, nil)
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	deadline := s.Schedule.CloseSlot(s.Schedule.RefSlot(1))
	require.NoError(t, s.Advance(ctx, deadline-3))
	_, err := s.Send(ctx, s.Accounts.Pauser, s.Manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackPause())
	require.NoError(t, err)
	require.NoError(t, s.Advance(ctx, deadline+1))
	s.Miss(deadline+2, deadline+6)
	require.NoError(t, s.Advance(ctx, deadline+8))

	result := s.audit(nil)
	require.Len(t, result.Missed, 1)
	require.True(t, result.Missed[0].Paused)
}

func TestAPauseEndsByItselfAndHidesNoLaterFrame(t *testing.T) {
	s := newScene(t, func(c *deploy.Config) { c.MaxPauseSeconds = 6 * c.Schedule.SecondsPerSlot })
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	require.NoError(t, s.Advance(ctx, s.Schedule.CloseSlot(s.Schedule.RefSlot(1))-3))
	_, err := s.Send(ctx, s.Accounts.Pauser, s.Manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackPause())
	require.NoError(t, err)
	require.NoError(t, s.Advance(ctx, s.Schedule.CloseSlot(s.Schedule.RefSlot(2))+1))
	s.frame(3, oracletest.Submission{})

	result := s.audit(nil)
	require.Len(t, result.Missed, 2)
	require.Equal(t, []bool{true, false}, []bool{result.Missed[0].Paused, result.Missed[1].Paused})
}

// TestNoMissedFrameFallsBetweenTwoRanges: a frame belongs to the range in which its deadline lies, also when its reference slot is before the range.
func TestNoMissedFrameFallsBetweenTwoRanges(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	s.frame(2, oracletest.Submission{})
	missed := s.Schedule.RefSlot(1)
	chain, err := s.Watcher()
	require.NoError(t, err)
	a, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: chain})
	require.NoError(t, err)
	head, err := audit.ParsePoint("head")
	require.NoError(t, err)
	whole, err := a.Resolve(t.Context(), audit.Point{}, head)
	require.NoError(t, err)
	deadline := s.Schedule.CloseSlot(missed)
	for _, split := range []uint64{missed - 1, missed, missed + 1, deadline - 1, deadline, deadline + 1} {
		at, err := chain.BlockAtTime(t.Context(), s.Schedule.TimeOf(split), whole.First.Number, whole.Last.Number)
		require.NoError(t, err)
		next, err := chain.BlockByNumber(t.Context(), at.Number+1)
		require.NoError(t, err)
		var found []uint64
		for _, part := range []audit.Blocks{{First: whole.First, Last: at, Final: whole.Final}, {First: next, Last: whole.Last, Final: whole.Final}} {
			r, err := a.Run(t.Context(), part)
			require.NoError(t, err)
			for _, m := range r.Missed {
				found = append(found, m.RefSlot)
			}
		}
		require.Equal(t, []uint64{missed}, found, "split at slot %d", split)
	}
}

func TestEjectedAndSlashedMembersAreNamed(t *testing.T) {
	s := newScene(t, nil)
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	_, err := s.Eject(ctx, 1)
	require.NoError(t, err)
	_, err = s.Equivocate(ctx, 4)
	require.NoError(t, err)
	s.frame(1, oracletest.Submission{})

	names := audit.Names{s.Members[1].ID: "Ada", s.Members[4].ID: "Berta"}
	result := s.audit(func(o *audit.Options) { o.Names = names })
	require.Equal(t, []audit.Kind{audit.EjectedMember, audit.EjectedMember, audit.SlashedMember}, kinds(result))
	require.Contains(t, result.Findings[0].Text, "Ada was ejected")
	require.Contains(t, result.Findings[2].Text, "Berta signed two reports for one round")
	require.Equal(t, []string{"ejected", "slashed"}, []string{result.Members[1].State, result.Members[4].State})
	require.Len(t, result.Reports[1].Seats, members-2, "who left does not sit any more")
	require.Equal(t, audit.OK, state(t, result.Reports[1], "certificate").State)
}

func TestReportThroughAnotherContractSaysWhatCannotBeRead(t *testing.T) {
	s := newScene(t, nil)
	forwarder, err := s.Forwarder(t.Context())
	require.NoError(t, err)
	s.frame(0, oracletest.Submission{Through: &forwarder})

	result := s.audit(nil)
	require.Equal(t, []audit.Kind{audit.NotReadable}, kinds(result))
	require.Contains(t, result.Findings[0].Text, forwarder.Hex())
	require.Contains(t, result.Findings[0].Text, "certificate and block proof")
	r := result.Reports[0]
	require.NotNil(t, r.Values, "the digest tells that it is the report that the auditor computes")
	require.Equal(t, audit.NotChecked, state(t, r, "certificate").State)
	require.Equal(t, audit.OK, state(t, r, "rebase").State)
	require.Equal(t, audit.OK, state(t, r, "consensus values").State)

	blind := s.audit(func(o *audit.Options) { o.Compute = nil })
	require.Nil(t, blind.Reports[0].Values)
	require.Equal(t, audit.NotChecked, state(t, blind.Reports[0], "rebase").State)
}

func TestEventThatDoesNotFitItsTransactionIsForged(t *testing.T) {
	s := newScene(t, nil)
	r := s.frame(0, oracletest.Submission{})
	digest := s.Manifest.Domain().Digest(r)
	forged := common.HexToHash("0xf0")
	liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getLogs" {
			return bytes.ReplaceAll(result, []byte(digest.Hex()), []byte(forged.Hex()))
		}
		return result
	})
	result := s.audit(nil, liar)
	require.Equal(t, []audit.Kind{audit.ForgedEvent}, kinds(result))
	require.Contains(t, result.Findings[0].Text, "hold no such event")

	elsewhere := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		switch method {
		case "eth_getLogs":
			return bytes.ReplaceAll(result, []byte(digest.Hex()), []byte(forged.Hex()))
		case "eth_getBlockReceipts":
			return bytes.ReplaceAll(result, []byte(digest.Hex()), []byte(forged.Hex()))
		}
		return result
	})
	result = s.audit(nil, elsewhere)
	require.Equal(t, []audit.Kind{audit.ForgedEvent}, kinds(result))
	require.Contains(t, result.Findings[0].Text, "every node contradicts itself")
}

// TestTokenThatChangedOtherwiseIsAFinding: the answers to eth_call are nobody's word but the endpoint's, so a lie there shows as a mismatch.
func TestTokenThatChangedOtherwiseIsAFinding(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	totals := hexutil.Encode(bindings.NewStakedEther().PackTotals())
	liar := s.lying(func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_call" && strings.Contains(string(params[0]), totals) {
			words := hexutil.MustDecode(strings.Trim(string(result), `"`))
			words[31]++
			return json.RawMessage(fmt.Sprintf("%q", hexutil.Encode(words)))
		}
		return result
	})
	result := s.audit(nil, liar)
	require.Equal(t, []audit.Kind{audit.WrongRebase}, kinds(result))
	require.Contains(t, result.Findings[0].Text, "pooled ether before")
}

// TestShareRateThatFellBetweenTwoReportsIsAFinding: deposits and finalizations never lower it. Here the earlier announcement is a lie, of a higher rate.
func TestShareRateThatFellBetweenTwoReportsIsAFinding(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	require.NoError(t, s.Stake(t.Context(), 3))
	s.frame(1, oracletest.Submission{})
	first := fmt.Sprintf("0x%064x", s.Schedule.RefSlot(0))
	rebased := bindings.NewStakingPool().GetABI().Events["Rebased"].ID.Hex()
	liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		var logs []map[string]any
		if method != "eth_getLogs" || json.Unmarshal(result, &logs) != nil {
			return result
		}
		for _, l := range logs {
			if topics := l["topics"].([]any); topics[0] == rebased && topics[1] == first {
				words := hexutil.MustDecode(l["data"].(string))
				shares := new(big.Int).SetBytes(words[3*32 : 4*32])
				shares.Sub(shares, new(big.Int).Quo(shares, big.NewInt(100))).FillBytes(words[3*32 : 4*32])
				l["data"] = hexutil.Encode(words)
			}
		}
		altered, _ := json.Marshal(logs)
		return altered
	})
	result := s.audit(nil, liar)
	require.Equal(t, []audit.Kind{audit.ForgedEvent, audit.WrongRebase}, kinds(result))
	require.Contains(t, result.Findings[1].Text, "the share rate fell without a report")
}

func TestMembersThatTheEventsHideAreNoticed(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	_, err := s.Eject(t.Context(), 1)
	require.NoError(t, err)
	ejected := bindings.NewOracleCommittee().GetABI().Events["Ejected"].ID
	liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		var logs []map[string]any
		if method != "eth_getLogs" || json.Unmarshal(result, &logs) != nil {
			return result
		}
		kept := []map[string]any{}
		for _, l := range logs {
			if l["topics"].([]any)[0] != ejected.Hex() {
				kept = append(kept, l)
			}
		}
		altered, _ := json.Marshal(kept)
		return altered
	})
	require.Equal(t, []audit.Kind{audit.WrongCommittee}, kinds(s.audit(nil, liar)))
}

func TestWhatCannotBeReadIsSaidPrecisely(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	pruned := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_call" {
			return nil
		}
		return result
	})
	result := s.audit(func(o *audit.Options) {
		o.Compute = func(context.Context, uint64) (report.Report, error) {
			return report.Report{}, errors.New("the state is gone")
		}
	}, pruned)
	require.Empty(t, result.Findings)
	require.Equal(t, audit.Unchecked, result.Summary.Conclusion)
	r := result.Reports[0]
	for _, check := range []string{"transaction", "digest", "frame", "certificate", "block"} {
		require.Equal(t, audit.OK, state(t, r, check).State, check)
	}
	for check, why := range map[string]string{
		"sanity": "the contracts' state before it was not read", "rebase": "missing trie node", "execution values": "both vaults' balances were not read",
		"consensus values": "the state is gone",
	} {
		require.Equal(t, audit.NotChecked, state(t, r, check).State, check)
		require.Contains(t, state(t, r, check).Text, why)
	}
	require.Equal(t, audit.NotChecked, result.Summary.History.State)
	require.Contains(t, result.Summary.History.Text, "whether events are missing is not known")
	require.Equal(t, 5, result.Summary.Unchecked)
}
