package devnet

import (
	"context"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// scenario is what happens on a devnet, and the outcome that is checked.
type scenario struct {
	name          string
	summary       string // what happens, and what must come of it
	frames        int    // that it takes; 0: as many as asked for
	defaultFrames int    // frames when nobody asks for a number; 0: no end
	terms         func(*network.Terms)
	relayed       []int // members whose nodes can be taken away
	// reserves are members that have a home and are not in the committee at the start.
	reserves  int
	noKeepers bool            // members leave the pool's chores to others
	byzantine bool            // the last f members are byzantine nodes
	observed  bool            // an observer hears all votes
	needs     transition.Fork // that the chain must live
	run       func(ctx context.Context, env *environment) error
	verify    func(env *environment) error // when all members have ended; may be nil
}

// isByzantine reports whether the i-th of n members is not an honest node.
func (p scenario) isByzantine(i, n int) bool { return p.byzantine && i >= n-(n-1)/3 && i < n }

// Scenarios are the names and summaries of all scenarios.
func Scenarios() (names, summaries []string) {
	for _, sc := range scenarios() {
		names, summaries = append(names, sc.name), append(summaries, sc.summary)
	}
	return names, summaries
}

func scenarios() []scenario {
	return []scenario{
		calm(), slashing(), missedRefSlot(), divergence(), byzantineMembers(), partition(), crashLoop(), committeeChange(), quarantine(), gift(), frontRun(), keeperDown(), silence(), silentOracle(), endpointDown(), reorg(),
		soak(), wrongReport(), payloadWithheld(), forkCrossing(), builderIncome(),
	}
}

// calm lets the pool earn.
func calm() scenario {
	return scenario{
		name:    "calm",
		summary: "Nothing goes wrong. Each frame is reported by one transaction, and every balance is as calculated.",
		run: func(ctx context.Context, env *environment) error {
			if env.options.Frames == 0 {
				<-ctx.Done()
				return ctx.Err()
			}
			for k := range uint64(env.options.Frames) {
				if _, err := env.awaitRebase(ctx, k); err != nil {
					return err
				}
			}
			last := uint64(env.options.Frames - 1)
			// A second transaction would come within some slots.
			if err := env.awaitSlot(ctx, min(env.Chain.Slot()+4, env.deadline(last))); err != nil {
				return err
			}
			return env.checkFrames(uint64(env.options.Frames))
		},
	}
}
