package beacon

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEventsAreSplitAsTheStandardSays(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []event
	}{
		"LF":                    {"event: a\ndata: 1\n\n", []event{{"a", "1"}}},
		"CR LF":                 {"event: a\r\ndata: 1\r\n\r\n", []event{{"a", "1"}}},
		"CR":                    {"event: a\rdata: 1\r\r", []event{{"a", "1"}}},
		"no name":               {"data: 1\n\n", []event{{"message", "1"}}},
		"one space is dropped":  {"data:  1\n\ndata:2\n\n", []event{{"message", " 1"}, {"message", "2"}}},
		"several data lines":    {"data: 1\ndata\ndata: 3\n\n", []event{{"message", "1\n\n3"}}},
		"name without data":     {"event: a\n\ndata: 1\n\n", []event{{"message", "1"}}},
		"comments and others":   {": x\nid: 3\nretry: 4\nfoo\ndata: 1\n\n", []event{{"message", "1"}}},
		"byte order mark":       {"\ufeffdata: 1\n\n", []event{{"message", "1"}}},
		"the last is not ended": {"data: 1\n\ndata: 2\n", []event{{"message", "1"}}},
		"nothing":               {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := allEvents(strings.NewReader(test.text))
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
	t.Run("an event is given before the stream goes on", func(t *testing.T) {
		r, w := io.Pipe()
		defer w.Close()
		go io.WriteString(w, "data: 1\r\n\r\n")
		e, err := newEventReader(r).next()
		require.NoError(t, err)
		require.Equal(t, event{"message", "1"}, e)
	})
	t.Run("comments for ever are no event that is too long", func(t *testing.T) {
		got, err := allEvents(strings.NewReader(strings.Repeat(": keep alive\n", 20_000) + strings.Repeat(": keep alive\n\n", 20_000) + "data: 1\n\n"))
		require.NoError(t, err)
		require.Equal(t, []event{{"message", "1"}}, got)
	})
	t.Run("events without data for ever are no event that is too long", func(t *testing.T) {
		got, err := allEvents(strings.NewReader(strings.Repeat("event: empty\n\n", 20_000)))
		require.NoError(t, err)
		require.Empty(t, got)
	})
	t.Run("an event that is too long is refused", func(t *testing.T) {
		for _, text := range []string{strings.Repeat("data: x\n", 10_000), strings.Repeat("x", maxEventLineBytes+1)} {
			_, err := allEvents(strings.NewReader(text))
			require.ErrorIs(t, err, errEventTooLong)
		}
	})
}
