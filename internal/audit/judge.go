package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// Names of the checks, in the order in which they are made.
const (
	checkTransaction = "transaction"
	checkDigest      = "digest"
	checkFrame       = "frame"
	checkCertificate = "certificate"
	checkBlock       = "block"
	checkSanity      = "sanity"
	checkRebase      = "rebase"
	checkExecution   = "execution values"
	checkConsensus   = "consensus values"
)

// judging is the check of one report.
type judging struct {
	*walk
	h        history
	out      Report
	findings []Finding

	contents   events.BlockContents // of the block in which it was submitted
	submission *events.Submission   // nil: not readable
	truth      *report.Report       // what the auditor's own nodes give; nil: not computed
	truthError error
	reference  events.Block // payload of the reference block; zero: not known
}

func (j *judging) ok(name string) { j.out.Checks = append(j.out.Checks, Check{Name: name, State: OK}) }

func (j *judging) wrong(name string, kind Kind, format string, a ...any) {
	text := fmt.Sprintf(format, a...)
	j.out.Checks = append(j.out.Checks, Check{Name: name, State: Wrong, Text: text})
	j.find(kind, text)
}

func (j *judging) notChecked(name string, format string, a ...any) {
	j.out.Checks = append(j.out.Checks, Check{Name: name, State: NotChecked, Text: fmt.Sprintf(format, a...)})
}

func (j *judging) skip(name string, format string, a ...any) {
	j.out.Checks = append(j.out.Checks, Check{Name: name, State: Skipped, Text: fmt.Sprintf(format, a...)})
}

func (j *judging) find(kind Kind, text string) {
	refSlot, hash := j.out.RefSlot, j.h.seen.TxHash
	j.findings = append(j.findings, Finding{Type: "finding", Kind: kind, RefSlot: &refSlot, Block: j.h.seen.Block, Transaction: &hash, Text: text})
}

// run makes all checks. A check that needs what another could not read says so.
func (j *judging) run(ctx context.Context) {
	refSlot, digest := j.h.refSlotAndDigest()
	j.out = Report{
		Type: "report", RefSlot: refSlot, Digest: digest, Outcome: j.h.outcome(), Block: j.h.seen.Block, BlockHash: j.h.seen.BlockHash,
		Transaction: j.h.seen.TxHash, Code: report.Sane.String(), Divergence: []Difference{}, Seats: []Seat{},
	}
	j.tellOutcome()
	j.compute(ctx)
	if !j.readTransaction(ctx) {
		for _, name := range []string{checkDigest, checkFrame, checkCertificate, checkBlock, checkSanity, checkRebase, checkExecution, checkConsensus} {
			j.notChecked(name, "the transaction could not be read")
		}
		return
	}
	j.checkDigest()
	j.checkFrame()
	j.checkCertificate()
	j.checkBlock(ctx)
	j.checkSanity(ctx)
	j.checkRebase(ctx)
	j.checkExecution(ctx)
	j.checkConsensus()
}

// tellOutcome makes a finding of what calls for a look.
func (j *judging) tellOutcome() {
	held, ok := j.h.seen.Body.(*events.ReportQuarantined)
	if !ok {
		return
	}
	j.out.Code = held.Code.String()
	why := fmt.Sprintf("held by rule %s: %s passes the bound %s", held.Code, held.Value, held.Bound)
	switch j.out.Outcome {
	case Rejected:
		j.find(RejectedReport, fmt.Sprintf("%s; %s dropped it", why, j.h.judged.Body.(*events.QuarantineJudged).Guardian))
	case AcceptedByGuardian:
		by := j.h.judged.Body.(*events.QuarantineJudged).Guardian
		j.find(OverruledReport, fmt.Sprintf("%s; %s accepted it all the same in block %d", why, by, j.h.accepted.Block))
	case Quarantined, Accepted:
		j.find(HeldReport, why+"; nobody has judged it, the token is unchanged")
	}
}

// compute asks the auditor's own nodes for the report.
func (j *judging) compute(ctx context.Context) {
	if j.o.Compute == nil {
		return
	}
	j.o.Progress(fmt.Sprintf("computing the report of slot %d again", j.out.RefSlot), 0, 0)
	r, err := j.o.Compute(ctx, j.out.RefSlot)
	if err != nil {
		j.truthError = err
		return
	}
	j.truth = &r
}

