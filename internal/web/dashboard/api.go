package dashboard

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

//go:embed openapi.yaml
var openAPI []byte

// Bounds of a page of reports.
const (
	defaultReports = 100
	maxReports     = 1000
)

// reportsPage is the answer of /api/v1/reports.
type reportsPage struct {
	Reports []status.Report `json:"reports"`
	Missed  []status.Missed `json:"missed"`
}

// roundsPage is the answer of /api/v1/rounds.
type roundsPage struct {
	Rounds []status.Round `json:"rounds"`
}

// errorAnswer is the answer to a request that is refused.
type errorAnswer struct {
	Error string `json:"error"`
}

func (d *Dashboard) serveStatus(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, d.describe().document())
}

// serveReports answers with the newest reports before a reference slot.
func (d *Dashboard) serveReports(w http.ResponseWriter, r *http.Request) {
	limit, before := uint64(defaultReports), uint64(1<<63)
	for name, value := range map[string]*uint64{"limit": &limit, "before": &before} {
		if text := r.URL.Query().Get(name); text != "" {
			parsed, err := strconv.ParseUint(text, 10, 63)
			if err != nil {
				writeError(w, http.StatusBadRequest, name+" must be a whole number that is not negative")
				return
			}
			*value = parsed
		}
	}
	if limit < 1 || limit > maxReports {
		writeError(w, http.StatusBadRequest, "limit must be 1 to "+strconv.Itoa(maxReports))
		return
	}
	writeJSON(w, reportsBefore(d.describe().overview(), before, int(limit)))
}

// reportsBefore are the newest reports and missed rounds with a reference slot below before, at most limit of each.
func reportsBefore(o status.Overview, before uint64, limit int) reportsPage {
	answer := reportsPage{Reports: []status.Report{}, Missed: []status.Missed{}}
	for _, report := range o.Reports {
		if report.RefSlot < before && len(answer.Reports) < limit {
			answer.Reports = append(answer.Reports, report)
		}
	}
	for _, missed := range o.Missed {
		if missed.RefSlot < before && len(answer.Missed) < limit {
			answer.Missed = append(answer.Missed, missed)
		}
	}
	return answer
}

func (d *Dashboard) serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml")
	w.Write(openAPI) //nolint:errcheck // The reader is gone.
}

func writeJSON(w http.ResponseWriter, answer any) {
	encoded, err := json.Marshal(answer)
	if err != nil {
		writeError(w, http.StatusInternalServerError, "the description of the node cannot be written as JSON")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(encoded) //nolint:errcheck // The reader is gone.
}

func writeError(w http.ResponseWriter, code int, why string) {
	encoded, _ := json.Marshal(errorAnswer{why}) // A string always can be.
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	w.Write(encoded) //nolint:errcheck // The reader is gone.
}
