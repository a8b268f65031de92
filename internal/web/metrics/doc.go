// Package metrics exports what a node tells about itself as Prometheus metrics.
//
//	status.Source ──Status()──► Collector ──► Handler  GET /metrics
//	                               │
//	                             table      name, kind, unit, labels, meaning: docs/metrics.md is written from it
//
// A scrape reads one snapshot, so that its values belong together. Names are tidemark_… with the unit at the end: seconds, bytes, wei. Wei are
// floating point here, as every Prometheus value, and only here: nothing is computed from them. Every label is bounded: members by the
// committee, endpoints by the configuration, and texts that come from elsewhere by maxValues, after which they are counted as "other".
package metrics
