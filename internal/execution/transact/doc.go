// Package transact calls contracts and sends single transactions for the commands that people type: joining, leaving, and what the owner does.
//
//	Dial ─► Client ── View ──► eth_call
//	          │ ────── Prepare ─► simulated, gas and fees known, funds checked ─┐
//	          └─────── Send ◄───────────────── Signer ◄────────────────────────┘ ─► waits until it is in a block ─► Receipt
//
// Answers are those of one node of the user's own choice, and are not proven. Errors name a contract's reason for refusing, and endpoints by host
// only: paths and user names hold secrets. What a running member submits is package submit's business.
package transact
