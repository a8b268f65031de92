// Package submit brings certified reports to the contract: the sending side of the execution chain, as an actor that the node feeds.
//
//	Job ─► Sender.Step: look at every endpoint ─► follow own transactions ─► in already? ─► simulate ─► price ─► sign ─► write down ─► send to all
//	            ▲                │                        │                      │                      ≤ cap   check   fsync
//	        clock, wake     what most say         receipt, reorg, final      quiet, cancel
//
// # What it promises
//
//   - A transaction is on the disk before it leaves, so a killed process finds it again and sends no second one for the same report.
//   - No transaction ever bids more than the hard cap for a unit of gas. When the base fee is above it, the sender waits and says so.
//   - What a signer gives back is compared field by field with what was asked for, and its sender is recovered, before it is written down or sent.
//   - A report counts as in when most endpoints that are not behind say so, and the job ends when most say so at their finalized block.
//   - Everything from an endpoint is bounded in size and time; errors name endpoints by host only.
//
// # Endpoints
//
// Nothing here is proven: a head cannot be, before it is final. Endpoints are asked all, and what most of those say that are not behind is believed. A tie
// over the nonce goes to the lower one, then to the next when the transaction makes no progress. A tie over whether the report is in goes to action: a
// needless transaction costs a little gas, a report that nobody brings costs a frame. A sender that saw its transactions revert some times for one report
// stops. One endpoint that lies alone can waste gas up to that bound, and keep this member, not the others, from sending.
//
// docs/submission.md is for operators.
package submit
