// Package report says what the committee reports and what a report does: the Report itself, its EIP-712 digest
// and the message that members sign for it, the commitment to validator balances, the sanity rules and the
// rebase arithmetic. It is pure: no clock, no network, no disk.
//
//	Report --Digest--> 32 bytes that identify it --VoteMessage--> 32 bytes that members sign
//	   |
//	   +--CheckSanity--> code, value, bound      what the contracts would hold back
//	   '--Rebase------> pooled ether and shares  what the contracts would do
//
// Everything here has a twin in contracts/src, and contracts/difftest shows on random and edge inputs that the
// two agree. Amounts are integers: wei as uint256.Int or big.Int, gwei as uint64. Divisions round down unless said.
package report
