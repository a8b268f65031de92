package dashboard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func TestThePageSaysWhenRequestsArePaid(t *testing.T) {
	s := sample.Status(8)
	page := text(t, servePage(t, s))
	for _, words := range []string{
		"Withdrawal requests that wait after the report of slot 12 391 199", "Requests 7 they are paid 150.0000 ETH", "The first is paid within 3 d 23 h",
		"Within about 4 days: 96 ETH come home.", "The last is paid not known", "nobody has asked for 31 ETH of exits", "Exits must bring home 31.0000 ETH no report says it yet",
		"Up to request 1 208: by the report of", "Up to request 1 210: by the report of",
	} {
		require.Contains(t, page, words)
	}
	s.Queue.Hold = "The queue is paused."
	require.Contains(t, text(t, servePage(t, s)), "The queue is paused.")

	s.Queue.FirstPaid.At = new(time.Time)
	require.Contains(t, text(t, servePage(t, s)), "The first is paid soon", "a report that is late")
	s.Queue.FirstPaid = nil
	require.Contains(t, text(t, servePage(t, s)), "The first is paid not known")

	s.Queue = &status.Queue{RefSlot: 12, Why: "the block's state is gone <script>"}
	page = servePage(t, s)
	require.Contains(t, text(t, page), "It is not known when requests are paid: the block's state is gone <script>")
	require.NotContains(t, page, "gone <script>")
	s.Queue = &status.Queue{RefSlot: 12}
	require.Contains(t, text(t, servePage(t, s)), "No request waits.")
	s.Queue = nil
	require.NotContains(t, text(t, servePage(t, s)), "requests that wait")
}
