package txmgr

import (
	"context"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// advance does what is due for the job.
func (s *Sender) advance(ctx context.Context, b *majority) reason {
	s.cancelSuperfluous(ctx, b)
	if s.job == nil {
		return s.idle()
	}
	w := s.job
	refSlot, now := w.Report.RefSlot, s.config.Now()
	switch {
	case b.hasFinal(refSlot, w.digest):
		return s.finish(Done, reasonf(CodeDone, "The contract has the report of reference slot %d, and that is final.", refSlot))
	case b.has(refSlot, w.digest):
		s.stage(Taken)
		return reasonf(CodeTaken, "The contract has the report of reference slot %d%s; that is not final yet.", refSlot, s.byWhom())
	case !w.Deadline.IsZero() && !now.Before(w.Deadline):
		return s.finish(Ended, reasonf(CodeEnded, "Submissions of the frame of reference slot %d have closed, and the contract took no report of it.", refSlot))
	case s.State().Included != nil:
		s.stage(Sent)
		return reasonf(CodeDisputed, "This node's transaction is in a block, but the endpoints do not agree yet that the report of reference slot %d is in.", refSlot)
	case len(w.reverts) >= maxReverts:
		s.stage(Waiting)
		return reasonf(CodeReverts, "%d own transactions reverted for reference slot %d, although they were simulated: nothing more is sent for it. Check the execution endpoints.",
			len(w.reverts), refSlot)
	}
	return s.submitReport(ctx, b, w)
}

func (s *Sender) idle() reason {
	switch state := s.State(); state.Stage {
	case Done, Ended:
		return reason{state.Code, state.Why}
	}
	return reasonf(CodeIdle, "There is no report to submit.")
}

func (s *Sender) byWhom() string {
	if included := s.State().Included; included != nil {
		return " by this node's transaction " + included.Hex()
	}
	return " by another member's transaction"
}

func (s *Sender) stage(stage Stage) { s.change(func(state *State) { state.Stage = stage }) }

func (s *Sender) finish(stage Stage, why reason) reason {
	s.stage(stage)
	s.job = nil
	return why
}

// submitReport sends the report's transaction, again, or one that bids more.
func (s *Sender) submitReport(ctx context.Context, b *majority, w *work) reason {
	now, previous := s.config.Now(), s.store.at(b.nonce)
	ours := previous != nil && previous.bidsFor(w.Report.RefSlot, w.digest)
	if !ours {
		s.stage(Waiting)
	}
	if why, wait := s.awaitStranger(b, previous, now); wait {
		return why
	}
	if b.minBaseWei > s.config.Fees.MaxFeeWei {
		return reasonf(CodeFeeCap, "The base fee of %s is above the cap of %s: the submission waits. Other members may have a higher cap.",
			gwei(b.minBaseWei), gwei(s.config.Fees.MaxFeeWei))
	}
	if ours && now.Sub(previous.SentAt) < s.config.BumpEvery {
		return s.sendAgain(ctx, b, previous)
	}
	simulated := s.simulate(ctx, b, w)
	switch {
	case simulated.quiet:
		return reasonf(CodeTaken, "Another member's report came first: the contract says %s.", simulated.reason)
	case !simulated.passes:
		return reasonf(CodeRefused, "The contract does not take the report of reference slot %d now: %s.%s", w.Report.RefSlot, simulated.reason, meaning(simulated.reason))
	}
	return s.send(ctx, b, w, previous, simulated.gas)
}

// awaitStranger gives a transaction of the account that this sender does not know some time to be mined, before it is replaced.
func (s *Sender) awaitStranger(b *majority, previous *attempt, now time.Time) (reason, bool) {
	if previous != nil || b.guide.pendingNonce <= b.nonce {
		s.strangeAt = time.Time{}
		return reason{}, false
	}
	if s.strangeAt.IsZero() {
		s.strangeAt = now
	}
	if now.Sub(s.strangeAt) >= s.config.BumpEvery {
		return reason{}, false
	}
	return reasonf(CodeStranger, "A transaction with nonce %d of the account waits that this node did not send: it is replaced if it is not mined soon. Use the account for nothing else.",
		b.nonce), true
}

// sendAgain gives the newest variant to every endpoint: one may have dropped it, or have come back.
func (s *Sender) sendAgain(ctx context.Context, b *majority, a *attempt) reason {
	said := s.broadcast(ctx, a.Raw)
	s.tryOtherNonce(b, said)
	return s.afterBroadcast(a, said)
}

// tryOtherNonce tries another nonce where the endpoints dispute it, and this one is refused or has waited too long.
func (s *Sender) tryOtherNonce(b *majority, said broadcastResult) {
	now := s.config.Now()
	if s.stalledAt.IsZero() || !b.disputed {
		s.stalledAt = now
	}
	if b.disputed && (said.counts[nonceTooLow] > 0 || now.Sub(s.stalledAt) >= s.config.Patience) {
		s.nonceChoice, s.stalledAt = s.nonceChoice+1, time.Time{}
	}
}

// afterBroadcast says where a transaction stands that was just given to the endpoints.
func (s *Sender) afterBroadcast(a *attempt, said broadcastResult) reason {
	hash := a.newest().Hash
	if said.inSomePool() {
		s.stage(Sent)
		return reasonf(CodeSent, "The report of reference slot %d is on its way in transaction %s.", a.RefSlot, hash.Hex())
	}
	if said.counts[noFunds] > 0 {
		return s.insufficientFunds(a)
	}
	return reasonf(CodeNotTaken, "No execution endpoint takes transaction %s: %s.", hash.Hex(), shortened(said.err))
}

// insufficientFunds says that the account cannot pay a transaction, and what it needs.
func (s *Sender) insufficientFunds(a *attempt) reason {
	tx, err := a.transaction()
	if err != nil {
		return reasonf(CodeStore, "The transaction of nonce %s cannot be read: %v.", hexutil.EncodeUint64(a.Nonce), err)
	}
	return reasonf(CodeFunds, "The account %s cannot pay the submission: it needs up to %s. Send it ether.", s.config.Signer.Address(), ether(tx.Cost()))
}

// cancelSuperfluous deals with own transactions that wait although their report is in or submissions of its frame have closed: mined, they would revert and cost what
// the contract does until then. A transfer of nothing to its own account in their place costs 21,000 gas, less than the revert, and nothing more if it
// comes too late. It is not sent where the waiting one is not likely to be mined anyway, or the cap leaves no room: then the next submission takes
// the nonce.
func (s *Sender) cancelSuperfluous(ctx context.Context, b *majority) {
	for _, a := range slices.Clone(s.store.Attempts) {
		if a.Mined != nil || a.Nonce < b.nonce {
			continue
		}
		if a.newest().Cancels {
			// One at the nonce of the majority gives way to the job's report, if that is still to be brought.
			if s.job == nil || a.Nonce != b.nonce || b.has(a.RefSlot, a.Digest) {
				s.broadcast(ctx, a.Raw)
			}
			continue
		}
		if s.isSuperfluous(b, a) {
			s.cancel(ctx, b, a)
		}
	}
}

func (s *Sender) isSuperfluous(b *majority, a *attempt) bool {
	if b.has(a.RefSlot, a.Digest) || !a.Deadline.IsZero() && !s.config.Now().Before(a.Deadline) {
		return true
	}
	// Behind a gap: what the job needs goes to the nonce before it. Nothing is sure while endpoints dispute the nonce.
	return s.job != nil && !b.disputed && a.Nonce > b.nonce
}

func (s *Sender) cancel(ctx context.Context, b *majority, a *attempt) {
	old, err := a.bid()
	if err != nil || old.maxWei < b.minBaseWei {
		return
	}
	offer := bid{maxWei: min(raised(old.maxWei, gently), s.config.Fees.MaxFeeWei)}
	offer.tipWei = min(raised(old.tipWei, gently), offer.maxWei)
	if !offer.replaces(old) {
		return
	}
	purpose := attempt{RefSlot: a.RefSlot, Digest: a.Digest, Deadline: a.Deadline}
	account := s.config.Signer.Address()
	if _, _, why := s.signAndSend(ctx, s.transaction(a.Nonce, account, transferGas, offer, nil), purpose, true); why.code != "" {
		s.config.Log.Warn("A transaction that is no longer needed could not be cancelled.", "nonce", a.Nonce, "reason", why.text)
	}
}
