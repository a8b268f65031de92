package operator

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

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
