package audit

import (
	"context"
	"fmt"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

const unreadable = "the report is not in the transaction's own bytes"

// checkDigest compares the report with what the contract announced.
func (rc *reportCheck) checkDigest() {
	if rc.submission == nil {
		rc.notChecked(checkDigest, unreadable)
		return
	}
	r, accepted := rc.submission.Report, rc.h.accepted
	if got := rc.domain.Digest(r); got != rc.out.Digest || r.RefSlot != rc.out.RefSlot {
		rc.wrong(checkDigest, WrongDigest, "the report in the transaction has reference slot %d and digest %s, the contract announced %d and %s",
			r.RefSlot, got, rc.out.RefSlot, rc.out.Digest)
		return
	}
	if accepted != nil {
		body := accepted.Body.(*events.ReportAccepted)
		if body.Committee != r.Committee || body.BalancesRoot != r.BalancesRoot || body.HeaderSlot != rc.submission.Proof.Header.Slot || body.StateRoot != rc.submission.Proof.Header.StateRoot {
			rc.wrong(checkDigest, WrongDigest, "committee, commitment, slot or state root of the announcement are not the report's")
			return
		}
	}
	if err := r.Validate(); err != nil {
		rc.wrong(checkDigest, WrongValues, "the report contradicts itself: %v", err)
		return
	}
	rc.ok(checkDigest)
}

// checkFrame compares the reference slot with the schedule and the time of the block.
func (rc *reportCheck) checkFrame() {
	slot := rc.schedule.SlotAt(rc.contents.Time)
	current, err := rc.schedule.CurrentRefSlot(slot)
	switch {
	case err != nil || current != rc.out.RefSlot:
		rc.wrong(checkFrame, WrongFrame, "in slot %d, when it was submitted, the newest reference slot was %d", slot, current)
	case slot < current+rc.schedule.FinalityMarginSlots:
		rc.wrong(checkFrame, WrongFrame, "it was taken in slot %d, before slot %d", slot, current+rc.schedule.FinalityMarginSlots)
	case slot >= rc.schedule.CloseSlot(current):
		rc.wrong(checkFrame, WrongFrame, "it was taken in slot %d, submissions of the frame closed in slot %d", slot, rc.schedule.CloseSlot(current))
	case rc.reportedBefore():
		rc.wrong(checkFrame, WrongFrame, "the frame, or a later one, had its report already")
	default:
		rc.ok(checkFrame)
	}
}

// reportedBefore tells whether a report of this or a later frame was accepted earlier.
func (rc *reportCheck) reportedBefore() bool {
	for _, e := range rc.found {
		if body, ok := e.Body.(*events.ReportAccepted); ok && e.Before(rc.h.seen) && body.RefSlot >= rc.out.RefSlot {
			return true
		}
	}
	return false
}

// checkCertificate verifies the signatures over the vote, on a way of its own: keys from the events, bitmap and point from the transaction.
func (rc *reportCheck) checkCertificate() {
	c := rc.committees.inForce(rc.h.seen, rc.out.RefSlot)
	switch {
	case c == nil || len(c.members) == 0:
		rc.wrong(checkCertificate, WrongSigners, "nobody answered for reference slot %d", rc.out.RefSlot)
		return
	case rc.submission == nil:
		rc.notChecked(checkCertificate, "the certificate is not in the transaction's own bytes: who signed is not known")
		return
	}
	rc.out.Quorum = report.Quorum(len(c.members))
	if why := rc.readSeats(c); why != "" {
		rc.wrong(checkCertificate, WrongSigners, "%s", why)
		return
	}
	if why := rc.unsigned(c); why != "" {
		rc.wrong(checkCertificate, WrongSigners, "%s", why)
		return
	}
	rc.ok(checkCertificate)
}

// readSeats takes the bitmap. It says what is wrong with it.
func (rc *reportCheck) readSeats(c *change) string {
	certificate := rc.submission.Certificate
	n := len(c.members)
	if words := (n + 255) / 256; len(certificate.Signers) != words {
		return fmt.Sprintf("its bitmap has %d words, a committee of %d needs %d", len(certificate.Signers), n, words)
	}
	for i := n; i < 256*len(certificate.Signers); i++ {
		if certificate.Signed(i) {
			return fmt.Sprintf("bit %d of the bitmap stands for nobody", i)
		}
	}
	for i, id := range c.members {
		signed := certificate.Signed(i)
		rc.out.Seats = append(rc.out.Seats, Seat{ID: id, Signed: signed})
		if signed {
			rc.out.Signers++
		}
	}
	return ""
}

// unsigned says why the certificate does not show a quorum of the committee; empty when it does.
func (rc *reportCheck) unsigned(c *change) string {
	r := rc.submission.Report
	switch {
	case r.Committee != c.digest:
		return fmt.Sprintf("the report names committee %s, %s was in force", r.Committee, c.digest)
	case rc.out.Signers < rc.out.Quorum:
		return fmt.Sprintf("%d members signed, %d of %d are a quorum", rc.out.Signers, rc.out.Quorum, len(c.members))
	}
	signature, err := bls.ParseEIP2537Signature(rc.submission.Certificate.Signature[:])
	if err != nil {
		return fmt.Sprintf("the signature cannot be read: %v", err)
	}
	var keys []bls.PublicKey
	for i, id := range c.members {
		if rc.submission.Certificate.Signed(i) {
			keys = append(keys, rc.committees.members[id].key)
		}
	}
	if !signature.FastAggregateVerify(keys, rc.domain.VoteMessage(r.Committee, r.RefSlot, rc.domain.Digest(r))) {
		return "the signature is not that of the members whose bits are set"
	}
	return ""
}

// checkExecution compares the values that the contracts had at the reference block.
func (rc *reportCheck) checkExecution(ctx context.Context) {
	switch {
	case rc.out.Values == nil:
		rc.notChecked(checkExecution, unreadable)
		return
	case rc.reference.IsZero() && rc.truth != nil:
		rc.skip(checkExecution, "compared with the report that was computed again")
		return
	case rc.reference.IsZero():
		rc.notChecked(checkExecution, "the reference block is not known")
		return
	}
	s, err := rc.o.Chain.State(ctx, rc.reference, 0)
	if err != nil {
		rc.notChecked(checkExecution, "deposited ether and both vaults' balances were not read: %v", err)
		return
	}
	var different []string
	r := rc.out.Values
	for _, v := range []struct{ field, reported, actual string }{
		{"depositedWei", r.DepositedWei.Dec(), s.DepositedWei.String()},
		{"withdrawalVaultWei", r.WithdrawalVaultWei.Dec(), s.WithdrawalVaultWei.String()},
		{"elRewardsVaultWei", r.ELRewardsVaultWei.Dec(), s.ELRewardsVaultWei.String()},
	} {
		if v.reported != v.actual {
			different = append(different, fmt.Sprintf("%s is %s, execution block %d has %s", v.field, v.reported, rc.reference.Number, v.actual))
			rc.diverge(v.field, v.reported, v.actual)
		}
	}
	if len(different) > 0 {
		rc.wrong(checkExecution, WrongValues, "%s", joined(different))
		return
	}
	rc.ok(checkExecution)
}

// checkConsensus compares the whole report with what the auditor's own nodes give.
func (rc *reportCheck) checkConsensus() {
	const lost = "validators' balances, pending deposits, exits, slashings, commitment, finalization and bunker were not computed again: "
	switch {
	case rc.o.Compute == nil:
		rc.skip(checkConsensus, lost+"no beacon node was named")
		return
	case rc.truth == nil:
		rc.notChecked(checkConsensus, lost+"%v", rc.truthError)
		return
	case rc.out.Values == nil:
		if got := rc.domain.Digest(*rc.truth); got != rc.out.Digest {
			rc.wrong(checkConsensus, WrongValues, "the report computed again has digest %s", got)
			return
		}
	default:
		if different := rc.differences(); len(different) > 0 {
			rc.wrong(checkConsensus, WrongValues, "%s", joined(different))
			return
		}
	}
	rc.ok(checkConsensus)
}

// differences are the fields in which the report is not the one computed again. The committee is judged with the certificate: an ejection after the
// reference block changes it.
func (rc *reportCheck) differences() (texts []string) {
	for _, d := range report.Diff(*rc.out.Values, *rc.truth) {
		if d.Field == "committee" {
			continue
		}
		texts = append(texts, fmt.Sprintf("%s is %s, computed again it is %s", d.Field, d.A, d.B))
		rc.diverge(d.Field, d.A, d.B)
	}
	return texts
}

// diverge notes a difference once.
func (rc *reportCheck) diverge(field, reported, computed string) {
	for _, d := range rc.out.Divergence {
		if d.Field == field {
			return
		}
	}
	rc.out.Divergence = append(rc.out.Divergence, Difference{field, reported, computed})
}

func joined(texts []string) string { return strings.Join(texts, "; ") }
