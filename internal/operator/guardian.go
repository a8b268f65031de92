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

// Feature is what can be paused by itself.
type Feature string

// The features.
const (
	Deposits    Feature = "deposits"
	Withdrawals Feature = "withdrawals"
	Reports     Feature = "reports"
)

// Features lists them all.
func Features() []string { return []string{string(Deposits), string(Withdrawals), string(Reports)} }

// pausable is where a feature is paused, and what that means.
func (n *Network) pausable(f Feature) (contract Role, stops string, err error) {
	s := n.Manifest.Contracts
	switch f {
	case Deposits:
		return Role{Contract: "StakingPool", At: s.StakingPool}, "new deposits and deposits to the beacon chain; reports, requests and claims go on", nil
	case Withdrawals:
		return Role{Contract: "WithdrawalQueue", At: s.WithdrawalQueue}, "new withdrawal requests and finalization; claims and reports go on", nil
	case Reports:
		return Role{Contract: "ReportOracle", At: s.ReportOracle}, "submission and acceptance of reports, so the token's rate stands still; all of the pool goes on", nil
	}
	return Role{}, "", fmt.Errorf("%w: %q can not be paused", ErrArgument, f)
}

// Pause stops a feature. Errors: ErrState when it is paused, ErrArgument.
func (n *Network) Pause(ctx context.Context, f Feature) (Action, error) {
	return n.switchTo(ctx, f, true)
}

// Unpause lets a feature go on. Errors: ErrState when it is not paused, ErrArgument.
func (n *Network) Unpause(ctx context.Context, f Feature) (Action, error) {
	return n.switchTo(ctx, f, false)
}

func (n *Network) switchTo(ctx context.Context, f Feature, pause bool) (Action, error) {
	role, stops, err := n.pausable(f)
	if err != nil {
		return Action{}, err
	}
	c := bindings.NewReportOracle() // pause(), unpause() and paused() are the same calls on all three; maxPauseSeconds() on queue and oracle
	paused, err := view(ctx, n, role.At, c.PackPaused(), c.UnpackPaused)
	if err != nil {
		return Action{}, fmt.Errorf("ask %s whether it is paused: %w", role.Contract, err)
	}
	switch {
	case paused == pause && pause:
		return Action{}, fmt.Errorf("%w: %s are paused already", ErrState, f)
	case paused == pause:
		return Action{}, fmt.Errorf("%w: %s are not paused", ErrState, f)
	}
	a := Action{Name: "pause " + string(f), What: []string{fmt.Sprintf("Pause %s: this stops %s.", f, stops)}, Call: txmgr.Call{To: role.At, Data: c.PackPause()}}
	if pause && f != Deposits {
		most, err := view(ctx, n, role.At, c.PackMaxPauseSeconds(), c.UnpackMaxPauseSeconds)
		if err != nil {
			return Action{}, fmt.Errorf("ask %s for its longest pause: %w", role.Contract, err)
		}
		a.What = append(a.What, fmt.Sprintf("The pause ends by itself after %s, and the account can pause again only after as long as the pause lasted.",
			time.Duration(most.Uint64())*time.Second))
	}
	role.Name = "PAUSER_ROLE"
	if !pause {
		a.Name, a.What, a.Call.Data = "unpause "+string(f), []string{fmt.Sprintf("Let %s go on.", f)}, c.PackUnpause()
		role.Name = "RESUMER_ROLE"
	}
	a.Role = role
	return a, nil
}
