package submit

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// advance does what is due for the job.
func (s *Sender) advance(ctx context.Context, b *belief) reason {
	s.cancelSuperfluous(ctx, b)
	if s.job == nil {
		return s.idle()
	}
	w := s.job
	refSlot, now := w.Report.RefSlot, s.config.Now()
	switch {
	case b.hasFinal(refSlot, w.digest):
		return s.finish(Done, because(CodeDone, "The contract has the report of reference slot %d, and that is final.", refSlot))
	case b.has(refSlot, w.digest):
		s.stage(Taken)
		return because(CodeTaken, "The contract has the report of reference slot %d%s; that is not final yet.", refSlot, s.byWhom())
	case !w.Deadline.IsZero() && !now.Before(w.Deadline):
		return s.finish(Ended, because(CodeEnded, "Submissions of the frame of reference slot %d have closed, and the contract took no report of it.", refSlot))
	case s.State().Included != nil:
		s.stage(Sent)
		return because(CodeDisputed, "The own transaction is in a block, but the endpoints do not agree yet that the report of reference slot %d is in.", refSlot)
	case len(w.reverts) >= maxReverts:
		s.stage(Waiting)
		return because(CodeReverts, "%d own transactions reverted for reference slot %d, although they were simulated: nothing more is sent for it. Check the execution endpoints.",
			len(w.reverts), refSlot)
	}
	return s.bring(ctx, b, w)
}

func (s *Sender) idle() reason {
	switch state := s.State(); state.Stage {
	case Done, Ended:
		return reason{state.Code, state.Why}
	}
	return because(CodeIdle, "There is no report to submit.")
}

func (s *Sender) byWhom() string {
	if included := s.State().Included; included != nil {
		return " by the own transaction " + included.Hex()
	}
	return " by another member's transaction"
}

func (s *Sender) stage(stage Stage) { s.change(func(state *State) { state.Stage = stage }) }

func (s *Sender) finish(stage Stage, why reason) reason {
	s.stage(stage)
	s.job = nil
	return why
}

// bring sends the report's transaction, again, or one that bids more.
func (s *Sender) bring(ctx context.Context, b *belief, w *work) reason {
	now, standing := s.config.Now(), s.store.at(b.nonce)
	ours := standing != nil && standing.bidsFor(w.Report.RefSlot, w.digest)
	if !ours {
		s.stage(Waiting)
	}
	if why, wait := s.awaitStranger(b, standing, now); wait {
		return why
	}
	if b.minBaseWei > s.config.Fees.MaxFeeWei {
		return because(CodeFeeCap, "The base fee of %s is above the cap of %s: the submission waits. Other members may have a higher cap.",
			gwei(b.minBaseWei), gwei(s.config.Fees.MaxFeeWei))
	}
	if ours && now.Sub(standing.SentAt) < s.config.BumpEvery {
		return s.sendAgain(ctx, b, standing)
	}
	simulated := s.simulate(ctx, b, w)
	switch {
	case simulated.quiet:
		return because(CodeTaken, "Another member's report came first: the contract says %s.", simulated.reason)
	case !simulated.passes:
		return because(CodeRefused, "The contract does not take the report of reference slot %d now: %s.%s", w.Report.RefSlot, simulated.reason, meaning(simulated.reason))
	}
	return s.send(ctx, b, w, standing, simulated.gas)
}

// awaitStranger gives a transaction of the account that this sender does not know some time to be mined, before it is replaced.
func (s *Sender) awaitStranger(b *belief, standing *attempt, now time.Time) (reason, bool) {
	if standing != nil || b.guide.pendingNonce <= b.nonce {
		s.strangeAt = time.Time{}
		return reason{}, false
	}
	if s.strangeAt.IsZero() {
		s.strangeAt = now
	}
	if now.Sub(s.strangeAt) >= s.config.BumpEvery {
		return reason{}, false
	}
	return because(CodeStranger, "A transaction with nonce %d of the account waits that this node did not send: it is replaced if it is not mined soon. Use the account for nothing else.",
		b.nonce), true
}

// sendAgain gives the newest variant to every endpoint: one may have dropped it, or have come back.
func (s *Sender) sendAgain(ctx context.Context, b *belief, a *attempt) reason {
	said := s.broadcast(ctx, a.Raw)
	s.turnFrom(b, said)
	return s.judged(a, said)
}

// turnFrom tries another nonce where the endpoints dispute it, and this one is refused or has waited too long.
func (s *Sender) turnFrom(b *belief, said verdicts) {
	now := s.config.Now()
	if s.stalledAt.IsZero() || !b.disputed {
		s.stalledAt = now
	}
	if b.disputed && (said.counts[nonceTooLow] > 0 || now.Sub(s.stalledAt) >= s.config.Patience) {
		s.favour, s.stalledAt = s.favour+1, time.Time{}
	}
}

// judged says where a transaction stands that was just given to the endpoints.
func (s *Sender) judged(a *attempt, said verdicts) reason {
	hash := a.newest().Hash
	if said.inSomePool() {
		s.stage(Sent)
		return because(CodeSent, "The report of reference slot %d is on its way in transaction %s.", a.RefSlot, hash.Hex())
	}
	if said.counts[noFunds] > 0 {
		return s.poor(a)
	}
	return because(CodeNotTaken, "No execution endpoint takes transaction %s: %s.", hash.Hex(), shortened(said.err))
}

// poor says that the account cannot pay a transaction, and what it needs.
func (s *Sender) poor(a *attempt) reason {
	tx, err := a.transaction()
	if err != nil {
		return because(CodeStore, "The transaction of nonce %s cannot be read: %v.", hexutil.EncodeUint64(a.Nonce), err)
	}
	return because(CodeFunds, "The account %s cannot pay the submission: it needs up to %s. Send it ether.", s.config.Signer.Address(), ether(tx.Cost()))
}
