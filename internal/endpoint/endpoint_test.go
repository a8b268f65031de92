package endpoint_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

func TestAnEndpointIsNamedWithoutItsSecrets(t *testing.T) {
	for text, name := range map[string]string{
		"http://localhost:8545":                       "http://localhost:8545",
		"https://user:hunter2@host/v3/5ec7e7/":        "https://host/…",
		"https://host/?key=5ec7e7":                    "https://host?…",
		"http://alice:pass%2Fword@h/path/?token=t%20": "http://h/…?…",
	} {
		e, err := endpoint.New(text)
		require.NoError(t, err)
		require.Equal(t, name, e.Name)
	}
	for _, text := range []string{"", "secret", "ws://secret@host", "http:///secret", "http://user:secret%zz@h", "http://h/#secret", "http://secret:x@:80/"} {
		_, err := endpoint.New(text)
		require.ErrorIs(t, err, endpoint.ErrURL, text)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestTheWordsOfANodeAreShownWithoutSecrets(t *testing.T) {
	e, err := endpoint.New("http://alice:pass%2Fword@h/key-in-path/?token=t%20oken")
	require.NoError(t, err)
	require.Equal(t, "http://alice:pass%2Fword@h/key-in-path/x/y?token=t%20oken&a=b", e.URL("x/y", "a=b"))
	text := e.Printable(" no\n" + e.URL("", "") + " pass/word t oken \x1b[2J" + strings.Repeat("x", 1000))
	for _, secret := range []string{"alice", "pass", "word", "key-in-path", "oken", "\n", "\x1b"} {
		require.NotContains(t, text, secret)
	}
	require.LessOrEqual(t, utf8.RuneCountInString(text), 200)
}

// FuzzNew: whatever is accepted is an http URL whose name shows neither user, path nor query, and can be called.
func FuzzNew(f *testing.F) {
	f.Add("https://user:hunter2@host:1/v3/5ec7e7?key=5ec7e7", "says 5ec7e7")
	f.Add("http://h/%2e%2e//\u202e?a=b&a=c", "a b c")
	f.Fuzz(func(t *testing.T, text, words string) {
		e, err := endpoint.New(text)
		if err != nil {
			require.ErrorIs(t, err, endpoint.ErrURL)
			return
		}
		given, err := url.Parse(text)
		require.NoError(t, err)
		require.Equal(t, given.Scheme+"://"+given.Host, strings.TrimSuffix(strings.TrimSuffix(e.Name, "?…"), "/…"))
		called, err := url.Parse(e.URL("eth/v1", "x=y"))
		require.NoError(t, err)
		require.Equal(t, given.Host, called.Host)
		require.True(t, utf8.ValidString(e.Printable(words)))
		require.LessOrEqual(t, utf8.RuneCountInString(e.Printable(words)), 200)
	})
}

var (
	errBusy   = errors.New("busy")   // temporary
	errBroken = errors.New("broken") // a fault
	errEmpty  = errors.New("empty")  // neither
	errAway   = errors.New("away")   // a fault, and out of reach
)

// scene is a pool of nodes that answer as told, by name.
type scene struct {
	*endpoint.Pool
	answers map[string][]error // of each endpoint, in order; then it serves
	asked   []string
	checks  []string
	pauses  []time.Duration
	log     strings.Builder
}

func newScene(t *testing.T, answers map[string][]error, names ...string) *scene {
	t.Helper()
	s := &scene{answers: answers}
	s.Pool = &endpoint.Pool{
		Kind: "node", Attempts: 3, Delay: time.Second, MaxDelay: 3 * time.Second, Random: func(below int64) int64 { return below - 1 },
		Sleep: func(ctx context.Context, d time.Duration) error {
			s.pauses = append(s.pauses, d)
			return ctx.Err()
		},
		Log: slog.New(slog.NewTextHandler(&s.log, nil)),
		Check: func(_ context.Context, e *endpoint.Endpoint) error {
			s.checks = append(s.checks, e.Name)
			return nil
		},
		Classify: func(err error) endpoint.Class {
			c := endpoint.Class{Temporary: endpoint.IsAny(err, errBusy), Fault: !endpoint.IsAny(err, errEmpty), Away: endpoint.IsAny(err, errAway)}
			if c.Temporary {
				c.RetryAfter = time.Hour
			}
			return c
		},
	}
	for _, name := range names {
		e, err := endpoint.New("http://" + name)
		require.NoError(t, err)
		s.Endpoints = append(s.Endpoints, e)
	}
	return s
}

func (s *scene) ask(ctx context.Context) (string, error) {
	s.asked = nil
	return endpoint.Ask(ctx, s.Pool, "ask", func(_ context.Context, e *endpoint.Endpoint) (string, error) {
		name := strings.TrimPrefix(e.Name, "http://")
		s.asked = append(s.asked, name)
		if left := s.answers[name]; len(left) > 0 {
			s.answers[name] = left[1:]
			return "", left[0]
		}
		return name, nil
	})
}

func TestTheNextEndpointServesAtOnceAndIsAskedFirstAfterThat(t *testing.T) {
	s := newScene(t, map[string][]error{"a": {errBroken, nil}}, "a", "b")
	served, err := s.ask(t.Context())
	require.NoError(t, err)
	require.Equal(t, "b", served)
	require.Equal(t, []string{"a", "b"}, s.asked)
	require.Contains(t, s.log.String(), "another node had to serve")
	_, err = s.ask(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, s.asked)
	require.Empty(t, s.pauses)
	require.Equal(t, []string{"http://a", "http://b"}, s.checks, "each is checked once")
}

func TestWhatIsNotAFaultLeavesTheOrderAlone(t *testing.T) {
	s := newScene(t, map[string][]error{"a": {errEmpty}}, "a", "b")
	for range 2 {
		_, err := s.ask(t.Context())
		require.NoError(t, err)
	}
	require.Equal(t, []string{"a"}, s.asked)
	require.Empty(t, s.log.String())
}

func TestOnlyTemporaryFailuresAreTriedAgainAfterBoundedPauses(t *testing.T) {
	s := newScene(t, map[string][]error{"a": {errBusy, errBusy, errBusy}, "b": {errBroken}}, "a", "b")
	_, err := s.ask(t.Context())
	require.ErrorIs(t, err, errBusy)
	require.ErrorIs(t, err, errBroken)
	require.ErrorContains(t, err, "ask: all 2 nodes failed: busy; broken")
	require.Equal(t, []string{"a", "b", "a", "a"}, s.asked)
	require.Equal(t, []time.Duration{3 * time.Second, 3 * time.Second}, s.pauses, "Retry-After counts up to the bound")
}

func TestPausesDoubleUpToTheBoundAndAreHalfRandom(t *testing.T) {
	s := newScene(t, nil, "a")
	for attempt, most := range []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second} {
		s.Random = func(below int64) int64 { return below - 1 }
		require.Equal(t, most, s.Backoff(attempt))
		s.Random = func(int64) int64 { return 0 }
		require.Equal(t, most/2, s.Backoff(attempt))
	}
}

func TestAnEndpointThatWasAwayIsCheckedAgain(t *testing.T) {
	s := newScene(t, map[string][]error{"a": {errAway}}, "a")
	_, err := s.ask(t.Context())
	require.ErrorIs(t, err, errAway)
	_, err = s.ask(t.Context())
	require.NoError(t, err)
	require.Len(t, s.checks, 2)
}

func TestAnEndedContextEndsAll(t *testing.T) {
	s := newScene(t, map[string][]error{"a": {errBusy, errBusy}}, "a")
	ctx, cancel := context.WithCancel(t.Context())
	s.Sleep = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return ctx.Err()
	}
	_, err := s.ask(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, endpoint.Sleep(ctx, time.Hour), context.Canceled)
	require.NoError(t, endpoint.Sleep(t.Context(), time.Nanosecond))
}

