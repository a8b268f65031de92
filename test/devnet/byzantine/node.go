// Package byzantine is a byzantine member of a devnet: it has a seat, its key and its place in the network, and no honest program.
//
//	                                    ┌─ Equivocator: votes for two digests, one towards each half of the committee
//	gossip ──► Node.Receive ── Speak ───┤
//	           the honest digest        └─ Forger: signatures that do not verify, votes in others' names, floods of observations, stale and forged certificates
//
// It keeps to the wire format: malformed bytes are left to the tests of package p2p.
package byzantine

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// Strategy is how a member lies.
type Strategy int

// Strategies.
const (
	Equivocator Strategy = iota // two valid votes in a round
	Forger                      // what does not verify, and too much of it
)

const maxCertificates = 4 // that are kept to be sent again

// Node is a byzantine member. It is safe for concurrent use.
type Node struct {
	network  *network.Network
	member   *network.Member
	strategy Strategy
	domain   report.Domain
	host     *p2p.Host

	mu           sync.Mutex
	committee    consensus.Committee
	round        consensus.Round
	index        int // in the committee, -1: no longer in it
	observations map[common.Hash]map[uint16]bool
	honestDigest common.Hash // of the round, once enough members report it
	attempt      uint64
	certificates []*consensus.Certificate
}

// New takes a member's place in the network. Close leaves it.
func New(net *network.Network, m *network.Member, strategy Strategy) (*Node, error) {
	n := &Node{network: net, member: m, strategy: strategy, domain: net.Manifest.Domain(), index: -1}
	host, err := p2p.New(p2p.Config{
		Identity: m.Identity(), Network: net.NetworkID(), Software: "byzantine", Handler: n, Listen: m.Listen, Announce: m.Announce, Bootstrap: net.Manifest.BootstrapPeers,
	})
	if err != nil {
		return nil, fmt.Errorf("start a byzantine node: %w", err)
	}
	n.host = host
	if _, err := host.SetMembers(net.Peers()); err != nil {
		return nil, errors.Join(fmt.Errorf("start a byzantine node: %w", err), host.Close())
	}
	return n, nil
}

// Close leaves the network.
func (n *Node) Close() error { return n.host.Close() }

// Speak sends what the strategy says about a reference slot. It is called once a slot.
func (n *Node) Speak(ctx context.Context, refSlot uint64) error {
	committee, err := n.network.Committee(ctx, refSlot)
	if err != nil {
		return err
	}
	if err := n.enterRound(committee, refSlot); err != nil {
		return err
	}
	for _, m := range n.messages() {
		if err := n.send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// enterRound begins a round.
func (n *Node) enterRound(committee consensus.Committee, refSlot uint64) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	round := consensus.Round{Committee: committee.Digest, RefSlot: refSlot}
	if round == n.round {
		return nil
	}
	if committee.Digest != n.committee.Digest {
		if err := n.host.Join(committee); err != nil && !errors.Is(err, p2p.ErrTopics) {
			return fmt.Errorf("byzantine node: %w", err)
		}
	}
	n.committee, n.round, n.index, n.honestDigest, n.attempt = committee, round, -1, common.Hash{}, 0
	n.observations = make(map[common.Hash]map[uint16]bool)
	for i, m := range committee.Members {
		if m.Key == consensus.Key(n.member.Key.Bytes()) {
			n.index = i
		}
	}
	return nil
}

// send ignores that nobody can be reached.
func (n *Node) send(ctx context.Context, out consensus.Outgoing) error {
	err := n.host.Send(ctx, out)
	for _, expected := range []error{p2p.ErrNotJoined, p2p.ErrNotConnected, p2p.ErrQueueFull} {
		if errors.Is(err, expected) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("byzantine node: %w", err)
	}
	return nil
}

// Connected: see p2p.Node.
func (n *Node) Connected(consensus.PeerID) {}

// Receive learns the honest digest and certificates, and answers requests.
func (n *Node) Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	switch m := m.(type) {
	case *consensus.Observation:
		n.observe(m)
	case *consensus.Certificate:
		n.keepCertificate(m)
	case *consensus.RoundRequest:
		if answer := n.answer(from, m.Round); answer != nil {
			// Whom the answer does not reach asks again.
			_ = n.host.Send(ctx, consensus.Outgoing{To: from, Message: answer})
		}
	}
	return p2p.Accept
}

// observe learns the honest digest: the one that more members report than can be byzantine.
func (n *Node) observe(o *consensus.Observation) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if o.Round != n.round || int(o.Member) == n.index {
		return
	}
	if n.observations[o.Digest] == nil {
		n.observations[o.Digest] = make(map[uint16]bool)
	}
	n.observations[o.Digest][o.Member] = true
	if len(n.observations[o.Digest]) > (len(n.committee.Members)-1)/3 {
		n.honestDigest = o.Digest
	}
}

func (n *Node) keepCertificate(c *consensus.Certificate) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, known := range n.certificates {
		if known.Round == c.Round {
			return
		}
	}
	n.certificates = append(n.certificates, c)
	n.certificates = n.certificates[max(0, len(n.certificates)-maxCertificates):]
}

// falseDigest is a digest of no report.
func (n *Node) falseDigest(salt uint64) common.Hash {
	return crypto.Keccak256Hash([]byte("a lie"), n.round.Committee[:], []byte(fmt.Sprint(n.round.RefSlot, n.index, salt)))
}

// vote is the member's vote for a digest; its signature verifies.
func (n *Node) vote(digest common.Hash) *consensus.Vote {
	v := &consensus.Vote{Round: n.round, Member: uint16(n.index), Digest: digest}
	copy(v.Signature[:], n.member.Sign(n.domain.VoteMessage(n.round.Committee, n.round.RefSlot, digest)).Bytes())
	return v
}
