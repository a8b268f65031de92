package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// eventful is an audit in which every kind of line occurs.
func eventful(t *testing.T) audit.Result {
	t.Helper()
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	_, err := s.Eject(t.Context(), 1)
	require.NoError(t, err)
	s.frame(2, oracletest.Submission{Absent: []int{2}, Tamper: func(r *report.Report) { r.CLValidatorsGwei += 7 }})
	return s.audit(nil)
}

// TestDocumentationDescribesEveryFieldOfTheJSON compares the tables of docs/audit.md with real output.
func TestDocumentationDescribesEveryFieldOfTheJSON(t *testing.T) {
	documented := documentedFields(t)
	var out bytes.Buffer
	require.NoError(t, audit.WriteJSON(&out, eventful(t)))
	seen := make(map[string]bool)
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var object map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(line), &object), line)
		var kind string
		require.NoError(t, json.Unmarshal(object["type"], &kind))
		seen[kind] = true
		require.ElementsMatch(t, documented[kind], keys(object), "fields of a line of type %s", kind)
		for _, inner := range []struct{ field, kind string }{{"members", "seat"}, {"checks", "check"}, {"divergence", "difference"}} {
			var list []map[string]json.RawMessage
			if json.Unmarshal(object[inner.field], &list) == nil && len(list) > 0 {
				seen[inner.kind] = true
				require.ElementsMatch(t, documented[inner.kind], keys(list[0]))
			}
		}
		var rebase map[string]json.RawMessage
		if json.Unmarshal(object["rebase"], &rebase) == nil && rebase != nil {
			seen["rebase"] = true
			require.ElementsMatch(t, documented["rebase"], keys(rebase))
		}
	}
	for kind := range documented {
		require.True(t, seen[kind], "%s is documented and did not occur", kind)
	}
}

