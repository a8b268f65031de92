// Package report computes the report of the committee and predicts what it does on chain. It is pure: no clock, no network, no
// disk. The same snapshot gives the same report on every machine.
//
//	Snapshot --Compute--> Computed: Report, digest, explanation of every number, diagnostics, effect
//	                        |
//	Report --Digest--> 32 bytes that identify it --VoteMessage--> 32 bytes that members sign
//	   |
//	   +--CheckSanity--> code, value, bound      what the contracts would hold back
//	   +--Rebase-------> pooled ether and shares what the contracts would do
//	   +--Diff, Sections                         where two reports differ
//	   '--ProveBalance-> a balance under BalancesRoot
//
// It promises:
//   - Everything that the contracts compute as well gives the same result here: digests, sanity rules, rebase arithmetic,
//     schedules and the tree of balances. contracts/difftest compares both on random and edge inputs, also in what they refuse.
//   - Compute returns a report that passes Report.Validate and commits to the balances in the snapshot, or an error.
//   - Amounts are integers: wei as uint256.Int or big.Int, gwei as uint64; times are seconds. Divisions round down unless said
//     otherwise.
//
// ExitDemand stands apart: it says what exits must bring home, and no report carries it yet. docs/loop.md explains it.
//
// Sources: the consensus specifications up to Electra (process_slashings, pending deposits, withdrawal credentials), EIP-712
// (digests), EIP-4788 (the reference block), EIP-6110 (deposits), EIP-7002 and EIP-8061 (exits). docs/report.md says how each number is computed.
package report
