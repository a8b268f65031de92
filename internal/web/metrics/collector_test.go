package metrics_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// scrape is what Prometheus would get, by name.
func scrape(t *testing.T, s status.Status) map[string]*dto.MetricFamily {
	t.Helper()
	source := sample.NewSource(0)
	source.Show(s)
	registry := prometheus.NewPedanticRegistry()
	require.NoError(t, registry.Register(metrics.NewCollector(source)))
	families, err := registry.Gather()
	require.NoError(t, err)
	byName := map[string]*dto.MetricFamily{}
	for _, family := range families {
		byName[family.GetName()] = family
	}
	return byName
}

// value is the value of the one sample that has these labels ("name=value").
func value(t *testing.T, families map[string]*dto.MetricFamily, name string, labels ...string) float64 {
	t.Helper()
	for _, metric := range families[name].GetMetric() {
		var has []string
		for _, pair := range metric.GetLabel() {
			has = append(has, pair.GetName()+"="+pair.GetValue())
		}
		matches := true
		for _, label := range labels {
			matches = matches && strings.Contains("\n"+strings.Join(has, "\n")+"\n", "\n"+label+"\n")
		}
		if matches {
			return metric.GetGauge().GetValue() + metric.GetCounter().GetValue()
		}
	}
	require.Fail(t, "no such sample", "%s %v", name, labels)
	return 0
}

func TestEachMetricTellsWhatTheStatusSays(t *testing.T) {
	s := sample.Status(8)
	s.Ready, s.Reasons = false, []status.Reason{{Code: "clock"}}
	f := scrape(t, s)
	for _, c := range []struct {
		want   float64
		name   string
		labels []string
	}{
		{1, "tidemark_info", []string{"network=mainnet", "software=oraclenode/1.0.0", "chain_id=1", "name=north"}},
		{0, "tidemark_ready", nil}, {1, "tidemark_not_ready", []string{"reason=clock"}}, {0, "tidemark_observer", nil}, {2, "tidemark_member_index", nil},
		{float64(s.Frame.Slot), "tidemark_slot", nil}, {float64(s.Frame.RefSlot), "tidemark_ref_slot", nil}, {12, "tidemark_slot_duration_seconds", nil},
		{86400, "tidemark_frame_duration_seconds", nil}, {float64(s.StartedAt.Unix()), "tidemark_start_time_seconds", nil},
		{float64(s.Frame.Deadline.Unix()), "tidemark_frame_deadline_timestamp_seconds", nil},
		{1, "tidemark_round_stage", []string{"stage=done"}}, {0, "tidemark_round_stage", []string{"stage=voted"}}, {5, "tidemark_round_quorum", nil},
		{7, "tidemark_round_members", nil}, {6, "tidemark_round_observations", nil}, {5, "tidemark_round_votes", nil}, {5, "tidemark_round_signers", nil},
		{1, "tidemark_round_differing_members", nil}, {1, "tidemark_round_difference", []string{"member=4", "section=commitment"}},
		{7, "tidemark_committee_members", nil}, {1, "tidemark_member_connected", []string{"member=2"}}, {0, "tidemark_member_connected", []string{"member=6"}},
		{float64(s.Members[6].Seen.Unix()), "tidemark_member_last_seen_timestamp_seconds", []string{"member=6"}},
		{5, "tidemark_peers", []string{"role=member"}}, {1, "tidemark_peers", []string{"role=observer"}},
		{0.0881, "tidemark_peer_round_trip_seconds", []string{"member=3"}}, {-0.041, "tidemark_peer_clock_offset_seconds", []string{"member=4"}},
		{12.5, "tidemark_peer_score", []string{"member=0"}}, {1, "tidemark_equivocation_proofs", nil},
		{float64(s.Reports[0].RefSlot), "tidemark_last_report_ref_slot", nil}, {25, "tidemark_last_report_latency_seconds", nil},
		{371134, "tidemark_last_report_gas_used", nil}, {1, "tidemark_last_report_agrees", nil}, {0.028, "tidemark_last_report_apr_ratio", nil},
		{5, "tidemark_last_report_signers", nil}, {9001, "tidemark_last_report_validators", nil},
		{39, "tidemark_recent_reports", []string{"outcome=accepted"}}, {1, "tidemark_recent_reports", []string{"outcome=quarantined"}},
		{0, "tidemark_recent_reports", []string{"outcome=rejected"}}, {1, "tidemark_recent_missed_rounds", nil},
		{184220114907551224411, "tidemark_token_buffered_wei", nil}, {278411e18, "tidemark_token_total_shares", nil},
		{1, "tidemark_endpoint_up", []string{"endpoint=beacon-a.example:5052", "kind=beacon"}}, {0, "tidemark_endpoint_up", []string{"endpoint=beacon-b.example:5052"}},
		{0.009, "tidemark_endpoint_latency_seconds", []string{"kind=execution"}}, {21504410, "tidemark_endpoint_height", []string{"kind=execution"}},
		{1843220114907551224, "tidemark_submitter_balance_wei", nil}, {0, "tidemark_submission_pending", nil},
		{8, "tidemark_rounds_total", []string{"result=reported"}}, {9, "tidemark_computations_total", nil}, {2, "tidemark_computation_errors_total", nil},
		{16.84, "tidemark_last_computation_duration_seconds", nil}, {308412776, "tidemark_last_computation_state_bytes", nil}, {9, "tidemark_votes_signed_total", nil},
		{9, "tidemark_certificates_total", nil}, {2, "tidemark_submissions_total", []string{"result=overtaken"}},
		{1124093110293311, "tidemark_submission_fees_wei_total", nil}, {1, "tidemark_alarms_total", []string{"kind=equivocation"}},
		{4, "tidemark_dropped_messages_total", []string{"kind=vote", "reason=old_round"}}, {0, "tidemark_journal_errors_total", nil}, {84 << 20, "tidemark_memory_bytes", nil},
	} {
		require.InDelta(t, c.want, value(t, f, c.name, c.labels...), 1e-9*max(1, c.want), "%s %v", c.name, c.labels)
	}
	require.InDelta(t, 1.037319, value(t, f, "tidemark_token_share_rate"), 1e-6)
}

