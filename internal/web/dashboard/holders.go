package dashboard

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// holdersPath is the page for holders, beside the committee's.
const holdersPath = "holders"

// routeHolders leads to what holders can do.
func (d *Dashboard) routeHolders(source status.HoldersSource) {
	d.holders = source
	d.routes.HandleFunc("/"+holdersPath, d.serveHolders)
	d.routes.HandleFunc("/api/v1/"+holdersPath, d.serveHoldersData)
}

// serveHolders answers with the page for holders. Where the contracts cannot be read, it says what to do.
func (d *Dashboard) serveHolders(w http.ResponseWriter, r *http.Request) {
	code, content := http.StatusOK, holdersView{}
	if h, err := d.holders.Holders(r.Context()); err != nil {
		code, content = http.StatusServiceUnavailable, holdersUnknown(d.describe().overview(), err)
	} else {
		content = holdersOf(h)
	}
	content.Assets = d.page.addresses()
	var out bytes.Buffer
	if err := d.page.templates.ExecuteTemplate(&out, "holders", content); err != nil {
		d.logger.Error("The page for holders cannot be written.", "error", fmt.Errorf("render the page: %w", err))
		http.Error(w, "The page cannot be written; the node's log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	w.Write(out.Bytes()) //nolint:errcheck // The reader is gone.
}

// serveHoldersData answers with the same as data.
func (d *Dashboard) serveHoldersData(w http.ResponseWriter, r *http.Request) {
	h, err := d.holders.Holders(r.Context())
	if err != nil {
		writeError(w, http.StatusServiceUnavailable, err.Error())
		return
	}
	h.Deposits.ClosedBy, h.Requests.ClosedBy = list(h.Deposits.ClosedBy), list(h.Requests.ClosedBy)
	writeJSON(w, h)
}
