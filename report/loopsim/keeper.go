package loopsim

import "slices"

// setSize is how many keys may be unproven at once.
const setSize = 128

// keep does all chores that can be done now.
func (w *world) keep() {
	if w.pool.terms.EndDropped {
		w.endDropped()
	}
	w.askExits()
	w.proveKeys()
	w.topUp()
	w.predeposit()
}

// askExits asks for what the report in force allows: in parts where there are parts, else whole validators.
func (w *world) askExits() {
	for {
		allowed, before := w.pool.mayAsk(w.chain.epoch, leastGwei), w.pool.asked
		if allowed == 0 {
			return
		}
		if !w.askOne(allowed) {
			return
		}
		w.measure.ask(w.pool.asked-before, w.pool.broughtGwei)
	}
}

// askOne makes one call; false when no validator can be asked.
func (w *world) askOne(allowedGwei uint64) bool {
	c := w.chain
	if key := w.fullest(); key >= 0 {
		v := &c.validators[key]
		gwei := max(min(allowedGwei, v.balanceGwei-leastGwei-v.openGwei), ether)
		v.openGwei += gwei
		c.contract = append(c.contract, call{key, gwei})
		w.pool.exit(c.epoch, gwei, key)
		return true
	}
	for key := range c.validators {
		if v := &c.validators[key]; w.askable(v) && v.openGwei == 0 {
			gwei := v.balanceGwei
			v.openGwei = gwei
			c.contract = append(c.contract, call{key, 0})
			w.pool.exit(c.epoch, gwei, key)
			return true
		}
	}
	return false
}

// fullest is the validator with the most above the least balance, of an ether or more; -1 for none.
func (w *world) fullest() int {
	found, most := -1, leastGwei+ether-1
	if !w.chain.facts.compounding {
		return found
	}
	for key := range w.chain.validators {
		v := &w.chain.validators[key]
		if w.askable(v) && (v.openGwei == 0 || w.pool.terms.PartsWhileOpen) && v.balanceGwei-min(v.balanceGwei, v.openGwei) > most {
			found, most = key, v.balanceGwei-v.openGwei
		}
	}
	return found
}

// askable is what a proof not older than a day says of a validator.
func (w *world) askable(v *validator) bool {
	return v.exit == far && v.activation <= w.chain.epoch && w.chain.epoch-v.activation >= w.chain.rules.ShardCommitteePeriod && v.balanceGwei >= leastGwei
}

// endDropped proves of parts that were asked for that they will never be paid: their validator was slashed.
func (w *world) endDropped() {
	w.pool.outstanding = slices.DeleteFunc(w.pool.outstanding, func(e entry) bool {
		v := &w.chain.validators[e.key]
		return v.slashed && !v.asked
	})
}

// proveKeys ends the unproven time of keys whose first ether was applied.
func (w *world) proveKeys() {
	for _, key := range w.unproven {
		if v := &w.chain.validators[key]; v.balanceGwei > 0 {
			v.proven = true
			w.ready = append(w.ready, key)
		}
	}
	kept := w.unproven[:0]
	for _, key := range w.unproven {
		if !w.chain.validators[key].proven {
			kept = append(kept, key)
		}
	}
	w.unproven = kept
}

// topUp stakes what may be staked: the oldest proven key gets what it lacks to work, else the one with the least gets all there is.
func (w *world) topUp() {
	for {
		gwei := w.pool.stakeable(w.poolGwei)
		key := -1
		switch missing := leastGwei - ether; {
		case len(w.ready) > 0 && gwei >= missing:
			key, gwei = w.ready[0], missing
			w.ready = w.ready[1:]
		case w.chain.facts.compounding && gwei >= 2*ether:
			key = w.emptiest()
		}
		if key < 0 {
			return
		}
		v := &w.chain.validators[key]
		gwei = min(gwei, largestGwei-v.balanceGwei-v.pendingGwei)
		w.pool.stake(gwei)
		w.chain.enter(key, gwei)
	}
}

// emptiest is the validator that has the least and works, with room for two ether; -1 for none.
func (w *world) emptiest() int {
	found, least := -1, largestGwei-2*ether
	for key := range w.chain.validators {
		v := &w.chain.validators[key]
		if v.exit == far && v.activation != far && v.balanceGwei+v.pendingGwei < least {
			found, least = key, v.balanceGwei+v.pendingGwei
		}
	}
	return found
}

// predeposit keeps a stock of keys: as many as the inflow of the last weeks will need while a first ether waits to be proven.
func (w *world) predeposit() {
	most := w.poolGwei / 10_000 * w.pool.terms.StockBps / ether
	queue := w.chain.entries.EarliestEpoch - min(w.chain.entries.EarliestEpoch, w.chain.epoch) + 16
	wanted := min(w.inflowGwei*queue/frameEpochs/(leastGwei-ether)+1, max(most, 1))
	for uint64(len(w.ready)+len(w.unproven)) < wanted && len(w.unproven) < setSize && w.pool.stakeable(w.poolGwei) >= ether {
		w.pool.stake(ether)
		w.chain.validators = append(w.chain.validators, validator{activation: far, exit: far, withdrawal: far, sweptAt: w.chain.epoch})
		key := len(w.chain.validators) - 1
		w.unproven = append(w.unproven, key)
		w.chain.enter(key, ether)
	}
}