func TestTheHistogramIsInSecondsAndCumulative(t *testing.T) {
	h := scrape(t, sample.Status(8))["tidemark_report_latency_seconds"].GetMetric()[0].GetHistogram()
	require.EqualValues(t, 8, h.GetSampleCount())
	require.InDelta(t, 228.4, h.GetSampleSum(), 1e-9)
	require.InDelta(t, 30, h.GetBucket()[2].GetUpperBound(), 1e-9)
	require.EqualValues(t, 6, h.GetBucket()[2].GetCumulativeCount())
}

func TestWhatIsNotKnownHasNoValue(t *testing.T) {
	f := scrape(t, status.Status{})
	for _, name := range []string{"tidemark_token_share_rate", "tidemark_last_report_gas_used", "tidemark_round_stage", "tidemark_submitter_balance_wei",
		"tidemark_report_latency_seconds", "tidemark_submission_fees_wei_total"} {
		require.NotContains(t, f, name)
	}
	require.Zero(t, value(t, f, "tidemark_start_time_seconds"))
	s := sample.Status(8)
	s.Token.ShareRateRay, s.Submitter.BalanceWei, s.Reports[0].LatencySeconds = "0x10", strings.Repeat("9", 1000), 0
	f = scrape(t, s)
	require.NotContains(t, f, "tidemark_token_share_rate")
	require.NotContains(t, f, "tidemark_submitter_balance_wei")
	require.NotContains(t, f, "tidemark_last_report_latency_seconds")
}

func TestNoTextCanBreakAScrape(t *testing.T) {
	s := sample.Status(4)
	s.Software, s.Self.Name = "\xff\xfe\n\x00", strings.Repeat("é", 5000)
	s.Endpoints = append(s.Endpoints, s.Endpoints[0], s.Endpoints[0])
	s.Members = append(s.Members, s.Members[0])
	s.Reasons = []status.Reason{{Code: "same"}, {Code: "same"}}
	s.Counters.Alarms = map[string]uint64{"a\xff": 1, "a\xfe": 2}
	f := scrape(t, s)
	for _, label := range f["tidemark_info"].GetMetric()[0].GetLabel() {
		require.LessOrEqual(t, len(label.GetValue()), 128)
	}
	require.Len(t, f["tidemark_endpoint_up"].GetMetric(), 3)
}

func TestLabelsAreBounded(t *testing.T) {
	s := sample.Status(4)
	s.Counters.Alarms = map[string]uint64{}
	s.Reasons = nil
	for i := range 5000 {
		s.Counters.Alarms[fmt.Sprintf("kind %04d", i)] = 2
		s.Reasons = append(s.Reasons, status.Reason{Code: fmt.Sprint(i)})
	}
	f := scrape(t, s)
	require.Len(t, f["tidemark_alarms_total"].GetMetric(), 513)
	require.InDelta(t, 2*(5000-512), value(t, f, "tidemark_alarms_total", "kind=other"), 0)
	require.Len(t, f["tidemark_not_ready"].GetMetric(), 512, "a sum of gauges would mean nothing")
}

func TestNamesFollowPrometheusCustoms(t *testing.T) {
	problems, err := testutil.CollectAndLint(metrics.NewCollector(sample.NewSource(8)))
	require.NoError(t, err)
	require.Equal(t, []promlint.Problem(nil), problems)
	seen := map[string]bool{}
	for _, m := range metrics.Table() {
		require.Regexp(t, regexp.MustCompile(`^tidemark_[a-z][a-z_]*[a-z]$`), m.Name)
		require.False(t, seen[m.Name], "%s is there twice", m.Name)
		seen[m.Name] = true
	}
}

func TestTheHandlerServesTheMetricsAndTheRuntimes(t *testing.T) {
	answer := httptest.NewRecorder()
	metrics.Handler(sample.NewSource(8)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, answer.Code)
	for _, name := range []string{"tidemark_ready 1", "go_goroutines", "tidemark_report_latency_seconds_bucket{le=\"30\"} 6"} {
		require.Contains(t, answer.Body.String(), name)
	}
}

func TestAScrapeShowsOneSnapshot(t *testing.T) {
	source := &counting{Source: sample.NewSource(8)}
	registry := prometheus.NewPedanticRegistry()
	require.NoError(t, registry.Register(metrics.NewCollector(source)))
	_, err := registry.Gather()
	require.NoError(t, err)
	require.Equal(t, 1, source.asked)
}

type counting struct {
	*sample.Source
	asked int
}

func (c *counting) Status() status.Status {
	c.asked++
	return c.Source.Status()
}

func BenchmarkScrape(b *testing.B) {
	handler := metrics.Handler(sample.NewSource(8))
	for b.Loop() {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/metrics", nil))
	}
}
