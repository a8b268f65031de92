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

// Manner is how a member lies.
type Manner int

// Manners.
const (
	Equivocator Manner = iota // two valid votes in a round
	Forger                    // what does not verify, and too much of it
)

const maxStale = 4 // certificates that are kept to be told again

// Liar is a member that lies. It is safe for concurrent use.
type Liar struct {
	network *network.Network
	member  *network.Member
	manner  Manner
	domain  report.Domain
	host    *p2p.Host

	mu        sync.Mutex
	committee consensus.Committee
	round     consensus.Round
	index     int // in the committee, -1: no longer in it
	heard     map[common.Hash]map[uint16]bool
	truth     common.Hash // of the round, once enough say it
	attempt   uint64
	stale     []*consensus.Certificate
}

// New takes a member's place in the network. Close leaves it.
func New(n *network.Network, m *network.Member, manner Manner) (*Liar, error) {
	l := &Liar{network: n, member: m, manner: manner, domain: n.Manifest.Domain(), index: -1}
	host, err := p2p.New(p2p.Config{
		Identity: m.Identity(), Network: n.NetworkID(), Software: "liar", Handler: l, Listen: m.Listen, Announce: m.Announce, Bootstrap: n.Manifest.BootstrapPeers,
	})
	if err != nil {
		return nil, fmt.Errorf("start a liar: %w", err)
	}
	l.host = host
	if _, err := host.SetMembers(n.Peers()); err != nil {
		return nil, errors.Join(fmt.Errorf("start a liar: %w", err), host.Close())
	}
	return l, nil
}

// Close leaves the network.
func (l *Liar) Close() error { return l.host.Close() }

// Lie says what the liar has to say about a reference slot now. It is called once a slot.
func (l *Liar) Lie(ctx context.Context, refSlot uint64) error {
	committee, err := l.network.Committee(ctx, refSlot)
	if err != nil {
		return err
	}
	if err := l.enter(committee, refSlot); err != nil {
		return err
	}
	for _, m := range l.lies() {
		if err := l.send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// enter begins a round.
func (l *Liar) enter(committee consensus.Committee, refSlot uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	round := consensus.Round{Committee: committee.Digest, RefSlot: refSlot}
	if round == l.round {
		return nil
	}
	if committee.Digest != l.committee.Digest {
		if err := l.host.Join(committee); err != nil && !errors.Is(err, p2p.ErrTopics) {
			return fmt.Errorf("liar: %w", err)
		}
	}
	l.committee, l.round, l.index, l.truth, l.attempt = committee, round, -1, common.Hash{}, 0
	l.heard = make(map[common.Hash]map[uint16]bool)
	for i, m := range committee.Members {
		if m.Key == consensus.Key(l.member.Key.Bytes()) {
			l.index = i
		}
	}
	return nil
}

// send leaves out what nobody can be told.
func (l *Liar) send(ctx context.Context, out consensus.Outgoing) error {
	err := l.host.Send(ctx, out)
	for _, expected := range []error{p2p.ErrNotJoined, p2p.ErrNotConnected, p2p.ErrQueueFull} {
		if errors.Is(err, expected) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("liar: %w", err)
	}
	return nil
}

// Connected: see p2p.Node.
func (l *Liar) Connected(consensus.PeerID) {}

// Receive learns what the others say, and answers questions.
func (l *Liar) Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	switch m := m.(type) {
	case *consensus.Observation:
		l.hear(m)
	case *consensus.Certificate:
		l.remember(m)
	case *consensus.RoundRequest:
		if answer := l.answer(from, m.Round); answer != nil {
			// Whom the answer does not reach asks again.
			_ = l.host.Send(ctx, consensus.Outgoing{To: from, Message: answer})
		}
	}
	return p2p.Accept
}

// hear finds out what is true: what more members say than can lie.
func (l *Liar) hear(o *consensus.Observation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if o.Round != l.round || int(o.Member) == l.index {
		return
	}
	if l.heard[o.Digest] == nil {
		l.heard[o.Digest] = make(map[uint16]bool)
	}
	l.heard[o.Digest][o.Member] = true
	if len(l.heard[o.Digest]) > (len(l.committee.Members)-1)/3 {
		l.truth = o.Digest
	}
}

func (l *Liar) remember(c *consensus.Certificate) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, known := range l.stale {
		if known.Round == c.Round {
			return
		}
	}
	l.stale = append(l.stale, c)
	l.stale = l.stale[max(0, len(l.stale)-maxStale):]
}

// lie is a digest that is nobody's report.
func (l *Liar) lie(salt uint64) common.Hash {
	return crypto.Keccak256Hash([]byte("a lie"), l.round.Committee[:], []byte(fmt.Sprint(l.round.RefSlot, l.index, salt)))
}

// vote is the member's vote for a digest; its signature verifies.
func (l *Liar) vote(digest common.Hash) *consensus.Vote {
	v := &consensus.Vote{Round: l.round, Member: uint16(l.index), Digest: digest}
	copy(v.Signature[:], l.member.Sign(l.domain.VoteMessage(l.round.Committee, l.round.RefSlot, digest)).Bytes())
	return v
}
