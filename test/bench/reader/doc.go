// Command reader is this module's reader as a contestant of the benchmark: it reads one state from a file or over HTTP and verifies its root.
// A file is read in one pass. Over HTTP that takes the keys of the pending deposits beforehand, as a node tells them or an earlier reading left them.
package main
