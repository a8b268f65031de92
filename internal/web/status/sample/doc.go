// Package sample is a node that describes itself as a real one would, for tests and for looking at the dashboard without a network: seven
// members of whom one differs, one is away and one once voted twice; a round that unfolds step by step; forty reports of history.
//
//	Status(step) ──► Source ──Show(step)──► status.Source
//	Audit(result) ─► AuditSource ─────────► status.AuditSource
//
// Everything in it is fixed: the same step is the same description.
package sample
