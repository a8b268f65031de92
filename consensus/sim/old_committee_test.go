package sim

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// launderer is a machine that takes votes of the committee before for votes of the present one: it is told them under the new name, and its
// verifier accepts their signatures.
type launderer struct {
	accepted map[consensus.Signature]bool
	members  map[common.Hash][]consensus.Member
	digests  map[common.Hash]common.Hash // what it computed itself, by committee
	newest   common.Hash
}

func newLaunderer() *launderer {
	return &launderer{map[consensus.Signature]bool{}, map[common.Hash][]consensus.Member{}, map[common.Hash]common.Hash{}, common.Hash{}}
}

func (l *launderer) note(c consensus.Committee) {
	l.newest = c.Digest
	l.members[c.Digest] = c.Members
}

func (l *launderer) replace(e consensus.Event) consensus.Event {
	switch e := e.(type) {
	case consensus.RoundOpened:
		l.note(e.Committee)
	case consensus.CommitteeChanged:
		l.note(e.Committee)
	case consensus.Computed:
		l.digests[e.Report.Committee] = oracle().Digest(e.Report)
	case consensus.Received:
		if v, ok := e.Message.(*consensus.Vote); ok {
			e.Message = l.rename(v)
		}
		return e
	}
	return e
}

func (l *launderer) rename(v *consensus.Vote) *consensus.Vote {
	before := l.members[v.Round.Committee]
	if v.Round.Committee == l.newest || int(v.Member) >= len(before) || l.digests[v.Round.Committee] != v.Digest {
		return v
	}
	place := slices.IndexFunc(l.members[l.newest], func(m consensus.Member) bool { return m.Key == before[v.Member].Key })
	digest, computed := l.digests[l.newest]
	if place < 0 || !computed {
		return v
	}
	l.accepted[v.Signature] = true
	return &consensus.Vote{
		Round: consensus.Round{Committee: l.newest, RefSlot: v.Round.RefSlot}, Member: uint16(place), Digest: digest, Signature: v.Signature,
	}
}

// laundering is the verifier of such a machine.
type laundering struct {
	*launderer
	honest consensus.Verifier
}

func (l laundering) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	c, err := l.honest.Prepare(keys)
	return laundered{c, l.launderer}, err
}

type laundered struct {
	consensus.CommitteeVerifier
	by *launderer
}

func (c laundered) VerifyVote(member int, message [32]byte, s consensus.Signature) bool {
	return c.by.accepted[s] || c.CommitteeVerifier.VerifyVote(member, message, s)
}

func (c laundered) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (consensus.Signature, []int, error) {
	all, clean := sum{}, true
	for _, s := range signatures {
		all, clean = all.plus(read(s)), clean && !c.by.accepted[s]
	}
	if clean {
		return c.CommitteeVerifier.AggregateVotes(members, signatures, message)
	}
	return all.signature(), nil, nil
}

func TestVotesOfAnOldCommitteeAreFound(t *testing.T) {
	s := Production()
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		l := newLaunderer()
		config.Verifier = laundering{l, config.Verifier}
		core, err := build(config, records)
		return wrapped{Machine: core, in: l.replace}, err
	}
	requireFound(t, s, HonestCert)
}
