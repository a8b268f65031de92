package consensus

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// SubmissionOrder is the order in which n members take turns to submit: sorted by keccak256(digest ‖ member index as 8 bytes,
// big-endian). Nobody knows it before the report.
func SubmissionOrder(digest common.Hash, n int) []int {
	order, keys := make([]int, n), make([]common.Hash, n)
	for m := range order {
		order[m] = m
		keys[m] = crypto.Keccak256Hash(digest[:], binary.BigEndian.AppendUint64(nil, uint64(m)))
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(keys[a][:], keys[b][:]) })
	return order
}

// submit hands the certificate over when this node's turn has come.
func (c *Core) submit(r *round) {
	at, turn, ok := c.submitTurn(r)
	if !ok || c.now < at || !c.mayPersist() {
		return
	}
	r.submitted = true
	c.ready.Submit = &Submission{Certificate: *r.certificate.certificate, Turn: turn, Again: r.submittedBefore}
	takeBack := func() { r.submitted = false }
	if r.submittedBefore {
		c.onFailure(takeBack)
		return
	}
	handed := SubmissionRecord{r.id, r.certificate.certificate.Digest}
	c.restored.addSubmission(handed)
	c.persist(handed, takeBack) // After a failed write "again" is no harm: the submitter reads the contract first.
}

// submitTurn is when this node submits; not ok when there is nothing (more) for it to submit. A node submits only what it computed itself.
func (c *Core) submitTurn(r *round) (at Instant, turn int, ok bool) {
	held := r.certificate
	if held == nil || r.conflict != nil || r.self < 0 || r.submitted || r.accepted != nil || !r.hasComputed(held.certificate.Digest) {
		return 0, 0, false
	}
	if r.order == nil {
		r.order = SubmissionOrder(held.certificate.Digest, r.quorum.members)
	}
	turn = slices.Index(r.order, r.self)
	if r.submittedBefore {
		return held.seenAt, turn, true
	}
	return max(held.seenAt, r.revertedAt).After(time.Duration(turn) * c.config.Timing.SubmitStagger), turn, true
}

// hasComputed reports whether the digest is of this node's report as it stands: the last one computed, or after a restart the one voted for.
func (r *round) hasComputed(digest common.Hash) bool {
	if r.own != nil {
		return r.own.digest == digest
	}
	return r.vote != nil && r.vote.record.Digest == digest
}

// knownElsewhere reports whether the digest is of the other round for the slot: the contract took the report before the committee changed.
func (c *Core) knownElsewhere(r *round, digest common.Hash) bool {
	for _, other := range c.rounds {
		if other != r && other.id.RefSlot == r.id.RefSlot &&
			(other.hasComputed(digest) || other.certificate != nil && other.certificate.certificate.Digest == digest) {
			return true
		}
	}
	return false
}

// handleAccepted notes that the contract has a report.
func (c *Core) handleAccepted(e Accepted) {
	r := c.newest()
	if r == nil || r.id.RefSlot != e.RefSlot || r.ended() {
		c.dropEvent("accepted", Round{RefSlot: e.RefSlot}, ReasonStale)
		return
	}
	r.accepted = &e
	if r.own != nil {
		c.alarmOnMismatch(r)
	}
	if e.Finalized {
		r.closedByClock = false
		c.closeRound(r, Outcome{Round: r.id, Result: Reported})
	}
}

// handleAcceptanceReverted looks after this node's transaction again at once. For the others turns begin anew, so that not all come together.
func (c *Core) handleAcceptanceReverted(e AcceptanceReverted) {
	r := c.newest()
	if r == nil || r.id.RefSlot != e.RefSlot || r.ended() || r.accepted == nil {
		c.dropEvent("acceptance_reverted", Round{RefSlot: e.RefSlot}, ReasonStale)
		return
	}
	r.accepted, r.revertedAt = nil, c.now
	r.submittedBefore = r.submittedBefore || r.submitted
	r.submitted = false
}
