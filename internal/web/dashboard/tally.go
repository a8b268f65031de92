package dashboard

import (
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// tally counts the seats of a round.
type tally struct {
	members, quorum          int
	connected, told, voted   int
	same                     int // told the digest that the node has itself, or that most have while it has none
	differing                []int
	silent                   []int // neither told a report nor voted
	votesForOther, equivocal int
}

// count counts a round's seats.
func countSeats(r status.Round) tally {
	t := tally{members: r.Members, quorum: r.Quorum}
	for _, seat := range r.Seats {
		if seat.Connected {
			t.connected++
		}
		if seat.Equivocal {
			t.equivocal++
		}
		if seat.Observed == nil && seat.Voted == nil {
			t.silent = append(t.silent, seat.Member)
		}
		if seat.Observed != nil {
			t.told++
			if differs(r, seat) {
				t.differing = append(t.differing, seat.Member)
			} else {
				t.same++
			}
		}
		if seat.Voted != nil {
			t.voted++
			if r.Digest != nil && *seat.Voted != *r.Digest {
				t.votesForOther++
			}
		}
	}
	return t
}

// differs tells whether a seat's report is another than the node's own.
func differs(r status.Round, seat status.Seat) bool {
	if len(seat.Differs) > 0 {
		return true
	}
	return r.Digest != nil && seat.Observed != nil && *seat.Observed != *r.Digest
}
