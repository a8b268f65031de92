// Package fault is how a devnet makes one of its members misbehave or suffer: lines on the member's standard input, and the state that they leave.
//
//	devnet ── Command.String ──► standard input ── Listen ──► State ── Tamper, Blocked ──► node.Hooks
//
// The end of the input means that the devnet is gone: Listen returns, and the member ends.
package fault
