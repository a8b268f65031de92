package metrics

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

const (
	gauge     Kind = "gauge"
	counter   Kind = "counter"
	histogram Kind = "histogram"
)

// Kind is a metric's type in Prometheus.
type Kind string

func (k Kind) valueType() prometheus.ValueType {
	if k == counter {
		return prometheus.CounterValue
	}
	return prometheus.GaugeValue
}

// emit takes one value with the values of the metric's labels, in order.
type emit func(value float64, labels ...string)

// Metric is one row of the table.
type Metric struct {
	Name   string // of a histogram without _bucket, _sum and _count
	Kind   Kind
	Labels []string
	Help   string

	read      func(status.Status, emit)
	histogram func(status.Status) status.Histogram // for histograms, in place of read
}

// Table is every metric that is exported, in the order of docs/metrics.md.
func Table() []Metric {
	return slices.Concat(nodeMetrics(), roundMetrics(), committeeMetrics(), reportMetrics(), tokenMetrics(), endpointMetrics(), workMetrics(), keeperMetrics())
}

// one makes a metric without labels that always has a value.
func one(name string, k Kind, help string, value func(status.Status) float64) Metric {
	return Metric{Name: name, Kind: k, Help: help, read: func(s status.Status, e emit) { e(value(s)) }}
}

// many makes a metric with labels, or one that may have no value.
func many(name string, k Kind, labels []string, help string, read func(status.Status, emit)) Metric {
	return Metric{Name: name, Kind: k, Labels: labels, Help: help, read: read}
}

// counted makes a counter with one label, whose values are codes, from a map.
func counted(name, label string, codes []Code, help string, counts func(status.Counters) map[string]uint64) Metric {
	return many(name, counter, []string{label}, help, func(s status.Status, e emit) {
		all := counts(s.Counters)
		for _, key := range sortedKeys(all) {
			e(float64(all[key]), codeOf(key, codes))
		}
	})
}
