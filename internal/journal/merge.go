package journal

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Merged counts what a merge found.
type Merged struct {
	Records int // in the export, without JournalOpened
	Votes   int // of them votes
}

// Merge takes in what another journal of the same key holds, all or nothing. It only ever adds to what is refused: the newest vote never becomes
// older, no vote is replaced, evidence and halts are united. An export may be older than the last vote of its key, which this program cannot see. So
// afterwards the journal is New, and its JournalOpened speaks of every round: a core asks the other members before it votes. The first vote then bounds
// it by its own reference slot, because what the key voted for before the merge was not for a later one.
//
// Errors: ErrIdentity, consensus.ErrSecondDigest (both journals voted, for different digests), ErrFull, ErrInvalid, and those of writing.
func (j *Journal) Merge(c Contents) (Merged, error) {
	if err := j.identity.check(c.Identity); err != nil {
		return Merged{}, fmt.Errorf("merge journals: %w", err)
	}
	var found Merged
	err := j.update(func(t transaction) error {
		t.merging = true
		for _, r := range c.Records {
			switch r.(type) {
			case consensus.JournalOpened:
				continue
			case consensus.VoteRecord:
				found.Votes++
			}
			found.Records++
			s, err := storedForm(r)
			if err != nil {
				return err
			}
			if err := t.put(s); err != nil {
				return err
			}
		}
		if err := t.write(opened{unbounded}); err != nil {
			return err
		}
		return t.prune(j.keep)
	})
	if err != nil {
		return Merged{}, fmt.Errorf("merge journals: %w", err)
	}
	return found, nil
}

// unbounded is the reference slot of JournalOpened after a merge, until the first vote.
const unbounded = consensus.EveryRound

// bound ends what unbounded began.
func (t transaction) bound(v vote) error {
	standing, found, err := get(t, opened{})
	if err != nil || !found || standing.RefSlot != unbounded {
		return err
	}
	return t.write(opened{v.RefSlot})
}
