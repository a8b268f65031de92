package loopsim

import "github.com/tidemark-oracle/tidemark/report"

// request is a withdrawal request.
type request struct {
	epoch uint64 // in which it was made
	gwei  uint64
	home  uint64 // epoch in which an exit that begins with it would be home
	paid  uint64 // reference slot, as an epoch, of the report that finalized it; 0: it waits
}

// entry is what was asked for at once, as the registry keeps it until the pool has pulled as much.
type entry struct {
	epoch, gwei uint64
	key         int
}

// pool is what the contracts know and bound.
type pool struct {
	terms       Terms
	bufferGwei  uint64
	broughtGwei uint64 // ever, by people
	oldGwei     uint64 // of the buffer: it was there at the last accepted report
	requests    []request
	finalized   int    // requests up to it are paid
	waitingGwei uint64 // of all others
	asked       uint64 // ever, in gwei
	outstanding []entry
	bucketGwei  uint64
	inForce     certified
	lossesInRow int
	bunker      bool
}

// certified is what the report in force says of exits.
type certified struct {
	exitGwei, askedGwei uint64
	until               uint64 // epoch: it ends by itself
}

// deposit and ask are what people do.
func (p *pool) deposit(gwei uint64) {
	p.bufferGwei += gwei
	p.broughtGwei += gwei
}

func (p *pool) ask(epoch, gwei uint64) {
	p.requests = append(p.requests, request{epoch: epoch, gwei: gwei})
	p.waitingGwei += gwei
}

// mayAsk is how much more may be asked for now: as the report in force allows, as the contract bounds it, and as the bucket has.
func (p *pool) mayAsk(epoch, oneValidatorGwei uint64) uint64 {
	if epoch > p.inForce.until {
		return 0
	}
	allowed := report.ExitsAllowed(p.inForce.exitGwei, p.inForce.askedGwei, p.asked)
	return min(allowed, p.bound(epoch, oneValidatorGwei), p.bucketGwei)
}

// bound is the contract's own: what is outstanding is never above what waits less the buffer, rounded up to one validator.
func (p *pool) bound(epoch, oneValidatorGwei uint64) uint64 {
	for len(p.outstanding) > 0 && epoch-p.outstanding[0].epoch > p.terms.PatienceEpochs {
		p.outstanding = p.outstanding[1:]
	}
	outstanding := uint64(0)
	for _, e := range p.outstanding {
		outstanding += e.gwei
	}
	short := p.waitingGwei - min(p.waitingGwei, p.bufferGwei)
	if short == 0 {
		return 0
	}
	short = (short + oneValidatorGwei - 1) / oneValidatorGwei * oneValidatorGwei
	return short - min(short, outstanding)
}

// exit writes down what was asked for.
func (p *pool) exit(epoch, gwei uint64, key int) {
	p.asked += gwei
	p.bucketGwei -= min(p.bucketGwei, gwei)
	p.outstanding = append(p.outstanding, entry{epoch, gwei, key})
}

// pull brings ether of the vaults to the buffer.
func (p *pool) pull(gwei uint64) {
	p.bufferGwei += gwei
	for left := gwei; left > 0 && len(p.outstanding) > 0; {
		first := &p.outstanding[0]
		taken := min(left, first.gwei)
		first.gwei -= taken
		left -= taken
		if first.gwei == 0 {
			p.outstanding = p.outstanding[1:]
		}
	}
}

// finalize pays the requests up to one: what it returns must leave the buffer.
func (p *pool) finalize(upTo int, reference uint64) (lockGwei uint64) {
	for ; p.finalized < upTo; p.finalized++ {
		r := &p.requests[p.finalized]
		r.paid = reference
		lockGwei += r.gwei
	}
	p.waitingGwei -= lockGwei
	return lockGwei
}

// stakeable is what may be staked: of the buffer what was there at the last report, less what is waited for and the reserve.
func (p *pool) stakeable(poolGwei uint64) uint64 {
	if p.bunker {
		return 0
	}
	kept := p.waitingGwei + poolGwei/10_000*p.terms.ReserveBps
	free := min(p.oldGwei, p.bufferGwei)
	return free - min(free, kept)
}

// stake sends ether to the beacon chain.
func (p *pool) stake(gwei uint64) {
	p.bufferGwei -= gwei
	p.oldGwei -= min(p.oldGwei, gwei)
}

// refill lets a day flow into the bucket.
func (p *pool) refill(poolGwei uint64) {
	full := poolGwei / 10_000 * p.terms.BucketBps
	p.bucketGwei = min(full, p.bucketGwei+full/p.terms.BucketFrames)
}
