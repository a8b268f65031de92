package audit_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/audit"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/execution/watch/watchtest"
)

// TestNodeWithoutLogsDoesNotPassForAQuietChain: an endpoint that hides all events, or has thrown away its old logs, answers with empty lists.
func TestNodeWithoutLogsDoesNotPassForAQuietChain(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, watchtest.Submission{})
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
	require.Equal(t, audit.Found, result.Summary.Verdict)

	blind := s.audit(nil, empty("state"))
	require.Empty(t, blind.Findings)
	require.Equal(t, audit.Unchecked, blind.Summary.Verdict, "nobody can know, and so it is not clean")
	var text bytes.Buffer
	require.NoError(t, audit.WriteText(&text, blind))
	require.Contains(t, text.String(), "history, of the range")
}

func TestHiddenNewestReportIsNoticedBeforeItsFrameEnds(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, watchtest.Submission{})
	s.frame(1, watchtest.Submission{})
	accepted := bindings.NewReportOracle().GetABI().Events["ReportAccepted"].ID
	count := 0
	liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		var logs []map[string]any
		if method != "eth_getLogs" || json.Unmarshal(result, &logs) != nil {
			return result
		}
		kept := []map[string]any{}
		for _, l := range logs {
			if l["topics"].([]any)[0] == accepted.Hex() {
				if count++; count == 2 {
					continue
				}
			}
			kept = append(kept, l)
		}
		altered, _ := json.Marshal(kept)
		return altered
	})
	result := s.audit(nil, liar)
	require.Equal(t, 2, count)
	require.Equal(t, []audit.Kind{audit.HiddenEvent}, kinds(result))
	require.Equal(t, audit.Wrong, result.Summary.History.State)
}
