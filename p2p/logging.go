package p2p

import (
	"context"
	"log/slog"
	"sync"

	"github.com/libp2p/go-libp2p/gologshim"
	"golang.org/x/time/rate"
)

// How many lines of the network library are written in a second and at once: much of what it says a peer can make it say.
const (
	libraryLinesRate  = rate.Limit(0.2)
	libraryLinesBurst = 20
)

// RouteLibraryLogs sends what go-libp2p says of itself, which otherwise goes to standard error in a form of its own, to log: warnings and errors, as
// LibraryHandler bounds them. It is for the whole process, as go-libp2p has it, and must come before the first host.
func RouteLibraryLogs(log *slog.Logger) {
	gologshim.SetDefaultHandler(LibraryHandler(log.Handler(), SystemClock{}))
}

// LibraryHandler passes warnings and errors on to a handler, as warnings, at a bounded rate. Lines beyond it are counted, and the next line that is written tells how many.
func LibraryHandler(to slog.Handler, clock Clock) slog.Handler {
	return libraryHandler{to: to, budget: &lineLimiter{clock: clock, limiter: rate.NewLimiter(libraryLinesRate, libraryLinesBurst)}}
}

type libraryHandler struct {
	to     slog.Handler
	budget *lineLimiter // of all handlers derived from one
}

// Enabled: see slog.Handler.
func (h libraryHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.to.Enabled(ctx, slog.LevelWarn)
}

// Handle: see slog.Handler.
func (h libraryHandler) Handle(ctx context.Context, r slog.Record) error {
	leftOut, ok := h.budget.allow()
	if !ok {
		return nil
	}
	// What is an error to the library, such as a handshake that failed, is none to the node.
	line := slog.NewRecord(r.Time, slog.LevelWarn, "the network library says: "+r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		line.AddAttrs(a)
		return true
	})
	if leftOut > 0 {
		line.AddAttrs(slog.Uint64("linesLeftOut", leftOut))
	}
	return h.to.Handle(ctx, line)
}

// WithAttrs: see slog.Handler.
func (h libraryHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return libraryHandler{h.to.WithAttrs(attrs), h.budget}
}

// WithGroup: see slog.Handler.
func (h libraryHandler) WithGroup(name string) slog.Handler {
	return libraryHandler{h.to.WithGroup(name), h.budget}
}

// lineLimiter bounds how many lines are logged.
type lineLimiter struct {
	clock   Clock
	mu      sync.Mutex
	limiter *rate.Limiter
	leftOut uint64
}

// allow reports whether a line may be written, and how many were left out since the last one.
func (b *lineLimiter) allow() (leftOut uint64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.limiter.AllowN(b.clock.Now(), 1) {
		b.leftOut++
		return 0, false
	}
	leftOut, b.leftOut = b.leftOut, 0
	return leftOut, true
}

// gossipLog makes warnings of gossip lines for who debugs it: it warns of each message that it keeps no statistics of deliveries, which this host does not ask
// for. What it calls an error stays one.
type gossipLog struct{ slog.Handler }

func lowered(level slog.Level) slog.Level {
	if level >= slog.LevelError {
		return level
	}
	return slog.LevelDebug
}

func (l gossipLog) Enabled(ctx context.Context, level slog.Level) bool {
	return l.Handler.Enabled(ctx, lowered(level))
}

func (l gossipLog) Handle(ctx context.Context, r slog.Record) error {
	r.Level = lowered(r.Level)
	return l.Handler.Handle(ctx, r)
}

func (l gossipLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return gossipLog{l.Handler.WithAttrs(attrs)}
}
func (l gossipLog) WithGroup(name string) slog.Handler { return gossipLog{l.Handler.WithGroup(name)} }
