package loopsim

import "fmt"

// Result is what came of a seed.
type Result struct {
	Seed          uint64
	Compounding   bool
	Surges        bool
	Waits         []Wait // of each request, in order
	IdleEther     uint64 // in the buffer while nothing waits: sum of samples
	IdleOfEther   uint64 // of the pool at those times
	HomeGwei      uint64 // brought home by exits
	NeedlessGwei  uint64 // of it, what nobody needed
	OvertakenGwei uint64 // of it, what nobody needed any more, because people had brought ether meanwhile
	EtherFrames   uint64 // ether of the pool, summed over the frames
}

// Wait is how long a request waited.
type Wait struct {
	Epochs      uint64
	LateReports uint64 // that could have paid it, had an exit begun with it
	Exit        bool   // it was not paid before an exit could have been home
}

// Run simulates so many frames of a pool under the facts of a seed.
func Run(seed uint64, frames int, terms Terms) (Result, error) {
	f := draw(seed, frames)
	w := newWorld(f, terms)
	if err := w.run(); err != nil {
		return Result{}, fmt.Errorf("simulate seed %d: %w", seed, err)
	}
	m := w.measure
	r := Result{
		Seed: seed, Compounding: f.compounding, Surges: f.surges, HomeGwei: m.homeGwei, NeedlessGwei: m.needlessGwei, OvertakenGwei: m.overtakenGwei,
		EtherFrames: w.etherFrames, IdleEther: m.idleEther, IdleOfEther: m.idleOfEther,
	}
	for _, q := range w.pool.requests {
		reports, known, inTime := w.late(q)
		if !known {
			break // the end came before
		}
		if q.paid == 0 {
			q.paid = w.chain.epoch
		}
		r.Waits = append(r.Waits, Wait{Epochs: q.paid - q.epoch, LateReports: reports, Exit: !inTime})
	}
	return r, nil
}
