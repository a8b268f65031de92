package loopsim

import (
	"fmt"
	"strings"
)

// Summary adds up results of one kind of pool.
type Summary struct {
	Kind          string
	Surges        bool
	Pools         int
	days          histogram // from request to payment
	late          histogram // reports after the best, of the requests that were not paid before an exit could be home
	idleEther     uint64
	idleOfEther   uint64
	homeGwei      uint64
	needlessGwei  uint64
	overtakenGwei uint64
	etherFrames   uint64
}

// Kinds of pools, by their validators' credentials.
const (
	parts = "0x02"
	whole = "0x01"
)

// Summarize sorts results by the kind of pool and of exit queue.
func Summarize(results []Result) []*Summary {
	var all []*Summary
	for _, compounding := range []bool{true, false} {
		for _, surges := range []bool{false, true} {
			s := &Summary{Kind: whole, Surges: surges}
			if compounding {
				s.Kind = parts
			}
			for _, r := range results {
				if r.Compounding == compounding && r.Surges == surges {
					s.add(r)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

func (s *Summary) add(r Result) {
	s.Pools++
	for _, w := range r.Waits {
		s.days.add(w.Epochs / frameEpochs)
		if w.Exit {
			s.late.add(w.LateReports)
		}
	}
	s.idleEther += r.IdleEther
	s.idleOfEther += r.IdleOfEther
	s.homeGwei += r.HomeGwei
	s.needlessGwei += r.NeedlessGwei
	s.overtakenGwei += r.OvertakenGwei
	s.etherFrames += r.EtherFrames
}

// The bounds of a simulation. While the exit queue grows by more than a day a day, every day that nobody may ask costs more than a day.
const (
	mostMedian        = 1 // reports after the best
	mostWorst         = 3 // reports after the best, when others leave no faster than may
	mostWorstInSurges = 10
	mostIdlePpm       = 5_000
	mostIdleWholePpm  = 10_000 // of 0x01 pools: ether waits for a whole validator, and for a proven key
	mostNeedlessPpm   = 20_000 // of what exits bring home
)

// Breaches says which bounds do not hold.
func (s *Summary) Breaches() (found []string) {
	worst, idle := uint64(mostWorst), uint64(mostIdlePpm)
	if s.Kind == whole {
		idle = mostIdleWholePpm
	}
	if s.Surges {
		worst = mostWorstInSurges
	}
	for _, b := range []struct {
		what       string
		value, max uint64
	}{
		{"reports after the best, median", s.late.quantile(500), mostMedian}, {"reports after the best, worst", s.late.quantile(1000), worst},
		{"millionths of the pool idle", s.IdlePpm(), idle}, {"millionths of what came home for nothing", ppm(s.needlessGwei, s.homeGwei), mostNeedlessPpm},
	} {
		if b.value > b.max {
			found = append(found, fmt.Sprintf("%s, %s: %d, at most %d", s.name(), b.what, b.value, b.max))
		}
	}
	return found
}

// IdlePpm is the buffer while nothing waits, of the pool.
func (s *Summary) IdlePpm() uint64 { return ppm(s.idleEther, s.idleOfEther) }

// UnneededYearlyPpm is what came home and was not needed then, of the pool a year.
func (s *Summary) UnneededYearlyPpm() uint64 {
	return ppm((s.needlessGwei+s.overtakenGwei)/ether, s.etherFrames/365)
}

func (s *Summary) name() string {
	if s.Surges {
		return s.Kind + ", surges"
	}
	return s.Kind + ", steady"
}

// Table is what docs/loop.md shows.
func Table(all []*Summary) string {
	var b strings.Builder
	b.WriteString("| pool, exits of others | pools | requests | days from request to payment: median, 99 %, worst | needed an exit | reports after the best: median, 99 %, 99.9 %, worst | " +
		"idle | home for nothing | overtaken by new ether | both, of the pool a year |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, s := range all {
		fmt.Fprintf(&b, "| %s | %d | %d | %d, %d, %d | %d | %d, %d, %d, %d | %s | %s | %s | %s |\n", s.name(), s.Pools, s.days.count,
			s.days.quantile(500), s.days.quantile(990), s.days.quantile(1000), s.late.count,
			s.late.quantile(500), s.late.quantile(990), s.late.quantile(999), s.late.quantile(1000),
			percent(s.IdlePpm()), percent(ppm(s.needlessGwei, s.homeGwei)), percent(ppm(s.overtakenGwei, s.homeGwei)), percent(s.UnneededYearlyPpm()))
	}
	return b.String()
}

// ppm is how many millionths of whole a part is.
func ppm(part, whole uint64) uint64 {
	if whole == 0 {
		return 0
	}
	return part / (whole/1_000_000 + 1)
}

func percent(ppm uint64) string { return fmt.Sprintf("%d.%02d %%", ppm/10_000, ppm%10_000/100) }

// histogram counts small numbers.
type histogram struct {
	counts []uint64
	count  uint64
}

func (h *histogram) add(value uint64) {
	for uint64(len(h.counts)) <= value {
		h.counts = append(h.counts, 0)
	}
	h.counts[value]++
	h.count++
}

// quantile is the least number up to which so many thousandths of all are; of 1000 the largest.
func (h *histogram) quantile(perMille uint64) uint64 {
	wanted, seen := (h.count*perMille+999)/1000, uint64(0)
	for value, count := range h.counts {
		if seen += count; seen >= wanted && seen > 0 {
			return uint64(value)
		}
	}
	return 0
}
