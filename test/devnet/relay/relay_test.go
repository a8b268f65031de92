package relay_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestANodeIsThereOnlyWhileTheRelayIsUp(t *testing.T) {
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "here") }))
	defer node.Close()
	r, err := relay.New(node.URL)
	require.NoError(t, err)
	defer r.Close()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	ask := func() (string, error) {
		answer, err := client.Get(r.URL())
		if err != nil {
			return "", err
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		return string(text), err
	}

	text, err := ask()
	require.NoError(t, err)
	require.Equal(t, "here", text)
	r.Down()
	_, err = ask()
	require.Error(t, err)
	require.NoError(t, r.Up())
	text, err = ask()
	require.NoError(t, err, "the same address again")
	require.Equal(t, "here", text)
}
