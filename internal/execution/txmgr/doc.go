// Package txmgr sends transactions. A Sender lasts and submits a member's reports, a Client sends single calls for the commands that people
// type. Both share signers, fee rules, the check of what a signer gives back, and the decoding of reverts.
//
//	Job ─► Sender.Step: ask every endpoint ─► follow its transactions ─► in already? ─► simulate ─► price ─► sign ─► write down ─► send to all
//	            ▲                │                        │                      │                    ≤ cap   check   fsync
//	        clock, wake    majority view         receipt, reorg, final      quiet, cancel
//
//	Dial ─► Client ── View ──► eth_call
//	          │ ────── Prepare ─► simulated, gas and fees known, funds checked ─► Send ─► sign, check ─► waits until it is in a block ─► Receipt
//	          └─────── Settle ──► waits until no transaction of the account is under way
//
// # What it promises
//
//   - A report's transaction is on the disk before it leaves, so a killed process finds it again and sends no second one for the same report.
//   - No transaction ever bids more than the hard cap for a unit of gas. When the base fee is above it, the sender waits and says so; a single call is refused.
//   - What a signer gives back is compared field by field with what was asked for, and its sender is recovered, before it is written down or sent.
//   - A report counts as in when most endpoints that are in sync say so, and the job ends when most say so at their finalized block.
//   - Everything from an endpoint is bounded in size and time; errors name endpoints by host only.
//
// # Endpoints
//
// Nothing here is proven: a head cannot be, before it is final. The sender asks all endpoints, and believes the majority of those that are in sync. A tie
// over the nonce goes to the lower one, then to the next when the transaction makes no progress. A tie over whether the report is in goes to action: a
// needless transaction costs a little gas, a report that nobody submits costs a frame. A sender that saw its transactions revert some times for one report
// stops. One endpoint that lies alone can waste gas up to that bound, and keep this member, not the others, from sending. A Client asks one node of
// the user's own choice.
//
// docs/submission.md is for operators.
package txmgr
