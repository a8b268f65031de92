package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/beacon"
	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/status"
)

// errSuperseded: the contract names another committee than the certificate's.
var errSuperseded = errors.New("the contract names another committee for this reference slot: the certificate is of no use")

// job is a certified report with all that the contract asks for.
type job struct {
	certificate consensus.Certificate
	reference   beacon.ReferenceBlock
	deadline    time.Time
}

// submitter brings certified reports to the contract. It never waits.
type submitter interface {
	Submit(job) error
	Wake()                                                                // there is a new block
	Run(ctx context.Context)                                              // until ctx ends
	State() (s status.Submitter, done map[string]uint64, spentWei string) // done counts transactions by what became of them
}

// submit hands the certificate to the submitter as soon as the block's proof is there and the contract still names the committee.
func (r *runner) submit(s consensus.Submission) {
	if r.sender == nil {
		return
	}
	r.log.Info("It is this member's turn to submit the report.", "refSlot", s.Certificate.Round.RefSlot, "digest", s.Certificate.Digest, "turn", s.Turn,
		"again", s.Again)
	j := job{certificate: s.Certificate, deadline: r.frame.deadline}
	if r.frame.result != nil && r.frame.refSlot == s.Certificate.Round.RefSlot {
		j.reference = r.frame.result.Reference
	}
	r.work.Go(func() { r.bring(r.ctx, j) })
}

// bring tries once a slot until the report is handed over, refused or too late.
func (r *runner) bring(ctx context.Context, j job) {
	for ctx.Err() == nil && r.clock.Now().Before(j.deadline) {
		err := r.handOver(ctx, &j)
		switch {
		case err == nil:
			r.post(ctx, func() { r.handedOver(j) })
			return
		case errors.Is(err, errSuperseded):
			r.log.Warn("The report is not submitted.", "refSlot", j.certificate.Round.RefSlot, "reason", err)
			return
		case ctx.Err() == nil:
			r.log.Warn("The report could not be submitted. It is tried again.", "refSlot", j.certificate.Round.RefSlot, "reason", err)
		}
		select {
		case <-ctx.Done():
		case <-r.clock.After(r.slot()):
		}
	}
}

// handOver reads the committee anew at the newest block: an ejection may have come after the certificate.
func (r *runner) handOver(ctx context.Context, j *job) error {
	round := j.certificate.Round
	head, err := r.chain.Head(ctx)
	if err != nil {
		return err
	}
	committee, err := r.chain.Committee(ctx, head, round.RefSlot)
	if err != nil {
		return err
	}
	if committee.Digest != round.Committee {
		return fmt.Errorf("%w (%s instead of %s, at block %d)", errSuperseded, committee.Digest, round.Committee, head.Number)
	}
	if j.reference.RefSlot != round.RefSlot {
		if j.reference, err = r.beacon.ReferenceBlock(ctx, round.RefSlot); err != nil {
			return fmt.Errorf("find the reference block of slot %d: %w", round.RefSlot, err)
		}
	}
	return r.sender.Submit(*j)
}

func (r *runner) handedOver(j job) {
	if r.frame.refSlot == j.certificate.Round.RefSlot {
		r.frame.submitted = true
		r.frame.times.Submitted = r.clock.Now()
	}
}
