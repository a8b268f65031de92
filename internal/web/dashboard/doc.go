// Package dashboard is the page that people look at, and the same data as JSON.
//
//	status.Source ──► snapshot ──► views ──► templates   GET /                    the page, whole without scripts
//	                     │                      └──────► GET /live                its parts again whenever they change (server-sent events)
//	                     ├──► plots ───────────────────► GET /plots/…             SVG
//	                     └──► JSON ────────────────────► GET /api/v1/…            described by GET /api/v1/openapi.yaml
//	status.HoldersSource ───────────► view ──► template ► GET /holders             what holders of the token can do; /api/v1/holders as JSON
//
// It only reads: GET and HEAD, nothing else. The page loads nothing from elsewhere, and its Content-Security-Policy allows no inline script,
// no inline style and no eval. Texts of others (software names, addresses) are bounded, stripped of control characters and escaped. Guard
// refuses requests that a foreign page makes through the visitor's browser (DNS rebinding). Streams are bounded in number and age, and a
// reader that is too slow is dropped.
package dashboard
