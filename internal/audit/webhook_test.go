package audit_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
)

// hook answers posts with the given statuses, one after the other, then with 204.
type hook struct {
	statuses []int
	got      []audit.Posted
	asked    int
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.asked++
	if len(h.statuses) > 0 {
		status := h.statuses[0]
		h.statuses = h.statuses[1:]
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		return
	}
	var p audit.Posted
	body, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(body, &p)
	h.got = append(h.got, p)
	w.WriteHeader(http.StatusNoContent)
}

func post(t *testing.T, h *hook, findings int) (taken int, pauses []time.Duration, err error) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	w, err := audit.NewWebhook(server.URL+"/services/hunter2?token=hunter2", server.Client().Transport, func(_ context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return nil
	})
	require.NoError(t, err)
	all := make([]audit.Finding, findings)
	for i := range all {
		all[i] = audit.Finding{Type: "finding", Kind: audit.MissedFrame, Text: "no report"}
	}
	taken, err = w.Post(t.Context(), audit.Head{Network: "n"}, all)
	return taken, pauses, err
}

func TestPostIsTriedAgainWithGrowingPauses(t *testing.T) {
	h := &hook{statuses: []int{500, 429}}
	taken, pauses, err := post(t, h, 250)
	require.NoError(t, err)
	require.Equal(t, 250, taken)
	require.Equal(t, []time.Duration{2 * time.Second, 4 * time.Second}, pauses)
	require.Len(t, h.got, 3, "at most a hundred in one post")
	require.Contains(t, h.got[0].Text, "100 findings of n")
	require.Contains(t, h.got[0].Text, "and 95 more")
}

func TestPostGivesUpAndNamesTheHostOnly(t *testing.T) {
	h := &hook{statuses: []int{500, 502, 503, 504, 500}}
	taken, pauses, err := post(t, h, 3)
	require.ErrorIs(t, err, audit.ErrWebhook)
	require.Zero(t, taken)
	require.Len(t, pauses, 3)
	require.ErrorContains(t, err, "127.0.0.1")
	require.NotContains(t, err.Error(), "hunter2")
	require.NotContains(t, err.Error(), "services")
}

func TestRefusalAndRedirectAreFinal(t *testing.T) {
	for _, status := range []int{301, 307, 400, 403, 410} {
		h := &hook{statuses: []int{status}}
		_, pauses, err := post(t, h, 1)
		require.ErrorIs(t, err, audit.ErrWebhook, status)
		require.Empty(t, pauses)
		require.Equal(t, 1, h.asked, "no redirect is followed")
	}
}

func TestWebhookThatCannotBeIsRefusedWithoutRepeatingIt(t *testing.T) {
	for _, bad := range []string{"", "ftp://hunter2", "https://", "://hunter2", "https://a b/hunter2"} {
		_, err := audit.NewWebhook(bad, nil, nil)
		require.ErrorIs(t, err, audit.ErrWebhook, bad)
		require.NotContains(t, err.Error(), "hunter2")
	}
}
