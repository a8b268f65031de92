package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

// snapshot is what each member used up to a moment.
type snapshot struct {
	at            time.Time
	residentBytes []uint64
	processor     []time.Duration
}

func takeSnapshot(v *devnet.View) (s snapshot, err error) {
	s.at = time.Now()
	for i := range v.Members {
		p, err := v.Process(i)
		if err != nil {
			return s, err
		}
		resident, err := p.ResidentBytes()
		if err != nil {
			return s, err
		}
		ran, err := p.ProcessorTime()
		if err != nil {
			return s, err
		}
		s.residentBytes, s.processor = append(s.residentBytes, resident), append(s.processor, ran)
	}
	return s, nil
}

func peaks(v *devnet.View) (all []uint64, err error) {
	for i := range v.Members {
		p, err := v.Process(i)
		if err != nil {
			return nil, err
		}
		peak, err := p.PeakBytes()
		if err != nil {
			return nil, err
		}
		all = append(all, peak)
	}
	return all, nil
}

// shares are the parts of one core that the members used between two moments.
func shares(from, to snapshot) []float64 {
	all := make([]float64, len(from.processor))
	for i := range all {
		all[i] = float64(to.processor[i]-from.processor[i]) / float64(to.at.Sub(from.at))
	}
	return all
}

// usage is what members use in rounds: one figure for each member and frame, and one peak for each member.
type usage struct {
	beforeBytes, afterBytes, peakBytes []uint64
	processor                          []time.Duration // from before finality to after acceptance
	beyondIdle                         []time.Duration // of it, what the same time without a round would not have taken
}

func (u *usage) add(begin, quiet, end snapshot) {
	u.beforeBytes = append(u.beforeBytes, quiet.residentBytes...)
	u.afterBytes = append(u.afterBytes, end.residentBytes...)
	lasted := end.at.Sub(quiet.at)
	for i, idle := range shares(begin, quiet) {
		used := end.processor[i] - quiet.processor[i]
		u.processor = append(u.processor, used)
		u.beyondIdle = append(u.beyondIdle, used-time.Duration(idle*float64(lasted)))
	}
}

// idle is a devnet in which nothing becomes final while it is watched.
type idle struct {
	members       int
	slot          time.Duration
	lasted        time.Duration
	residentBytes []uint64
	shares        []float64
}

// Slots of an idle devnet's frame, counted from its reference slot. Before them members start and find each other.
const (
	idleFrom  = 1
	idleSlots = 3
	idleTo    = quietTo // the last one in which nothing is final
)

func (d *idle) watch(ctx context.Context, v *devnet.View) error {
	begin, err := idleStart(ctx, v)
	if err != nil {
		return err
	}
	from, err := takeSnapshot(v)
	if err != nil {
		return err
	}
	if err := v.AwaitSlot(ctx, begin+idleSlots); err != nil {
		return err
	}
	to, err := takeSnapshot(v)
	if err != nil {
		return err
	}
	d.lasted, d.residentBytes, d.shares = to.at.Sub(from.at), to.residentBytes, shares(from, to)
	return nil
}

// idleStart waits until all members have found all others in a frame in which some slots are left before anything is final.
func idleStart(ctx context.Context, v *devnet.View) (begin uint64, err error) {
	for k := range uint64(maxLate) {
		refSlot := v.RefSlot(k)
		for begin = refSlot + idleFrom; begin+idleSlots < refSlot+idleTo; begin++ {
			if err := v.AwaitSlot(ctx, begin); err != nil {
				return 0, err
			}
			if v.Chain.Slot() <= begin && allConnected(ctx, v) {
				return begin, nil
			}
		}
	}
	return 0, fmt.Errorf("%w: not all members have found all others by slot %d", errUnseen, begin)
}

// allConnected reports whether each member answers, and has found all others.
func allConnected(ctx context.Context, v *devnet.View) bool {
	for i := range v.Members {
		st, err := v.Status(ctx, i)
		if err != nil || len(st.Peers) != len(v.Members)-1 {
			return false
		}
	}
	return true
}
