package operator

import (
	"context"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// FlagBeyondLimits says that a report beyond the soft limits is meant to be accepted.
const FlagBeyondLimits = "beyond-limits"

const guardianRole = "GUARDIAN_ROLE"

// judgementPending is ReportOracle.Judgement.Pending.
const judgementPending = 1

// held is the report in quarantine that can still be judged.
func (n *Network) held(ctx context.Context) (bindings.ReportOracleQuarantine, error) {
	o := bindings.NewReportOracle()
	q, err := view(ctx, n, n.Manifest.Contracts.ReportOracle, o.PackQuarantine(), o.UnpackQuarantine)
	if err != nil {
		return q, fmt.Errorf("read the quarantine: %w", err)
	}
	now, err := n.Client.Time(ctx)
	if err != nil {
		return q, err
	}
	switch {
	case q.Digest == [32]byte{}:
		return q, fmt.Errorf("%w: no report is in quarantine", ErrState)
	case q.Judgement != judgementPending:
		return q, fmt.Errorf("%w: report %s of reference slot %d was judged already", ErrState, common.Hash(q.Digest), q.RefSlot)
	case now > q.Until:
		return q, fmt.Errorf("%w: report %s of reference slot %d could be judged until %s", ErrState, common.Hash(q.Digest), q.RefSlot, timeText(q.Until))
	}
	return q, nil
}

// acceptUntil is the last second in which a held report can be accepted: the next frame's report is computed on what stands when submissions close.
func (n *Network) acceptUntil(q bindings.ReportOracleQuarantine) uint64 {
	s := report.Schedule(n.Manifest.Schedule)
	return min(q.Until, s.TimeOf(s.CloseSlot(q.RefSlot))-1)
}

func (n *Network) describeHeld(q bindings.ReportOracleQuarantine) string {
	return fmt.Sprintf("In quarantine is report %s of reference slot %d, since it breaks %s. It can be accepted until %s and rejected until %s.",
		common.Hash(q.Digest), q.RefSlot, report.Code(q.Code), timeText(n.acceptUntil(q)), timeText(q.Until))
}

func timeText(seconds uint64) string { return unix(seconds).UTC().Format(time.RFC3339) }

// AcceptQuarantined applies the report in quarantine. Errors: ErrState; ErrArgument when r is another report.
func (n *Network) AcceptQuarantined(ctx context.Context, r report.Report) (Action, error) {
	q, err := n.held(ctx)
	if err != nil {
		return Action{}, err
	}
	if digest := n.Manifest.Domain().Digest(r); digest != common.Hash(q.Digest) {
		return Action{}, fmt.Errorf("%w: the report has digest %s, and in quarantine is %s: compute it for reference slot %d", ErrArgument, digest,
			common.Hash(q.Digest), q.RefSlot)
	}
	now, err := n.Client.Time(ctx)
	if err != nil {
		return Action{}, err
	}
	if until := n.acceptUntil(q); now > until {
		return Action{}, fmt.Errorf("%w: report %s of reference slot %d could be accepted until %s, when submissions of its frame closed: judge the next frame's report",
			ErrState, common.Hash(q.Digest), q.RefSlot, timeText(until))
	}
	a := n.oracleAction("accept the quarantined report", guardianRole, bindings.NewReportOracle().PackAcceptQuarantined(abi.Report(r)), n.describeHeld(q),
		"Accepting it changes every holder's balance as the report says. Ceilings still hold.")
	a.Dangers = []Danger{{FlagBeyondLimits, fmt.Sprintf("the report breaks %s", report.Code(q.Code))}}
	return a, nil
}

// RejectQuarantined drops the report in quarantine. Errors: ErrState.
func (n *Network) RejectQuarantined(ctx context.Context) (Action, error) {
	q, err := n.held(ctx)
	if err != nil {
		return Action{}, err
	}
	return n.oracleAction("reject the quarantined report", guardianRole, bindings.NewReportOracle().PackRejectQuarantined(q.Digest), n.describeHeld(q),
		"Rejecting it leaves the token as it is; the next frame can be reported."), nil
}

func (n *Network) oracleAction(name, role string, data []byte, what ...string) Action {
	at := n.Manifest.Contracts.ReportOracle
	return Action{Name: name, What: what, Role: Role{"ReportOracle", at, role}, Call: txmgr.Call{To: at, Data: data}}
}
