package submit

import (
	"context"
	"slices"
)

// cancelSuperfluous deals with own transactions that wait although their report is in or submissions of its frame have closed: mined, they would revert and cost what
// the contract does until then. A transfer of nothing to the own account in their place costs 21,000 gas, less than the revert, and nothing more if it
// comes too late. It is not sent where the waiting one is not likely to be mined anyway, or the cap leaves no room: then the next submission takes
// the nonce.
func (s *Sender) cancelSuperfluous(ctx context.Context, b *belief) {
	for _, a := range slices.Clone(s.store.Attempts) {
		if a.Mined != nil || a.Nonce < b.nonce {
			continue
		}
		if a.newest().Cancels {
			// One at the believed nonce gives way to the job's report, if that is still to be brought.
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

func (s *Sender) isSuperfluous(b *belief, a *attempt) bool {
	if b.has(a.RefSlot, a.Digest) || !a.Deadline.IsZero() && !s.config.Now().Before(a.Deadline) {
		return true
	}
	// Behind a gap: what the job needs goes to the nonce before it. Nothing is sure while endpoints dispute the nonce.
	return s.job != nil && !b.disputed && a.Nonce > b.nonce
}

func (s *Sender) cancel(ctx context.Context, b *belief, a *attempt) {
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
