package beacon_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

func TestNextEndpointServesWithoutAPause(t *testing.T) {
	c := newChain(0, 0, 1)
	broken, good := newFakeNode(t, c, 0), newFakeNode(t, c, 0)
	broken.fail("/eth/v1/beacon/headers/1", 500, "boom")
	clock := newFakeClock(pausesPass)
	client := newClient(t, func(o *beacon.Options) { o.Clock = clock }, broken, good)
	block, err := client.Header(t.Context(), beacon.AtSlot(1))
	require.NoError(t, err)
	require.Equal(t, good.URL, block.Endpoint)
	require.Empty(t, clock.pauses())

	// The one that failed is asked last now.
	_, err = client.Header(t.Context(), beacon.AtSlot(0))
	require.NoError(t, err)
	require.Zero(t, broken.requests("/eth/v1/beacon/headers/0"))
}

func TestTemporaryFaultsAreTriedAgainWithGrowingJitteredPauses(t *testing.T) {
	for name, test := range map[string]struct {
		random func(int64) int64
		want   []time.Duration
	}{
		"least": {func(int64) int64 { return 0 }, []time.Duration{time.Second / 4, time.Second / 2, time.Second}},
		"most":  {func(below int64) int64 { return below - 1 }, []time.Duration{time.Second / 2, time.Second, 2 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, 0), 0)
			node.fail(headPath, 500, "boom")
			clock := newFakeClock(pausesPass)
			client := newClient(t, func(o *beacon.Options) { o.Clock, o.Attempts, o.Random = clock, 4, test.random }, node)
			_, err := client.Header(t.Context(), beacon.Head())
			require.ErrorIs(t, err, beacon.ErrServer)
			require.Equal(t, test.want, clock.pauses())
			require.Equal(t, 4, node.requests(headPath))
		})
	}
}

func TestPausesAreBoundedAndFollowRetryAfter(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	retryAfter := "3"
	node.handle(headPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", retryAfter)
		writeError(w, 429, "slowly")
	})
	for after, want := range map[string]time.Duration{"3": 3 * time.Second, "9999": 5 * time.Second, "tomorrow": 250 * time.Millisecond, "-1": 250 * time.Millisecond} {
		retryAfter = after
		clock := newFakeClock(pausesPass)
		client := newClient(t, func(o *beacon.Options) { o.Clock, o.Attempts, o.MaxRetryDelay = clock, 2, 5*time.Second }, node)
		_, err := client.Header(t.Context(), beacon.Head())
		require.ErrorIs(t, err, beacon.ErrRateLimited)
		require.Equal(t, []time.Duration{want}, clock.pauses(), after)
	}
}

func TestLastingFaultsAreNotTriedAgain(t *testing.T) {
	for _, status := range []int{400, 401, 404, 301} {
		node := newFakeNode(t, newChain(0, 0), 0)
		node.fail(headPath, status, "no")
		_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
		require.Error(t, err)
		require.Equal(t, 1, node.requests(headPath), "HTTP %d", status)
	}
}

func TestWhenAllFailEveryEndpointIsNamedWithItsReason(t *testing.T) {
	c := newChain(0, 0)
	a, b := newFakeNode(t, c, 0), newFakeNode(t, c, 0)
	a.fail(headPath, 500, "boom")
	b.fail(headPath, 401, "who are you")
	_, err := newClient(t, nil, a, b).Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrServer)
	require.ErrorIs(t, err, beacon.ErrUnauthorized)
	require.Equal(t, 3, a.requests(headPath))
	require.Equal(t, 1, b.requests(headPath), "a lasting fault was tried again")
	require.Equal(t, fmt.Sprintf("read the header of block head: all 2 beacon nodes failed: "+
		"beacon node %s: read the header of block head: HTTP 500: boom: %s; "+
		"beacon node %s: read the header of block head: HTTP 401: who are you: %s", a.URL, beacon.ErrServer, b.URL, beacon.ErrUnauthorized), err.Error())
}

