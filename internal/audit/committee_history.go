package audit

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// committeeHistory says who was in the committee at which time. It is replayed from the contract's events, and each set must hash to the digest that the contract
// announced, so an endpoint cannot alter it unseen.
type committeeHistory struct {
	domain   report.Domain
	contract common.Address
	schedule report.Schedule

	members map[common.Hash]*registered
	order   []common.Hash // in which they registered
	changes []change
}

// registered is a member's own data.
type registered struct {
	id     common.Hash
	owner  common.Address
	key    bls.PublicKey
	peerID []byte
	state  string
}

// change is a set of members that the contract announced.
type change struct {
	event   events.Event
	from    uint64 // reference slot
	digest  common.Hash
	members []common.Hash
}

// maxPeerID bounds what is shown of a peer id.
const maxPeerID = 64

func newCommitteeHistory(m *manifest.Manifest) *committeeHistory {
	return &committeeHistory{
		domain: m.Domain(), contract: m.Contracts.OracleCommittee, schedule: report.Schedule(m.Schedule), members: make(map[common.Hash]*registered),
	}
}

// replay takes all events of the committee from the deployment on, and gives a finding for each that contradicts the others.
func (r *committeeHistory) replay(found []events.Event) (findings []Finding) {
	for first := 0; first < len(found); {
		last := first
		for last < len(found) && found[last].TxHash == found[first].TxHash && found[last].Block == found[first].Block {
			last++
		}
		findings = append(findings, r.transaction(found[first:last])...)
		first = last
	}
	return findings
}

// transaction takes the events of one transaction. An expulsion is announced after the sets that it makes.
func (r *committeeHistory) transaction(found []events.Event) (findings []Finding) {
	var admitted, removed, expelled []common.Hash
	for _, e := range found {
		if body, ok := e.Body.(*events.MemberEjected); ok {
			expelled = append(expelled, body.ID)
		}
	}
	for _, e := range found {
		var err error
		switch body := e.Body.(type) {
		case *events.MemberRegistered:
			err = r.register(body)
		case *events.MemberAdmitted:
			admitted = append(admitted, body.ID)
			r.setState(body.ID, "member")
		case *events.MemberRemoved:
			removed = append(removed, body.ID)
			r.setState(body.ID, "left")
		case *events.MemberEjected:
			r.setState(body.ID, "ejected")
		case *events.MemberSlashed:
			r.setState(body.ID, "slashed")
		case *events.BondWithdrawn:
			r.setState(body.ID, "left")
		case *events.CommitteeChanged:
			if err = r.change(e, body, admitted, removed, expelled); err == nil {
				admitted, removed = nil, nil
			}
		}
		if err != nil {
			hash := e.TxHash
			findings = append(findings, Finding{Kind: WrongCommittee, Block: e.Block, Transaction: &hash, Text: err.Error()})
		}
	}
	return findings
}

func (r *committeeHistory) register(e *events.MemberRegistered) error {
	var point [bls.EIP2537KeyLength]byte
	for i, word := range e.Key {
		copy(point[32*i:], word[:])
	}
	key, err := bls.ParseEIP2537PublicKey(point[:])
	if err != nil {
		return fmt.Errorf("member %s registered with something that is no key: %w", e.ID, err)
	}
	if events.KeyID(key.Affine()) != e.ID {
		return fmt.Errorf("member %s registered with the key of %s", e.ID, events.KeyID(key.Affine()))
	}
	if _, known := r.members[e.ID]; !known {
		r.order = append(r.order, e.ID)
	}
	r.members[e.ID] = &registered{id: e.ID, owner: e.Owner, key: key, peerID: e.PeerID[:min(len(e.PeerID), maxPeerID)], state: "candidate"}
	return nil
}

func (r *committeeHistory) setState(id common.Hash, state string) {
	if m := r.members[id]; m != nil {
		m.state = state
	}
}

// change finds the set that has the announced digest: the newest one with who was admitted and removed, or an earlier one without who was expelled.
func (r *committeeHistory) change(e events.Event, body *events.CommitteeChanged, admitted, removed, expelled []common.Hash) error {
	var newest []common.Hash
	if len(r.changes) > 0 {
		newest = r.changes[len(r.changes)-1].members
	}
	grown := slices.Clone(newest)
	for _, id := range removed {
		grown = slices.DeleteFunc(grown, func(m common.Hash) bool { return m == id })
	}
	grown = append(grown, admitted...)
	candidates := [][]common.Hash{grown}
	for i := len(r.changes) - 1; i >= 0 && i >= len(r.changes)-4; i-- { // an expulsion concerns the two sets that the contract keeps
		for _, gone := range expelled {
			before := r.changes[i].members
			candidates = append(candidates, slices.DeleteFunc(slices.Clone(before), func(m common.Hash) bool { return m == gone }))
		}
	}
	for _, members := range candidates {
		if digest, err := r.digest(members); err == nil && digest == body.Digest {
			r.changes = append(r.changes, change{event: e, from: body.FromRefSlot, digest: body.Digest, members: members})
			return nil
		}
	}
	return fmt.Errorf("the committee announced for reference slot %d (%s) does not follow from who was admitted, removed and ejected: "+
		"a node alters or hides events, ask another one", body.FromRefSlot, body.Digest)
}

// digest is OracleCommittee's for a set.
func (r *committeeHistory) digest(members []common.Hash) (common.Hash, error) {
	keys := make([][]byte, len(members))
	for i, id := range members {
		m := r.members[id]
		if m == nil {
			return common.Hash{}, fmt.Errorf("%w: member %s has not registered", ErrCache, id)
		}
		keys[i] = m.key.Affine()
	}
	return report.CommitteeDigest(new(big.Int).Set(r.domain.ChainID), r.contract, r.schedule, keys), nil
}

// inForce is the committee that answers for a reference slot as of an event; nil for nobody.
func (r *committeeHistory) inForce(at events.Event, refSlot uint64) *change {
	for i := len(r.changes) - 1; i >= 0; i-- {
		c := &r.changes[i]
		if c.event.Before(at) && c.from <= refSlot {
			return c
		}
	}
	return nil
}

// firstRefSlot is the first one that anybody answered for; ok is false when there is none.
func (r *committeeHistory) firstRefSlot() (refSlot uint64, ok bool) {
	for _, c := range r.changes {
		if len(c.members) > 0 && (!ok || c.from < refSlot) {
			refSlot, ok = c.from, true
		}
	}
	return refSlot, ok
}
