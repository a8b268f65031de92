package dashboard

import (
	"fmt"
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
	Assets  map[string]string // address of each asset
	Network string
	Node    string
	Title   string
	Now     nowView
	Round   *roundView
	Token   *tokenView
	History *historyView
	Health  healthView
	Alarms  alarmsView
	Audit   bool // an audit describes itself: it has no round, no peers and no readiness
}

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

// viewOf makes the page's content of one description.
func viewOf(s status.Status) view {
	v := view{
		Network: word(s.Network.Name), Node: nodeName(s), Now: nowView{Headline: headlineOf(s), Facts: facts(s), Time: at(s.Time, s.Time)},
		Token: tokenOf(s), History: historyOf(s), Health: healthOf(s), Alarms: alarmsOf(s), Audit: s.Audit != nil,
	}
	if len(s.Rounds) > 0 {
		v.Round = roundOf(s, s.Rounds[0])
	}
	v.Title = v.Now.Headline.Title
	return v
}

func nodeName(s status.Status) string {
	name := word(s.Self.Name)
	switch {
	case s.Audit != nil:
		return join(name, "audit")
	case s.Self.Observe:
		return join(name, "observer")
	case s.Self.Member >= 0:
		return join(name, fmt.Sprintf("member %d", s.Self.Member))
	}
	return join(name, "not in the committee")
}

func join(name, role string) string {
	if name == "" {
		return role
	}
	return name + " · " + role
}

// facts are the four figures under the headline.
func facts(s status.Status) []fact {
	all := []fact{{Name: "Last report", Value: "none yet"}}
	for _, report := range s.Reports {
		if report.Outcome == accepted {
			all[0] = fact{Name: "Last report", Value: agoOrUnknown(report.Time, s.Time), When: at(report.Time, s.Time)}
			break
		}
	}
	all = append(all, membersFact(s))
	if s.Token != nil {
		all = append(all, fact{Name: "1 wtmETH", Value: rate(s.Token.ShareRateRay, 6) + " ETH", Note: "yearly " + yearly(s)})
	}
	if deadline := at(s.Frame.Deadline, s.Time); deadline != nil {
		all = append(all, fact{Name: "Submissions close", Value: deadline.Ago, When: deadline})
	}
	return all
}

// membersFact is how many members a node is connected with; an audit connects with none.
func membersFact(s status.Status) fact {
	if s.Audit != nil {
		return fact{Name: "Members", Value: fmt.Sprint(len(s.Members))}
	}
	connected := 0
	for _, m := range s.Members {
		if m.Connected || m.Self {
			connected++
		}
	}
	return fact{Name: "Members connected", Value: fmt.Sprintf("%d of %d", connected, len(s.Members)), Note: quorumNote(s)}
}

func agoOrUnknown(t, now time.Time) string {
	if when := at(t, now); when != nil {
		return when.Ago
	}
	return "time unknown"
}

func quorumNote(s status.Status) string {
	if len(s.Rounds) == 0 {
		return ""
	}
	return fmt.Sprintf("%d votes are needed", s.Rounds[0].Quorum)
}

// yearly is the rate of the last accepted report.
func yearly(s status.Status) string {
	for _, report := range s.Reports {
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
