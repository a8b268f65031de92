package p2p

import (
	"context"
	"log/slog"
)

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