func TestNodeThatDoesNotAnswerInTimeIsUnreachable(t *testing.T) {
	for name, hang := range map[string]http.HandlerFunc{
		"before the answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"within the answer": func(w http.ResponseWriter, r *http.Request) {
			writeJSON(w, `{"data":`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, 0), 0)
			clock := newFakeClock(pausesPass)
			arrived := make(chan struct{}, 1)
			node.handle(headPath, func(w http.ResponseWriter, r *http.Request) {
				arrived <- struct{}{}
				hang(w, r)
			})
			client := newClient(t, func(o *beacon.Options) { o.Clock, o.Attempts, o.RequestTimeout = clock, 1, time.Hour }, node)
			failed := make(chan error)
			go func() {
				_, err := client.Header(context.Background(), beacon.Head())
				failed <- err
			}()
			receive(t, arrived)
			clock.fire(time.Hour)
			err := receive(t, failed)
			require.ErrorIs(t, err, beacon.ErrUnreachable)
			require.ErrorContains(t, err, "no answer in time")
		})
	}
}

func TestCallsEndWithTheirContext(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("the caller went away")
	node.handle(headPath, func(_ http.ResponseWriter, r *http.Request) {
		cancel(gone)
		<-r.Context().Done()
	})
	_, err := newClient(t, nil, node).Header(ctx, beacon.Head())
	require.ErrorIs(t, err, gone)
	require.NotErrorIs(t, err, beacon.ErrUnreachable)
}

func TestIdentityIsCheckedAgainAfterTheNodeWasOutOfReach(t *testing.T) {
	c := newChain(0, 0)
	node := newFakeNode(t, c, 0)
	client := newClient(t, func(o *beacon.Options) { o.Attempts = 1 }, node)
	for range 3 {
		_, err := client.Header(t.Context(), beacon.AtSlot(0))
		require.NoError(t, err)
	}
	require.Equal(t, 1, node.requests(genesisPath))

	node.handle(headPath, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := client.Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrUnreachable)
	node.answer(genesisPath, genesisJSON(beacon.Network{}))
	_, err = client.Header(t.Context(), beacon.AtSlot(0))
	require.ErrorIs(t, err, beacon.ErrWrongChain)
}

func TestSecretsOfAnEndpointAreNowhere(t *testing.T) {
	c := newChain(0, 0)
	node := newFakeNode(t, c, 0)
	var seen atomic.Pointer[http.Request]
	front := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r)
		// A node that repeats everything it was sent.
		user, password, _ := r.BasicAuth()
		writeError(w, 400, strings.Join([]string{"cannot serve", r.URL.String(), user, password, r.URL.Query().Get("token")}, " "))
	})
	node.Config.Handler = front
	host := strings.TrimPrefix(node.URL, "http://")
	var logged bytes.Buffer
	change := func(o *beacon.Options) {
		o.Endpoints = []string{"http://alice:pass%2Fword@" + host + "/key-in-path/?token=t%20oken"}
		o.Log = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.Attempts = 2
	}
	client := newClient(t, change)
	_, err := client.Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrRejected)
	user, password, _ := seen.Load().BasicAuth()
	require.Equal(t, "alice pass/word", user+" "+password)
	require.Equal(t, "/key-in-path"+genesisPath, seen.Load().URL.Path)
	require.Equal(t, "t oken", seen.Load().URL.Query().Get("token"))
	told := err.Error() + logged.String() + client.Statuses(t.Context())[0].Endpoint

	node.Server.Close()
	_, err = client.Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrUnreachable)
	require.NotErrorAs(t, err, new(*url.Error))
	told += err.Error() + logged.String() + fmt.Sprintf("%+v %#v", err, errors.Unwrap(err))
	for _, secret := range []string{"alice", "pass", "word", "key-in-path", "oken"} {
		require.NotContains(t, told, secret)
	}
	require.Contains(t, told, "beacon node http://"+host+"/…?…: ")
}

