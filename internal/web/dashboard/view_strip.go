package dashboard

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// stripView is the picture of a round's votes: a block a member, those that have come farthest first, and a mark where the quorum is.
type stripView struct {
	Width, Height int
	Blocks        []blockView
	Mark          int // x of the quorum's mark
	Text          string
	Description   string
}

// blockView is one member's block. Its shape tells the kind, not only its colour.
type blockView struct {
	X, Width int
	Kind     string // voted, same, differs, connected, away
}

// Right and Middle are places that the shape of a differing member's block needs.
func (b blockView) Right() int { return b.X + b.Width }

// Middle is between the block's sides.
func (b blockView) Middle() int { return b.X + b.Width/2 }

// stripOf draws a round.
func stripOf(r status.Round) stripView {
	const width, gap = 700, 4
	t := countSeats(r)
	v := stripView{Width: width, Height: 36}
	kinds := []string{"voted", "same", "differs", "connected", "away"}
	count := map[string]int{}
	for _, seat := range r.Seats {
		count[kindOf(r, seat)]++
	}
	if len(r.Seats) == 0 {
		return v
	}
	n := min(len(r.Seats), maxSeats)
	i := 0
	for _, kind := range kinds {
		for range count[kind] {
			if i == n {
				break
			}
			from, to := i*width/n, (i+1)*width/n
			v.Blocks = append(v.Blocks, blockView{X: from, Width: max(1, to-from-min(gap, (to-from)/4)), Kind: kind})
			i++
		}
	}
	v.Mark = min(t.quorum, n)*width/n - 2
	v.Text = fmt.Sprintf("%d votes, %d are needed", t.voted-t.votesForOther, t.quorum)
	v.Description = fmt.Sprintf("Of %d members, %d voted, %d more told the same report, %d differ, %d more are connected, %d are away. %d votes are needed.",
		t.members, count["voted"], count["same"], count["differs"], count["connected"], count["away"], t.quorum)
	return v
}

func kindOf(r status.Round, seat status.Seat) string {
	switch {
	case differs(r, seat) || r.Digest != nil && seat.Voted != nil && *seat.Voted != *r.Digest:
		return "differs"
	case seat.Voted != nil || seat.Signed:
		return "voted"
	case seat.Observed != nil:
		return "same"
	case seat.Connected:
		return "connected"
	}
	return "away"
}
