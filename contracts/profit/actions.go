package profit

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/report"
)

const day = 24 * 60 * 60

// step does one random thing.
func (w *world) step(handMay bool) error {
	switch n := w.random.IntN(100); {
	case n < 15:
		w.pass([]int64{0, 12, 3600, day / 2, day, 3 * day, 8 * day}[w.random.IntN(7)])
	case n < 30:
		w.see(nil)
	case n < 45:
		return w.apply(w.held && w.random.IntN(2) == 0)
	case n < 57:
		if !handMay {
			return w.outside(74 + w.random.IntN(26))
		}
		return w.enter(w.some(w.wei))
	case n < 66:
		if !handMay {
			w.othersLeave()
		}
		w.leave(w.some(w.shares))
	case n < 74:
		w.othersLeave()
	default:
		return w.outside(n)
	}
	return nil
}

// some is all, half or a random part.
func (w *world) some(wei *big.Int) *big.Int {
	switch w.random.IntN(3) {
	case 0:
		return wei
	case 1:
		return times(wei, number(1), number(2))
	}
	return w.part(wei, 10_000)
}

// outside is what neither the hand nor the holders do.
func (w *world) outside(n int) error {
	switch {
	case n < 77:
		if loss := wholeGwei(w.part(w.earning, w.sizeBps())); w.earning.Sign() > 0 {
			w.earning, w.base = minus(w.earning, loss), positive(minus(w.base, loss))
			w.note("validators lose %s wei", loss)
		}
	case n < 80:
		w.see(w.part(plus(w.earning, w.pending), w.sizeBps()))
	case n < 83:
		w.gift(&w.rewards, "the rewards vault", true)
	case n < 86:
		w.gift(&w.vault, "the withdrawal vault", false)
	case n < 88:
		w.force()
	case n < 91:
		sent := wholeGwei(w.part(w.free(), 10_000))
		w.buffer, w.deposited, w.pending = minus(w.buffer, sent), plus(w.deposited, sent), plus(w.pending, sent)
		w.note("%s wei are sent to the consensus layer", sent)
	case n < 96:
		home := wholeGwei(w.some(w.earning))
		w.earning, w.base, w.vault = minus(w.earning, home), positive(minus(w.base, home)), plus(w.vault, home)
		w.note("%s wei are swept", home)
	default:
		w.silence()
	}
	return nil
}

// sizeBps is the most that a loss or a gift is, of 10,000.
func (w *world) sizeBps() int64 { return []int64{1, 10, 100, 1000}[w.random.IntN(4)] }

// othersLeave lets other holders request, a quarter of their shares at most, and half of theirs in all stays.
func (w *world) othersLeave() {
	if !w.comes() || w.entered && (w.unconfirmed.Sign() != 0 || w.held || w.unseen.Sign() != 0) {
		return // Then the price does not tell what they leave behind.
	}
	theirs := minus(w.staying(), w.shares)
	shares := w.part(theirs, 3000)
	if shares.Sign() == 0 {
		return
	}
	price, err := report.DepositPrice(w.priceInput(w.rewards, w.now))
	value := w.pool.request(others, shares, w.now)
	if err == nil && price.Shares.Sign() > 0 {
		w.came(minus(timesUp(shares, price.Wei, price.Shares), value))
	}
	w.note("others request with %s shares, valued at %s", shares, value)
}

// gift is ether from a stranger; the pool knows it at once, or when a report has seen it.
func (w *world) gift(to **big.Int, where string, known bool) {
	if !w.comes() {
		return
	}
	wei := w.part(w.pooled, w.sizeBps())
	*to = plus(*to, wei)
	if known {
		w.came(wei)
	} else {
		w.unseen = plus(w.unseen, wei)
	}
	w.note("a stranger gives %s wei to %s", wei, where)
}

// force is ether forced into the pool, and its skim.
func (w *world) force() {
	if w.unskimmed.Sign() > 0 {
		w.note("skim of %s wei", w.unskimmed)
		w.buffer, w.unskimmed = plus(w.buffer, w.unskimmed), zero()
		return
	}
	if !w.comes() {
		return
	}
	wei := w.part(w.pooled, w.sizeBps())
	w.came(wei)
	w.note("%s wei are forced into the pool", wei)
	w.unskimmed = wei
}

// free is what of the buffer no request needs.
func (w *world) free() *big.Int {
	return positive(minus(w.buffer, least(w.waitingWei, plus(w.worth(w.waitingShares), number(1)))))
}

func (w *world) silence() {
	vault := w.vault
	done, ok := w.silent(vault, w.now)
	if !ok {
		return
	}
	// A report under way saw the vault as it was: the contract refuses it now.
	w.look, w.lie, w.vault, w.wei = nil, nil, minus(w.vault, done.fromVault), plus(w.wei, done.toAttacker)
	w.note("no report for long: finalized up to %d of %d, %s wei came home; the hand is paid %s", w.finalized, len(w.requests), done.fromVault, done.toAttacker)
}

// passes tells whether a wrong loss is one to look at: one that the pool sees as beyond noise.
func (w *world) passes(f facts) bool {
	out, err := report.Rebase(w.input(f))
	return err == nil && out.BeyondNoise
}

// windUp sends all home, lets everything in that is due, and pays the hand.
func (w *world) windUp() error {
	w.closed, w.entered, w.slow, w.look, w.lie = true, true, false, nil, nil
	if w.lied || w.held {
		if err := w.quietReport(day); err != nil {
			return err
		}
	}
	w.note("wind-up: no rewards any more, all validators leave")
	w.vault, w.earning, w.pending = plus(w.vault, plus(w.earning, w.pending)), zero(), zero()
	if w.unskimmed.Sign() > 0 {
		w.force()
	}
	if w.random.IntN(4) == 0 {
		w.leave(w.shares)
	}
	for range 30 {
		if err := w.quietReport(30 * day); err != nil {
			return err
		}
		if w.booked().Cmp(w.pooled) == 0 && w.vault.Sign() == 0 && w.rewards.Sign() == 0 && w.finalized == len(w.requests) {
			break
		}
	}
	w.leave(w.shares)
	for n := 0; n < 6 && w.finalized < len(w.requests); n++ {
		if err := w.quietReport(30 * day); err != nil {
			return err
		}
	}
	for _, r := range w.requests[w.finalized:] {
		if r.owner == attacker {
			w.wei = plus(w.wei, report.Payout(r.value, r.shares, w.pooled, w.total))
		}
	}
	return nil
}

func (w *world) quietReport(seconds int64) error {
	w.pass(seconds)
	w.see(nil)
	return w.apply(w.tooHigh(*w.look))
}

// profit is what the hand has beyond what it began with and its part of what came.
func (w *world) profit() *big.Int { return minus(w.wei, plus(w.startWei, w.credit)) }
