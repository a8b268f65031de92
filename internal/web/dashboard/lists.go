package dashboard

import (
	"slices"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// overviewWithLists returns the description with an empty list wherever there is none, so that readers of the JSON never meet null in its
// place. The source's own lists stay as they are.
func overviewWithLists(o status.Overview) status.Overview {
	o.Reasons, o.Members, o.Missed = list(o.Reasons), list(o.Members), list(o.Missed)
	o.Endpoints, o.Alarms, o.Reports = list(o.Endpoints), list(o.Alarms), slices.Clone(list(o.Reports))
	for i := range o.Reports {
		o.Reports[i].Signers = list(o.Reports[i].Signers)
	}
	return o
}

// nodeWithLists is overviewWithLists for all of a node's status.
func nodeWithLists(s status.Status) status.Status {
	s.Overview = overviewWithLists(s.Overview)
	s.Peers, s.Evidence, s.Self.Listen = list(s.Peers), list(s.Evidence), list(s.Self.Listen)
	s.Rounds = slices.Clone(list(s.Rounds))
	for i := range s.Rounds {
		s.Rounds[i] = roundWithLists(s.Rounds[i])
	}
	c := &s.Counters
	c.Rounds, c.Submissions, c.Alarms, c.Dropped = table(c.Rounds), table(c.Submissions), table(c.Alarms), table(c.Dropped)
	c.LatencyMs.Bounds, c.LatencyMs.Counts = list(c.LatencyMs.Bounds), list(c.LatencyMs.Counts)
	return s
}

// auditWithLists is overviewWithLists for all of an audit's status.
func auditWithLists(a status.Audit) status.Audit {
	a.Overview, a.Result.Kinds = overviewWithLists(a.Overview), table(a.Result.Kinds)
	return a
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
