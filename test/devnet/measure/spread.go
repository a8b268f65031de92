package main

import (
	"slices"
	"time"
)

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
