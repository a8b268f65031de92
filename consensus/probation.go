package consensus

import "github.com/ethereum/go-ethereum/common"

// onProbation tells whether the key may have voted in this round without the journal knowing, as far as is known: in a journal that was lost, or in the one of which
// this is an older copy. A quorum of the committee, the own member with it, must be heard before. After the first reference slot of the process nothing can
// have been lost.
func (c *Core) onProbation(r *round) bool {
	if c.opened != nil && r.id.RefSlot > c.opened.RefSlot && c.first != nil && r.id.RefSlot > *c.first {
		return false
	}
	answers := 0
	for m, p := range r.peers {
		if m != r.self && p.answered {
			answers++
		}
	}
	return !r.quorum.othersReached(answers)
}

// takeOwnVote judges a vote of the own key that somebody passed on. It reports whether the relay may be believed on.
func (c *Core) takeOwnVote(e Received, r *round, v *Vote) bool {
	if r.vote != nil && r.vote.record.Digest == v.Digest {
		return true
	}
	if !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, v.Digest), v.Signature) {
		c.blameRelay(e, r, v, ReasonBadVote)
		return false
	}
	c.found(r, v.Digest)
	return true
}

// found stops voting for good if the own journal should hold a vote for the digest and does not: it was lost after the vote, or another node signs with
// the key. Which of them it is only the operator can know.
func (c *Core) found(r *round, digest common.Hash) {
	if c.halt != nil || c.book.older(r.id) || r.vote != nil && r.vote.record.Digest == digest {
		return
	}
	c.halt = &HaltRecord{r.id, digest}
	c.owe(*c.halt)
	c.alarm(r, AlarmOwnVoteFound, r.self, "the own key voted for "+short(digest)+", but not in this journal: no more votes. Look for a second node with "+
		"this key; if the journal was lost, remove the halt from it")
}
