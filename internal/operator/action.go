package operator

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Action is something that the owner, a guardian or a pauser of a network does. The chain has been asked whether it makes sense now.
type Action struct {
	Name    string
	What    []string // sentences: what changes, and when
	Role    Role
	Call    txmgr.Call
	Dangers []Danger
	Before  uint64 // in seconds: later the call only fails; 0 for no such time
}

// Danger is why an action is refused until a flag says that it is meant.
type Danger struct {
	Flag string // without dashes
	Why  string
}

// Role is the right to call some functions of a contract.
type Role struct {
	Contract string // its name
	At       common.Address
	Name     string
}

// id is the role's identifier on the contract: keccak256 of its name, and zero for the admin's.
func (r Role) id() [32]byte {
	if r.Name == adminRoleName {
		return [32]byte{}
	}
	return [32]byte(crypto.Keccak256([]byte(r.Name)))
}

const adminRoleName = "DEFAULT_ADMIN_ROLE"

// Holds tells whether an account holds a role.
func (n *Network) Holds(ctx context.Context, account common.Address, r Role) (bool, error) {
	c := bindings.NewOracleCommittee() // hasRole(bytes32,address) is the same call on every contract
	held, err := view(ctx, n, r.At, c.PackHasRole(r.id(), account), c.UnpackHasRole)
	if err != nil {
		return false, fmt.Errorf("ask %s for %s: %w", r.Contract, r.Name, err)
	}
	return held, nil
}

// confirmed refuses an action with dangers that nobody has said are meant.
func (a Action) confirmed(meant []string) error {
	var missing []error
	for _, d := range a.Dangers {
		if !slices.Contains(meant, d.Flag) {
			missing = append(missing, fmt.Errorf("%s; say with --%s that this is meant", d.Why, d.Flag))
		}
	}
	return errors.Join(missing...)
}

// committeeAction calls the committee contract.
func (n *Network) committeeAction(name, role string, data []byte, what ...string) Action {
	at := n.Manifest.Contracts.OracleCommittee
	return Action{Name: name, What: what, Role: Role{"OracleCommittee", at, role}, Call: txmgr.Call{To: at, Data: data}}
}

// Via is how an action reaches its contract.
type Via string

// The ways.
const (
	Direct   Via = "direct"
	Schedule Via = "schedule" // the timelock holds the role: announce it there
	Execute  Via = "execute"  // announced long enough ago
	Cancel   Via = "cancel"
	Waits    Via = "waits" // announced, and the delay is not over: nothing to send
	Happened Via = "done"  // executed already: nothing to send
)

// Routing says who acts, and how.
type Routing struct {
	From   common.Address // zero: not known, as when calldata is printed for a multisig
	Meant  []string       // flags of dangers that are meant
	Salt   common.Hash    // tells two equal actions of the timelock apart
	Cancel bool           // of an action that the timelock holds
}

// Routed is an action as it is sent.
type Routed struct {
	Action
	Via       Via
	Send      txmgr.Call  // nothing when Via is Waits or Happened
	Operation common.Hash // of the timelock; zero when Via is Direct
	Ready     time.Time   // when the timelock lets it be executed; with Waits, and with Schedule at the earliest
}

// Route checks that the dangers of an action are meant, and finds out how it reaches its contract: directly when the account holds the role, through
// the timelock when that does. What is to be done there follows from the chain: the same command announces an action, and later executes it.
// Errors: ErrRole, ErrState, and what the dangers are.
func (n *Network) Route(ctx context.Context, a Action, r Routing) (Routed, error) {
	routed := Routed{Action: a, Via: Direct, Send: a.Call}
	if r.Cancel { // only the timelock has something to take back, whoever may act directly
		return n.throughTimelock(ctx, routed, r)
	}
	if err := a.confirmed(r.Meant); err != nil {
		return routed, err
	}
	if r.From != (common.Address{}) {
		direct, err := n.Holds(ctx, r.From, a.Role)
		if err != nil || direct {
			return routed, err
		}
	}
	timelock := n.Manifest.Contracts.Timelock
	behind, err := n.Holds(ctx, timelock, a.Role)
	switch {
	case err != nil:
		return routed, err
	case behind:
		return n.throughTimelock(ctx, routed, r)
	case r.From == (common.Address{}):
		return routed, nil
	}
	return routed, fmt.Errorf("%w: %s does not hold %s of %s, nor does the timelock: sign as the account that does, or print the call for it with --calldata",
		ErrRole, r.From, a.Role.Name, a.Role.Contract)
}