// readTransaction reads the block of the submission and verifies it, and the report out of the transaction's bytes. It is false when nothing can be
// read.
func (j *judging) readTransaction(ctx context.Context) bool {
	contents, err := j.o.Chain.Contents(ctx, j.h.seen.BlockHash)
	switch {
	case errors.Is(err, events.ErrInconsistent):
		j.wrong(checkTransaction, ForgedEvent, "every node contradicts itself about block %d: %v", j.h.seen.Block, err)
		return false
	case err != nil:
		j.notChecked(checkTransaction, "block %d: %v", j.h.seen.Block, err)
		return false
	}
	j.contents = contents
	why, err := j.misplaced(ctx)
	switch {
	case err != nil:
		j.notChecked(checkTransaction, "%v", err)
		return false
	case why != "":
		j.wrong(checkTransaction, ForgedEvent, "%s", why)
		return false
	}
	tx, receipt := contents.Transactions[j.h.seen.TxIndex], contents.Receipts[j.h.seen.TxIndex]
	j.out.TimeSeconds, j.out.From, j.out.GasUsed = contents.Time, tx.From, receipt.GasUsed
	j.out.FeeWei = amount(new(big.Int).Mul(receipt.EffectiveGasPrice, new(big.Int).SetUint64(receipt.GasUsed)))
	if opened := j.schedule.TimeOf(j.out.RefSlot + j.schedule.FinalityMarginSlots); contents.Time > opened {
		j.out.LateSeconds = contents.Time - opened
	}
	j.readSubmission(tx)
	return true
}

// misplaced says how the event that a node told of does not fit the block; empty when it does. The error says why that is not known.
func (j *judging) misplaced(ctx context.Context) (why string, err error) {
	seen := j.h.seen
	canonical, err := j.o.Chain.BlockByNumber(ctx, seen.Block)
	switch {
	case err != nil:
		return "", fmt.Errorf("whether block %s is the chain's: %w", seen.BlockHash, err)
	case canonical.Hash != seen.BlockHash && seen.Block > j.blocks.finalized().Number:
		return "", fmt.Errorf("block %s was undone during the audit", seen.BlockHash)
	case canonical.Hash != seen.BlockHash:
		return fmt.Sprintf("a node told of %s in block %s, which is not the chain's block %d", seen.Body.EventName(), seen.BlockHash, seen.Block), nil
	}
	proven, err := j.o.Chain.EventsIn(j.contents.Receipts, events.Oracle())
	if err != nil {
		return err.Error(), nil
	}
	wanted := []*events.Event{&seen}
	if j.h.rebased != nil && j.h.rebased.BlockHash == seen.BlockHash {
		wanted = append(wanted, j.h.rebased)
	}
	for _, e := range wanted {
		if !contains(proven, *e) {
			return fmt.Sprintf("a node told of %s in transaction %s; the block's receipts, verified by its hash, hold no such event", e.Body.EventName(), e.TxHash), nil
		}
	}
	return "", nil
}

// contains compares whole events, by their JSON: equal integers may differ in memory.
func contains(found []events.Event, e events.Event) bool {
	want, err := json.Marshal(e)
	return err == nil && slices.ContainsFunc(found, func(other events.Event) bool {
		got, err := json.Marshal(other)
		return err == nil && bytes.Equal(got, want)
	})
}

// readSubmission takes the report from the transaction's bytes, or, when another contract called, from the auditor's own nodes if the digest fits.
func (j *judging) readSubmission(tx events.Transaction) {
	if tx.To != nil && *tx.To == j.o.Manifest.Contracts.ReportOracle {
		s, err := events.DecodeSubmission(tx.Data)
		if err == nil {
			j.submission, j.out.Values, j.out.Committee = &s, &s.Report, s.Report.Committee
			j.ok(checkTransaction)
			return
		}
		j.wrong(checkTransaction, NotReadable, "the transaction calls the oracle, and is %v", err)
		return
	}
	target := "it creates a contract"
	if tx.To != nil {
		target = "it calls " + tx.To.Hex()
	}
	lost := "report, certificate and block proof are not in the transaction's own bytes"
	if j.truth != nil && j.domain.Digest(*j.truth) == j.out.Digest {
		j.out.Values, j.out.Committee = j.truth, j.truth.Committee
		lost = "certificate and block proof are not in the transaction's own bytes; the report is the one that the auditor's own nodes give, by its digest"
	}
	if accepted, ok := j.h.seen.Body.(*events.ReportAccepted); ok {
		j.out.Committee = accepted.Committee
	}
	j.wrong(checkTransaction, NotReadable, "the report was submitted through another contract (%s): %s", target, lost)
}
