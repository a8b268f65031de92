package loopsim

import (
	"cmp"
	"slices"
)

// people bring ether to the pool and ask for it. What they do depends on nothing that the pool does.
type people struct {
	*random
	heldGwei    uint64 // what they have in the pool
	left        uint64 // frames that the present mood lasts
	depositsPpm uint64 // of what they have, a day
	requestsPpm uint64
	run         uint64 // frames of a run on the pool that are left
}

func newPeople(r *random, gwei uint64) *people { return &people{random: r, heldGwei: gwei} }

// live draws a day: some deposits and requests of all sizes, by the mood of the weeks. In a run a tenth of the pool or more leaves within days.
func (p *people) live(frame uint64, day *frameFacts) {
	if p.left == 0 {
		p.left, p.depositsPpm, p.requestsPpm = p.between(10, 90), p.spread(100, 6_000), p.spread(100, 6_000)
		if p.chance(60) {
			p.run = p.between(2, 6)
		}
	}
	p.left--
	requestsPpm := p.requestsPpm
	if p.run > 0 {
		p.run--
		requestsPpm = p.between(20_000, 60_000)
	}
	day.deposits = p.flows(frame, p.depositsPpm)
	day.requests = p.flows(frame, requestsPpm)
	for _, d := range day.deposits {
		p.heldGwei += d.gwei
	}
	for i, r := range day.requests {
		day.requests[i].gwei = min(r.gwei, p.heldGwei/4)
		p.heldGwei -= day.requests[i].gwei
	}
}

// flows are a day's deposits or requests, which sum up to about so many millionths of what people have.
func (p *people) flows(frame, ppm uint64) (all []flow) {
	count := p.between(0, 6)
	if count == 0 {
		return nil
	}
	mean := p.heldGwei / 1_000_000 * ppm / count
	for range count {
		gwei := max(p.spread(mean/10+1, mean*3+2), ether/100)
		all = append(all, flow{frame*frameEpochs + p.below(frameEpochs), gwei})
	}
	slices.SortStableFunc(all, func(a, b flow) int { return cmp.Compare(a.epoch, b.epoch) })
	return all
}