// States of an operation of the timelock: TimelockController.OperationState.
const (
	operationUnset = iota
	operationWaiting
	operationReady
	operationDone
)

func (n *Network) throughTimelock(ctx context.Context, routed Routed, r Routing) (Routed, error) {
	t, at := bindings.NewTimelockController(), n.Manifest.Contracts.Timelock
	call, none := routed.Call, new(big.Int)
	id, err := view(ctx, n, at, t.PackHashOperation(call.To, none, call.Data, [32]byte{}, r.Salt), t.UnpackHashOperation)
	if err != nil {
		return routed, fmt.Errorf("ask the timelock: %w", err)
	}
	state, err := view(ctx, n, at, t.PackGetOperationState(id), t.UnpackGetOperationState)
	if err != nil {
		return routed, fmt.Errorf("ask the timelock: %w", err)
	}
	routed.Operation = id
	role := "PROPOSER_ROLE"
	pending := state == operationWaiting || state == operationReady
	switch {
	case r.Cancel && !pending:
		return routed, fmt.Errorf("%w: the timelock does not hold this action: nothing to cancel", ErrState)
	case r.Cancel:
		routed.Via, role, routed.Send = Cancel, "CANCELLER_ROLE", txmgr.Call{To: at, Data: t.PackCancel(id)}
	case state == operationUnset:
		if err := n.Client.Try(ctx, at, call); err != nil {
			return routed, fmt.Errorf("%s, as the timelock would: %w", routed.Name, err)
		}
		delay, err := view(ctx, n, at, t.PackGetMinDelay(), t.UnpackGetMinDelay)
		if err != nil {
			return routed, fmt.Errorf("ask the timelock: %w", err)
		}
		now, err := n.Client.Time(ctx)
		if err != nil {
			return routed, err
		}
		routed.Via, routed.Ready = Schedule, unix(now+delay.Uint64())
		if err := routed.inTime(); err != nil {
			return routed, err
		}
		routed.Send = txmgr.Call{To: at, Data: t.PackSchedule(call.To, none, call.Data, [32]byte{}, r.Salt, delay)}
	case state == operationReady:
		routed.Via, role = Execute, "EXECUTOR_ROLE"
		routed.Send = txmgr.Call{To: at, Data: t.PackExecute(call.To, none, call.Data, [32]byte{}, r.Salt)}
	case state == operationDone:
		routed.Via, routed.Send = Happened, txmgr.Call{}
		return routed, nil
	default:
		when, err := view(ctx, n, at, t.PackGetTimestamp(id), t.UnpackGetTimestamp)
		if err != nil {
			return routed, fmt.Errorf("ask the timelock: %w", err)
		}
		routed.Via, routed.Send, routed.Ready = Waits, txmgr.Call{}, unix(when.Uint64())
		return routed, routed.inTime()
	}
	return routed, n.checkTimelockRole(ctx, r.From, role)
}

// inTime refuses what the timelock lets through only when it is too late.
func (r Routed) inTime() error {
	if r.Before == 0 || r.Ready.Before(unix(r.Before)) {
		return nil
	}
	return fmt.Errorf("%w: the timelock can execute %s at %s at the earliest, and from %s on the call fails", ErrState, r.Name,
		r.Ready.UTC().Format(time.RFC3339), unix(r.Before).UTC().Format(time.RFC3339))
}

// checkTimelockRole wants an account that is known to hold a role of the timelock. Where the zero address holds it, everybody does.
func (n *Network) checkTimelockRole(ctx context.Context, from common.Address, name string) error {
	if from == (common.Address{}) {
		return nil
	}
	role := Role{"TimelockController", n.Manifest.Contracts.Timelock, name}
	for _, account := range []common.Address{from, {}} {
		held, err := n.Holds(ctx, account, role)
		if err != nil || held {
			return err
		}
	}
	return fmt.Errorf("%w: %s does not hold %s of the timelock: sign as the account that does, or print the call for it with --calldata", ErrRole, from, name)
}

// Act sends a routed action and waits until it is in a block. Errors: those of the contract and the node.
func (s Sender) Act(ctx context.Context, r Routed) (txmgr.Receipt, error) {
	if r.Send.Data == nil {
		return txmgr.Receipt{}, nil
	}
	if err := s.settle(ctx); err != nil {
		return txmgr.Receipt{}, err
	}
	receipt, err := s.send(ctx, r.Send)
	if err != nil {
		return receipt, fmt.Errorf("%s: %w", r.Name, err)
	}
	return receipt, nil
}
