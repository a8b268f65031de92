package loopsim

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/report"
)

// computed is a report that was read at a reference slot and waits for its acceptance.
type computed struct {
	judgement
	exit          report.ExitDemandOutput
	askedGwei     uint64 // ever, at the reference slot
	upTo          int    // requests to finalize
	vaultGwei     uint64
	askedHomeGwei uint64 // chain.askedHomeGwei without what is in flight
}

// applied is a report that was accepted.
type applied struct {
	judgement
	reference uint64 // slot, as an epoch
	pays      bool   // its loss, if any, does not stop payments
}

// couldPay is whether it could pay a request, ether aside.
func (a applied) couldPay(r request) bool {
	before := a.reference - marginEpochs
	if a.bunker {
		before = min(before, a.before)
	}
	return a.pays && r.epoch < before
}

// marginEpochs is how much older than the reference slot a request must be.
const marginEpochs = 10

// judge finds what losses do to the report of the present epoch.
func (w *world) judge() judgement {
	c := w.chain
	openGwei, slashedAt := c.openPenalties()
	return judgement{
		bunker: c.lostGwei > c.earnedGwei || openGwei > c.earnedGwei,
		loss:   c.lostGwei > c.earnedGwei && c.lostGwei-c.earnedGwei > w.poolGwei/100_000*20,
		before: min(w.lastReport, slashedAt),
	}
}

// compute makes the report of the present epoch, a reference slot.
func (w *world) compute(j judgement) (computed, error) {
	c, p := w.chain, w.pool
	allGwei, activeGwei := c.totals()
	poolGwei := allGwei + p.bufferGwei
	out := computed{judgement: j, askedGwei: p.asked, upTo: p.finalized, vaultGwei: c.vaultGwei, askedHomeGwei: c.askedHomeGwei}
	before := c.epoch - marginEpochs
	if j.bunker {
		before = min(before, j.before)
	}
	availableGwei, lockGwei := p.bufferGwei+c.vaultGwei, uint64(0)
	for !(j.loss && p.lossesInRow < report.MaxLossesInRow) && out.upTo < len(p.requests) {
		r := p.requests[out.upTo]
		if r.epoch >= before || lockGwei+r.gwei > availableGwei {
			break
		}
		lockGwei += r.gwei
		out.upTo++
	}
	var err error
	out.exit, err = report.ExitDemand(w.demandInput(poolGwei, activeGwei, availableGwei-lockGwei, p.waitingGwei-lockGwei))
	w.rewardsGwei = c.earnedGwei * c.facts.rewardsVault / 1000
	if !c.facts.compounding {
		w.rewardsGwei += c.earnedGwei
	}
	c.earnedEver, c.lostEver = c.earnedEver+c.earnedGwei, c.lostEver+c.lostGwei
	c.earnedGwei, c.lostGwei = 0, 0
	return out, err
}

// demandInput is what members would read. A share is worth an ether, and the bound on the rate holds nothing back.
func (w *world) demandInput(poolGwei, activeGwei, bufferGwei, waitingGwei uint64) report.ExitDemandInput {
	c := w.chain
	in := report.ExitDemandInput{
		WaitingWei: wei(waitingGwei), WaitingShares: wei(waitingGwei), PooledWei: wei(poolGwei), TotalShares: wei(poolGwei), BookedWei: wei(poolGwei),
		BufferWei: wei(bufferGwei), VaultsWei: new(big.Int), Bounds: report.PoolBounds{MaxRiseBps: 3_650, BucketRefillSeconds: 1},
		Epoch: c.epoch, Gloas: c.gloas(), Consensus: consensusRules(), Rules: c.rules, Queue: c.exits, Registry: registry,
		TotalActiveGwei: totalActiveGwei, SlashingsGwei: c.slashingsGwei, InFlightGwei: c.inFlightGwei,
		PoolActiveGwei: activeGwei, EarnedGwei: c.earnedGwei - min(c.earnedGwei, c.lostGwei), EarnedEpochs: frameEpochs, ComingBps: w.pool.terms.ComingBps,
		PendingPartials: uint64(len(c.partials)),
	}
	if !c.facts.compounding {
		in.SweptActiveGwei = activeGwei
	}
	for i := range c.validators {
		v := &c.validators[i]
		if c.facts.compounding && w.askable(v) && v.balanceGwei > leastGwei+v.openGwei {
			in.PartsGwei += v.balanceGwei - leastGwei - v.openGwei
		}
		if v.balanceGwei > 0 && (v.exit != far || c.facts.compounding || len(c.contract) > 0) {
			in.Validators = append(in.Validators, report.ExitValidator{
				Index: uint32(i), BalanceGwei: v.balanceGwei, EffectiveBalanceGwei: effective(v.balanceGwei), ActivationEpoch: v.activation,
				ExitEpoch: v.exit, WithdrawableEpoch: v.withdrawal, Slashed: v.slashed, Compounding: c.facts.compounding,
			})
		}
	}
	for _, p := range c.partials {
		if c.validators[p.key].balanceGwei > 0 {
			in.Partials = append(in.Partials, report.PendingPartial{Index: uint32(p.key), AmountGwei: p.gwei, WithdrawableEpoch: p.withdrawal})
		}
	}
	for _, a := range c.contract {
		in.Asked = append(in.Asked, report.AskedWithdrawal{Index: uint32(a.key), AmountGwei: a.gwei})
	}
	return in
}

func wei(gwei uint64) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(report.WeiPerGwei))
}

// errLock: a report pays what the buffer does not hold. What may be staked was wrong.
var errLock = errors.New("lock is above the buffer")

// accept applies a report. Errors: errLock.
func (w *world) accept(r computed, reference uint64) error {
	c, p := w.chain, w.pool
	c.vaultGwei -= r.vaultGwei
	p.pull(r.vaultGwei)
	w.measure.home(r.askedHomeGwei)
	w.measure.broughtGwei = p.broughtGwei
	lockGwei := p.finalize(r.upTo, reference)
	if lockGwei > p.bufferGwei {
		return fmt.Errorf("%w: %d gwei of %d in the buffer", errLock, lockGwei, p.bufferGwei)
	}
	p.bufferGwei -= lockGwei
	p.oldGwei = p.bufferGwei
	p.bunker = r.bunker
	p.lossesInRow++
	if !r.loss {
		p.lossesInRow = 0
	}
	p.inForce = certified{r.exit.ExitGwei, r.askedGwei, c.epoch + frameEpochs*3/2}
	w.measure.finalized(lockGwei, p)
	w.reports = append(w.reports, applied{r.judgement, reference, p.lossesInRow > report.MaxLossesInRow || !r.loss})
	return nil
}
