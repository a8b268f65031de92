package dashboard_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// wire is a network inside the process, so that its time is the test's.
type wire struct {
	accepted chan net.Conn
	closed   chan struct{}
}

func (w *wire) Accept() (net.Conn, error) {
	select {
	case conn := <-w.accepted:
		return conn, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}
func (w *wire) Close() error   { close(w.closed); return nil }
func (w *wire) Addr() net.Addr { return &net.TCPAddr{} }

func (w *wire) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	w.accepted <- theirs
	return ours, nil
}

// served runs a test against a dashboard on a wire; all time in it is made up.
func served(t *testing.T, options dashboard.Options, test func(t *testing.T, source *sample.Source, client *http.Client, handler *dashboard.Dashboard)) {
	synctest.Test(t, func(t *testing.T) {
		source := sample.NewSource(0)
		handler := dashboard.New(source, options)
		server := dashboard.NewServer(handler)
		network := &wire{make(chan net.Conn), make(chan struct{})}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = server.Serve(network) // It ends with ErrServerClosed.
		}()
		transport := &http.Transport{DialContext: network.dial}
		test(t, source, &http.Client{Transport: transport}, handler)
		handler.Close()
		transport.CloseIdleConnections()
		require.NoError(t, server.Shutdown(t.Context()))
		<-ended
	})
}

// reader reads the events of one stream.
type reader struct {
	body  io.Closer
	lines *bufio.Reader
}

func open(t *testing.T, client *http.Client, path string) reader {
	t.Helper()
	answer, err := client.Get("http://localhost" + path)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	return reader{answer.Body, bufio.NewReader(answer.Body)}
}

// next is the next event, or comment; io.EOF when the stream ended.
func (r reader) next() (name, data string, err error) {
	for {
		line, err := r.lines.ReadString('\n')
		if err != nil {
			return "", "", io.EOF
		}
		line = strings.TrimSuffix(line, "\n")
		switch field, value, _ := strings.Cut(line, ": "); {
		case line == "":
			return name, data, nil
		case field == "event":
			name = value
		case field == "data":
			data = value
		default:
			name = line
		}
	}
}

func TestTheStreamTellsEachChangeOnceAndAtMostFourASecond(t *testing.T) {
	served(t, dashboard.Options{}, func(t *testing.T, source *sample.Source, client *http.Client, _ *dashboard.Dashboard) {
		stream := open(t, client, "/api/v1/stream")
		defer stream.body.Close()
		stage := func() status.Stage {
			name, data, err := stream.next()
			require.NoError(t, err)
			require.Equal(t, "status", name)
			var told status.Status
			require.NoError(t, json.Unmarshal([]byte(data), &told))
			return told.Rounds[0].Stage
		}
		require.Equal(t, status.Waiting, stage())
		before := time.Now()
		source.Show(sample.Status(4))
		require.Equal(t, status.Voted, stage())
		source.Show(sample.Status(5))
		source.Show(sample.Status(6))
		source.Show(sample.Status(7))
		require.Equal(t, status.Accepted, stage(), "what changes in between is left out")
		require.Equal(t, 500*time.Millisecond, time.Since(before))
	})
}

func TestTheLivePageSendsOnlyThePartsThatChanged(t *testing.T) {
	served(t, dashboard.Options{}, func(t *testing.T, source *sample.Source, client *http.Client, _ *dashboard.Dashboard) {
		stream := open(t, client, "/live")
		defer stream.body.Close()
		part := func() (id, content string) {
			name, data, err := stream.next()
			require.NoError(t, err)
			require.Equal(t, "part", name)
			var told struct{ ID, HTML string }
			require.NoError(t, json.Unmarshal([]byte(data), &told))
			return told.ID, told.HTML
		}
		var ids []string
		for range 7 {
			id, _ := part()
			ids = append(ids, id)
		}
		require.Equal(t, []string{"who", "now", "round", "alarms", "token", "history", "health"}, ids)
		changed := sample.Status(0)
		changed.Alarms = nil
		source.Show(changed)
		id, content := part()
		require.Equal(t, "alarms", id)
		require.NotContains(t, content, "endpoint-down")
		changed.Self.Member = -1
		source.Show(changed)
		id, content = part()
		require.Equal(t, "who", id)
		require.Contains(t, content, "north · not in the committee")
		id, _ = part()
		require.Equal(t, "round", id)
		changed.Rounds = nil
		source.Show(changed)
		id, content = part()
		require.Equal(t, "now", id)
		require.Contains(t, content, "No round yet")
	})
}

func TestAQuietStreamIsKeptAliveAndEndsAfterAnHour(t *testing.T) {
	served(t, dashboard.Options{}, func(t *testing.T, _ *sample.Source, client *http.Client, _ *dashboard.Dashboard) {
		began := time.Now()
		stream := open(t, client, "/api/v1/stream")
		defer stream.body.Close()
		_, _, err := stream.next()
		require.NoError(t, err)
		beats := 0
		for ; ; beats++ {
			name, _, err := stream.next()
			if err != nil {
				break
			}
			require.Equal(t, ": still here", name)
		}
		require.Equal(t, time.Hour, time.Since(began))
		require.InDelta(t, 240, beats, 1)
	})
}

func TestASlowReaderIsDropped(t *testing.T) {
	served(t, dashboard.Options{MaxStreams: 1}, func(t *testing.T, source *sample.Source, client *http.Client, _ *dashboard.Dashboard) {
		slow := open(t, client, "/api/v1/stream") // It reads nothing: a pipe holds nothing.
		defer slow.body.Close()
		for range 40 {
			source.Show(sample.Status(5))
			<-time.After(time.Second) // Of the made-up time.
			synctest.Wait()
		}
		again := open(t, client, "/api/v1/stream")
		require.NoError(t, again.body.Close())
	})
}

func TestStreamsAreBounded(t *testing.T) {
	served(t, dashboard.Options{MaxStreams: 2}, func(t *testing.T, _ *sample.Source, client *http.Client, _ *dashboard.Dashboard) {
		first, second := open(t, client, "/api/v1/stream"), open(t, client, "/live")
		answer, err := client.Get("http://localhost/api/v1/stream")
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
		require.Equal(t, "10", answer.Header.Get("Retry-After"))
		require.NoError(t, answer.Body.Close())
		require.NoError(t, first.body.Close())
		synctest.Wait()
		third := open(t, client, "/live")
		require.NoError(t, third.body.Close())
		require.NoError(t, second.body.Close())
	})
}

func TestClosingEndsTheStreams(t *testing.T) {
	served(t, dashboard.Options{}, func(t *testing.T, _ *sample.Source, client *http.Client, handler *dashboard.Dashboard) {
		stream := open(t, client, "/api/v1/stream")
		_, _, err := stream.next()
		require.NoError(t, err)
		handler.Close()
		_, _, err = stream.next()
		require.ErrorIs(t, err, io.EOF)
	})
}
