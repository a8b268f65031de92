// Package observer hears what a devnet's committee says and keeps every vote that verifies, so that two digests signed for one round are found.
//
//	members ── gossip ──► p2p.Host ──► Observer.Receive ── verify ──► votes by round and member ──► DoubleVotes, Votes
package observer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// maxCommittees bounds the topics that are followed at once.
const maxCommittees = 3

// Vote is a vote that was heard and verifies.
type Vote struct {
	Round  consensus.Round
	Key    consensus.Key
	Digest common.Hash
}

// Observer hears all gossip of the committee. It is safe for concurrent use.
type Observer struct {
	network *network.Network
	domain  report.Domain
	host    *p2p.Host

	mu         sync.Mutex
	committees map[common.Hash]consensus.Committee
	joined     []common.Hash // oldest first
	votes      map[Vote]struct{}
}

// New starts an observer. Members let its identity in when they are told to. Close ends it.
func New(n *network.Network, identity *p2p.Identity) (*Observer, error) {
	o := &Observer{
		network: n, domain: n.Manifest.Domain(), committees: make(map[common.Hash]consensus.Committee), votes: make(map[Vote]struct{}),
	}
	host, err := p2p.New(p2p.Config{
		Identity: identity, Network: n.NetworkID(), Software: "devnet observer", Handler: o, Listen: []string{"/ip4/127.0.0.1/udp/0/quic-v1"},
		Bootstrap: addresses(n),
	})
	if err != nil {
		return nil, fmt.Errorf("start the observer: %w", err)
	}
	o.host = host
	_, err = host.SetMembers(n.Peers())
	return o, err
}

func addresses(n *network.Network) (all []string) {
	for _, m := range n.Members {
		for _, listen := range m.Listen {
			all = append(all, listen+"/p2p/"+m.PeerID)
		}
	}
	return all
}

// Close leaves the network.
func (o *Observer) Close() error { return o.host.Close() }

// Follow hears the committee of a reference slot from now on.
func (o *Observer) Follow(ctx context.Context, refSlot uint64) error {
	committee, err := o.network.Committee(ctx, refSlot)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, known := o.committees[committee.Digest]; known {
		return nil
	}
	if len(o.joined) == maxCommittees {
		if err := o.host.Leave(o.joined[0]); err != nil {
			return fmt.Errorf("observer: %w", err)
		}
		o.joined = o.joined[1:]
	}
	o.committees[committee.Digest] = committee
	o.joined = append(o.joined, committee.Digest)
	if err := o.host.Join(committee); err != nil {
		return fmt.Errorf("observer: %w", err)
	}
	return nil
}

// Connected: see p2p.Node.
func (o *Observer) Connected(consensus.PeerID) {}

// Receive keeps votes, and lets everything spread.
func (o *Observer) Receive(_ context.Context, _ consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	if v, ok := m.(*consensus.Vote); ok {
		o.record(v)
	}
	return p2p.Accept
}

func (o *Observer) record(v *consensus.Vote) {
	o.mu.Lock()
	committee, known := o.committees[v.Round.Committee]
	o.mu.Unlock()
	if !known || int(v.Member) >= len(committee.Members) {
		return
	}
	vote := Vote{v.Round, committee.Members[v.Member].Key, v.Digest}
	if !o.verifies(v, vote.Key) {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.votes[vote] = struct{}{}
}

func (o *Observer) verifies(v *consensus.Vote, key consensus.Key) bool {
	public, err := bls.ParsePublicKey(key[:])
	if err != nil {
		return false
	}
	signature, err := bls.ParseSignature(v.Signature[:])
	return err == nil && signature.Verify(public, o.domain.VoteMessage(v.Round.Committee, v.Round.RefSlot, v.Digest))
}

// Votes are all that were heard, by reference slot.
func (o *Observer) Votes() []Vote {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make([]Vote, 0, len(o.votes))
	for v := range o.votes {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b Vote) int {
		return cmp.Or(cmp.Compare(a.Round.RefSlot, b.Round.RefSlot), a.Round.Committee.Cmp(b.Round.Committee), slices.Compare(a.Key[:], b.Key[:]), a.Digest.Cmp(b.Digest))
	})
	return all
}

// DoubleVotes are the votes of those who signed two digests for one round.
func (o *Observer) DoubleVotes() (found []Vote) {
	all := o.Votes()
	for i := 1; i < len(all); i++ {
		if all[i].Round == all[i-1].Round && all[i].Key == all[i-1].Key {
			found = append(found, all[i-1], all[i])
		}
	}
	return found
}
