package loopsim

import "fmt"

// Terms are what a deployment may choose.
type Terms struct {
	ComingBps      uint64 // part of the rewards to be swept that the formula relies on
	StockBps       uint64 // most first ether in the stock of keys, of the pool's
	ReserveBps     uint64 // of the pool's ether, that is never staked
	BucketBps      uint64 // most that can be asked for at once, of the pool's ether
	BucketFrames   uint64 // in which the empty bucket fills
	PatienceEpochs uint64 // after which what was asked for is given up
	PartsWhileOpen bool   // a validator may be asked for a part while another part of it is under way
	EndDropped     bool   // what was asked of a validator that is slashed then is outstanding no more
}

// DefaultTerms are those that docs/loop.md recommends.
func DefaultTerms() Terms {
	return Terms{ComingBps: 8_000, StockBps: 50, ReserveBps: 10, BucketBps: 3_000, BucketFrames: 15, PatienceEpochs: 90 * frameEpochs, EndDropped: true}
}

// judgement is what losses do to payments.
type judgement struct {
	bunker, loss bool
	before       uint64 // epoch: in bunker only older requests are paid
}

// world is a pool with its chain, its reports and its keepers.
type world struct {
	facts       *facts
	chain       *chain
	pool        *pool
	reports     []applied
	lastReport  uint64
	deposits    int    // of the day that were made
	requests    int    // of the day that were made
	poolGwei    uint64 // at the beginning of the frame
	unproven    []int
	ready       []int
	inflowGwei  uint64 // a day, of the last two weeks
	rewardsGwei uint64 // that came to the vaults in the last frame
	etherFrames uint64 // sum of the pool's ether over the frames
	measure     measure
}

func newWorld(f *facts, terms Terms) *world {
	w := &world{facts: f, chain: newChain(f), pool: &pool{terms: terms}, poolGwei: f.startGwei}
	w.pool.bufferGwei = f.startGwei / 10_000 * terms.ReserveBps
	w.pool.bucketGwei = f.startGwei / 10_000 * terms.BucketBps
	w.lastReport = w.chain.epoch
	return w
}

// run lets all days pass.
func (w *world) run() error {
	for i := range w.facts.frames {
		if err := w.day(&w.facts.frames[i]); err != nil {
			return fmt.Errorf("frame %d: %w", i, err)
		}
	}
	return nil
}

// day is a frame, from its reference slot on.
func (w *world) day(day *frameFacts) error {
	c := w.chain
	c.earn(day)
	r, err := w.compute(w.judge())
	if err != nil {
		return err
	}
	begin := c.epoch
	w.deposits, w.requests = 0, 0
	all, _ := c.totals()
	w.poolGwei = all + w.pool.bufferGwei
	w.etherFrames += w.poolGwei / ether
	w.pool.refill(w.poolGwei)
	inflow := uint64(0)
	for _, d := range day.deposits {
		inflow += d.gwei
	}
	w.inflowGwei = (w.inflowGwei*13 + inflow) / 14
	churn := c.exitChurn()
	for offset := range uint64(frameEpochs) {
		w.people(day)
		if offset == frameEpochs/2 && day.slashed > 0 {
			c.slash(day, churn)
		}
		if offset == day.acceptedAfter {
			if err := w.accept(r, begin); err != nil {
				return err
			}
			w.lastReport = begin
		}
		w.keepers(day, offset)
		if offset%32 == 0 {
			w.measure.idle(w.pool, w.poolGwei)
		}
		c.step(day, churn)
	}
	return nil
}

// people bring and ask for ether in this epoch.
func (w *world) people(day *frameFacts) {
	now := w.chain.epoch - firstEpoch
	for ; w.deposits < len(day.deposits) && day.deposits[w.deposits].epoch == now; w.deposits++ {
		w.pool.deposit(day.deposits[w.deposits].gwei)
	}
	for ; w.requests < len(day.requests) && day.requests[w.requests].epoch == now; w.requests++ {
		w.pool.ask(w.chain.epoch, day.requests[w.requests].gwei)
		w.pool.requests[len(w.pool.requests)-1].home = w.home()
	}
}

// keepers act when they wake up, some epochs after a report, and a few times a day.
func (w *world) keepers(day *frameFacts, offset uint64) {
	if offset == day.awakeAfter || offset > day.awakeAfter && (offset == day.acceptedAfter+2 || offset%16 == 7) {
		w.keep()
	}
}
