package sim

import (
	"flag"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

var seeds = flag.Uint64("seeds", defaultSeeds, "seeds of TestInvariantsHoldOnEverySeed")

// workers share the seeds: CI has two cores.
const workers = 2

func TestInvariantsHoldOnEverySeed(t *testing.T) {
	var next, steps, rounds, certified atomic.Uint64
	t.Run("seeds", func(t *testing.T) {
		for range workers {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				for seed := next.Add(1); seed <= *seeds && !t.Failed(); seed = next.Add(1) {
					r := Run(Generate(seed), Production(), nil)
					steps.Add(uint64(r.Steps))
					rounds.Add(uint64(r.Rounds))
					certified.Add(uint64(r.Certified))
					if r.Violation != nil {
						small, shrunk := Shrink(Generate(seed), Production())
						t.Errorf("seed %d: %s\n%s", seed, shrunk.Violation, small)
					}
				}
			})
		}
	})
	t.Logf("%d seeds, %d steps of honest cores, %d certificates in %d reference slots", *seeds, steps.Load(), certified.Load(), rounds.Load())
	if certified.Load() < rounds.Load()/2 {
		t.Error("most rounds should be certified: the faults leave nothing to check")
	}
}

func TestWeighingSeesWhatIsHeldBehindPointersAndOnce(t *testing.T) {
	type inner struct{ list []*int }
	one := 1
	held := struct {
		a, b *inner
		m    map[string][]string
	}{a: &inner{list: []*int{&one, &one}}, m: map[string][]string{"x": {"y", "z"}}}
	held.b = held.a
	// The inner once, its two elements, what they lead to once, one entry, one flat list.
	require.Equal(t, 1+2+1+1+1, weigh(held))
}
