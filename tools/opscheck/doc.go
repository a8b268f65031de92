// Package opscheck holds the test that reads every PromQL expression of ops with Prometheus' own parser and proves that it uses only metrics,
// labels and values that a node exports, as docs/metrics.md lists them. It stands here since Prometheus brings more modules than the node should have.
package opscheck
