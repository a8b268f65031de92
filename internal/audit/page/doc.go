// Package page shows an audit on the dashboard's page and as the same JSON.
//
//	audit.Result ──► Page ──► status.Audit ──► dashboard: /, /api/v1/…
//	  (each look)      └─ Changed
//
// Findings are the alarms. An audit is ready while its last look worked.
package page
