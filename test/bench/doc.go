// Command bench measures the reading of a beacon state of mainnet's size: make bench-ingest.
//
// For each fork it writes a synthetic state (package synth) into a temporary folder, builds the contestants, runs each as a whole process pinned to one core and to
// two, in rounds so that a noisy minute hits all of them, and prints one table of wall time and peak resident memory with the targets. The contestants are
// this module's reader from a file and over HTTP, go-eth2-client's decode with the hash-tree root, its decode of the Beacon API's validators in
// JSON, and bare hashing. All must find the same root, validators and balances.
package main
