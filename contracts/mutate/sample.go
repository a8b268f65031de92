package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
)

// checker is what a sample is tried with.
type checker interface {
	check(ctx context.Context, sources map[string]string) ([]diagnostic, error)
	generate(ctx context.Context, sources map[string]string) ([]diagnostic, error)
}

// sample is the faults of one run, and how many were drawn and given up for others.
type sample struct {
	faults            []*mutant
	wrongType, noRoom int
	candidates        int
}

// draw takes count faults in the order that the seed gives, leaving out those that do not compile.
func draw(ctx context.Context, c checker, sources map[string]string, all []*mutant, seed uint64, count int) (sample, error) {
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(all))
	s := sample{candidates: len(all)}
	next := 0
	for {
		for ; len(s.faults) < count && next < len(order); next++ {
			s.faults = append(s.faults, all[order[next]])
		}
		if len(s.faults) == 0 {
			return s, fmt.Errorf("none of %d possible faults compiles: look at what contracts/mutate writes for them", len(all))
		}
		rewritten, where := plant(sources, s.faults)
		found, err := c.check(ctx, rewritten)
		dropped := &s.wrongType
		if err == nil && len(found) == 0 {
			found, err = c.generate(ctx, rewritten)
			dropped = &s.noRoom
		}
		if err != nil || len(found) == 0 {
			return s, err
		}
		guilty := map[*mutant]bool{}
		for _, complaint := range found {
			for _, f := range blamed(complaint, where[complaint.Location.File]) {
				guilty[f] = true
			}
		}
		if len(guilty) == 0 {
			return s, fmt.Errorf("solc refuses the contracts with faults for a reason that is in none of them, try another SEED:\n%s", found[0].Formatted)
		}
		var kept []*mutant
		for _, f := range s.faults {
			if !guilty[f] {
				kept = append(kept, f)
			}
		}
		s.faults = kept
		*dropped += len(guilty)
	}
}

// blamed are the faults that an error of solc comes from: those inside its place, else the smallest around it, else the last before it.
func blamed(c diagnostic, where []written) []*mutant {
	at := span{c.Location.Start, c.Location.End}
	var inside []*mutant
	var around, before *written
	for i := range where {
		w := &where[i]
		switch {
		case at.contains(w.span):
			inside = append(inside, w.fault)
		case w.contains(at):
			if around == nil || w.end-w.start < around.end-around.start {
				around = w
			}
		case w.start <= at.start && (before == nil || w.start > before.start):
			before = w
		}
	}
	switch {
	case len(inside) > 0 && strings.Contains(c.Message, "Stack too deep"):
		return inside[:1] // one more may fit without it
	case len(inside) > 0:
		return inside
	case around != nil:
		return []*mutant{around.fault}
	case before != nil:
		return []*mutant{before.fault}
	}
	return nil
}
