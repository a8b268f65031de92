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

// reportCheck is the check of one report.
type reportCheck struct {
	*auditRun
	h        history
	out      Report
	findings []Finding

	contents   events.BlockContents // of the block in which it was submitted
	submission *events.Submission   // nil: not readable
	truth      *report.Report       // what the auditor's own nodes give; nil: not computed
	truthError error
	reference  events.Block // payload of the reference block; zero: not known
}

func (rc *reportCheck) ok(name string) {
	rc.out.Checks = append(rc.out.Checks, Check{Name: name, State: OK})
}

func (rc *reportCheck) wrong(name string, kind Kind, format string, a ...any) {
	text := fmt.Sprintf(format, a...)
	rc.out.Checks = append(rc.out.Checks, Check{Name: name, State: Wrong, Text: text})
	rc.addFinding(kind, text)
}

func (rc *reportCheck) notChecked(name string, format string, a ...any) {
	rc.out.Checks = append(rc.out.Checks, Check{Name: name, State: NotChecked, Text: fmt.Sprintf(format, a...)})
}

func (rc *reportCheck) skip(name string, format string, a ...any) {
	rc.out.Checks = append(rc.out.Checks, Check{Name: name, State: Skipped, Text: fmt.Sprintf(format, a...)})
}

func (rc *reportCheck) addFinding(kind Kind, text string) {
	refSlot, hash := rc.out.RefSlot, rc.h.seen.TxHash
	rc.findings = append(rc.findings, Finding{Type: "finding", Kind: kind, RefSlot: &refSlot, Block: rc.h.seen.Block, Transaction: &hash, Text: text})
}

// run makes all checks. A check that needs what another could not read says so.
func (rc *reportCheck) run(ctx context.Context) {
	refSlot, digest := rc.h.refSlotAndDigest()
	rc.out = Report{
		Type: "report", RefSlot: refSlot, Digest: digest, Outcome: rc.h.outcome(), Block: rc.h.seen.Block, BlockHash: rc.h.seen.BlockHash,
		Transaction: rc.h.seen.TxHash, Code: report.Sane.String(), Divergence: []Difference{}, Seats: []Seat{},
	}
	rc.checkOutcome()
	rc.compute(ctx)
	if !rc.readTransaction(ctx) {
		for _, name := range []string{checkDigest, checkFrame, checkCertificate, checkBlock, checkSanity, checkRebase, checkExecution, checkConsensus} {
			rc.notChecked(name, "the transaction could not be read")
		}
		return
	}
	rc.checkDigest()
	rc.checkFrame()
	rc.checkCertificate()
	rc.checkBlock(ctx)
	rc.checkSanity(ctx)
	rc.checkRebase(ctx)
	rc.checkExecution(ctx)
	rc.checkConsensus()
}

// checkOutcome makes a finding of a report that was held.
func (rc *reportCheck) checkOutcome() {
	held, ok := rc.h.seen.Body.(*events.ReportQuarantined)
	if !ok {
		return
	}
	rc.out.Code = held.Code.String()
	why := fmt.Sprintf("held by rule %s: %s passes the bound %s", held.Code, held.Value, held.Bound)
	switch rc.out.Outcome {
	case Rejected:
		rc.addFinding(RejectedReport, fmt.Sprintf("%s; %s dropped it", why, rc.h.judged.Body.(*events.QuarantineJudged).Guardian))
	case AcceptedByGuardian:
		by := rc.h.judged.Body.(*events.QuarantineJudged).Guardian
		rc.addFinding(OverruledReport, fmt.Sprintf("%s; %s accepted it all the same in block %d", why, by, rc.h.accepted.Block))
	case Quarantined, Accepted:
		rc.addFinding(HeldReport, why+"; nobody has judged it, the token is unchanged")
	}
}

// compute asks the auditor's own nodes for the report.
func (rc *reportCheck) compute(ctx context.Context) {
	if rc.o.Compute == nil {
		return
	}
	rc.o.Progress(fmt.Sprintf("computing the report of slot %d again", rc.out.RefSlot), 0, 0)
	r, err := rc.o.Compute(ctx, rc.out.RefSlot)
	if err != nil {
		rc.truthError = err
		return
	}
	rc.truth = &r
}

