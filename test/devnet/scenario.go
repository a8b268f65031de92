package devnet

import (
	"context"

	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// scenario is a play with an outcome.
type scenario struct {
	name    string
	story   string // what happens, and what must come of it
	frames  int    // that it takes; 0: as many as asked for
	usual   int    // frames when nobody asks for a number; 0: no end
	terms   func(*network.Terms)
	relayed []int // members whose nodes can be taken away
	// reserves are members that have a home and are not in the committee at the start.
	reserves int
	liars    bool // the last f members are not honest nodes
	observed bool // an observer hears all votes
	play     func(ctx context.Context, s *stage) error
	after    func(s *stage) error // when all members have ended; may be nil
}

// isLiar tells whether the i-th of n members is not an honest node.
func (p scenario) isLiar(i, n int) bool { return p.liars && i >= n-(n-1)/3 && i < n }

// Scenarios are the names and stories of all scenarios.
func Scenarios() (names, stories []string) {
	for _, s := range scenarios() {
		names, stories = append(names, s.name), append(stories, s.story)
	}
	return names, stories
}

func scenarios() []scenario {
	return []scenario{
		calm(), slashing(), missedRefSlot(), divergence(), byzantineMembers(), partition(), crashLoop(), committeeChange(), quarantine(), gift(), silence(), endpointDown(), reorg(),
		soak(), wrongReport(),
	}
}

// calm lets the pool earn.
func calm() scenario {
	return scenario{
		name:  "calm",
		story: "Nothing goes wrong. Each frame is reported by one transaction, and every balance is as calculated.",
		play: func(ctx context.Context, s *stage) error {
			if s.options.Frames == 0 {
				<-ctx.Done()
				return ctx.Err()
			}
			for k := range uint64(s.options.Frames) {
				if _, err := s.tookEffect(ctx, k); err != nil {
					return err
				}
			}
			last := uint64(s.options.Frames - 1)
			// A second transaction would come within some slots.
			if err := s.awaitSlot(ctx, min(s.Chain.Slot()+4, s.deadline(last))); err != nil {
				return err
			}
			return s.judge(uint64(s.options.Frames))
		},
	}
}
