// Command generate writes docs/metrics.md from the table of metrics.
package main
