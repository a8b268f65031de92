// Package events follows the oracle's contracts on the execution chain: what is new at the head, what is final, what was undone, and what
// happened long ago.
//
//	Follower.Poll ──► Step: head, finalized block, Reorg, Events        (what is new)
//	Reader.Scan   ──► Events of a range, in chunks that shrink when an endpoint refuses them
//	Reader.Transaction ──► the transaction's own bytes ──DecodeSubmission──► report + certificate + block proof
//	Reader.Receipts    ──► receipts of a block, under the root in its header
//	Reader.Token, State ──► totals, share rate, buffer, last report … at a block
//
// # What is verified
//
// A header hashes to its block. Transactions and receipts that Transaction and Receipts give stand under the roots of that header, so an endpoint
// can neither alter nor invent an event that is checked against them. What Scan, Poll, Token and State give is what an endpoint says: good for
// display, for liveness and as a hint that something is to be read. Nothing here says that a block is the chain's: an endpoint can hide the
// newest blocks. What a member signs is read by package execution with proofs.
//
// # Endpoints
//
// Answers that belong together are asked of one endpoint (execution.Client.Ask), so a node that lags cannot make another's blocks look empty. All
// answers are bounded in size, number and time by the client's options and by the constants here.
package events
