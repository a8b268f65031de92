// Package plot draws the plots of the dashboard and of the audit's page as SVG, so that both look the same.
//
//	Chart{labels, values, format} ──► Line, Bars ──► go-analyze/charts ──► SVG without styles or scripts
//
// The pictures hold no style attribute, so that a page whose Content-Security-Policy forbids inline styles can show them, also inside its HTML.
// Every text is escaped: the library does not. Values are floating point: they are for the eye, nothing is computed from them.
package plot
