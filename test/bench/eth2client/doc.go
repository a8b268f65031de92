// Command eth2client is go-eth2-client as a contestant of the benchmark: the decode of a whole state with its hash-tree root, or the decode of the
// Beacon API's validators in JSON as its HTTP client does it. It sums the balances of the pool's validators, as the reader does.
package main
