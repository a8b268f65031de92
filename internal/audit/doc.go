// Package audit checks what the committee has reported: it walks every report that the contract has seen, checks it from the chain's own bytes, and
// computes it again from the auditor's own nodes.
//
//	events of the contracts ─► committees: who answered when ─┐
//	                                                      ▼
//	each report ─► transaction's bytes ─► digest, frame, certificate, block, sanity, rebase, values ─► Report, Finding
//	                                                      ▲                                               │
//	execution node: headers, receipts, state ─────────────┤                         text, JSON lines, CSV, HTML page, webhook
//	beacon node (optional): snapshot ─────────────────────┘
//
// It shares no code with the members' agreement: nothing of consensus, node, p2p or journal is imported. What it shares is what defines the
// protocol: package report (digests, arithmetic, computation), bls, and the readers. A report that all members signed wrongly is found because it is
// computed again here, from verified readings of the auditor's own nodes.
//
// # What is trusted
//
// Blocks are verified whole: header, transactions and receipts hash to the block. That a block is the chain's, the state before and after a
// report, and that no event was left out, an execution node says; a lie there contradicts itself somewhere (a digest of the committee, a sum) and
// becomes a finding, or it hides a report, which becomes a missed frame. Each check says whether it was made, and why not.
package audit
