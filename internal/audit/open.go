package audit

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// Endpoints are the auditor's own nodes.
type Endpoints struct {
	Manifest  *manifest.Manifest
	Beacon    []string // URLs in order of preference; none: values are not computed again
	Execution []string
	Log       *slog.Logger // nil: silent
}

// Whole blocks with receipts, and ranges of logs, are larger and slower than what members read.
const (
	maxAnswerBytes = 64 << 20
	requestTimeout = time.Minute
)

// Open connects to the nodes: the chain for Options.Chain, and what computes reports again, nil without beacon nodes. close ends the connections.
// Errors: beacon.ErrConfig, execution.ErrConfig, report.ErrImpossibleSchedule.
func Open(e Endpoints) (chain Chain, compute Compute, close func(), err error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	close = transport.CloseIdleConnections
	client, err := execution.NewClient(execution.Options{
		Endpoints: e.Execution, ChainID: e.Manifest.ChainID, HTTP: &http.Client{Transport: transport}, RequestTimeout: requestTimeout,
		MaxResponseBytes: maxAnswerBytes, Log: e.Log,
	})
	if err != nil {
		return nil, nil, nil, err
	}
	reader, err := events.NewReader(client, e.Manifest)
	if err != nil || len(e.Beacon) == 0 {
		return reader, nil, close, err
	}
	g, closeBuilder, err := snapshot.Open(snapshot.Endpoints{Manifest: e.Manifest, Beacon: e.Beacon, Execution: e.Execution, Log: e.Log})
	if err != nil {
		return nil, nil, nil, err
	}
	compute = func(ctx context.Context, refSlot uint64) (report.Report, error) {
		result, err := g.Compute(ctx, refSlot)
		if err != nil {
			return report.Report{}, err
		}
		return result.Report, nil
	}
	both := func() {
		closeBuilder()
		transport.CloseIdleConnections()
	}
	return reader, compute, both, nil
}
