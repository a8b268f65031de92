package operator

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	membershipRole = "MEMBERSHIP_ROLE"
	ejectorRole    = "EJECTOR_ROLE"
	// maxAtOnce bounds the members of one call: each admission writes the keys anew.
	maxAtOnce = 128
	// enoughMembers is the least number with which one may fail.
	enoughMembers = 4
)

// FlagSmallCommittee says that a committee of fewer than four members is meant.
const FlagSmallCommittee = "small-committee"

// Admit lets candidates answer from the first reference slot on that is closeSlots away. Errors: ErrState, ErrNotRegistered, ErrArgument.
func (n *Network) Admit(ctx context.Context, ids []common.Hash) (Action, error) {
	registered, err := n.registrations(ctx, ids)
	if err != nil {
		return Action{}, err
	}
	upcoming, err := n.Upcoming(ctx)
	if err != nil {
		return Action{}, err
	}
	var what []string
	peers, err := n.peersOf(ctx, upcoming)
	if err != nil {
		return Action{}, err
	}
	for _, r := range registered {
		if r.State != Candidate {
			return Action{}, fmt.Errorf("%w: %s is %s, and only candidates can be admitted", ErrState, r.ID, inWords(r.State))
		}
		if other, taken := peers[string(r.PeerID)]; taken {
			return Action{}, fmt.Errorf("%w: %s has the peer id %s of %s: the two would be taken for one node; its operator must register anew",
				ErrKeyTaken, r.ID, p2p.PeerIDText(r.PeerID), other)
		}
		peers[string(r.PeerID)] = r.ID
		what = append(what, fmt.Sprintf("Admit %s, owner %s, bond %s wei, peer id %s.", r.ID, r.Owner, r.BondWei, p2p.PeerIDText(r.PeerID)))
	}
	when, err := n.fromRefSlotOfChange(ctx, len(upcoming), len(upcoming)+len(ids))
	if err != nil {
		return Action{}, err
	}
	return n.committeeAction("admit", membershipRole, bindings.NewOracleCommittee().PackAdmit(words(ids)), append(what, when)...), nil
}

// Remove lets members no longer answer from the first reference slot on that is closeSlots away. Errors: ErrState, ErrNotRegistered, ErrArgument.
func (n *Network) Remove(ctx context.Context, ids []common.Hash) (Action, error) {
	registered, err := n.registrations(ctx, ids)
	if err != nil {
		return Action{}, err
	}
	var what []string
	for _, r := range registered {
		if r.State != Member {
			return Action{}, fmt.Errorf("%w: %s is %s, and only members can be removed", ErrState, r.ID, inWords(r.State))
		}
		what = append(what, fmt.Sprintf("Remove %s, owner %s. It keeps its bond, and can withdraw it after the unbonding time.", r.ID, r.Owner))
	}
	upcoming, err := n.Upcoming(ctx)
	if err != nil {
		return Action{}, err
	}
	after := len(upcoming) - len(ids)
	when, err := n.fromRefSlotOfChange(ctx, len(upcoming), after)
	if err != nil {
		return Action{}, err
	}
	a := n.committeeAction("remove", membershipRole, bindings.NewOracleCommittee().PackRemove(words(ids)), append(what, when)...)
	a.Dangers = smallCommittee(after)
	return a, nil
}

// Eject takes a member out at once, also of the open round. Errors: ErrState, ErrNotRegistered.
func (n *Network) Eject(ctx context.Context, id common.Hash) (Action, error) {
	r, err := n.registered(ctx, id)
	if err != nil {
		return Action{}, err
	}
	now, err := n.Client.Time(ctx)
	if err != nil {
		return Action{}, err
	}
	if r.State != Member && (r.State != Left || r.LeftAt <= now) {
		return Action{}, fmt.Errorf("%w: %s is %s, and only who still answers can be ejected", ErrState, id, inWords(r.State))
	}
	upcoming, err := n.Upcoming(ctx)
	if err != nil {
		return Action{}, err
	}
	after := len(slices.DeleteFunc(slices.Clone(upcoming), func(other common.Hash) bool { return other == id }))
	a := n.committeeAction("eject", ejectorRole, bindings.NewOracleCommittee().PackEject(id),
		fmt.Sprintf("Eject %s, owner %s, at once: certificates of the open round that were made before no longer count.", id, r.Owner),
		"It keeps its bond, and can withdraw it after the unbonding time.", committeeSize(len(upcoming), after))
	a.Dangers = smallCommittee(after)
	return a, nil
}

func smallCommittee(after int) []Danger {
	if after >= enoughMembers {
		return nil
	}
	return []Danger{{FlagSmallCommittee, fmt.Sprintf("%d members would be left, and with fewer than %d none may fail", after, enoughMembers)}}
}

// registrations asks for some members, each once.
func (n *Network) registrations(ctx context.Context, ids []common.Hash) ([]Registration, error) {
	if len(ids) == 0 || len(ids) > maxAtOnce {
		return nil, fmt.Errorf("%w: %d members; one call takes 1 to %d", ErrArgument, len(ids), maxAtOnce)
	}
	var found []Registration
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return nil, fmt.Errorf("%w: member %s is named twice", ErrArgument, id)
		}
		r, err := n.registered(ctx, id)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}

func (n *Network) registered(ctx context.Context, id common.Hash) (Registration, error) {
	r, err := n.Registration(ctx, id)
	if err == nil && r.State == Unknown {
		err = fmt.Errorf("%w: member %s: check the id with the operator ('oraclenode keys show' prints it), and that the registration is in a block",
			ErrNotRegistered, id)
	}
	return r, err
}

// peersOf are the members by peer id.
func (n *Network) peersOf(ctx context.Context, ids []common.Hash) (map[string]common.Hash, error) {
	peers := make(map[string]common.Hash)
	for _, id := range ids {
		r, err := n.Registration(ctx, id)
		if err != nil {
			return nil, err
		}
		peers[string(r.PeerID)] = id
	}
	return peers, nil
}

func (n *Network) fromRefSlotOfChange(ctx context.Context, before, after int) (string, error) {
	slot, at, err := n.RefSlotOfChange(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("It takes effect from reference slot %d on, %s. %s", slot, unix(at).UTC().Format(time.RFC3339), committeeSize(before, after)), nil
}

func committeeSize(before, after int) string {
	return fmt.Sprintf("The committee has %d members now, and %d then: %d must sign.", before, after, report.Quorum(after))
}

func inWords(s State) string {
	switch s {
	case Candidate, Member:
		return "a " + s.String()
	case Left:
		return "out of the committee"
	}
	return s.String()
}

func words(ids []common.Hash) [][32]byte {
	all := make([][32]byte, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}
