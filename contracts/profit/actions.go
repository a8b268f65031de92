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
		w.passTime([]int64{0, 12, 3600, day / 2, day, 3 * day, 8 * day}[w.random.IntN(7)])
	case n < 30:
		w.readFacts(nil)
	case n < 45:
		return w.apply(w.held && w.random.IntN(2) == 0)
	case n < 57:
		if !handMay {
			return w.actOutside(74 + w.random.IntN(26))
		}
		return w.attackerDeposits(w.allOrPart(w.wei))
	case n < 66:
		if !handMay {
			w.othersRequest()
		}
		w.attackerRequests(w.allOrPart(w.shares))
	case n < 74:
		w.othersRequest()
	default:
		return w.actOutside(n)
	}
	return nil
}

// allOrPart is all, half or a random part.
func (w *world) allOrPart(wei *big.Int) *big.Int {
	switch w.random.IntN(3) {
	case 0:
		return wei
	case 1:
		return times(wei, number(1), number(2))
	}
	return w.part(wei, 10_000)
}

// actOutside is what neither the attacker nor the holders do.
func (w *world) actOutside(n int) error {
	switch {
	case n < 77:
		if loss := wholeGwei(w.part(w.earning, w.sizeBps())); w.earning.Sign() > 0 {
			w.earning, w.base = minus(w.earning, loss), positive(minus(w.base, loss))
			w.tracef("validators lose %s wei", loss)
		}
	case n < 80:
		if lie := w.part(plus(w.earning, w.pending), w.sizeBps()); !w.lied || w.rules.LiesInRow {
			w.readFacts(lie)
		}
	case n < 83:
		w.gift(&w.rewards, "the rewards vault", true)
	case n < 86:
		w.gift(&w.vault, "the withdrawal vault", false)
	case n < 88:
		w.forceEther()
	case n < 91:
		return w.fund()
	case n < 96:
		home := wholeGwei(w.allOrPart(w.earning))
		w.earning, w.base, w.vault = minus(w.earning, home), positive(minus(w.base, home)), plus(w.vault, home)
		w.tracef("%s wei are swept", home)
	default:
		w.silence()
	}
	return nil
}

// sizeBps is the most that a loss or a gift is, of 10,000.
func (w *world) sizeBps() int64 { return []int64{1, 10, 100, 1000}[w.random.IntN(4)] }

// othersRequest lets other holders request, a quarter of their shares at most, and half of theirs in all stays.
func (w *world) othersRequest() {
	if !w.takesIncome() || w.entered && (w.unconfirmed.Sign() != 0 || w.held || w.unseen.Sign() != 0) {
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
		w.shareIncome(minus(timesUp(shares, price.Wei, price.Shares), value))
	}
	w.tracef("others request with %s shares, valued at %s", shares, value)
}

// gift is ether from a stranger; the pool knows it at once, or when a report has seen it.
func (w *world) gift(to **big.Int, where string, known bool) {
	if !w.takesIncome() {
		return
	}
	wei := w.part(w.pooled, w.sizeBps())
	*to = plus(*to, wei)
	if known {
		w.shareIncome(wei)
	} else {
		w.unseen = plus(w.unseen, wei)
	}
	w.tracef("a stranger gives %s wei to %s", wei, where)
}

// forceEther is ether forced into the pool, and its skim.
func (w *world) forceEther() {
	if w.unskimmed.Sign() > 0 {
		w.tracef("skim of %s wei", w.unskimmed)
		w.buffer, w.unskimmed = plus(w.buffer, w.unskimmed), zero()
		return
	}
	if !w.takesIncome() {
		return
	}
	wei := w.part(w.pooled, w.sizeBps())
	w.shareIncome(wei)
	w.tracef("%s wei are forced into the pool", wei)
	w.unskimmed = wei
}

func (w *world) silence() {
	vault := w.vault
	done, ok := w.silent(vault, w.now)
	if !ok {
		return
	}
	// A report under way saw the vault as it was: the contract refuses it now.
	w.look, w.lie, w.vault, w.wei = nil, nil, minus(w.vault, done.fromVault), plus(w.wei, done.toAttacker)
	w.tracef("no report for long: finalized up to %d of %d, %s wei came home; the attacker is paid %s", w.finalized, len(w.requests), done.fromVault, done.toAttacker)
}

// isVisibleLoss reports whether a wrong loss is one to look at: one that the pool sees as beyond noise.
func (w *world) isVisibleLoss(f facts) bool {
	out, err := report.Rebase(w.input(f))
	return err == nil && out.BeyondNoise
}

// windUp sends all home, lets everything in that is due, and pays the attacker.
func (w *world) windUp() error {
	w.closed, w.entered, w.slow, w.look, w.lie = true, true, false, nil, nil
	if w.lied || w.held {
		if err := w.quietReport(day); err != nil {
			return err
		}
	}
	w.tracef("wind-up: no rewards any more, all keys are proven, all validators leave")
	if err := w.prove(); err != nil {
		return err
	}
	w.vault, w.earning, w.pending = plus(w.vault, plus(w.earning, w.pending)), zero(), zero()
	if w.unskimmed.Sign() > 0 {
		w.forceEther()
	}
	if w.random.IntN(4) == 0 {
		w.attackerRequests(w.shares)
	}
	for range 30 {
		if err := w.quietReport(30 * day); err != nil {
			return err
		}
		if w.booked().Cmp(w.pooled) == 0 && w.vault.Sign() == 0 && w.rewards.Sign() == 0 && w.finalized == len(w.requests) {
			break
		}
	}
	w.attackerRequests(w.shares)
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
	w.passTime(seconds)
	w.readFacts(nil)
	return w.apply(w.tooHigh(*w.look))
}

// profit is what the attacker has beyond what it began with and its part of what came.
func (w *world) profit() *big.Int { return minus(w.wei, plus(w.startWei, w.credit)) }
