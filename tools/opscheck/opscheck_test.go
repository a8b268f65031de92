package opscheck_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// exported are the names that Prometheus stores of a node, with their labels, as docs/metrics.md lists them.
func exported(t *testing.T) map[string][]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/metrics.md")
	require.NoError(t, err)
	given := []string{"instance", "job"} // Prometheus adds them.
	names := map[string][]string{"up": given, "process_resident_memory_bytes": given, "process_cpu_seconds_total": given}
	row := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (\\w+) \\| ([a-z_, ]*) \\|")
	for _, columns := range row.FindAllStringSubmatch(string(page), -1) {
		name, has := columns[1], slices.Clone(given)
		if columns[3] != "" {
			has = append(has, strings.Split(columns[3], ", ")...)
		}
		if columns[2] != "histogram" {
			names[name] = has
			continue
		}
		names[name+"_sum"], names[name+"_count"], names[name+"_bucket"] = has, has, append(slices.Clone(has), "le")
	}
	require.Greater(t, len(names), 60)
	return names
}

// check judges an expression: each metric is exported, and has each label that is matched or grouped by.
func check(t *testing.T, names map[string][]string, where, expression string) {
	t.Helper()
	expression = strings.ReplaceAll(expression, "$__rate_interval", "5m")
	parsed, err := parser.ParseExpr(expression)
	require.NoError(t, err, "%s: %s", where, expression)
	var known []string
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		selector, ok := node.(*parser.VectorSelector)
		if !ok {
			return nil
		}
		has, isExported := names[selector.Name]
		require.True(t, isExported, "%s uses %s, which no node exports", where, selector.Name)
		known = append(known, has...)
		for _, matcher := range selector.LabelMatchers {
			if matcher.Name != model.MetricNameLabel {
				require.Contains(t, has, matcher.Name, "%s matches a label that %s does not have", where, selector.Name)
				checkValues(t, where, matcher)
			}
		}
		return nil
	})
	require.NotEmpty(t, known, "%s uses no metric", where)
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if aggregation, ok := node.(*parser.AggregateExpr); ok {
			for _, label := range aggregation.Grouping {
				require.Contains(t, known, label, "%s groups by a label that is not there", where)
			}
		}
		return nil
	})
}

// checkValues judges the values that are matched of labels with few values.
func checkValues(t *testing.T, where string, matcher *labels.Matcher) {
	t.Helper()
	few := map[string][]string{
		"result":  {"reported", "superseded", "not_computed", "no_quorum", "not_certified", "not_submitted"}, // of package consensus
		"outcome": {"accepted", "quarantined", "rejected"}, "role": {"member", "observer"}, "kind": {"beacon", "execution"},
	}
	if values, known := few[matcher.Name]; known {
		for _, value := range strings.Split(matcher.Value, "|") {
			require.Contains(t, values, value, "%s matches a value that %s never has", where, matcher.Name)
		}
	}
}

// rules is the part of Prometheus' rule files that is used here; nothing else may be in the file.
type rules struct {
	Groups []struct {
		Name  string
		Rules []struct {
			Alert, Expr         string
			For                 string
			Labels, Annotations map[string]string
		}
	}
}

func TestAlertRulesUseWhatNodesExport(t *testing.T) {
	names := exported(t)
	content, err := os.ReadFile("../../ops/prometheus/alerts.yaml")
	require.NoError(t, err)
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	var file rules
	require.NoError(t, decoder.Decode(&file))
	seen := map[string]bool{}
	variable := regexp.MustCompile(`\$labels\.(\w+)`)
	for _, group := range file.Groups {
		require.NotEmpty(t, group.Name)
		for _, rule := range group.Rules {
			require.Regexp(t, `^Tidemark[A-Z][A-Za-z]+$`, rule.Alert)
			require.False(t, seen[rule.Alert], "%s is there twice", rule.Alert)
			seen[rule.Alert] = true
			check(t, names, rule.Alert, rule.Expr)
			if rule.For != "" {
				_, err := model.ParseDuration(rule.For)
				require.NoError(t, err, rule.Alert)
			}
			require.Contains(t, []string{"critical", "warning"}, rule.Labels["severity"], rule.Alert)
			require.NotEmpty(t, rule.Annotations["summary"], rule.Alert)
			require.NotEmpty(t, rule.Annotations["description"], rule.Alert)
			for _, text := range rule.Annotations {
				for _, used := range variable.FindAllStringSubmatch(text, -1) {
					require.True(t, used[1] == "instance" || strings.Contains(rule.Expr, used[1]) || slices.Contains(names[metricOf(t, rule.Expr)], used[1]),
						"%s speaks of the label %s, which it does not have", rule.Alert, used[1])
				}
			}
		}
	}
	require.Greater(t, len(seen), 15)
}

// metricOf is the first metric of an expression.
func metricOf(t *testing.T, expression string) string {
	t.Helper()
	parsed, err := parser.ParseExpr(expression)
	require.NoError(t, err)
	first := ""
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok && first == "" {
			first = selector.Name
		}
		return nil
	})
	return first
}

func TestTheGrafanaDashboardUsesWhatNodesExport(t *testing.T) {
	names := exported(t)
	content, err := os.ReadFile("../../ops/grafana/tidemark.json")
	require.NoError(t, err)
	var board struct {
		Panels []struct {
			ID                       int
			Type, Title, Description string
			Targets                  []struct{ RefID, Expr string }
			GridPos                  struct{ X, Y, W, H int }
		}
		Templating struct{ List []struct{ Name string } }
	}
	require.NoError(t, json.Unmarshal(content, &board))
	ids, checked := map[int]bool{}, 0
	for _, panel := range board.Panels {
		require.False(t, ids[panel.ID], "panel %d is there twice", panel.ID)
		ids[panel.ID] = true
		require.LessOrEqual(t, panel.GridPos.X+panel.GridPos.W, 24, panel.Title)
		if panel.Type == "row" {
			continue
		}
		require.NotEmpty(t, panel.Description, panel.Title)
		require.NotEmpty(t, panel.Targets, panel.Title)
		for _, target := range panel.Targets {
			check(t, names, panel.Title, target.Expr)
			checked++
		}
	}
	require.Greater(t, checked, 30)
	require.NotContains(t, string(content), "http", "it must not name anybody's server")
}

// TestWrongExpressionsAreNoticed shows that the check can fail; each wrong expression is one that Prometheus would take without a word.
func TestWrongExpressionsAreNoticed(t *testing.T) {
	names := exported(t)
	for _, name := range []string{"tidemark_readyy", "tidemark_report_latency_seconds", "tidemark_rounds"} {
		require.NotContains(t, names, name)
	}
	require.NotContains(t, names["tidemark_ready"], "member")
	require.Contains(t, names["tidemark_report_latency_seconds_bucket"], "le")
}
