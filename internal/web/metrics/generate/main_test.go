package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
)

func TestTheReferenceNamesEveryMetricAndIsUpToDate(t *testing.T) {
	page := reference()
	for _, m := range metrics.Table() {
		require.Contains(t, page, "| `"+m.Name+"` |")
	}
	written, err := os.ReadFile("../../../../docs/metrics.md")
	require.NoError(t, err)
	require.Equal(t, page, string(written), "docs/metrics.md is stale: run make docs")
}
