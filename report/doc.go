// Package report computes what the committee reports, and says what a report does. It is pure: no clock, no network, no disk.
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
// What computes as the contracts do has its twin in contracts/src: digests, sanity rules, rebase arithmetic, schedules and the tree of balances; contracts/difftest shows
// on random and edge inputs that the two agree, also in what they refuse. How a report is computed is told in docs/report.md.
// Amounts are integers: wei as uint256.Int or big.Int, gwei as uint64. Divisions round down unless said.
package report
