package node

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// errUnproven: the committee that an execution node names is not what the reference block proves.
var errUnproven = errors.New("the execution node names members for this round whom the reference block does not prove: distrust it and use another")

// electorate is who answers for a round. What an execution node says about the newest block is not proven; the computation of a report brings the committee
// that its reference block proves. After that block members can only be ejected: who is admitted answers for later reference slots only.
type electorate struct {
	current       consensus.Committee  // that of the round as the core knows it
	proven        *consensus.Committee // with peer ids; read only when an execution node contradicts it
	reading       bool                 // proven is being read
	contradiction error                // that the execution node named another one; nil: it did not
	verified      verification
}

// verification is the newest result: verifying a committee decodes each member's key.
type verification struct {
	proven, named common.Hash
	err           error
}

// within tells whether named are members of proven, in its order: the contract keeps the order of those who stay.
func within(named []common.Hash, proven []execution.Member) bool {
	at := 0
	for _, id := range named {
		for at < len(proven) && proven[at].ID != id {
			at++
		}
		if at == len(proven) {
			return false
		}
		at++
	}
	return len(named) > 0
}

// verifyNamed compares a committee with the one that the reference block proves. Without a computation nothing contradicts it, and nothing is voted for.
func (r *runner) verifyNamed(named consensus.Committee) error {
	if r.frame.result == nil {
		return nil
	}
	proven := r.frame.result.Committee
	if v := r.frame.verified; v.proven == proven.Digest && v.named == named.Digest {
		return v.err
	}
	err := r.verifyCommittee(named, proven)
	r.frame.verified = verification{proven.Digest, named.Digest, err}
	return err
}

func (p *parts) verifyCommittee(named consensus.Committee, proven execution.Committee) error {
	ids, keys := make([]common.Hash, 0, len(named.Members)), make([][]byte, 0, len(named.Members))
	for _, m := range named.Members {
		public, err := bls.ParsePublicKey(m.Key[:])
		if err != nil {
			return fmt.Errorf("%w: a key: %w", errCommittee, err)
		}
		affine := public.Affine()
		ids, keys = append(ids, crypto.Keccak256Hash(affine)), append(keys, affine)
	}
	if want := p.committeeDigest(keys); want != named.Digest {
		return fmt.Errorf("%w: digest %s, but the members' is %s", errCommittee, named.Digest, want)
	}
	if !within(ids, proven.Members) {
		return fmt.Errorf("%w (%s named, %s proven)", errUnproven, named.Digest, proven.Digest)
	}
	return nil
}

func (p *parts) committeeDigest(keys [][]byte) common.Hash {
	return report.CommitteeDigest(p.domain.ChainID, p.manifest.Contracts.OracleCommittee, p.schedule, keys)
}

// answering is who answers for the open frame: whom the contract is said to name, unless that is contradicted by what is proven.
func (r *runner) answering() consensus.Committee {
	f := &r.frame
	named, known := r.chainNow.committees[f.refSlot]
	if !known {
		named = f.current
	}
	contradiction := r.verifyNamed(named)
	if contradiction != nil && f.contradiction == nil {
		r.log.Error("Alarm: the committee that the execution node names is not the proven one. The proven one is used.", "refSlot", f.refSlot, "reason", contradiction)
	}
	f.contradiction = contradiction
	if contradiction == nil {
		return named
	}
	if f.proven != nil && f.proven.Digest == f.result.Committee.Digest {
		return *f.proven
	}
	r.readProven()
	return f.current
}

// readProven completes the proven committee with peer ids. When that fails it is tried again at the next look at the chain.
func (r *runner) readProven() {
	f := &r.frame
	if f.reading {
		return
	}
	f.reading = true
	refSlot, proven := f.refSlot, f.result.Committee
	r.work.Go(func() {
		committee, err := r.completeProven(r.ctx, proven)
		r.post(r.ctx, func() { r.provenRead(refSlot, committee, err) })
	})
}

func (p *parts) completeProven(ctx context.Context, proven execution.Committee) (consensus.Committee, error) {
	head, err := p.chain.Head(ctx)
	if err != nil {
		return consensus.Committee{}, err
	}
	named := events.Committee{RefSlot: proven.RefSlot, Digest: proven.Digest}
	for _, m := range proven.Members {
		named.Members = append(named.Members, m.ID)
	}
	cache := memberCache{parts: p, known: make(map[common.Hash]consensus.Member)}
	return cache.committee(ctx, head, named)
}

func (r *runner) provenRead(refSlot uint64, committee consensus.Committee, err error) {
	if r.frame.refSlot != refSlot || !r.frame.reading {
		return // a newer frame has opened meanwhile
	}
	r.frame.reading = false
	if err != nil {
		r.log.Warn("The members of the proven committee could not be read. It is tried again.", "refSlot", refSlot, "reason", err)
		return
	}
	r.frame.proven = &committee
	r.admit(r.chainNow.committees)
	r.changeCommittee()
}
