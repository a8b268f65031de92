package operator

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// Flags of what loosens a bound on the committee or moves fees.
const (
	FlagLoosen   = "loosen"
	FlagMoveFees = "move-fees"
)

var errUnchanged = errors.New("all values are already so: nothing would change")

// change is one value that changes.
type change struct {
	name       string
	from, to   uint64
	looserDown bool   // a smaller value is the looser one
	ceiling    uint64 // for ever; 0: none
}

// changes describes what differs. Errors: ErrArgument when nothing does, or a ceiling is passed.
func describeChanges(all []change) (what []string, looser bool, err error) {
	for _, c := range all {
		if c.from == c.to {
			continue
		}
		if c.ceiling > 0 && c.to > c.ceiling {
			return nil, false, fmt.Errorf("%w: %s of %d is above its ceiling of %d, which nobody can change", ErrArgument, c.name, c.to, c.ceiling)
		}
		looser = looser || (c.to > c.from) != c.looserDown
		what = append(what, fmt.Sprintf("Change %s from %d to %d.", c.name, c.from, c.to))
	}
	if what == nil {
		return nil, false, fmt.Errorf("%w: %w", ErrArgument, errUnchanged)
	}
	return what, looser, nil
}

// Limits are the soft limits in force, and their ceilings.
func (n *Network) Limits(ctx context.Context) (soft, ceilings report.Limits, err error) {
	c, at := bindings.NewSanityChecker(), n.Manifest.Contracts.SanityChecker
	s, err := view(ctx, n, at, c.PackLimits(), c.UnpackLimits)
	if err != nil {
		return soft, ceilings, fmt.Errorf("read the limits: %w", err)
	}
	hard, err := view(ctx, n, at, c.PackCeilings(), c.UnpackCeilings)
	if err != nil {
		return soft, ceilings, fmt.Errorf("read the ceilings: %w", err)
	}
	return report.Limits(s), report.Limits(hard), nil
}

// SetLimits changes the soft limits on what a report may say. Errors: ErrArgument.
func (n *Network) SetLimits(ctx context.Context, to report.Limits) (Action, error) {
	from, ceilings, err := n.Limits(ctx)
	if err != nil {
		return Action{}, err
	}
	what, looser, err := describeChanges([]change{
		{"annual gain, in parts per 10,000", uint64(from.AnnualGainBps), uint64(to.AnnualGainBps), false, uint64(ceilings.AnnualGainBps)},
		{"gift margin, in gwei", from.GiftMarginGwei, to.GiftMarginGwei, false, ceilings.GiftMarginGwei},
		{"loss window, in parts per 100,000", uint64(from.LossWindowPcm), uint64(to.LossWindowPcm), false, 0},
		{"new validators an epoch", uint64(from.NewValidatorsPerEpoch), uint64(to.NewValidatorsPerEpoch), false, uint64(ceilings.NewValidatorsPerEpoch)},
		{"exits an epoch", uint64(from.ExitsPerEpoch), uint64(to.ExitsPerEpoch), false, uint64(ceilings.ExitsPerEpoch)},
		{"request margin, in seconds", uint64(from.RequestMarginSeconds), uint64(to.RequestMarginSeconds), true, 0},
	})
	if err != nil {
		return Action{}, err
	}
	at := n.Manifest.Contracts.SanityChecker
	a := Action{
		Name: "set the limits", What: what, Role: Role{"SanityChecker", at, adminRoleName},
		Call: txmgr.Call{To: at, Data: bindings.NewSanityChecker().PackSetLimits(bindings.Limits(to))},
	}
	if looser {
		a.Dangers = []Danger{{FlagLoosen, "a wrong report could then say more before guardians are asked"}}
	}
	return a, nil
}

// Terms are the pool's terms.
type Terms struct {
	Treasury             common.Address
	FeeBps, OperatorsBps uint16 // parts per 10,000: of profit; the operators' part of the fee
	NormalRewardBps      uint32 // of consensus-layer ether a year, parts per 10,000
	NoisePcm             uint16 // of the pool's ether, parts per 100,000
}

// Terms are those in force.
func (n *Network) Terms(ctx context.Context) (Terms, error) {
	p := bindings.NewStakingPool()
	t, err := view(ctx, n, n.Manifest.Contracts.StakingPool, p.PackTerms(), p.UnpackTerms)
	if err != nil {
		return Terms{}, fmt.Errorf("read the terms: %w", err)
	}
	return Terms(t), nil
}

// SetTerms changes fee, treasury, normal reward and noise. Errors: ErrArgument.
func (n *Network) SetTerms(ctx context.Context, to Terms) (Action, error) {
	from, err := n.Terms(ctx)
	if err != nil {
		return Action{}, err
	}
	bounds := n.Manifest.Bounds
	all := []change{
		{name: "fee, in parts per 10,000", from: uint64(from.FeeBps), to: uint64(to.FeeBps), ceiling: uint64(bounds.MaxFeeBps)},
		{name: "operators' part of the fee, in parts per 10,000", from: uint64(from.OperatorsBps), to: uint64(to.OperatorsBps), ceiling: 10_000},
		{
			name: "normal reward a year, in parts per 10,000", from: uint64(from.NormalRewardBps), to: uint64(to.NormalRewardBps),
			ceiling: uint64(bounds.MaxNormalRewardBps),
		},
		{name: "noise, in parts per 100,000", from: uint64(from.NoisePcm), to: uint64(to.NoisePcm), ceiling: uint64(bounds.MaxNoisePcm)},
	}
	what, _, err := describeChanges(all)
	if to.Treasury != from.Treasury && (err == nil || errors.Is(err, errUnchanged)) {
		what, err = append(what, fmt.Sprintf("Change the treasury from %s to %s.", from.Treasury, to.Treasury)), nil
	}
	if err != nil {
		return Action{}, err
	}
	at, pool := n.Manifest.Contracts.StakingPool, bindings.NewStakingPool()
	a := Action{
		Name: "set the terms", What: what, Role: Role{"StakingPool", at, adminRoleName},
		Call: txmgr.Call{To: at, Data: pool.PackSetTerms(bindings.PoolBaseTerms(to))},
	}
	if to.FeeBps > from.FeeBps || to.NormalRewardBps > from.NormalRewardBps || to.Treasury != from.Treasury || to.OperatorsBps != from.OperatorsBps {
		a.Dangers = []Danger{{FlagMoveFees, "holders would pay more, or others would receive the fee"}}
	}
	if to.NormalRewardBps < from.NormalRewardBps || to.NoisePcm > from.NoisePcm {
		a.Dangers = append(a.Dangers, Danger{
			FlagLoosen, "deposits would pay less for rewards that holders have earned already, or a larger loss would pass without a second report that confirms it",
		})
	}
	return a, nil
}
