package metrics

import (
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Bounds of a scrape.
const (
	maxValues      = 512 // label sets of one metric; the largest committee has fewer members
	maxLabelBytes  = 128 // of one label's value
	scrapesAtOnce  = 4
	scrapeTimeout  = 10 * time.Second
	otherValue     = "other"
	truncationMark = "…"
)

// Collector exports each snapshot of a source.
type Collector struct {
	source  status.Source
	metrics []Metric
	descs   []*prometheus.Desc
}

// NewCollector returns a collector of everything in the table.
func NewCollector(source status.Source) *Collector {
	c := &Collector{source: source, metrics: Table()}
	for _, m := range c.metrics {
		c.descs = append(c.descs, prometheus.NewDesc(m.Name, m.Help, m.Labels, nil))
	}
	return c
}

// Describe names every metric, also those that have no value now.
func (c *Collector) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range c.descs {
		out <- desc
	}
}

// Collect exports one snapshot.
func (c *Collector) Collect(out chan<- prometheus.Metric) {
	snapshot := c.source.Status()
	for i, m := range c.metrics {
		if m.histogram != nil {
			collectHistogram(out, c.descs[i], m.histogram(snapshot))
			continue
		}
		samples := samplesOf{kind: m.Kind, width: len(m.Labels), index: map[string]int{}}
		m.read(snapshot, samples.add)
		for _, s := range samples.kept {
			metric, err := prometheus.NewConstMetric(c.descs[i], m.Kind.valueType(), s.value, s.labels...)
			if err != nil {
				metric = prometheus.NewInvalidMetric(c.descs[i], err)
			}
			out <- metric
		}
	}
}

type sample struct {
	labels []string
	value  float64
}

// samplesOf collects the values of one metric. Texts may come from anywhere: two values with the same labels, or a label that is not UTF-8, would
// make Prometheus refuse the whole scrape.
type samplesOf struct {
	kind  Kind
	width int
	kept  []sample
	index map[string]int
}

func (s *samplesOf) add(value float64, labels ...string) {
	clean := make([]string, s.width)
	for i := range clean {
		clean[i] = cleanLabel(labels[i])
	}
	key := strings.Join(clean, "\x00")
	if _, known := s.index[key]; known {
		return
	}
	if len(s.kept) >= maxValues {
		s.addToOther(value)
		return
	}
	s.index[key] = len(s.kept)
	s.kept = append(s.kept, sample{clean, value})
}

// addToOther counts what is beyond the bound under one label set. Gauges are left out: their sum would mean nothing.
func (s *samplesOf) addToOther(value float64) {
	if s.kind != counter {
		return
	}
	labels := make([]string, s.width)
	for i := range labels {
		labels[i] = otherValue
	}
	key := strings.Join(labels, "\x00")
	i, known := s.index[key]
	if !known {
		i = len(s.kept)
		s.index[key] = i
		s.kept = append(s.kept, sample{labels: labels})
	}
	s.kept[i].value += value
}

// cleanLabel bounds a label's text and makes it valid UTF-8 without control characters.
func cleanLabel(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	if len(text) <= maxLabelBytes {
		return text
	}
	cut := strings.ToValidUTF8(text[:maxLabelBytes-len(truncationMark)], "")
	return cut + truncationMark
}

// collectHistogram exports a histogram of milliseconds as seconds; one whose parts do not fit together is left out.
func collectHistogram(out chan<- prometheus.Metric, desc *prometheus.Desc, h status.Histogram) {
	if len(h.Counts) != len(h.Bounds)+1 {
		return
	}
	buckets, total := map[float64]uint64{}, uint64(0)
	for i, count := range h.Counts {
		total += count
		if i < len(h.Bounds) {
			buckets[h.Bounds[i]/millisecondsPerSecond] = total
		}
	}
	metric, err := prometheus.NewConstHistogram(desc, total, h.Sum/millisecondsPerSecond, buckets)
	if err != nil {
		metric = prometheus.NewInvalidMetric(desc, err)
	}
	out <- metric
}

// Handler serves the source's metrics, with those of the Go runtime and the process, in Prometheus' formats. It serves few scrapes at once.
func Handler(source status.Source) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(NewCollector(source), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		Registry: registry, MaxRequestsInFlight: scrapesAtOnce, Timeout: scrapeTimeout, EnableOpenMetrics: true,
	})
}
