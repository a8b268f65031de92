package profit

import (
	"fmt"
	"math/big"
)

// mostUnproven is UnprovenSet.PLACES.
const mostUnproven = 128

// fund is what anyone does with the usable ether: first ether of keys, proofs of them, the rest of their ether.
func (w *world) fund() error {
	switch w.random.IntN(3) {
	case 0:
		return w.predeposit()
	case 1:
		return w.prove()
	}
	if !w.spends() {
		return nil
	}
	sent := wholeGwei(w.part(w.usable(), 10_000))
	w.buffer, w.deposited, w.pending = minus(w.buffer, sent), plus(w.deposited, sent), plus(w.pending, sent)
	w.tracef("%s wei are sent to keys that are proven", sent)
	return nil
}

// spends reports whether ether leaves the buffer for validators: not in doubt about the rate.
func (w *world) spends() bool { return w.unconfirmed.Sign() == 0 && !w.held }

// predeposit sends one ether to each of some keys. The holders of some have deposited them for themselves before.
func (w *world) predeposit() error {
	room := minus(ether(mostUnproven), w.unproven())
	most := new(big.Int).Quo(least(room, w.usable()), ether(1)).Int64()
	if !w.spends() || most == 0 {
		return nil
	}
	keys := 1 + w.random.Int64N(most)
	return w.sendFirst(keys, w.random.Int64N(keys+1))
}

// sendFirst sends one ether to each of so many keys, of which some are foreign.
func (w *world) sendFirst(keys, foreignKeys int64) error {
	wei, foreign := ether(keys), ether(foreignKeys)
	return w.movesNothing("first ether", func() {
		w.buffer, w.foreign = minus(w.buffer, wei), plus(w.foreign, foreign)
		if w.rules.FirstEtherNotAtPar {
			own := minus(wei, foreign)
			w.deposited, w.pending = plus(w.deposited, wei), plus(w.pending, own)
		} else {
			w.par = plus(w.par, wei)
		}
		w.tracef("%d keys get their first ether, %s wei of it are their holders'", keys, foreign)
	})
}

// unproven is the first ether that is not proven; what would count as a deposit at once only as far as it is lost.
func (w *world) unproven() *big.Int {
	if w.rules.FirstEtherNotAtPar {
		return w.foreign
	}
	return w.par
}

// prove ends all keys that are not proven: the bonds pay what their holders have, the rest is a deposit now.
func (w *world) prove() error {
	if w.unproven().Sign() == 0 {
		return nil
	}
	return w.movesNothing("a proof", func() {
		own := minus(w.par, w.foreign)
		if w.rules.FirstEtherNotAtPar {
			own = zero()
		}
		w.tracef("all keys are proven: the bonds pay %s wei, %s wei are the pool's", w.foreign, own)
		w.buffer, w.deposited, w.pending = plus(w.buffer, w.foreign), plus(w.deposited, own), plus(w.pending, own)
		w.par, w.foreign = zero(), zero()
	})
}

// movesNothing does what must move neither the rate nor what is booked.
func (w *world) movesNothing(what string, do func()) error {
	pooled, total, booked := w.pooled, w.total, w.booked()
	do()
	if w.rules.FirstEtherNotAtPar {
		return nil
	}
	if pooled.Cmp(w.pooled) != 0 || total.Cmp(w.total) != 0 || booked.Cmp(w.booked()) != 0 {
		return fmt.Errorf("%w: %s moves recognised ether from %s to %s, booked from %s to %s", ErrBroken, what, pooled, w.pooled, booked, w.booked())
	}
	return nil
}
