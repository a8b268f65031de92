package dashboard

import (
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Bounds of the page's lists.
const (
	maxRows     = 100
	maxSeats    = 512
	maxSections = 16
	maxFields   = 64
)

// view is everything that the templates show; each text in it is bounded and plain.
type view struct {
	Assets    map[string]string // address of each asset
	Network   string
	Name      string // of what describes itself
	Noun      string // what it is
	Title     string
	Now       nowView
	Round     *roundView
	NoRound   emptyView // while Round is nil
	Token     *tokenView
	Queue     *queueView // nil: nothing is known of requests
	History   *historyView
	NoHistory string // while History is nil
	Health    healthView
	Alarms    alarmsView
	Data      []linkView
	Holders   string // where the page for holders is; empty: there is none
}

// emptyView stands where there is nothing to show.
type emptyView struct{ Title, Text string }

// linkView leads to the same as data.
type linkView struct{ Address, Name string }

// nowView is the answer to "is all well?".
type nowView struct {
	Headline headline
	Facts    []fact
	Time     *instant
}

// fact is a figure with its name and a word about it.
type fact struct {
	Name, Value, Note string
	When              *instant // in place of Note
}

func join(name, role string) string {
	if name == "" {
		return role
	}
	return name + " · " + role
}

// lastReportFact is when the newest accepted report came.
func lastReportFact(o status.Overview) fact {
	for _, report := range o.Reports {
		if report.Outcome == accepted {
			return fact{Name: "Last report", Value: agoOrUnknown(report.Time, o.Time), When: at(report.Time, o.Time)}
		}
	}
	return fact{Name: "Last report", Value: "none yet"}
}

// tokenFacts are the share rate and when submissions close, where they are known.
func tokenFacts(o status.Overview) (all []fact) {
	if o.Token != nil {
		all = append(all, fact{Name: "1 wtmETH", Value: rate(o.Token.ShareRateRay, 6) + " ETH", Note: "yearly " + yearly(o)})
	}
	if deadline := at(o.Frame.Deadline, o.Time); deadline != nil {
		all = append(all, fact{Name: "Submissions close", Value: deadline.Ago, When: deadline})
	}
	return all
}

func agoOrUnknown(t, now time.Time) string {
	if when := at(t, now); when != nil {
		return when.Ago
	}
	return "time unknown"
}

// yearly is the rate of the last accepted report.
func yearly(o status.Overview) string {
	for _, report := range o.Reports {
		if report.Outcome == accepted {
			return percent(report.YearlyRatePpm)
		}
	}
	return "unknown"
}

// accepted is status.Report's outcome of a report that rebased the token.
const accepted = "accepted"

// upTo is the beginning of a list, and how many are left out.
func upTo[T any](all []T, most int) ([]T, int) {
	if len(all) > most {
		return all[:most], len(all) - most
	}
	return all, 0
}

// views are a view of each entry at the beginning of a list, and how many are left out.
func views[T, V any](all []T, most int, view func(T) V) (shown []V, more int) {
	beginning, more := upTo(all, most)
	for _, one := range beginning {
		shown = append(shown, view(one))
	}
	return shown, more
}