func TestTheTransportCallsTheFullAddressAndBoundsAnswers(t *testing.T) {
	var seen *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r
		_, _ = io.WriteString(w, "0123456789")
	}))
	defer server.Close()
	e, err := endpoint.New(strings.Replace(server.URL, "http://", "http://user:hunter2@", 1) + "/v3/key?a=b")
	require.NoError(t, err)
	client := &http.Client{Transport: e.Transport(http.DefaultTransport, 4)}
	response, err := client.Get(e.Name)
	require.NoError(t, err)
	defer response.Body.Close()
	_, err = io.ReadAll(response.Body)
	require.ErrorIs(t, err, endpoint.ErrTooLarge)
	user, password, _ := seen.BasicAuth()
	require.Equal(t, "/v3/key?a=b user hunter2", seen.URL.String()+" "+user+" "+password)

	_, err = endpoint.ReadAll(strings.NewReader("0123456789"), 9)
	require.ErrorIs(t, err, endpoint.ErrTooLarge)
	whole, err := endpoint.ReadAll(strings.NewReader("0123456789"), 10)
	require.NoError(t, err)
	require.Len(t, whole, 10)
}

func TestRetryAfterIsReadInSeconds(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-1": 0, "99999999": 0, "Wed, 21 Oct 2015 07:28:00 GMT": 0} {
		require.Equal(t, want, endpoint.RetryAfter(http.Header{"Retry-After": {text}}), text)
	}
}
