// Command reader is this module's reader as a contestant of the benchmark: it reads one state from a file or over HTTP and verifies its root.
package main
