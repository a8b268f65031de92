package txmgr_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// answering is a node that answers every question with a result, and notes what it was asked.
func answering(t *testing.T, result string, asked *http.Request) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if asked != nil {
			*asked = *r
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":1,"result":%s}`, result)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestTheFirstUsableEndpointIsTakenWithItsPathAndPassword(t *testing.T) {
	var asked http.Request
	good := strings.Replace(answering(t, `"0x539"`, &asked), "http://", "http://user:hunter2@", 1) + "/v3/hunter3?key=hunter4"
	client, closeClient, err := txmgr.Dial(t.Context(), []string{"http://127.0.0.1:1/hunter5", answering(t, `"0x1"`, nil), good}, 1337)
	require.NoError(t, err)
	defer closeClient()
	id, err := client.ChainID(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 1337, id.Uint64())
	require.Equal(t, "/v3/hunter3?key=hunter4", asked.URL.String())
	user, password, _ := asked.BasicAuth()
	require.Equal(t, []string{"user", "hunter2"}, []string{user, password})
}

func TestErrorsNameEndpointsByHostOnly(t *testing.T) {
	failing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "hunter2\x1b[2J", http.StatusBadGateway) }))
	defer failing.Close()
	for want, endpoint := range map[string]string{
		"connection refused":                           "http://user:hunter2@127.0.0.1:1/hunter3",
		"is on chain 1, the manifest is of chain 1337": answering(t, `"0x1"`, nil) + "/hunter3",
		"HTTP 502":                          failing.URL + "/hunter3",
		"want the http or https URL":        "ftp://hunter2/",
		"want the http or https URL of an ": "http://user:hunter2@:bad/",
		"larger than any honest one":        answering(t, `"`+strings.Repeat("0", 5<<20)+`"`, nil),
	} {
		_, _, err := txmgr.Dial(t.Context(), []string{endpoint}, 1337)
		require.ErrorIs(t, err, txmgr.ErrEndpoint)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "hunter")
		require.NotContains(t, err.Error(), "\x1b")
	}
	_, _, err := txmgr.Dial(t.Context(), nil, 1337)
	require.ErrorContains(t, err, "none was named")
}
