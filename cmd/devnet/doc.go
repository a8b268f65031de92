// Command devnet runs a whole oracle network on one machine: a chain with both its nodes, the contracts, and a committee whose members are processes
// of this program. It can do what a member's program must not: change a report before it is signed, cut a member off, run its clock faster.
//
//	devnet ──► test/devnet ──► chain, contracts, holders, books
//	   └──────► devnet member, one process each ──► internal/node with faults
package main
