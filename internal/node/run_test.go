package node

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// connected tells whether the node sees so many members.
func connected(members int) func(status.Status) bool {
	return func(s status.Status) bool {
		count := 0
		for _, m := range s.Members {
			if m.Connected {
				count++
			}
		}
		return count >= members
	}
}

// stage tells whether the newest round is that of the slot and stands where one of the stages says.
func stage(refSlot uint64, stages ...status.Stage) func(status.Status) bool {
	return func(s status.Status) bool {
		if len(s.Rounds) == 0 || s.Rounds[0].RefSlot != refSlot {
			return false
		}
		for _, one := range stages {
			if s.Rounds[0].Stage == one {
				return true
			}
		}
		return false
	}
}

func reported(refSlot uint64) func(status.Status) bool {
	return stage(refSlot, status.Accepted, status.Done)
}

// untilNode lets slots pass until a node's description is as it should be, at most until the slot's frame is over.
func (w *world) untilNode(n *testNode, refSlot uint64, what string, condition func(status.Status) bool) status.Status {
	w.Helper()
	for {
		if s := n.source.Status(); condition(s) {
			return s
		}
		if w.Slot() >= refSlot+w.schedule.FrameSlots() {
			require.FailNowf(w, "not in time", "%s, reference slot %d: %+v", what, refSlot, n.source.Status().Rounds)
		}
		w.slot()
	}
}

// startAll runs the whole committee and waits until its members see each other.
func (w *world) startAll(change func(i int, c *Config, h *Hooks)) {
	w.Helper()
	for i := range w.homes {
		w.start(i, func(c *Config, h *Hooks) {
			if change != nil {
				change(i, c, h)
			}
		})
	}
	for _, n := range w.nodes {
		n.until("sees the others", connected(len(w.homes)))
	}
}

func (n *testNode) get(path string, accept string) (code int, body string) {
	n.w.Helper()
	request, err := http.NewRequestWithContext(n.w.Context(), http.MethodGet, "http://"+n.api+path, nil)
	require.NoError(n.w, err)
	request.Header.Set("Accept", accept)
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := (&http.Client{Transport: transport}).Do(request)
	require.NoError(n.w, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(n.w, err)
	return answer.StatusCode, string(text)
}

func TestCommitteeReportsAndRebases(t *testing.T) {
	w := newWorld(t, 4)
	w.startAll(func(_ int, c *Config, _ *Hooks) { w.writeManifest(c.Home, longStagger) }) // Who is first submits, however fast the chain goes.
	for frame := range uint64(2) {
		for _, n := range w.nodes {
			w.untilNode(n, w.schedule.RefSlot(frame), "the contract has the report", reported(w.schedule.RefSlot(frame)))
		}
	}
	refSlot := w.schedule.RefSlot(1)
	n := w.nodes[1]
	s := w.untilNode(n, refSlot, "the acceptance is final", stage(refSlot, status.Done))

	require.Len(t, s.Reports, 2)
	newest := s.Reports[0]
	require.Equal(t, refSlot, newest.RefSlot)
	require.True(t, newest.Own)
	require.Equal(t, "accepted", newest.Outcome)
	require.GreaterOrEqual(t, len(newest.Signers), report.Quorum(4))
	require.Equal(t, 4, newest.Members)
	require.Positive(t, newest.GasUsed)
	require.False(t, newest.Time.IsZero())
	require.NotEqual(t, "0", newest.TotalPooledWei)
	round := s.Rounds[0]
	require.True(t, round.Finalized)
	require.False(t, round.Times.Opened.After(round.Times.Finality))
	require.False(t, round.Times.Computed.After(round.Times.Voted))
	require.False(t, round.Times.Certified.After(round.Times.Accepted))
	require.Len(t, round.Sections, report.SectionCount)
	require.Len(t, s.Endpoints, 2)
	require.Equal(t, 1, s.Self.Member)
	require.NotNil(t, s.Submitter)
	require.Equal(t, uint64(2), s.Counters.VotesSigned)
	require.NotNil(t, s.Token)
	s = w.untilNode(n, refSlot, "it knows what waits", func(s status.Status) bool { return s.Queue != nil && s.Queue.RefSlot == refSlot })
	require.Empty(t, s.Queue.Why)
	require.NotEmpty(t, s.Queue.Explanation)

	submitted := func() (count uint64) {
		for _, each := range w.nodes {
			count += each.source.Status().Counters.Submissions["accepted"]
		}
		return count
	}
	w.untilNode(n, refSlot, "who submitted knows that it is final", func(status.Status) bool { return submitted() >= 2 })
	require.Equal(t, uint64(2), submitted(), "one transaction a frame")
	for _, sentence := range []string{
		"A frame opened.", "The report is computed.", "The vote is signed.", "The committee has certified a report.",
		"The contract accepted the report.", "The token was rebased.", "The round is done",
	} {
		require.Contains(t, n.log.String(), sentence)
	}
	require.Regexp(t, `"[34] of 4 members have this report; 3 are needed\."`, n.log.String()) // Whoever is fast need not wait for the fourth.
	checkServed(t, n)
}

func checkServed(t *testing.T, n *testNode) {
	t.Helper()
	code, body := n.get("/livez", "")
	require.Equal(t, http.StatusOK, code, body)
	code, body = n.get("/readyz", "")
	require.Equal(t, http.StatusOK, code, body)
	code, body = n.get("/metrics", "")
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, body, "tidemark_")
	code, body = n.get("/api/v1/status", "")
	require.Equal(t, http.StatusOK, code)
	var decoded status.Status
	require.NoError(t, json.Unmarshal([]byte(body), &decoded))
	require.Equal(t, n.source.Status().Self.PeerID, decoded.Self.PeerID)
	code, _ = n.get("/", "text/html")
	require.Equal(t, http.StatusOK, code)
}

func TestObserverSignsNothing(t *testing.T) {
	w := newWorld(t, 1)
	observer := w.makeFolder()
	w.start(0, func(c *Config, _ *Hooks) { c.Observers = []string{observer} })
	w.start(1, func(c *Config, _ *Hooks) { c.Observe = true })
	w.nodes[1].until("sees the member", connected(1))
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(w.nodes[1], refSlot, "the contract has the report", reported(refSlot))
	require.True(t, s.Self.Observe)
	require.Equal(t, -1, s.Self.Member)
	require.True(t, s.Reports[0].Own, "it computes for itself")
	require.NotNil(t, s.Rounds[0].Certificate, "it hears what the committee says")
	require.Zero(t, s.Counters.VotesSigned)
	require.Nil(t, s.Submitter)
	require.NoFileExists(t, w.homes[1]+"/"+JournalFile)
	require.NotNil(t, w.nodes[0].source.Status().Submitter)
}
