package operator

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Leaving takes a member out of the committee, from the first reference slot on that is closeSlots away, and later sends its bond back. It can be run
// again at any time.
type Leaving struct {
	Sender
	ID common.Hash
	To common.Address // receives the bond; zero: the owner
}

// LeavePlan is what there is to do.
type LeavePlan struct {
	Registration Registration
	Leave        bool      // the member would leave
	LastRefSlot  uint64    // with Leave: the last reference slot for which the member answers may be before this one
	BondFrom     time.Time // when the bond can be withdrawn; zero: at once, or there is none
	Withdraw     bool      // it can be withdrawn now
	BondWei      *big.Int
}

// Plan looks at the chain. Errors: ErrNotRegistered, ErrWrongOwner, ErrSlashed.
func (l Leaving) Plan(ctx context.Context) (LeavePlan, error) {
	r, err := l.Network.Registration(ctx, l.ID)
	if err != nil {
		return LeavePlan{}, err
	}
	plan := LeavePlan{Registration: r, BondWei: r.BondWei}
	switch {
	case r.State == Unknown:
		return plan, fmt.Errorf("%w: member %s: check --home and --network", ErrNotRegistered, l.ID)
	case r.State == Slashed:
		return plan, fmt.Errorf("%w: member %s is out of the committee and has no bond", ErrSlashed, l.ID)
	case r.Owner != l.Signer.Address():
		return plan, fmt.Errorf("%w: member %s is %s's, and you would sign as %s", ErrWrongOwner, l.ID, r.Owner, l.Signer.Address())
	}
	terms, err := l.Network.BondTerms(ctx)
	if err != nil {
		return plan, err
	}
	now, err := l.Network.Client.Time(ctx)
	if err != nil {
		return plan, err
	}
	switch r.State {
	case Member:
		plan.Leave = true
		slot, at, err := l.Network.RefSlotOfChange(ctx)
		if err != nil {
			return plan, err
		}
		plan.LastRefSlot = slot
		plan.BondFrom = unix(at + l.Network.Manifest.Schedule.SecondsPerSlot).Add(terms.Unbonding)
	case Left:
		if r.BondWei.Sign() > 0 {
			plan.BondFrom = unix(r.LeftAt).Add(terms.Unbonding)
			plan.Withdraw = !plan.BondFrom.After(unix(now))
		}
	case Candidate:
		plan.Withdraw = true
	}
	return plan, nil
}

// Leave takes the member out from the first reference slot on that is closeSlots away; a member that has left already is no error. Errors: as of Plan;
// ErrState for a candidate, which has nothing to leave.
func (l Leaving) Leave(ctx context.Context) (LeavePlan, error) {
	if err := l.settle(ctx); err != nil {
		return LeavePlan{}, err
	}
	plan, err := l.Plan(ctx)
	if err != nil || plan.Registration.State == Left {
		return plan, err
	}
	if plan.Registration.State == Candidate {
		return plan, fmt.Errorf("%w: %s is a candidate, and not in the committee: 'oraclenode leave --withdraw' gives the bond back at once, and ends the candidacy",
			ErrState, l.ID)
	}
	data := bindings.NewOracleCommittee().PackRequestLeave(l.ID)
	if _, err := l.send(ctx, txmgr.Call{To: l.Network.Manifest.Contracts.OracleCommittee, Data: data}); err != nil {
		return plan, fmt.Errorf("leave: %w", err)
	}
	return l.Plan(ctx)
}

// Withdraw sends the bond of a candidate, or of a member that left long enough ago. Errors: as of Plan; ErrState with the time from which on it can.
func (l Leaving) Withdraw(ctx context.Context) (LeavePlan, error) {
	if err := l.settle(ctx); err != nil {
		return LeavePlan{}, err
	}
	plan, err := l.Plan(ctx)
	if err != nil {
		return plan, err
	}
	switch {
	case plan.Leave:
		return plan, fmt.Errorf("%w: %s is in the committee: run 'oraclenode leave' first", ErrState, l.ID)
	case plan.Withdraw:
	case plan.BondWei.Sign() == 0:
		return plan, fmt.Errorf("%w: the bond of %s was withdrawn already", ErrState, l.ID)
	default:
		return plan, fmt.Errorf("%w: the bond of %s stays until %s, so that evidence against it can still be brought", ErrState, l.ID,
			plan.BondFrom.UTC().Format(time.RFC3339))
	}
	to := l.To
	if to == (common.Address{}) {
		to = l.Signer.Address()
	}
	data := bindings.NewOracleCommittee().PackWithdrawBond(l.ID, to)
	if _, err := l.send(ctx, txmgr.Call{To: l.Network.Manifest.Contracts.OracleCommittee, Data: data}); err != nil {
		return plan, fmt.Errorf("withdraw the bond: %w", err)
	}
	return l.Plan(ctx)
}

func unix(seconds uint64) time.Time { return time.Unix(int64(min(seconds, 1<<40)), 0) }
