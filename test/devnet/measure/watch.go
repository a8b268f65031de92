package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/devnet"
)

var (
	// errLate: a frame was not reported in time, or not every member saw how.
	errLate   = errors.New("the machine is too slow for its slots")
	errUnseen = errors.New("the members saw too little")
	errLine   = errors.New("the delay between members is not what was asked for")
)

// Slots of a frame, counted from its reference slot.
const (
	quietFrom = 2 // the contracts have been read at the reference block
	quietTo   = 7 // nothing is final yet
	// finalAfter epochs after the reference slot's end its block is final, as of the first block of an epoch.
	finalAfter = 2
	lookAfter  = 2 // slots after the acceptance, in which every member looks at the chain
)

// maxLate is how many frames of a devnet may be left out.
const maxLate = 4

// measured is one devnet.
type measured struct {
	members    int
	delay      time.Duration
	slot       time.Duration
	rounds     []round
	late       int             // frames that are left out
	roundTrips []time.Duration // between members, at the end
	usage      usage
}

// watch measures rounds. The first is not counted: journals are new, and members ask each other before they vote.
func (m *measured) watch(ctx context.Context, v *devnet.View, frames int) error {
	known := false
	for k := uint64(0); len(m.rounds) < frames; k++ {
		var err error
		if known {
			err = m.watchFrame(ctx, v, k)
		} else if known, err = v.AwaitReport(ctx, k); err == nil && !known {
			err = errLate
		}
		if errors.Is(err, errLate) && m.late < maxLate {
			m.late++
			continue
		}
		if err != nil {
			return fmt.Errorf("frame %d: %w", k+1, err)
		}
	}
	var err error
	if m.usage.peakBytes, err = peaks(v); err != nil {
		return err
	}
	return m.readRoundTrips(ctx, v)
}

func (m *measured) watchFrame(ctx context.Context, v *devnet.View, k uint64) error {
	refSlot := v.RefSlot(k)
	if err := v.AwaitSlot(ctx, refSlot+quietFrom); err != nil {
		return err
	}
	begin, err := takeSnapshot(v)
	if err != nil {
		return err
	}
	if err := v.AwaitSlot(ctx, refSlot+quietTo); err != nil {
		return err
	}
	quiet, err := takeSnapshot(v)
	if err != nil {
		return err
	}
	if reported, err := v.AwaitReport(ctx, k); err != nil {
		return err
	} else if !reported {
		return errLate
	}
	if err := v.AwaitSlot(ctx, v.Chain.Slot()+lookAfter); err != nil {
		return err
	}
	end, err := takeSnapshot(v)
	if err != nil {
		return err
	}
	r, err := m.readRound(ctx, v, refSlot)
	if err != nil {
		return err
	}
	m.usage.add(begin, quiet, end)
	m.rounds = append(m.rounds, r)
	return nil
}

// readRound asks all members about a reference slot.
func (m *measured) readRound(ctx context.Context, v *devnet.View, refSlot uint64) (r round, err error) {
	finalizing := refSlot + 1 + finalAfter*v.Schedule.SlotsPerEpoch
	since := time.Unix(int64(v.Schedule.TimeOf(finalizing)), 0)
	for i := range v.Members {
		st, err := v.Status(ctx, i)
		if err != nil {
			return r, err
		}
		at := slices.IndexFunc(st.Rounds, func(r status.Round) bool { return r.RefSlot == refSlot })
		if at < 0 {
			return r, fmt.Errorf("%w: member %d is not at slot %d", errLate, i, refSlot)
		}
		r.quorum = st.Rounds[at].Quorum
		r.members = append(r.members, stepTimesOf(st.Rounds[at].Times, since, v.Clock.Rate))
	}
	if len(r.certification()) < r.quorum || len(r.at(accepted)) < r.quorum {
		return r, fmt.Errorf("%w: of slot %d, %d members have the certificate and %d saw it accepted", errLate, refSlot, len(r.certification()), len(r.at(accepted)))
	}
	return r, nil
}

// readRoundTrips asks all members how far the others are, and checks that a simulated delay is there.
func (m *measured) readRoundTrips(ctx context.Context, v *devnet.View) error {
	for i := range v.Members {
		st, err := v.Status(ctx, i)
		if err != nil {
			return err
		}
		for _, peer := range st.Peers {
			if peer.RoundTripMs == 0 {
				continue // not known yet
			}
			trip := time.Duration(peer.RoundTripMs * float64(time.Millisecond))
			if trip < 2*m.delay {
				return fmt.Errorf("%w: member %d hears from %s after %s", errLine, i, peer.Address, trip)
			}
			m.roundTrips = append(m.roundTrips, trip)
		}
	}
	if len(m.roundTrips) == 0 {
		return fmt.Errorf("%w: no member knows how far another one is", errUnseen)
	}
	return nil
}