// readTransaction reads the block of the submission and verifies it, and the report out of the transaction's bytes. It is false when nothing can be
// read.
func (rc *reportCheck) readTransaction(ctx context.Context) bool {
	contents, err := rc.o.Chain.Contents(ctx, rc.h.seen.BlockHash)
	switch {
	case errors.Is(err, events.ErrInconsistent):
		rc.wrong(checkTransaction, ForgedEvent, "every node contradicts itself about block %d: %v", rc.h.seen.Block, err)
		return false
	case err != nil:
		rc.notChecked(checkTransaction, "block %d: %v", rc.h.seen.Block, err)
		return false
	}
	rc.contents = contents
	why, err := rc.misplaced(ctx)
	switch {
	case err != nil:
		rc.notChecked(checkTransaction, "%v", err)
		return false
	case why != "":
		rc.wrong(checkTransaction, ForgedEvent, "%s", why)
		return false
	}
	tx, receipt := contents.Transactions[rc.h.seen.TxIndex], contents.Receipts[rc.h.seen.TxIndex]
	rc.out.TimeSeconds, rc.out.From, rc.out.GasUsed = contents.Time, tx.From, receipt.GasUsed
	rc.out.FeeWei = amount(new(big.Int).Mul(receipt.EffectiveGasPrice, new(big.Int).SetUint64(receipt.GasUsed)))
	if opened := rc.schedule.TimeOf(rc.out.RefSlot + rc.schedule.FinalityMarginSlots); contents.Time > opened {
		rc.out.LateSeconds = contents.Time - opened
	}
	rc.readSubmission(tx)
	return true
}

// misplaced says how the event that a node told of does not fit the block; empty when it does. The error says why that is not known.
func (rc *reportCheck) misplaced(ctx context.Context) (why string, err error) {
	seen := rc.h.seen
	canonical, err := rc.o.Chain.BlockByNumber(ctx, seen.Block)
	switch {
	case err != nil:
		return "", fmt.Errorf("whether block %s is the chain's: %w", seen.BlockHash, err)
	case canonical.Hash != seen.BlockHash && seen.Block > rc.blocks.finalized().Number:
		return "", fmt.Errorf("block %s was undone during the audit", seen.BlockHash)
	case canonical.Hash != seen.BlockHash:
		return fmt.Sprintf("a node told of %s in block %s, which is not the chain's block %d", seen.Body.EventName(), seen.BlockHash, seen.Block), nil
	}
	proven, err := rc.o.Chain.EventsIn(rc.contents.Receipts, events.Oracle())
	if err != nil {
		return err.Error(), nil
	}
	wanted := []*events.Event{&seen}
	if rc.h.rebased != nil && rc.h.rebased.BlockHash == seen.BlockHash {
		wanted = append(wanted, rc.h.rebased)
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
func (rc *reportCheck) readSubmission(tx events.Transaction) {
	if tx.To != nil && *tx.To == rc.o.Manifest.Contracts.ReportOracle {
		s, err := events.DecodeSubmission(tx.Data)
		if err == nil {
			rc.submission, rc.out.Values, rc.out.Committee = &s, &s.Report, s.Report.Committee
			rc.ok(checkTransaction)
			return
		}
		rc.wrong(checkTransaction, NotReadable, "the transaction calls the oracle, and is %v", err)
		return
	}
	target := "it creates a contract"
	if tx.To != nil {
		target = "it calls " + tx.To.Hex()
	}
	lost := "report, certificate and block proof are not in the transaction's own bytes"
	if rc.truth != nil && rc.domain.Digest(*rc.truth) == rc.out.Digest {
		rc.out.Values, rc.out.Committee = rc.truth, rc.truth.Committee
		lost = "certificate and block proof are not in the transaction's own bytes; the report is the one that the auditor's own nodes give, by its digest"
	}
	if accepted, ok := rc.h.seen.Body.(*events.ReportAccepted); ok {
		rc.out.Committee = accepted.Committee
	}
	rc.wrong(checkTransaction, NotReadable, "the report was submitted through another contract (%s): %s", target, lost)
}
