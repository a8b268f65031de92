package dashboard

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Options are what may be set; the zero value is good.
type Options struct {
	Hosts      []string     // host names, besides localhost and addresses, by which the page may be asked for
	MaxStreams int          // open streams at once; 0: 64
	Logger     *slog.Logger // nil: silent
	Clock      clock.Clock  // paces streams; nil: the machine's

	Holders status.HoldersSource // what holders can do; nil: there is no page for them
}

// Bounds of streams.
const (
	defaultMaxStreams = 64
	streamInterval    = 250 * time.Millisecond // at least between two updates
	heartbeat         = 15 * time.Second       // a comment, so that both sides notice a dead connection
	writeTimeout      = 5 * time.Second        // a reader that takes longer is dropped
	streamAge         = time.Hour              // then the reader connects again
)

// description is what the dashboard shows: a node's status or an audit's.
type description interface {
	overview() status.Overview
	document() any // the answer of /api/v1/status
	view() view
}

// Dashboard serves the page and the JSON API of one node or audit.
type Dashboard struct {
	describe func() description
	changed  func() <-chan struct{} // closed when the next description differs
	logger   *slog.Logger
	clock    clock.Clock
	page     *page
	plots    plotCache
	routes   *http.ServeMux
	handler  http.Handler
	holders  status.HoldersSource // nil: none
	streams  chan struct{}        // one entry a open stream

	open  context.Context // done when closed
	close context.CancelFunc

	mutex  sync.Mutex
	newest *snapshot
}

// New returns a handler that describes a node. Close it to end its streams.
func New(source status.Source, options Options) *Dashboard {
	describe := func() nodeDescription { return nodeDescription{nodeWithLists(source.Status())} }
	d := newDashboard(func() description { return describe() }, source.Changed, options)
	d.routes.HandleFunc("/api/v1/rounds", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, roundsPage{describe().status.Rounds}) })
	return d
}

// NewAudit returns a handler that describes an audit, which has no rounds. Close it to end its streams.
func NewAudit(source status.AuditSource, options Options) *Dashboard {
	return newDashboard(func() description { return auditDescription{auditWithLists(source.Audit())} }, source.Changed, options)
}

func newDashboard(describe func() description, changed func() <-chan struct{}, options Options) *Dashboard {
	if options.MaxStreams == 0 {
		options.MaxStreams = defaultMaxStreams
	}
	if options.Clock == nil {
		options.Clock = clock.System()
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	d := &Dashboard{
		describe: describe, changed: changed, logger: options.Logger, clock: options.Clock, page: newPage(), routes: http.NewServeMux(), streams: make(chan struct{}, options.MaxStreams),
	}
	d.open, d.close = context.WithCancel(context.Background())
	d.route()
	if options.Holders != nil {
		d.routeHolders(options.Holders)
	}
	d.handler = Guard(d.routes, options.Hosts)
	return d
}

// ServeHTTP answers one request.
func (d *Dashboard) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// Close ends all streams: http.Server.Shutdown waits for them. Register it there: server.RegisterOnShutdown(d.Close).
func (d *Dashboard) Close() { d.close() }

// route leads to what both kinds of dashboard have.
func (d *Dashboard) route() {
	mux := d.routes
	mux.HandleFunc("/{$}", d.servePage)
	mux.HandleFunc("/live", d.serveLive)
	mux.HandleFunc("/assets/{name}", d.serveAsset)
	mux.HandleFunc("/plots/{file}", d.servePlot)
	mux.HandleFunc("/api/v1/status", d.serveStatus)
	mux.HandleFunc("/api/v1/reports", d.serveReports)
	mux.HandleFunc("/api/v1/stream", d.serveStream)
	mux.HandleFunc("/api/v1/openapi.yaml", d.serveOpenAPI)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		writeError(w, http.StatusNotFound, "there is no such address; /api/v1/openapi.yaml lists them all")
	})
}

// snapshot is one description with the parts of the page made from it.
type snapshot struct {
	description
	changed <-chan struct{}
	render  sync.Once
	parts   []part
	err     error
}

// current returns the newest snapshot; all readers share it until the source changes.
func (d *Dashboard) current() *snapshot {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.newest != nil {
		select {
		case <-d.newest.changed:
		default:
			return d.newest
		}
	}
	changed := d.changed() // Before the description: a change between the two is then seen by the next call.
	d.newest = &snapshot{description: d.describe(), changed: changed}
	return d.newest
}
