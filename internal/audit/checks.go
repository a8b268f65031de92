package audit

import (
	"context"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

const unreadable = "the report is not in the transaction's own bytes"

// checkDigest compares the report with what the contract announced.
func (j *judging) checkDigest() {
	if j.submission == nil {
		j.notChecked(checkDigest, unreadable)
		return
	}
	r, accepted := j.submission.Report, j.h.accepted
	if got := j.domain.Digest(r); got != j.out.Digest || r.RefSlot != j.out.RefSlot {
		j.wrong(checkDigest, WrongDigest, "the report in the transaction has reference slot %d and digest %s, the contract announced %d and %s",
			r.RefSlot, got, j.out.RefSlot, j.out.Digest)
		return
	}
	if accepted != nil {
		body := accepted.Body.(*events.ReportAccepted)
		if body.Committee != r.Committee || body.BalancesRoot != r.BalancesRoot || body.StateRoot != j.submission.Proof.StateRoot {
			j.wrong(checkDigest, WrongDigest, "committee, commitment or state root of the announcement are not the report's")
			return
		}
	}
	if err := r.Validate(); err != nil {
		j.wrong(checkDigest, WrongValues, "the report contradicts itself: %v", err)
		return
	}
	j.ok(checkDigest)
}

// checkFrame compares the reference slot with the schedule and the time of the block.
func (j *judging) checkFrame() {
	slot := j.schedule.SlotAt(j.contents.Time)
	current, err := j.schedule.CurrentRefSlot(slot)
	switch {
	case err != nil || current != j.out.RefSlot:
		j.wrong(checkFrame, WrongFrame, "in slot %d, when it was submitted, the newest reference slot was %d", slot, current)
	case slot < current+j.schedule.FinalityMarginSlots:
		j.wrong(checkFrame, WrongFrame, "it was taken in slot %d, before slot %d", slot, current+j.schedule.FinalityMarginSlots)
	case slot >= j.schedule.CloseSlot(current):
		j.wrong(checkFrame, WrongFrame, "it was taken in slot %d, submissions of the frame closed in slot %d", slot, j.schedule.CloseSlot(current))
	case j.reportedBefore():
		j.wrong(checkFrame, WrongFrame, "the frame, or a later one, had its report already")
	default:
		j.ok(checkFrame)
	}
}

// reportedBefore tells whether a report of this or a later frame was accepted earlier.
func (j *judging) reportedBefore() bool {
	for _, e := range j.found {
		if body, ok := e.Body.(*events.ReportAccepted); ok && e.Before(j.h.seen) && body.RefSlot >= j.out.RefSlot {
			return true
		}
	}
	return false
}

// checkCertificate verifies the signatures over the vote, on a way of its own: keys from the events, bitmap and point from the transaction.
func (j *judging) checkCertificate() {
	c := j.roster.inForce(j.h.seen, j.out.RefSlot)
	switch {
	case c == nil || len(c.members) == 0:
		j.wrong(checkCertificate, WrongSigners, "nobody answered for reference slot %d", j.out.RefSlot)
		return
	case j.submission == nil:
		j.notChecked(checkCertificate, "the certificate is not in the transaction's own bytes: who signed is not known")
		return
	}
	j.out.Quorum = report.Quorum(len(c.members))
	if why := j.readSeats(c); why != "" {
		j.wrong(checkCertificate, WrongSigners, "%s", why)
		return
	}
	if why := j.unsigned(c); why != "" {
		j.wrong(checkCertificate, WrongSigners, "%s", why)
		return
	}
	j.ok(checkCertificate)
}

// readSeats takes the bitmap. It says what is wrong with it.
func (j *judging) readSeats(c *change) string {
	certificate := j.submission.Certificate
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
		j.out.Seats = append(j.out.Seats, Seat{ID: id, Signed: signed})
		if signed {
			j.out.Signers++
		}
	}
	return ""
}

// unsigned says why the certificate does not show a quorum of the committee; empty when it does.
func (j *judging) unsigned(c *change) string {
	r := j.submission.Report
	switch {
	case r.Committee != c.digest:
		return fmt.Sprintf("the report names committee %s, %s was in force", r.Committee, c.digest)
	case j.out.Signers < j.out.Quorum:
		return fmt.Sprintf("%d members signed, %d of %d are a quorum", j.out.Signers, j.out.Quorum, len(c.members))
	}
	signature, err := bls.ParseEIP2537Signature(j.submission.Certificate.Signature[:])
	if err != nil {
		return fmt.Sprintf("the signature cannot be read: %v", err)
	}
	var keys []bls.PublicKey
	for i, id := range c.members {
		if j.submission.Certificate.Signed(i) {
			keys = append(keys, j.roster.members[id].key)
		}
	}
	if !signature.FastAggregateVerify(keys, j.domain.VoteMessage(r.Committee, r.RefSlot, j.domain.Digest(r))) {
		return "the signature is not that of the members whose bits are set"
	}
	return ""
}

// memory of EIP-4788, in slots: a report's child block is at most so far behind its submission.
const beaconRootsSlots = 8191

