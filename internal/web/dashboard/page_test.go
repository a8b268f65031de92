package dashboard_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func servePage(t *testing.T, s status.Status) string {
	t.Helper()
	source := sample.NewSource(0)
	source.Show(s)
	handler := dashboard.New(source, dashboard.Options{})
	t.Cleanup(handler.Close)
	return pageOf(t, handler)
}

func pageOf(t *testing.T, handler http.Handler) string {
	t.Helper()
	answer := get(handler, "/")
	require.Equal(t, http.StatusOK, answer.Code, answer.Body)
	return answer.Body.String()
}

// text is what a reader reads on the page, with single spaces.
func text(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	var words []string
	for node := range root.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "style" && node.Parent.Data != "script" {
			words = append(words, strings.Fields(node.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func TestThePageSaysInOneLineHowTheRoundStands(t *testing.T) {
	for step, title := range map[int]string{
		0: "Waiting for finality", 1: "Computing the report", 2: "Comparing reports: 2 of 7 are the same", 3: "Comparing reports: 5 of 7 are the same",
		4: "Voting: 4 of 5 needed votes", 5: "Agreed", 6: "Agreed and sent", 7: "Reported", 8: "Reported and final",
	} {
		require.Contains(t, text(t, servePage(t, sample.Status(step))), title, "step %d", step)
	}
}
