// Package status is what a node tells about itself: the one description that its JSON API, dashboard, metrics, readiness, the status command
// and the devnet share. An audit has a description of its own. What both say is their Overview.
// Holders is read from the contracts when somebody asks.
//
//	node ───fills──► Status ──► dashboard   page, /api/v1/status, live updates
//	                    │  ├──► metrics     Prometheus
//	                    │  ├──► /readyz     Ready, Reasons
//	                Overview └──► oraclenode status, devnet (decode the JSON)
//	                    │
//	audit ──fills──► Audit ───► dashboard   page, /api/v1/status, live updates
//	contracts ─────► Holders ─► dashboard   page for holders, /api/v1/holders
//
// It holds types only and nothing secret: endpoints are named by host, keys by their public half. Amounts of ether are decimal strings of wei,
// since JSON numbers lose digits; lists are bounded by whoever fills them.
package status
