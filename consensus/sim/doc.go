// Package sim runs a committee of real cores (package consensus) through faults that follow from a seed, and checks after every step that what
// the protocol promises holds. No goroutine, clock, network or disk is in it: a run is a function of its script.
//
//	seed --Generate--> Script: what goes wrong, item by item --Run--> Result
//	                      ^                                             | a violation
//	                      '------------- Shrink: leave items out <------'
//
//	                      world: simulated time, one queue
//	   .------------------------.-------------------.--------------------------.
//	   v                        v                   v                          v
//	 node: runner, disk,      network: loss,      chain: committees that     adversary: up to f members
//	 signer, clock. Ends      delay, doubles,     change, acceptances,       with strategies, who know
//	 between any two effects  splits              reorganisations            what each of them hears
//	   |      ^
//	   v      | Ready                 monitor: what the signer signed, what the disk held then,
//	 consensus.Core  ---------------> what was heard; the checks trust it, not the core
//
// A verifier stands in for BLS (signatures.go). It promises
//   - the same script gives the same run, to the last message;
//   - leaving an item out leaves the others as they are, so that a seed and a few numbers are a minimal script;
//   - a deliberate fault in core, journal, verifier or runner is found within the seeds that CI runs: the tests put them in.
//
// docs/simulator.md tells what is simulated, what is checked and how to replay; command simulate is for the shell.
package sim
