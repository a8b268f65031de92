package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// TestNodeWithoutLogsDoesNotPassForAQuietChain: an endpoint that hides all events, or has thrown away its old logs, answers with empty lists.
func TestNodeWithoutLogsDoesNotPassForAQuietChain(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	empty := func(gone ...string) string {
		return s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			switch method {
			case "eth_getLogs":
				return json.RawMessage("[]")
			case "eth_call":
				if len(gone) > 0 {
					return nil
				}
			}
			return result
		})
	}
	result := s.audit(nil, empty())
	require.Equal(t, []audit.Kind{audit.HiddenEvent}, kinds(result))
	require.Contains(t, result.Findings[0].Text, "there is no event of any report")
	require.Equal(t, audit.Found, result.Summary.Conclusion)

	blind := s.audit(nil, empty("state"))
	require.Empty(t, blind.Findings)
	require.Equal(t, audit.Unchecked, blind.Summary.Conclusion, "nobody can know, and so it is not clean")
	var text bytes.Buffer
	require.NoError(t, audit.WriteText(&text, blind))
	require.Contains(t, text.String(), "history, of the range")
}

// TestBlockThatIsUndoneDuringAnAuditIsNoForgery: the events that were read tell of a block that still hashes right and is the chain's no more.
func TestBlockThatIsUndoneDuringAnAuditIsNoForgery(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	undone := s.Slot()
	old, err := s.BlockAt(undone)
	require.NoError(t, err)
	var found, asked json.RawMessage // as they were, and the question
	remember := s.lying(func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getLogs" && bytes.Contains(result, []byte(old.ExecutionHash.Hex())) {
			found, asked = result, params[0]
		}
		return result
	})
	s.audit(nil, remember)
	require.NotNil(t, found)
	require.NoError(t, s.Reorg(t.Context(), undone, nil))
	late := s.lying(func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getLogs" && bytes.Equal(params[0], asked) {
			return found
		}
		return result
	})
	result := s.audit(nil, late)
	require.Empty(t, result.Findings)
	check := state(t, result.Reports[0], "transaction")
	require.Equal(t, audit.NotChecked, check.State)
	require.Contains(t, check.Text, "was undone during the audit")
}

func TestNodeThatDoesNotSayWhichBlockIsTheChainsLeavesTheCheckUnmade(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	number := s.Head().Number
	require.NoError(t, s.Advance(t.Context(), s.Slot()+3))
	silent := s.lying(func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		if method == "eth_getBlockByNumber" && string(params[0]) == fmt.Sprintf(`"0x%x"`, number) {
			return nil
		}
		return result
	})
	result := s.audit(nil, silent)
	require.Equal(t, audit.NotChecked, state(t, result.Reports[0], "transaction").State)
	require.Equal(t, audit.Unchecked, result.Summary.Conclusion)
}

// TestReportThatIsHeldAndLaterTakenAtOnceIsTwoSubmissions: after another report was held, the first can be submitted again, and no guardian has a part in it.
func TestReportThatIsHeldAndLaterTakenAtOnceIsTwoSubmissions(t *testing.T) {
	s := newScene(t, nil)
	ctx := t.Context()
	s.frame(0, oracletest.Submission{})
	result, err := s.Compute(ctx, s.Schedule.RefSlot(1))
	require.NoError(t, err)
	submit := func(moreWei uint64) {
		r := result.Report
		r.WithdrawalVaultWei.AddUint64(&r.WithdrawalVaultWei, moreWei) // more than is there
		data, err := s.SubmitData(r, result)
		require.NoError(t, err)
		_, err = s.Send(ctx, s.Accounts.User, s.Manifest.Contracts.ReportOracle, nil, data)
		require.NoError(t, err)
	}
	submit(1e18)
	submit(2e18)
	require.NoError(t, s.GiveToVault(ctx, 1))
	submit(1e18)

	audited := s.audit(func(o *audit.Options) { o.Compute = nil })
	require.Len(t, audited.Reports, 4)
	require.Equal(t, []audit.Outcome{audit.Quarantined, audit.Quarantined, audit.Accepted},
		[]audit.Outcome{audited.Reports[1].Outcome, audited.Reports[2].Outcome, audited.Reports[3].Outcome})
	require.NotContains(t, kinds(audited), audit.OverruledReport)
	require.Equal(t, audit.OK, state(t, audited.Reports[3], "certificate").State, "the second certificate is checked too")
	require.NotNil(t, audited.Reports[3].Rebase)
}

func TestHiddenNewestReportIsNoticed(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	s.frame(1, oracletest.Submission{})
	hidden := fmt.Sprintf("0x%064x", s.Schedule.RefSlot(1))
	liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		var logs []map[string]any
		if method != "eth_getLogs" || json.Unmarshal(result, &logs) != nil {
			return result
		}
		kept := slices.DeleteFunc(logs, func(l map[string]any) bool { return slices.Contains(l["topics"].([]any), any(hidden)) })
		altered, _ := json.Marshal(append([]map[string]any{}, kept...))
		return altered
	})
	result := s.audit(nil, liar)
	require.Len(t, result.Reports, 1)
	require.Empty(t, result.Findings, "until it is final a reorganisation may explain it")
	require.Equal(t, audit.Unchecked, result.Summary.Conclusion)
	require.Contains(t, result.Summary.History.Text, "look again when it is final")

	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	result = s.audit(nil, liar)
	require.Contains(t, kinds(result), audit.HiddenEvent)
	require.Equal(t, audit.Wrong, result.Summary.History.State)
}