// checkBlock verifies the block proof: the header's fields hash to the reported root, and the execution block of the child slot, whose hash vouches for
// it, names that root as its parent beacon block (EIP-4788). The block before that one is the reference block's own payload.
func (j *judging) checkBlock(ctx context.Context) {
	if j.submission == nil {
		j.notChecked(checkBlock, "the block proof is not in the transaction's own bytes")
		return
	}
	r, p := j.submission.Report, j.submission.Proof
	if p.Slot > r.RefSlot || p.ChildSlot <= r.RefSlot {
		j.wrong(checkBlock, WrongBlock, "slots are out of order: block %d, reference slot %d, child %d", p.Slot, r.RefSlot, p.ChildSlot)
		return
	}
	if root := headerRoot(p); root != r.RefBlockRoot {
		j.wrong(checkBlock, WrongBlock, "the header hashes to %s, the report says %s", root, r.RefBlockRoot)
		return
	}
	first := j.h.seen.Block - min(j.h.seen.Block, beaconRootsSlots)
	child, err := j.o.Chain.BlockAtTime(ctx, j.schedule.TimeOf(p.ChildSlot), first, j.h.seen.Block)
	if err != nil {
		j.notChecked(checkBlock, "execution block of child slot %d: %v", p.ChildSlot, err)
		return
	}
	if child.Time != j.schedule.TimeOf(p.ChildSlot) || child.ParentBeaconRoot == nil || *child.ParentBeaconRoot != r.RefBlockRoot {
		j.wrong(checkBlock, WrongBlock, "the chain has no block in slot %d that names %s as its parent", p.ChildSlot, r.RefBlockRoot)
		return
	}
	payload, err := j.o.Chain.BlockByHash(ctx, child.ParentHash)
	if err != nil {
		j.notChecked(checkBlock, "execution block %d: %v", child.Number-1, err)
		return
	}
	if payload.Time != j.schedule.TimeOf(p.Slot) {
		j.wrong(checkBlock, WrongBlock, "the payload before child slot %d is of slot %d, the header is of slot %d", p.ChildSlot, j.schedule.SlotAt(payload.Time), p.Slot)
		return
	}
	j.reference = payload
	j.ok(checkBlock)
}

// checkExecution compares the values that the contracts had at the reference block.
func (j *judging) checkExecution(ctx context.Context) {
	switch {
	case j.out.Values == nil:
		j.notChecked(checkExecution, unreadable)
		return
	case j.reference.IsZero() && j.truth != nil:
		j.skip(checkExecution, "compared with the report that was computed again")
		return
	case j.reference.IsZero():
		j.notChecked(checkExecution, "the reference block is not known")
		return
	}
	s, err := j.o.Chain.State(ctx, j.reference, 0)
	if err != nil {
		j.notChecked(checkExecution, "deposited ether and both vaults' balances were not read: %v", err)
		return
	}
	var different []string
	r := j.out.Values
	for _, v := range []struct{ field, reported, actual string }{
		{"depositedWei", r.DepositedWei.Dec(), s.DepositedWei.String()},
		{"withdrawalVaultWei", r.WithdrawalVaultWei.Dec(), s.WithdrawalVaultWei.String()},
		{"elRewardsVaultWei", r.ELRewardsVaultWei.Dec(), s.ELRewardsVaultWei.String()},
	} {
		if v.reported != v.actual {
			different = append(different, fmt.Sprintf("%s is %s, execution block %d has %s", v.field, v.reported, j.reference.Number, v.actual))
			j.diverge(v.field, v.reported, v.actual)
		}
	}
	if len(different) > 0 {
		j.wrong(checkExecution, WrongValues, "%s", joined(different))
		return
	}
	j.ok(checkExecution)
}

// checkConsensus compares the whole report with what the auditor's own nodes give.
func (j *judging) checkConsensus() {
	const lost = "validators' balances, pending deposits, exits, slashings, commitment, finalization and bunker were not computed again: "
	switch {
	case j.o.Compute == nil:
		j.skip(checkConsensus, lost+"no beacon node was named")
		return
	case j.truth == nil:
		j.notChecked(checkConsensus, lost+"%v", j.truthError)
		return
	case j.out.Values == nil:
		if got := j.domain.Digest(*j.truth); got != j.out.Digest {
			j.wrong(checkConsensus, WrongValues, "the report computed again has digest %s", got)
			return
		}
	default:
		if different := j.differences(); len(different) > 0 {
			j.wrong(checkConsensus, WrongValues, "%s", joined(different))
			return
		}
	}
	j.ok(checkConsensus)
}

// differences are the fields in which the report is not the one computed again. The committee is judged with the certificate: an ejection after the
// reference block changes it.
func (j *judging) differences() (texts []string) {
	for _, d := range report.Diff(*j.out.Values, *j.truth) {
		if d.Field == "committee" {
			continue
		}
		texts = append(texts, fmt.Sprintf("%s is %s, computed again it is %s", d.Field, d.A, d.B))
		j.diverge(d.Field, d.A, d.B)
	}
	return texts
}

// diverge notes a difference once.
func (j *judging) diverge(field, reported, computed string) {
	for _, d := range j.out.Divergence {
		if d.Field == field {
			return
		}
	}
	j.out.Divergence = append(j.out.Divergence, Difference{field, reported, computed})
}

func joined(texts []string) string { return strings.Join(texts, "; ") }

// headerRoot is the hash-tree root of the beacon block header that a proof opens.
func headerRoot(p events.BlockProof) common.Hash {
	return state.BlockHeader{Slot: p.Slot, ProposerIndex: p.ProposerIndex, ParentRoot: p.ParentRoot, StateRoot: p.StateRoot, BodyRoot: p.BodyRoot}.HashTreeRoot()
}
