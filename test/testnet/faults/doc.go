// Package faults stands between a member and its nodes and lies: proxies for a beacon node and for an execution node that change single answers, so that
// tests can see each lie refused, with the name of the endpoint that told it.
//
//	member ──► Proxy ──► node
//	             │
//	             └ Fault: honest (none) · FlipBalance · WrongFork · Truncate · OldFinality · FalseBalance · FalseProof · Down
//
// The fault is set while the proxy runs, and Told counts the answers that it has changed: a test that never saw the lie told has proven nothing.
package faults
