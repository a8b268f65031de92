package dashboard

import (
	"slices"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// withLists returns the description with an empty list or map wherever there is none, so that readers of the JSON never meet null in their
// place. The source's own lists stay as they are.
func withLists(s status.Status) status.Status {
	s.Reasons, s.Members, s.Missed = list(s.Reasons), list(s.Members), list(s.Missed)
	s.Endpoints, s.Peers, s.Evidence, s.Alarms = list(s.Endpoints), list(s.Peers), list(s.Evidence), list(s.Alarms)
	s.Self.Listen = list(s.Self.Listen)
	s.Rounds, s.Reports = slices.Clone(list(s.Rounds)), slices.Clone(list(s.Reports))
	for i := range s.Rounds {
		s.Rounds[i] = roundWithLists(s.Rounds[i])
	}
	for i := range s.Reports {
		s.Reports[i].Signers = list(s.Reports[i].Signers)
	}
	c := &s.Counters
	c.Rounds, c.Submissions, c.Alarms, c.Dropped = table(c.Rounds), table(c.Submissions), table(c.Alarms), table(c.Dropped)
	c.LatencyMs.Bounds, c.LatencyMs.Counts = list(c.LatencyMs.Bounds), list(c.LatencyMs.Counts)
	return s
}

func roundWithLists(r status.Round) status.Round {
	r.Signers, r.Seats, r.Sections = list(r.Signers), slices.Clone(list(r.Seats)), slices.Clone(list(r.Sections))
	for i := range r.Seats {
		r.Seats[i].Differs = list(r.Seats[i].Differs)
	}
	for i := range r.Sections {
		r.Sections[i].Fields = list(r.Sections[i].Fields)
	}
	return r
}

func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

func table[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}
