package loopsim

// What one would know who sees everything at once. Reports and keepers do not; results are held against it.

// short is what waits and will not be there by itself when an exit that begins now is withdrawable. Rewards go on as they are; who else will come with ether
// nobody knows.
func (w *world) short() uint64 {
	c, p := w.chain, w.pool
	if p.waitingGwei <= p.bufferGwei {
		return 0
	}
	exit, _ := c.exits.ExitEpoch(ether, c.epoch, c.exitChurn(), c.rules)
	rewards := w.rewardsGwei * (exit + 256 - c.epoch) / frameEpochs
	comes := p.bufferGwei + c.vaultGwei + c.inFlightGwei + c.coming(exit+256) + rewards
	return p.waitingGwei - min(p.waitingGwei, comes)
}

// coming is what leaves already and becomes withdrawable by an epoch.
func (c *chain) coming(by uint64) (gwei uint64) {
	for _, key := range c.leaving {
		if v := &c.validators[key]; v.withdrawal <= by {
			gwei += v.balanceGwei
		}
	}
	for _, p := range c.partials {
		if v := &c.validators[p.key]; v.exit == far {
			gwei += min(p.gwei, v.balanceGwei-min(v.balanceGwei, leastGwei))
		}
	}
	for _, a := range c.contract {
		if a.gwei == 0 {
			gwei += c.validators[a.key].balanceGwei
		} else {
			gwei += a.gwei
		}
	}
	return gwei
}

// home is when an exit of all that is short would be paid to the vault if it began now, which no report allows yet.
func (w *world) home() uint64 {
	c := w.chain
	exit, _ := c.exits.ExitEpoch(max(w.short(), ether), c.epoch, c.exitChurn(), c.rules)
	if w.fullest() >= 0 {
		return exit + 256
	}
	return exit + 256 + c.facts.sweepEpochs/2
}

// late is how many reports could have paid a request, but for ether, before the one that did, had an exit begun with the request. Reports in bunker and
// missing ones are not among them. known is false when there was no such report until the end; inTime when it was paid before, without an exit.
func (w *world) late(r request) (reports uint64, known, inTime bool) {
	for _, a := range w.reports {
		if a.reference < r.home || !a.couldPay(r) {
			continue
		}
		if !known {
			known, inTime = true, r.paid != 0 && r.paid < a.reference
		}
		if r.paid == 0 || r.paid > a.reference {
			reports++
		}
	}
	return reports, known, inTime
}
