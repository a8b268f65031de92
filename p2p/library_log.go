package p2p

import (
	"context"
	"log/slog"
)

// libraryLog lets a library speak to who debugs it only. Its lines are not for operators: gossip complains for each message that it keeps no statistics of
// deliveries, which this host does not ask for. What it calls an error stays one.
type libraryLog struct{ slog.Handler }

func newLibraryLog(log *slog.Logger) *slog.Logger { return slog.New(libraryLog{log.Handler()}) }

func lowered(level slog.Level) slog.Level {
	if level >= slog.LevelError {
		return level
	}
	return slog.LevelDebug
}

func (l libraryLog) Enabled(ctx context.Context, level slog.Level) bool {
	return l.Handler.Enabled(ctx, lowered(level))
}

func (l libraryLog) Handle(ctx context.Context, r slog.Record) error {
	r.Level = lowered(r.Level)
	return l.Handler.Handle(ctx, r)
}

func (l libraryLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return libraryLog{l.Handler.WithAttrs(attrs)}
}
func (l libraryLog) WithGroup(name string) slog.Handler { return libraryLog{l.Handler.WithGroup(name)} }
