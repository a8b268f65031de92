package dashboard

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/clock"
)

// event is one server-sent event; Data is one line.
type event struct {
	name string
	key  string // events with the same key replace each other: one is sent only when its data changed
	data []byte
}

// serveStream sends the description now and whenever it changed.
func (d *Dashboard) serveStream(w http.ResponseWriter, r *http.Request) {
	d.stream(w, r, func(s *snapshot) ([]event, error) {
		encoded, err := json.Marshal(s.document())
		return []event{{name: "status", data: encoded}}, err
	})
}

// serveLive sends each part of the page now and whenever it changed.
func (d *Dashboard) serveLive(w http.ResponseWriter, r *http.Request) {
	d.stream(w, r, func(s *snapshot) ([]event, error) {
		parts, err := d.parts(s)
		events := make([]event, 0, len(parts))
		for _, part := range parts {
			encoded, err := json.Marshal(part)
			if err != nil {
				return nil, err
			}
			events = append(events, event{name: "part", key: part.ID, data: encoded})
		}
		return events, err
	})
}

// stream sends the events of each snapshot until the reader leaves, is too slow, has been there for streamAge, or the dashboard closes.
func (d *Dashboard) stream(w http.ResponseWriter, r *http.Request, events func(*snapshot) ([]event, error)) {
	select {
	case d.streams <- struct{}{}:
		defer func() { <-d.streams }()
	default:
		w.Header().Set("Retry-After", "10")
		writeError(w, http.StatusServiceUnavailable, "too many streams are open; close another window or try again later")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	out := &streamWriter{writer: w, clock: d.clock, control: http.NewResponseController(w), sent: map[string][]byte{}}
	if err := d.follow(r, out, events); err != nil {
		d.logger.Debug("A reader of the dashboard's stream was dropped.", "error", err)
	}
}

// follow ends with nil when nobody is at fault.
func (d *Dashboard) follow(r *http.Request, out *streamWriter, events func(*snapshot) ([]event, error)) error {
	ctx, cancel := context.WithTimeout(r.Context(), streamAge)
	defer cancel()
	defer context.AfterFunc(d.open, cancel)()
	for {
		snapshot := d.current()
		all, err := events(snapshot)
		if err != nil {
			return fmt.Errorf("describe the node: %w", err)
		}
		if err := out.send(all); err != nil {
			return err
		}
		pause := d.clock.After(streamInterval)
		if err := out.keepAlive(ctx, snapshot.changed); err != nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-pause:
		case <-ctx.Done():
			return nil
		}
	}
}

// keepAlive sends heartbeats until the node changed or the stream ends.
func (s *streamWriter) keepAlive(ctx context.Context, changed <-chan struct{}) error {
	for {
		select {
		case <-changed:
			return nil
		case <-ctx.Done():
			return nil
		case <-s.clock.After(heartbeat):
			if err := s.write([]byte(": still here\n\n")); err != nil {
				return err
			}
		}
	}
}

// streamWriter writes events, each within writeTimeout.
type streamWriter struct {
	writer  http.ResponseWriter
	clock   clock.Clock
	control *http.ResponseController
	sent    map[string][]byte
}

// send writes those events whose data are not what was sent before under the same key.
func (s *streamWriter) send(events []event) error {
	var out bytes.Buffer
	for _, e := range events {
		if bytes.Equal(s.sent[e.key], e.data) {
			continue
		}
		s.sent[e.key] = e.data
		fmt.Fprintf(&out, "event: %s\ndata: %s\n\n", e.name, e.data)
	}
	return s.write(out.Bytes())
}

func (s *streamWriter) write(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	// The operating system ends the write, by the machine's clock.
	if err := s.control.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return fmt.Errorf("bound the time of a write: %w", err)
	}
	if _, err := s.writer.Write(text); err != nil {
		return fmt.Errorf("write to the stream: %w", err)
	}
	if err := s.control.Flush(); err != nil {
		return fmt.Errorf("flush the stream: %w", err)
	}
	return nil
}
