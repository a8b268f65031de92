// Package devnet is a whole oracle network on one machine: a chain of its own, the contracts, a committee whose members are processes, and people who use the
// token. It prints what happens, compares every balance with an independent calculation, and runs scenarios whose outcome it checks.
//
//	            ┌── network: chain, contracts, homes ──┐
//	Run ────────┼── process, fault, relay: members ────┼──► environment ──► scenario.run ──► outcome, or ErrOutcome
//	            ├── holders: what people do            │      │
//	            └── follow, ledger: what came of it ───┘      └──► printer: a table, a summary
//
// A member is started from an executable that is named (devnet member), since nothing here may import package node.
package devnet
