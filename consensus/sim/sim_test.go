package sim

import (
	"flag"
	"testing"
)

var (
	seeds = flag.Uint64("seeds", 20_000, "seeds to run")
	first = flag.Uint64("first", 1, "first seed")
)

func TestInvariantsHoldOnEverySeed(t *testing.T) {
	var steps, rounds, certified int
	for seed := *first; seed < *first+*seeds; seed++ {
		script := Generate(seed)
		r := Run(script, Production(), nil)
		steps += r.Steps
		rounds += r.Rounds
		certified += r.Certified
		if r.Violation != nil {
			small, result := Shrink(script, Production())
			t.Errorf("seed %d: %s\n%s", seed, result.Violation, small)
		}
	}
	t.Logf("%d steps, %d of %d rounds certified", steps, certified, rounds)
}