func TestDocumentationListsEveryKindOfFinding(t *testing.T) {
	text, err := os.ReadFile("../../docs/audit.md")
	require.NoError(t, err)
	source, err := os.ReadFile("finding.go")
	require.NoError(t, err)
	found := regexp.MustCompile(`Kind\s+= "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1)
	require.Len(t, found, 21)
	for _, kind := range found {
		require.Contains(t, string(text), "`"+kind[1]+"`")
	}
}

// documentedFields are the first columns of the tables under the headings that name a type in back quotes.
func documentedFields(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/audit.md")
	require.NoError(t, err)
	fields, kind := make(map[string][]string), ""
	heading, row := regexp.MustCompile("^### `([a-z]+)`"), regexp.MustCompile("^\\| `([A-Za-z]+)` \\|")
	for _, line := range strings.Split(string(text), "\n") {
		if m := heading.FindStringSubmatch(line); m != nil {
			kind = m[1]
		} else if strings.HasPrefix(line, "#") {
			kind = ""
		}
		if m := row.FindStringSubmatch(line); m != nil && kind != "" {
			fields[kind] = append(fields[kind], m[1])
		}
	}
	require.NotEmpty(t, fields)
	return fields
}

func keys[V any](m map[string]V) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestPageNeedsNothingAndShowsEverything(t *testing.T) {
	r := eventful(t)
	var out bytes.Buffer
	require.NoError(t, audit.WriteHTML(&out, r, time.Unix(1_800_000_000, 0)))
	page := out.String()
	for _, forbidden := range []string{"<script", "http://", "https://", "src=", "@import", "url(", " style=", "javascript:"} {
		require.NotContains(t, strings.ReplaceAll(page, "http://www.w3.org/2000/svg", ""), forbidden)
	}
	require.Contains(t, page, "default-src &#39;none&#39;")
	for _, wanted := range []string{"Pooled ether", "Share rate", "Yearly rate", "Latency", "Gas", "Divergence", "Participation", "missed-frame", "ejected-member", "wrong-values"} {
		require.Contains(t, page, wanted)
	}
	require.Equal(t, 12, strings.Count(page, "<svg "), "six plots in two themes")
	require.NoError(t, audit.WriteHTML(&out, audit.Result{}, time.Unix(0, 0)), "an audit of nothing is a page too")
}

func TestTextOfOthersStaysText(t *testing.T) {
	hostile := "<script>alert(1)</script>\x1b[31m\u202e\n"
	slot := uint64(5)
	r := audit.Result{
		Head:     audit.Head{Network: hostile, Software: hostile},
		Members:  []audit.Member{{ID: common.Hash{1}, Name: hostile, PeerID: hostile}},
		Findings: []audit.Finding{{Kind: audit.WrongBlock, RefSlot: &slot, Text: hostile}},
		Reports:  []audit.Report{{RefSlot: 5, Seats: []audit.Seat{{ID: common.Hash{1}, Name: hostile, Signed: true}}, Checks: []audit.Check{{Name: "block", State: audit.NotChecked, Text: hostile}}}},
	}
	var page, text bytes.Buffer
	require.NoError(t, audit.WriteHTML(&page, r, time.Unix(0, 0)))
	require.NotContains(t, page.String(), "<script")
	require.NotContains(t, page.String(), "\x1b")
	require.NoError(t, audit.WriteText(&text, r))
	require.NotContains(t, text.String(), "\x1b")
	require.NotContains(t, text.String(), "\u202e")
	require.NotContains(t, text.String(), "</script>\n\n")
	require.NotContains(t, audit.FindingText(r.Findings[0]), "\x1b")
}

func TestOneReasonForManyReportsIsToldOnce(t *testing.T) {
	var r audit.Result
	for i := range uint64(40) {
		text := fmt.Sprintf("read the beacon state of slot %d: read state %s: HTTP 404: the node has no such state", i, common.Hash{byte(i)})
		if i == 7 {
			text = strings.ReplaceAll(text, "HTTP 404", "HTTP 500")
		}
		r.Reports = append(r.Reports, audit.Report{RefSlot: i, Checks: []audit.Check{{Name: "consensus values", State: audit.NotChecked, Text: text}}})
	}
	var page, text bytes.Buffer
	require.NoError(t, audit.WriteHTML(&page, r, time.Unix(0, 0)))
	require.NoError(t, audit.WriteText(&text, r))
	for _, shown := range []string{page.String(), text.String()} {
		require.Equal(t, 1, strings.Count(shown, "HTTP 404"))
		require.Equal(t, 1, strings.Count(shown, "HTTP 500"), "another reason is told by itself")
		require.Contains(t, shown, "39 reports from slot 0 on")
		require.Contains(t, shown, "the report of slot 7")
	}
}

func TestManyReportsStillFitAPage(t *testing.T) {
	var r audit.Result
	r.Members = []audit.Member{{ID: common.Hash{1}, Name: "Ada"}}
	for i := range uint64(1000) {
		r.Reports = append(r.Reports, audit.Report{RefSlot: i, TimeSeconds: 1, GasUsed: 1 + i, LateSeconds: i, Seats: []audit.Seat{{ID: common.Hash{1}, Signed: i%2 == 0}}})
	}
	var page bytes.Buffer
	require.NoError(t, audit.WriteHTML(&page, r, time.Unix(0, 0)))
	require.LessOrEqual(t, strings.Count(page.String(), `class="cell`), 60)
	require.Contains(t, page.String(), "slots 0 to 16: 9 of 17")
	require.Contains(t, page.String(), "the newest 180")
}

func TestAmountsSurviveJSON(t *testing.T) {
	var a audit.Amount
	for _, good := range []string{`"0"`, `"-5"`, `"115792089237316195423570985008687907853269984665640564039457584007913129639935"`} {
		require.NoError(t, json.Unmarshal([]byte(good), &a))
		again, err := json.Marshal(&a)
		require.NoError(t, err)
		require.Equal(t, good, string(again))
	}
	for _, bad := range []string{`5`, `""`, `"x"`, `"` + strings.Repeat("9", 90) + `"`, `"1e5"`} {
		require.Error(t, json.Unmarshal([]byte(bad), &a), bad)
	}
}
