package dashboard

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// roundView is the agreement as it unfolds.
type roundView struct {
	RefSlot     string
	Why         string
	Recovering  bool
	Steps       []stepView
	Strip       stripView
	Seats       []seatView
	MoreSeats   int
	Differences []differenceView
	Sections    []sectionView
	Digest      string
	Transaction string
}

// stepView is one step of the round's way.
type stepView struct {
	Name  string
	State string // done, now, open, missed
	Word  string // of the state
	Took  string // since the step before
	When  *instant
}

// seatView is one member in the round.
type seatView struct {
	Member                              string
	Name                                string // short key
	Key                                 string
	Self                                bool
	Connection, Report, Vote, Signature cell
}

// cell is a state with its sign: never a colour alone.
type cell struct {
	Sign string // yes, no, open, differs, bad
	Text string
	Note string
}

// differenceView is what one member sees otherwise.
type differenceView struct {
	Member string
	Rows   []status.Difference
}

type sectionView struct {
	Name   string
	Fields []status.Field
}

// roundOf describes a round.
func roundOf(s status.Status, r status.Round) *roundView {
	v := &roundView{
		RefSlot: count(r.RefSlot), Why: sentence(r.Why), Recovering: r.Recovering, Steps: stepsOf(s, r), Strip: stripOf(r),
		Sections: sectionViews(r.Sections),
	}
	if r.Digest != nil {
		v.Digest = r.Digest.Hex()
	}
	if r.Transaction != nil {
		v.Transaction = r.Transaction.Hex()
	}
	seats, more := upTo(r.Seats, maxSeats)
	v.MoreSeats = more
	for _, seat := range seats {
		v.Seats = append(v.Seats, seatOf(s, r, seat))
		if len(seat.Differs) > 0 && len(v.Differences) < maxRows {
			v.Differences = append(v.Differences, differenceOf(seat))
		}
	}
	return v
}

func differenceOf(seat status.Seat) differenceView {
	rows, _ := views(seat.Differs, maxFields, func(d status.Difference) status.Difference {
		return status.Difference{Section: word(d.Section), Field: word(d.Field), Own: word(d.Own), Theirs: word(d.Theirs)}
	})
	return differenceView{Member: fmt.Sprint(seat.Member), Rows: rows}
}

func sectionViews(sections []status.SectionView) []sectionView {
	all, _ := views(sections, maxSections, func(section status.SectionView) sectionView {
		fields, _ := views(section.Fields, maxFields, func(f status.Field) status.Field { return status.Field{Name: word(f.Name), Value: word(f.Value)} })
		return sectionView{Name: word(section.Name), Fields: fields}
	})
	return all
}

func seatOf(s status.Status, r status.Round, seat status.Seat) seatView {
	v := seatView{Member: fmt.Sprint(seat.Member), Self: seat.Member == s.Self.Member}
	var member status.Member
	for _, m := range s.Members {
		if m.Index == seat.Member {
			member = m
			v.Name, v.Key = short(m.Key), word(m.Key)
		}
	}
	v.Connection, v.Report = connectionOf(s, seat, member, v.Self), reportOf(r, seat)
	v.Vote, v.Signature = voteOf(r, seat), signatureOf(r, seat)
	return v
}

func connectionOf(s status.Status, seat status.Seat, member status.Member, self bool) cell {
	switch {
	case self:
		return cell{Sign: "yes", Text: "this node"}
	case seat.Connected:
		return cell{Sign: "yes", Text: "connected"}
	case member.Seen.IsZero():
		return cell{Sign: "no", Text: "away", Note: "never heard"}
	}
	return cell{Sign: "no", Text: "away", Note: "heard " + at(member.Seen, s.Time).Ago}
}

func reportOf(r status.Round, seat status.Seat) cell {
	switch {
	case seat.Observed == nil:
		return cell{Sign: "open", Text: "not heard"}
	case len(seat.Differs) > 0:
		return cell{Sign: "differs", Text: "differs", Note: strings.Join(sectionsOf(seat), ", ")}
	case differs(r, seat):
		return cell{Sign: "differs", Text: "differs", Note: "section not known yet"}
	case r.Digest == nil:
		return cell{Sign: "yes", Text: "told", Note: "own report not computed"}
	}
	return cell{Sign: "yes", Text: "same"}
}

func voteOf(r status.Round, seat status.Seat) cell {
	switch {
	case seat.Equivocal:
		return cell{Sign: "bad", Text: "voted twice", Note: "see evidence"}
	case seat.Voted == nil && r.Certificate != nil:
		return cell{Sign: "no", Text: "not heard"}
	case seat.Voted == nil:
		return cell{Sign: "open", Text: "not yet"}
	case r.Digest != nil && *seat.Voted != *r.Digest:
		return cell{Sign: "differs", Text: "for another report"}
	}
	return cell{Sign: "yes", Text: "voted"}
}

func signatureOf(r status.Round, seat status.Seat) cell {
	switch {
	case seat.Signed:
		return cell{Sign: "yes", Text: "in it"}
	case r.Certificate != nil:
		return cell{Sign: "no", Text: "not in it"}
	}
	return cell{Sign: "open", Text: "not yet"}
}

// stepsOf are the steps of a round with the time that each took.
func stepsOf(s status.Status, r status.Round) []stepView {
	steps := []struct {
		name  string
		time  time.Time
		stage status.Stage // during which the step is awaited
	}{
		{"Opened", r.Times.Opened, ""},
		{"Slot final", r.Times.Finality, status.Waiting},
		{"Computed", r.Times.Computed, status.Computing},
		{"Voted", r.Times.Voted, status.Observed},
		{"Agreed", r.Times.Certified, status.Voted},
		{"Sent", r.Times.Submitted, status.Certified},
		{"Accepted", r.Times.Accepted, status.Submitted},
		{"Report final", r.Times.Finalized, status.Accepted},
	}
	reached := 0
	for i, step := range steps {
		if step.stage == r.Stage {
			reached = i
		}
	}
	if r.Stage == status.Done {
		reached = len(steps)
	}
	var all []stepView
	before := time.Time{}
	for i, step := range steps {
		v := stepView{Name: step.name, State: "open", Word: "not yet", When: at(step.time, s.Time)}
		switch {
		case !step.time.IsZero() || i < reached:
			v.State, v.Word = "done", "done"
		case r.Stage == status.Unreported:
			v.State, v.Word = "missed", "not reached"
		case i == reached:
			v.State, v.Word = "now", "now"
		}
		if !step.time.IsZero() {
			if !before.IsZero() {
				v.Took = "+" + format.Span(step.time.Sub(before))
			}
			before = step.time
		}
		all = append(all, v)
	}
	return all
}
