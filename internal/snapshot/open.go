package snapshot

import (
	"log/slog"
	"net/http"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Endpoints are the nodes that Open asks.
type Endpoints struct {
	Manifest  *deploy.Manifest
	Beacon    []string // URLs in order of preference
	Execution []string
	Log       *slog.Logger // nil: silent
	Progress  Progress     // may be nil
}

// Open makes a Gatherer that asks these nodes over the network, without early capture: the execution nodes must still have the state of the reference block.
// close ends its connections. Errors: beacon.ErrConfig, execution.ErrConfig, report.ErrImpossibleSchedule.
func Open(e Endpoints) (g *Gatherer, close func(), err error) {
	nodes, err := beacon.New(beacon.Options{Endpoints: e.Beacon, Network: Network(e.Manifest), Log: e.Log})
	if err != nil {
		return nil, nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	close = func() {
		nodes.Close()
		transport.CloseIdleConnections()
	}
	g, err = open(e, nodes, transport)
	if err != nil {
		close()
		return nil, nil, err
	}
	return g, close, nil
}

func open(e Endpoints, nodes *beacon.Client, transport http.RoundTripper) (*Gatherer, error) {
	client, err := execution.NewClient(execution.Options{
		Endpoints: e.Execution, ChainID: e.Manifest.ChainID, HTTP: &http.Client{Transport: transport}, Log: e.Log,
	})
	if err != nil {
		return nil, err
	}
	reader, err := execution.NewReader(client, e.Manifest)
	if err != nil {
		return nil, err
	}
	return New(Options{Manifest: e.Manifest, Beacon: nodes, Execution: PoolFunc(reader.ReadPool), Progress: e.Progress})
}
