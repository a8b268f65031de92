package metrics

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

const (
	gauge     kind = "gauge"
	counter   kind = "counter"
	histogram kind = "histogram"
)

// kind is a metric's type in Prometheus.
type kind string

func (k kind) valueType() prometheus.ValueType {
	if k == counter {
		return prometheus.CounterValue
	}
	return prometheus.GaugeValue
}

// emit takes one value with the values of the metric's labels, in order.
type emit func(value float64, labels ...string)

// metric is one row of the table.
type metric struct {
	name      string
	kind      kind
	labels    []string
	help      string
	read      func(status.Status, emit)
	histogram func(status.Status) status.Histogram // for histograms, in place of read
}

// table is every metric that is exported, in the order of docs/metrics.md.
func table() []metric {
	return slices.Concat(nodeMetrics(), roundMetrics(), committeeMetrics(), reportMetrics(), tokenMetrics(), endpointMetrics(), workMetrics())
}

// one makes a metric without labels that always has a value.
func one(name string, k kind, help string, value func(status.Status) float64) metric {
	return metric{name: name, kind: k, help: help, read: func(s status.Status, e emit) { e(value(s)) }}
}

// many makes a metric with labels, or one that may have no value.
func many(name string, k kind, labels []string, help string, read func(status.Status, emit)) metric {
	return metric{name: name, kind: k, labels: labels, help: help, read: read}
}

// counted makes a counter with one label, whose values are codes, from a map.
func counted(name, label string, codes []labelCode, help string, counts func(status.Counters) map[string]uint64) metric {
	return many(name, counter, []string{label}, help, func(s status.Status, e emit) {
		all := counts(s.Counters)
		for _, key := range sortedKeys(all) {
			e(float64(all[key]), codeOf(key, codes))
		}
	})
}
