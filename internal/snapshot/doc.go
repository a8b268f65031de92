// Package snapshot brings together what a report is computed from: it is the way from a beacon node and an execution node to a report.
//
//	beacon.ReferenceBlock ──► state root ──► state.Read (every byte verified) ──┐
//	                                            │ execution block and its root  │
//	                                            ▼                               ├──► report.Snapshot ──► report.Compute
//	                              execution.Pool (Merkle proofs) ───────────────┘
//
// It sends nothing and signs nothing. What it cannot verify is the finalized root that the beacon nodes agree on; everything else follows from that
// by hashes and proofs.
package snapshot
