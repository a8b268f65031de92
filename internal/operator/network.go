package operator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"os"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/report"
)

// Network is an oracle's contracts on a chain.
type Network struct {
	Manifest *manifest.Manifest
	Client   *txmgr.Client
}

// ReadManifest reads a network's manifest. Errors: manifest.ErrInvalid, those of package os.
func ReadManifest(path string) (*manifest.Manifest, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("network manifest: %w: get it from whoever runs the network, and name it with --network", err)
	}
	if err != nil {
		return nil, fmt.Errorf("network manifest: %w", err)
	}
	defer func() { _ = file.Close() }() // nothing was written
	m, err := manifest.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("network manifest %s: %w", path, err)
	}
	return m, nil
}

// OpenNetwork opens the first usable endpoint and compares the contracts with the manifest. close releases connections. Errors:
// txmgr.ErrEndpoint, manifest.ErrWiring.
func OpenNetwork(ctx context.Context, m *manifest.Manifest, endpoints []string) (n *Network, close func(), err error) {
	client, closeClient, err := txmgr.Dial(ctx, endpoints, m.ChainID)
	if err != nil {
		return nil, nil, err
	}
	if err := client.Verify(ctx, m); err != nil {
		closeClient()
		return nil, nil, fmt.Errorf("compare the chain with the manifest: %w", err)
	}
	return &Network{Manifest: m, Client: client}, closeClient, nil
}

// State is where a member stands: OracleCommittee.State.
type State uint8

// The states in the contract's order.
const (
	Unknown State = iota
	Candidate
	Member
	Left
	Slashed
)

// String is the state in words.
func (s State) String() string {
	names := [...]string{"not registered", "candidate", "member", "left", "slashed"}
	if int(s) >= len(names) {
		return fmt.Sprintf("state %d", uint8(s))
	}
	return names[s]
}

// Registration is what the committee contract knows of a key.
type Registration struct {
	ID      common.Hash
	Owner   common.Address
	BondWei *big.Int
	State   State
	LeftAt  uint64 // when it was or will be out of the committee, in seconds; 0 before
	PeerID  consensus.PeerID
}

// Registration asks the contract for a member.
func (n *Network) Registration(ctx context.Context, id common.Hash) (Registration, error) {
	c := bindings.NewOracleCommittee()
	m, err := view(ctx, n, n.Manifest.Contracts.OracleCommittee, c.PackMember(id), c.UnpackMember)
	if err != nil {
		return Registration{}, fmt.Errorf("read member %s: %w", id, err)
	}
	return Registration{ID: id, Owner: m.Owner, BondWei: m.BondWei, State: State(m.State), LeftAt: m.LeftAt, PeerID: consensus.PeerID(m.PeerId)}, nil
}

// view calls a contract and unpacks its answer.
func view[T any](ctx context.Context, n *Network, to common.Address, call []byte, unpack func([]byte) (T, error)) (T, error) {
	answer, err := n.Client.View(ctx, to, call)
	if err != nil {
		var none T
		return none, err
	}
	return unpack(answer)
}

// BondTerms are the terms of membership.
type BondTerms struct {
	MinBondWei *big.Int
	Unbonding  time.Duration // from leaving until the bond can be withdrawn
}

// BondTerms asks the contract for the terms.
func (n *Network) BondTerms(ctx context.Context) (BondTerms, error) {
	c, at := bindings.NewOracleCommittee(), n.Manifest.Contracts.OracleCommittee
	least, err := view(ctx, n, at, c.PackMinBondWei(), c.UnpackMinBondWei)
	if err != nil {
		return BondTerms{}, fmt.Errorf("read the least bond: %w", err)
	}
	unbonding, err := view(ctx, n, at, c.PackUnbondingSeconds(), c.UnpackUnbondingSeconds)
	if err != nil {
		return BondTerms{}, fmt.Errorf("read the unbonding time: %w", err)
	}
	return BondTerms{MinBondWei: least, Unbonding: time.Duration(min(unbonding, math.MaxInt64/uint64(time.Second))) * time.Second}, nil
}

// CommitteeAt lists the members that answer for a reference slot, in order.
func (n *Network) CommitteeAt(ctx context.Context, refSlot uint64) ([]common.Hash, error) {
	c := bindings.NewOracleCommittee()
	set, err := view(ctx, n, n.Manifest.Contracts.OracleCommittee, c.PackCommitteeAt(refSlot), c.UnpackCommitteeAt)
	if err != nil {
		return nil, fmt.Errorf("read the committee: %w", err)
	}
	ids := make([]common.Hash, len(set.Ids))
	for i, id := range set.Ids {
		ids[i] = id
	}
	return ids, nil
}

// Upcoming lists the members that answer once every change made so far has taken effect.
func (n *Network) Upcoming(ctx context.Context) ([]common.Hash, error) {
	return n.CommitteeAt(ctx, math.MaxUint64)
}

// RefSlotOfChange is the first reference slot that a change of the committee made now concerns, and its time, in seconds.
func (n *Network) RefSlotOfChange(ctx context.Context) (slot, at uint64, err error) {
	now, err := n.Client.Time(ctx)
	if err != nil {
		return 0, 0, err
	}
	s := report.Schedule(n.Manifest.Schedule)
	slot = s.RefSlotOfChange(s.SlotAt(now))
	return slot, s.TimeOf(slot), nil
}

// AnswersFrom is the reference slot, and its time in seconds, from which on a member answers: the newest one that has opened when it answers
// already, else the next one, or the one after it.
func (n *Network) AnswersFrom(ctx context.Context, id common.Hash) (refSlot, at uint64, err error) {
	now, err := n.Client.Time(ctx)
	if err != nil {
		return 0, 0, err
	}
	s := report.Schedule(n.Manifest.Schedule)
	slot := s.SlotAt(now)
	next := s.NextRefSlot(slot)
	candidates := []uint64{next}
	// Once submissions of a frame have closed, the contract may have forgotten its committee.
	if current, err := s.CurrentRefSlot(slot); err == nil && slot < s.CloseSlot(current) {
		candidates = []uint64{current, next}
	}
	for _, refSlot := range candidates {
		ids, err := n.CommitteeAt(ctx, refSlot)
		if err != nil {
			return 0, 0, err
		}
		if slices.Contains(ids, id) {
			return refSlot, s.TimeOf(refSlot), nil
		}
	}
	after := next + s.FrameSlots()
	return after, s.TimeOf(after), nil
}

// Reasons for refusing. They are wrapped with the file, key or account, and with what to do.
var (
	// ErrNoKey: a key that is needed is not in the home folder.
	ErrNoKey = errors.New("no such key")
	// ErrImport: what was to be imported is no key.
	ErrImport = errors.New("cannot import")
	// ErrWrongOwner: the member belongs to another account, for ever.
	ErrWrongOwner = errors.New("the member belongs to another account")
	// ErrKeyTaken: the key or peer id is bound to something else on the chain.
	ErrKeyTaken = errors.New("taken already")
	// ErrSpent: the key was a member once and can never be again.
	ErrSpent = errors.New("the key cannot join again")
	// ErrSlashed: the key signed two things for one round.
	ErrSlashed = errors.New("the key was slashed")
	// ErrNotRegistered: the key is not known to the committee contract.
	ErrNotRegistered = errors.New("not registered")
	// ErrState: a member is not where it must be for this.
	ErrState = errors.New("not now")
	// ErrRole: the account does not hold the role.
	ErrRole = errors.New("the account may not do this")
	// ErrArgument: a value with which nothing can be done.
	ErrArgument = errors.New("impossible value")
)