func TestBadConfigurationIsRefusedWithoutRepeatingIt(t *testing.T) {
	for name, change := range map[string]func(*beacon.Options){
		"no endpoint":       func(o *beacon.Options) { o.Endpoints = nil },
		"too many":          func(o *beacon.Options) { o.Endpoints = make([]string, 17) },
		"no scheme":         func(o *beacon.Options) { o.Endpoints = []string{"secret.example:5052"} },
		"other scheme":      func(o *beacon.Options) { o.Endpoints = []string{"ftp://secret@example.org"} },
		"no host":           func(o *beacon.Options) { o.Endpoints = []string{"http:///secret"} },
		"unreadable":        func(o *beacon.Options) { o.Endpoints = []string{"http://user:secret%zz@example.org"} },
		"fragment":          func(o *beacon.Options) { o.Endpoints = []string{"http://example.org/#secret"} },
		"no slots":          func(o *beacon.Options) { o.Network.SlotsPerEpoch = 0 },
		"no seconds":        func(o *beacon.Options) { o.Network.SecondsPerSlot = 0 },
		"negative attempts": func(o *beacon.Options) { o.Attempts = -1 },
		"negative duration": func(o *beacon.Options) { o.RetryDelay = -1 },
		"endless state":     func(o *beacon.Options) { o.MaxStateBytes = 1<<64 - 1 },
	} {
		o := beacon.Options{Network: testNetwork(), Endpoints: []string{"http://example.org"}}
		_, err := beacon.New(o)
		require.NoError(t, err)
		change(&o)
		_, err = beacon.New(o)
		require.ErrorIs(t, err, beacon.ErrConfig, name)
		require.NotContains(t, err.Error(), "secret", name)
	}
}

func TestMessagesOfNodesAreMadePrintable(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	node.fail(headPath, 400, "two\nlines \x1b[31m"+strings.Repeat("x", 1000))
	_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
	require.NotContains(t, err.Error(), "\n")
	require.NotContains(t, err.Error(), "\x1b")
	require.Less(t, len(err.Error()), 500)
}

func TestAnswersMayBeCompressedWithGzipOnly(t *testing.T) {
	c := newChain(0, 0)
	flags := headerFlags{canonical: true, finalized: true}
	body := headerJSON(c.bySlot[0], c.root(0), flags)
	for name, test := range map[string]struct {
		encoding string
		body     []byte
		want     error
	}{
		"gzip":        {"gzip", gzipped(body), nil},
		"identity":    {"identity", []byte(body), nil},
		"brotli":      {"br", []byte(body), beacon.ErrMalformed},
		"no gzip":     {"gzip", []byte(body), beacon.ErrMalformed},
		"bad sum":     {"gzip", append(gzipped(body)[:len(gzipped(body))-8], make([]byte, 8)...), beacon.ErrMalformed},
		"cut off":     {"gzip", gzipped(body)[:40], beacon.ErrUnreachable},
		"nothing":     {"gzip", nil, beacon.ErrUnreachable},
		"a gzip bomb": {"gzip", gzipped(strings.Repeat(" ", 8<<20)), beacon.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, c, 0)
			node.handle(headPath, func(w http.ResponseWriter, r *http.Request) {
				require.Equal(t, "identity, gzip;q=0.5", r.Header.Get("Accept-Encoding"))
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("Content-Encoding", test.encoding)
				w.Write(test.body)
			})
			_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
			require.ErrorIs(t, err, test.want)
		})
	}
}

func TestAnswersOfAnotherMediaTypeAreRefused(t *testing.T) {
	c := newChain(0, 0)
	for _, media := range []string{"text/html", "", "application/octet-stream"} {
		node := newFakeNode(t, c, 0)
		node.handle(headPath, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			fmt.Fprint(w, headerJSON(c.bySlot[0], c.root(0), headerFlags{canonical: true}))
		})
		_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
		require.ErrorIs(t, err, beacon.ErrMalformed)
		require.ErrorContains(t, err, "media type")
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}
