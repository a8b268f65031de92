package beacon

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of an event stream. A finalized_checkpoint event has about 250 bytes.
const (
	maxEventLineBytes = 16 << 10
	maxEventBytes     = 64 << 10
)

// errEventTooLong: a line or an event is longer than the bounds.
var errEventTooLong = errors.New("an event is longer than the bound")

// event is a server-sent event.
type event struct {
	name string // "message" when the server gives none
	data string
}

// eventReader splits a stream into events. Source: WHATWG HTML, "Server-sent events", without ids and reconnection times.
type eventReader struct {
	lines *bufio.Scanner
	first bool
}

func newEventReader(r io.Reader) *eventReader {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1024), maxEventLineBytes)
	split := lineSplitter{}
	lines.Split(split.next)
	return &eventReader{lines: lines, first: true}
}

// next is the next event with data. Errors: io.EOF at the end, also within an event; errEventTooLong; those of the stream.
func (r *eventReader) next() (event, error) {
	e := event{name: "message"}
	var data []string
	size := 0
	for r.lines.Scan() {
		line := r.lines.Text()
		if r.first {
			line = strings.TrimPrefix(line, "\ufeff")
			r.first = false
		}
		if line == "" {
			if data == nil {
				e.name, size = "message", 0
				continue
			}
			e.data = strings.Join(data, "\n")
			return e, nil
		}
		if size += len(line); size > maxEventBytes {
			return event{}, errEventTooLong
		}
		// A comment is a line whose field name is empty.
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "event":
			e.name = value
		case "data":
			data = append(data, value)
		case "":
			size -= len(line)
		}
	}
	switch err := r.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return event{}, errEventTooLong
	case err != nil:
		return event{}, fmt.Errorf("read events: %w", err)
	}
	return event{}, io.EOF
}

// lineSplitter cuts after CR LF, LF or CR. The LF of a CR LF is dropped with the next line, so that a line that ends in CR is
// given at once: the LF may come only with the next event.
type lineSplitter struct{ afterCR bool }

func (s *lineSplitter) next(data []byte, atEOF bool) (advance int, token []byte, err error) {
	skip := 0
	if s.afterCR && len(data) > 0 {
		if data[0] == '\n' {
			skip = 1
		}
		s.afterCR = false
	}
	end := bytes.IndexAny(data[skip:], "\r\n")
	if end < 0 {
		// A last line without its end belongs to an event that never ended.
		if atEOF {
			return len(data), nil, nil
		}
		return skip, nil, nil
	}
	s.afterCR = data[skip+end] == '\r'
	return skip + end + 1, data[skip : skip+end], nil
}
