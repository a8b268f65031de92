// Package page shows an audit on the dashboard's page and as the same JSON.
//
//	audit.Result ──► Page ──► status.Status ──► dashboard: /, /api/v1/…
//	  (each look)      └─ Changed
//
// Findings are the status's alarms. An audit has no rounds, peers, submitter or counters of work; it is ready while its last look worked.
package page
