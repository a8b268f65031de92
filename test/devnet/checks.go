package devnet

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	journalFile = "journal.db"
	lockWait    = time.Minute
)

// checkNoDoubleVotes checks that the observer heard nobody sign two digests for one round.
func (env *environment) checkNoDoubleVotes() error {
	votes := env.observer.Votes()
	for _, v := range env.observer.DoubleVotes() {
		return fmt.Errorf("%w: key %x signed two digests for slot %d", ErrOutcome, v.Key, v.Round.RefSlot)
	}
	if len(votes) == 0 {
		return fmt.Errorf("%w: the observer heard no vote at all", ErrOutcome)
	}
	env.printer.printStep("%d votes were heard; nobody signed two digests for one round.", len(votes))
	return nil
}

// checkJournals reads the members' journals, when nobody uses them: every vote that was heard stands in the journal of its key.
func checkJournals(env *environment) error {
	kept := make(map[consensus.Key]map[consensus.Round]common.Hash)
	oldest := make(map[consensus.Key]uint64)
	for _, m := range env.Members[:env.options.Members] {
		contents, err := journal.ReadFile(filepath.Join(m.Home, journalFile), lockWait)
		if err != nil {
			return fmt.Errorf("journal of member %d: %w", m.Index, err)
		}
		key := consensus.Key(m.Key.Bytes())
		kept[key] = make(map[consensus.Round]common.Hash)
		for _, r := range contents.Records {
			if v, ok := r.(consensus.VoteRecord); ok {
				kept[key][v.Round] = v.Digest
				if at, any := oldest[key]; !any || v.Round.RefSlot < at {
					oldest[key] = v.Round.RefSlot
				}
			}
		}
	}
	var errs []error
	for _, v := range env.observer.Votes() {
		// Votes of long ago are pruned.
		if digest := kept[v.Key][v.Round]; digest != v.Digest && v.Round.RefSlot >= oldest[v.Key] {
			errs = append(errs, fmt.Errorf("%w: key %x was heard to vote in slot %d, and its journal holds %s", ErrOutcome, v.Key, v.Round.RefSlot, digest))
		}
	}
	return errors.Join(errs...)
}

// checkCommittee checks that the committee of the k-th frame has n members, and that a quorum of them signed.
func (env *environment) checkCommittee(ctx context.Context, k uint64, n int) error {
	committee, err := env.Committee(ctx, env.RefSlot(k))
	if err != nil {
		return err
	}
	f := env.frame(k)
	taken, _ := f.accepted()
	quorum := report.Quorum(n)
	if len(committee.Members) != n || committee.Digest != committeeOf(f) || len(taken.Signers) < quorum {
		return fmt.Errorf("%w: frame %d was to be reported by %d of %d, and was by %d of %d", ErrOutcome, k+1, quorum, n, len(taken.Signers), len(committee.Members))
	}
	env.printer.printStep("Frame %d was reported by %d members of %d; %d are a quorum.", k+1, len(taken.Signers), n, quorum)
	return nil
}
