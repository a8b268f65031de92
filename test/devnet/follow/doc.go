// Package follow reads a devnet's blocks as they come and says what happened in them: what holders did, which reports were submitted and taken, and whether
// every balance is then what an independent ledger says.
//
//	blocks, receipts ──► Follower ──► Block{Events, Ledger} ──► Frames, Check
//	                        │  an undone block takes its events and its entries in the books back
//	beacon state ───────────┘
package follow
