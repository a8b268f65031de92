package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// errSuperseded: the contract names another committee than the certificate's.
var errSuperseded = errors.New("the contract names another committee for this reference slot: the certificate is of no use")

// job is a certificate with its reference block.
type job struct {
	certificate consensus.Certificate
	reference   beacon.ReferenceBlock
	deadline    time.Time
	proven      []execution.Member // whom the reference block proves; nil: not known
	handed      *blockproof.Proof  // with which the sender has it; nil: it has not
	settled     bool               // no reorganisation undoes the payload that the proof is made with
}

// openSender makes the sender of submissions with the account that pays; nil for a node that submits nothing.
func (p *parts) openSender(nodes []*execution.Node, changed func()) (*txmgr.Sender, txmgr.Signer, error) {
	c := p.config
	if c.Observe || c.NoSubmit {
		return nil, nil, nil
	}
	signer, err := p.openSigner()
	if err != nil {
		return nil, nil, err
	}
	sender, err := txmgr.New(txmgr.Config{
		ChainID: p.manifest.ChainID, Oracle: p.manifest.Contracts.ReportOracle, Pool: p.manifest.Contracts.StakingPool, Nodes: nodes, Signer: signer,
		Store: c.Submissions, Fees: txmgr.Fees{MaxFeeWei: c.MaxFeeGwei * report.WeiPerGwei, TipWei: c.TipGwei * report.WeiPerGwei}, PollEvery: c.PollInterval,
		Now: p.clock.Now, After: p.clock.After, Changed: changed, Log: p.log,
	})
	return sender, signer, err
}

// openSigner opens the account that pays for submissions.
func (p *parts) openSigner() (txmgr.Signer, error) {
	c := p.config
	if c.RemoteSigner != "" {
		return txmgr.NewRemoteSigner(txmgr.RemoteOptions{
			URL: c.RemoteSigner, Address: common.HexToAddress(c.SubmitterAddress), HTTP: &http.Client{Transport: p.transport},
		})
	}
	signer, err := txmgr.OpenKeystore(c.SubmitterKeystore, c.SubmitterPasswordFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("account for submissions: %w: make one with oraclenode keys new, name its files with submitter-keystore and submitter-password-file, "+
			"or leave submitting to the others with no-submit", err)
	}
	if err != nil {
		return nil, fmt.Errorf("account for submissions: %w", err)
	}
	return signer, nil
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
		j.reference, j.proven = r.frame.result.Reference, r.frame.result.Committee.Members
	}
	r.work.Go(func() { r.submitWithRetries(r.ctx, j) })
}

// submitWithRetries tries once a slot until the report is with the sender, with a proof that stays true, or too late.
func (r *runner) submitWithRetries(ctx context.Context, j job) {
	superseded, waiting, told := false, false, false
	for ctx.Err() == nil && r.clock.Now().Before(j.deadline) {
		err := r.trySubmit(ctx, &j)
		if j.handed != nil && !told {
			told = true
			given := j
			r.post(ctx, func() { r.recordSubmitted(given) })
		}
		switch {
		case err == nil && j.settled:
			return
		case j.handed != nil: // The sender has it: only the proof is looked at again.
		case errors.Is(err, errSuperseded):
			if !superseded { // It is looked at again: one node may lie once, or a reorganisation undo the change.
				r.log.Warn("The report is not submitted now.", "refSlot", j.certificate.Round.RefSlot, "reason", err)
			}
			superseded = true
		case errors.Is(err, blockproof.ErrNotYet):
			if !waiting {
				r.log.Info("The report waits for a payload to prove its block with.", "refSlot", j.certificate.Round.RefSlot, "reason", err)
			}
			waiting = true
		case ctx.Err() == nil:
			r.log.Warn("The report could not be submitted. It is tried again.", "refSlot", j.certificate.Round.RefSlot, "reason", err)
		}
		select {
		case <-ctx.Done():
		case <-r.clock.After(r.slot()):
		}
	}
}

// trySubmit reads the committee anew at the newest block: an ejection may have come after the certificate.
func (r *runner) trySubmit(ctx context.Context, j *job) error {
	round := j.certificate.Round
	head, err := r.chain.Head(ctx)
	if err != nil {
		return err
	}
	committee, err := r.chain.Committee(ctx, head, round.RefSlot)
	if err != nil {
		return err
	}
	contradicted := j.proven != nil && !within(committee.Members, j.proven) // The simulation shows whether the certificate is of use.
	if committee.Digest != round.Committee && !contradicted {
		return fmt.Errorf("%w (%s instead of %s, at block %d)", errSuperseded, committee.Digest, round.Committee, head.Number)
	}
	if j.reference.RefSlot != round.RefSlot {
		if j.reference, err = r.beacon.ReferenceBlock(ctx, round.RefSlot); err != nil {
			return fmt.Errorf("find the reference block of slot %d: %w", round.RefSlot, err)
		}
	}
	proof, err := r.blockProof(ctx, head, j.reference, j.handed)
	if err != nil {
		return err
	}
	j.settled = settled(r.schedule, head, *proof)
	if proof == j.handed {
		return nil
	}
	contents, err := j.contents(*proof)
	if err != nil {
		return err
	}
	if err := r.sender.Submit(contents); err != nil {
		return err
	}
	j.handed = proof
	return nil
}

// contents is the job as the sender takes it.
func (j *job) contents(proof blockproof.Proof) (txmgr.Job, error) {
	signature, err := bls.ParseSignature(j.certificate.Signature[:])
	if err != nil {
		return txmgr.Job{}, fmt.Errorf("the certificate's signature: %w", err)
	}
	return txmgr.Job{
		Report: j.certificate.Report, Signers: j.certificate.Signers, Signature: signature, Deadline: j.deadline, Block: proof,
	}, nil
}

func (r *runner) recordSubmitted(j job) {
	if r.frame.refSlot == j.certificate.Round.RefSlot {
		r.frame.submitted = true
		r.frame.times.Submitted = r.clock.Now()
	}
}
