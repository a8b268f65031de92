package consensus

import (
	"fmt"
)

// maxPending bounds the records that wait for a journal that takes none: more evidence than a committee can give in two rounds.
const maxPending = 2*MaxMembers + 8

// persist adds a record to this Ready. If writing it fails, takeBack runs.
func (c *Core) persist(record Record, takeBack func()) {
	c.ready.Persist = append(c.ready.Persist, record)
	c.onFailure(takeBack)
}

// onFailure registers what to take back if this Ready's records do not become durable, since then nothing of it leaves.
func (c *Core) onFailure(takeBack func()) { c.undo = append(c.undo, takeBack) }

// mayPersist is false for a while after a failed write.
func (c *Core) mayPersist() bool { return c.now >= c.retryAt }

// enqueue adds a record that is written as soon as the journal accepts it, whatever becomes of the round.
func (c *Core) enqueue(record Record) bool {
	if len(c.pending) >= maxPending {
		return false
	}
	c.pending = append(c.pending, record)
	return true
}

func (c *Core) flushPending() {
	if len(c.pending) == 0 || !c.mayPersist() {
		return
	}
	debts := c.pending
	c.pending = nil
	c.ready.Persist = append(c.ready.Persist, debts...)
	c.onFailure(func() { c.pending = append(debts, c.pending...) })
}

// persistFailed reverts what the last Ready assumed to be durable. A later Ready tries again.
func (c *Core) persistFailed(e PersistFailed) {
	for _, takeBack := range c.undo {
		takeBack()
	}
	c.retryAt, c.writeFailed = c.now.After(c.config.Timing.RetryInterval), true
	if r := c.newest(); r != nil {
		r.resendAt = c.now // What was to be said was not.
		c.alarm(r, AlarmJournal, -1, "a record could not be made durable, nothing was sent or signed: "+truncate(e.Why))
	}
}

// saveCertificates gives certificates to the journal, and those that were made here to all.
func (c *Core) saveCertificates() {
	if !c.mayPersist() {
		return
	}
	for _, r := range c.rounds {
		for _, held := range []*heldCertificate{r.certificate, r.conflict} {
			if held == nil || held.recorded {
				continue
			}
			held.recorded = true
			c.persist(CertificateRecord{*held.certificate, c.clock.wallTime(held.seenAt)}, func() { held.recorded = false })
			if held.made {
				c.send("", held.certificate)
			}
		}
	}
}

// voteHistory is what this node's key has voted for, or may have: all votes of the newest reference slot.
type voteHistory struct {
	newest uint64
	votes  map[Round]*ownVote
}

// maxVotesPerSlot bounds the votes of one reference slot: one for each committee that the chain named for it.
const maxVotesPerSlot = 256

// add books a vote. Errors: ErrSecondDigest, ErrOlderRound.
func (b *voteHistory) add(v *ownVote) error {
	id := v.record.Round
	held, ok := b.votes[id]
	switch {
	case b.older(id):
		return fmt.Errorf("%w: a vote in round %s, after one for slot %d", ErrOlderRound, id, b.newest)
	case ok && held.record.Digest != v.record.Digest:
		return fmt.Errorf("%w: votes for %x and %x in round %s", ErrSecondDigest, held.record.Digest, v.record.Digest, id)
	}
	if id.RefSlot > b.newest {
		clear(b.votes)
		b.newest = id.RefSlot
	}
	if !ok {
		b.votes[id] = v
	}
	return nil
}

// mayVoteIn reports whether the key may still vote for some digest in the round.
func (b *voteHistory) mayVoteIn(id Round) bool {
	_, voted := b.votes[id]
	return !voted && !b.older(id) && (id.RefSlot > b.newest || len(b.votes) < maxVotesPerSlot)
}

// older reports whether votes in the round are forgotten, and none is allowed.
func (b *voteHistory) older(id Round) bool { return len(b.votes) > 0 && id.RefSlot < b.newest }

// restored is what the journal held of rounds that may open again, but for the votes. Only the newest reference slot matters.
type restored struct {
	refSlot      uint64
	certificates []CertificateRecord
	submissions  []SubmissionRecord
	evidence     []EvidenceRecord
}

// keeps reports whether records of the slot are kept, and forgets those of older slots.
func (s *restored) keeps(refSlot uint64) bool {
	if refSlot > s.refSlot {
		*s = restored{refSlot: refSlot}
	}
	return refSlot == s.refSlot
}

// addSubmission notes a submission of this process, so that its round knows of it if it comes back after other committees.
func (s *restored) addSubmission(submission SubmissionRecord) {
	if s.keeps(submission.Round.RefSlot) && len(s.submissions) < maxVotesPerSlot {
		s.submissions = append(s.submissions, submission)
	}
}

// restore reads a journal. Errors: ErrRecords.
func (c *Core) restore(records []Record) error {
	for i, record := range records {
		if _, first := record.(JournalOpened); first != (i == 0) {
			return fmt.Errorf("%w: record %d: a journal begins with JournalOpened, and has it once", ErrRecords, i)
		}
		switch r := record.(type) {
		case JournalOpened:
			c.opened = &r
		case VoteRecord:
			if err := c.restoreVote(r); err != nil {
				return fmt.Errorf("record %d: %w", i, err)
			}
		case HaltRecord:
			c.halt = &r
		case CertificateRecord:
			if c.restored.keeps(r.Certificate.Round.RefSlot) {
				c.restored.certificates = append(c.restored.certificates, r)
			}
		case SubmissionRecord:
			if c.restored.keeps(r.Round.RefSlot) {
				c.restored.submissions = append(c.restored.submissions, r)
			}
		case EvidenceRecord:
			if c.restored.keeps(r.Evidence.Round.RefSlot) {
				c.restored.evidence = append(c.restored.evidence, r)
			}
		default:
			return fmt.Errorf("%w: record %d is of unknown type %T", ErrRecords, i, record)
		}
	}
	return nil
}

func (c *Core) restoreVote(v VoteRecord) error {
	if digest := c.config.Domain.Digest(v.Report); digest != v.Digest {
		return fmt.Errorf("%w: the vote in round %s has a report of another digest, or of another oracle", ErrRecords, v.Round)
	}
	if err := c.history.add(&ownVote{record: v, recorded: true}); err != nil {
		return fmt.Errorf("%w: %w", ErrRecords, err)
	}
	return nil
}

// restoreRound gives a round what the journal holds of it.
func (c *Core) restoreRound(r *round) {
	if r.self >= 0 {
		r.vote = c.history.votes[r.id]
	}
	if r.vote != nil && r.vote.signature != nil { // in this process: committees changed until the round came back
		r.votes[r.self] = voteSlot{vote: c.ownVote(r), verification: verifiedSingly}
	}
	for i := range c.restored.certificates {
		held := &c.restored.certificates[i]
		if held.Certificate.Round != r.id {
			continue
		}
		known := &heldCertificate{certificate: &held.Certificate, seenAt: min(held.SeenAt, c.now), recorded: true} // the clock may have been ahead
		if r.certificate == nil {
			r.certificate = known
		} else if r.conflict == nil && r.certificate.certificate.Digest != held.Certificate.Digest {
			r.conflict = known
		}
	}
	for _, s := range c.restored.submissions {
		r.submittedBefore = r.submittedBefore || s.Round == r.id
	}
	for _, e := range c.restored.evidence {
		if e.Evidence.Round == r.id {
			r.evidence[int(e.Evidence.Member)] = e.Evidence
		}
	}
}
