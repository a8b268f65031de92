package main

import (
	"slices"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// step is how far a member has come in a round.
type step int

// Steps in order.
const (
	finality step = iota
	computed
	voted
	certified
	submitted
	accepted
	stepCount
)

// never is the moment of a step that a member did not take.
const never = time.Duration(-1 << 62)

// stepTimes are when a member took each step, in the machine's time since the slot began whose block made the reference slot final.
type stepTimes [stepCount]time.Duration

// stepTimesOf are a member's times, which are of a clock that runs rate times as fast as the machine's.
func stepTimesOf(t status.Times, since time.Time, rate int64) (m stepTimes) {
	for s, at := range [stepCount]time.Time{t.Finality, t.Computed, t.Voted, t.Certified, t.Submitted, t.Accepted} {
		m[s] = never
		if !at.IsZero() {
			m[s] = at.Sub(since) / time.Duration(rate)
		}
	}
	return m
}

// round is one frame as all members saw it.
type round struct {
	quorum  int
	members []stepTimes
}

// between is how long each member took from one step to another, of those that took both in this order.
func (r round) between(from, to step) (took []time.Duration) {
	for _, m := range r.members {
		if m[from] != never && m[to] != never && m[to] >= m[from] {
			took = append(took, m[to]-m[from])
		}
	}
	return took
}

// at is when members took a step.
func (r round) at(s step) (at []time.Duration) {
	for _, m := range r.members {
		if m[s] != never {
			at = append(at, m[s])
		}
	}
	slices.Sort(at)
	return at
}

// certification is how long after a quorum had computed each member had the certificate, ascending. Empty when no quorum has computed.
func (r round) certification() []time.Duration {
	ready := r.at(computed)
	if len(ready) < r.quorum {
		return nil
	}
	took := r.at(certified)
	for i := range took {
		took[i] -= ready[r.quorum-1]
	}
	return took
}

// gathering is how long after the first member a quorum had computed.
func (r round) gathering() []time.Duration {
	ready := r.at(computed)
	if len(ready) < r.quorum {
		return nil
	}
	return []time.Duration{ready[r.quorum-1] - ready[0]}
}

// firstCertificate is the least of certification.
func (r round) firstCertificate() []time.Duration {
	took := r.certification()
	return took[:min(len(took), 1)]
}

// spread is the middle and the worst of many.
type spread[T any] struct {
	median, mean, worst T
	count               int
}

// spreadOf sorts what it is given. The median of an even number is the larger of the middle two.
func spreadOf[T time.Duration | uint64 | float64](all []T) (s spread[T]) {
	if len(all) == 0 {
		return s
	}
	slices.Sort(all)
	var sum T
	for _, one := range all {
		sum += one
	}
	return spread[T]{median: all[len(all)/2], mean: sum / T(len(all)), worst: all[len(all)-1], count: len(all)}
}

// over collects of all rounds.
func over(rounds []round, of func(round) []time.Duration) spread[time.Duration] {
	var all []time.Duration
	for _, r := range rounds {
		all = append(all, of(r)...)
	}
	return spreadOf(all)
}

// took is over of between.
func took(rounds []round, from, to step) spread[time.Duration] {
	return over(rounds, func(r round) []time.Duration { return r.between(from, to) })
}
