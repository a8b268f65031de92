//go:build testnet && linux

package story

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// vote is that a member was seen to vote for a digest.
type vote struct {
	refSlot uint64
	member  int
	digest  common.Hash
}

// statusRecorder asks every member again and again for its status, and keeps what it said.
type statusRecorder struct {
	guard    sync.Mutex
	newest   map[string]status.Status
	reasons  map[string][]string // by member: texts of why it was not ready, or an endpoint not usable
	votes    map[vote]bool
	evidence int
}

func newStatusRecorder() *statusRecorder {
	return &statusRecorder{newest: make(map[string]status.Status), reasons: make(map[string][]string), votes: make(map[vote]bool)}
}

// run asks the members until ctx ends.
func (w *statusRecorder) run(ctx context.Context, members func() []*member) {
	for pause(ctx, 700*time.Millisecond) == nil {
		var asking sync.WaitGroup
		for _, m := range members() {
			asking.Go(func() {
				ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
				defer cancel()
				if s, err := m.status(ctx); err == nil {
					w.add(m.name, s)
				}
			})
		}
		asking.Wait()
	}
}

func (w *statusRecorder) add(name string, s status.Status) {
	w.guard.Lock()
	defer w.guard.Unlock()
	w.newest[name] = s
	for _, r := range s.Reasons {
		w.addReason(name, r.Code+": "+r.Text)
	}
	for _, e := range s.Endpoints {
		if !e.Usable {
			w.addReason(name, e.Kind+" "+e.Name+": "+e.Why)
		}
	}
	w.evidence = max(w.evidence, len(s.Evidence))
	for _, round := range s.Rounds {
		for _, seat := range round.Seats {
			if seat.Voted != nil {
				w.votes[vote{round.RefSlot, seat.Member, *seat.Voted}] = true
			}
		}
	}
}

func (w *statusRecorder) addReason(name, text string) {
	if !slices.Contains(w.reasons[name], text) {
		w.reasons[name] = append(w.reasons[name], text)
	}
}

// forgetReasons makes room for the reasons of the next fault.
func (w *statusRecorder) forgetReasons(name string) {
	w.guard.Lock()
	defer w.guard.Unlock()
	delete(w.reasons, name)
}

// hasReason reports whether a reason of the member has all the words.
func (w *statusRecorder) hasReason(name string, words ...string) bool {
	w.guard.Lock()
	defer w.guard.Unlock()
	return slices.ContainsFunc(w.reasons[name], func(text string) bool { return hasAll(text, words) })
}

// latest is the newest description of a member; ok is false when it never answered.
func (w *statusRecorder) latest(name string) (s status.Status, ok bool) {
	w.guard.Lock()
	defer w.guard.Unlock()
	s, ok = w.newest[name]
	return s, ok
}

// allVotes are the votes that anyone saw, and how many pieces of evidence of two votes there were.
func (w *statusRecorder) allVotes() (votes []vote, evidence int) {
	w.guard.Lock()
	defer w.guard.Unlock()
	for v := range w.votes {
		votes = append(votes, v)
	}
	return votes, w.evidence
}
