// Package ledger keeps a second set of books for the pool of a devnet: what each holder must have after each report, from the transactions in the blocks and
// from what the beacon chain holds. It shares no arithmetic with the contracts or with package report, so that a devnet's run shows the two to agree.
//
//	calls in blocks ─ Deposit, Transfer, Wrap, Request, Claim … ─┐
//	                                                             ├─► Ledger ─► BalanceOf, WeiPerToken, Rate, Wrapped, LockedWei
//	beacon state, vaults at the reference block ─── Report ──────┘
//	Ledger at the reference block ─► FinalizeUpTo, Bunker: what the report must say of the queue
//
// Whole numbers only. A Ledger is not safe for concurrent use; Clone makes an independent copy, for blocks that may be undone.
package ledger
