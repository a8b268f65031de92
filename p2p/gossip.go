package p2p

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// ErrTopics: the node is in as many topics as it ever needs: the committees of the newest round and the one before, and a change of each.
var ErrTopics = errors.New("too many committees at once")

const (
	topicPrefix = "/tidemark/1/"
	maxTopics   = 4
	// maxRPCBytes bounds what gossipsub reads at once: a few certificates.
	maxRPCBytes = 32 << 10
	// validationsPerAuthor is how many messages of one author wait for the handler at once.
	validationsPerAuthor = 8
	// maxUnfiltered bounds what waits to be looked at, beside some for each member.
	maxUnfiltered = 512
)

// gossip is the host's part in the committees' topics.
type gossip struct {
	h      *Host
	pubsub *pubsub.PubSub

	mu     sync.Mutex
	topics map[common.Hash]*topic
	scores map[peer.ID]float64
}

// topic is one committee's.
type topic struct {
	committee common.Hash
	authors   map[peer.ID]*author // its members: the map does not change
	topic     *pubsub.Topic
	leave     pubsub.RelayCancelFunc
}

type author struct {
	replay  replayGuard
	waiting chan struct{}
}

func topicName(committee common.Hash) string { return topicPrefix + hex.EncodeToString(committee[:]) }

func newGossip(ctx context.Context, h *Host, overlay host.Host, capacity int) (*gossip, error) {
	g := &gossip{h: h, topics: make(map[common.Hash]*topic)}
	params := pubsub.DefaultGossipSubParams()
	// What peers may announce at a heartbeat: all members' messages of the three heartbeats that are announced, and more.
	params.MaxIHaveLength = 256 + 8*capacity
	params.MaxIDontWantLength = params.MaxIHaveLength
	// gossipsub takes a message for seen before it is validated: one that is dropped for want of a place is lost until its author repeats it. So there are as many
	// places for what passed prefilter as wait for it.
	places := maxUnfiltered + 4*validationsPerAuthor*capacity
	made, err := pubsub.NewGossipSub(ctx, overlay,
		pubsub.WithGossipSubParams(params),
		pubsub.WithMessageSignaturePolicy(pubsub.StrictSign),
		// Own messages go to all peers at once: a committee is small.
		pubsub.WithFloodPublish(true),
		pubsub.WithPeerScore(scoreParams(h.scores.penalty), scoreThresholds()),
		pubsub.WithPeerScoreInspect(pubsub.PeerScoreInspectFn(g.noteScores), h.config.Timing.ScoreInterval),
		pubsub.WithMaxMessageSize(maxRPCBytes),
		pubsub.WithAppSpecificRpcInspector(g.inspect),
		pubsub.WithSubscriptionFilter(subscriptions{h}),
		pubsub.WithRawTracer(dropTracer{h.drops}),
		pubsub.WithPeerFilter(func(p peer.ID, _ string) bool { return h.gater.isListed(p) }),
		pubsub.WithDefaultValidator(pubsub.ValidatorEx(g.prefilter), pubsub.WithValidatorInline(true)),
		pubsub.WithValidateQueueSize(places),
		pubsub.WithValidateThrottle(2*places),
		pubsub.WithPeerOutboundQueueSize(outboundRPCs(capacity)),
		pubsub.WithLogger(slog.New(gossipLog{LibraryHandler(h.log.Handler(), h.clock)})),
	)
	if err != nil {
		return nil, fmt.Errorf("start gossip: %w", err)
	}
	g.pubsub = made
	return g, nil
}

// join enters the committee's topic. Whoever is in it may pass messages on; only members' messages are.
func (g *gossip) join(c consensus.Committee) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.topics[c.Digest]; ok {
		return nil
	}
	if len(g.topics) >= maxTopics {
		return fmt.Errorf("join committee %x: %w: leave an older one first", c.Digest[:4], ErrTopics)
	}
	t := &topic{committee: c.Digest, authors: make(map[peer.ID]*author, len(c.Members))}
	for _, m := range c.Members {
		t.authors[peer.ID(m.Peer)] = &author{waiting: make(chan struct{}, validationsPerAuthor)}
	}
	if err := g.subscribe(t); err != nil {
		return fmt.Errorf("join committee %x: %w", c.Digest[:4], err)
	}
	g.topics[c.Digest] = t
	return nil
}

func (g *gossip) subscribe(t *topic) error {
	name := topicName(t.committee)
	validator := func(ctx context.Context, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
		return g.validate(ctx, t, forwarder, m)
	}
	err := g.pubsub.RegisterTopicValidator(name, validator,
		pubsub.WithValidatorTimeout(g.h.config.Timing.ValidationTimeout), pubsub.WithValidatorConcurrency(2*(maxUnfiltered+4*validationsPerAuthor*len(t.authors))))
	if err != nil {
		return err
	}
	if t.topic, err = g.pubsub.Join(name); err != nil {
		return errors.Join(err, g.pubsub.UnregisterTopicValidator(name))
	}
	err = t.topic.SetScoreParams(topicScoreParams())
	if err == nil {
		// Messages are taken by the validator: nothing is left to subscribe to.
		t.leave, err = t.topic.Relay()
	}
	if err != nil {
		return errors.Join(err, t.topic.Close(), g.pubsub.UnregisterTopicValidator(name))
	}
	return nil
}

// joined is the topic of the name, if the node is in it.
func (g *gossip) joined(name string) (*topic, bool) {
	digest, ok := strings.CutPrefix(name, topicPrefix)
	committee, err := hex.DecodeString(digest)
	if !ok || err != nil || len(committee) != common.HashLength {
		return nil, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.topics[common.Hash(committee)]
	return t, ok
}

// leave is nothing for a topic that was not joined.
func (g *gossip) leave(committee common.Hash) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.topics[committee]
	if !ok {
		return nil
	}
	delete(g.topics, committee)
	t.leave()
	err := errors.Join(t.topic.Close(), g.pubsub.UnregisterTopicValidator(topicName(committee)))
	if err != nil {
		return fmt.Errorf("leave committee %x: %w", committee[:4], err)
	}
	return nil
}

// publish hands encoded bytes to the topic.
func (g *gossip) publish(ctx context.Context, committee common.Hash, b []byte) error {
	g.mu.Lock()
	t, ok := g.topics[committee]
	g.mu.Unlock()
	if !ok {
		g.h.drops.add(whatGossip, ReasonNotJoined)
		return fmt.Errorf("publish: %w: committee %x", ErrNotJoined, committee[:4])
	}
	if err := t.topic.Publish(ctx, b); err != nil {
		g.h.drops.add(whatGossip, ReasonSendFailed)
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// reconnected lets an author begin its numbers anew.
func (g *gossip) reconnected(p peer.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, t := range g.topics {
		if a, ok := t.authors[p]; ok {
			a.replay.forget()
		}
	}
}

func (g *gossip) noteScores(scores map[peer.ID]float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.scores = scores
}

func (g *gossip) score(p peer.ID) float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.scores[p]
}

// topicPeers are the connected peers that follow the committee's topic.
func (g *gossip) topicPeers(committee common.Hash) []peer.ID {
	return g.pubsub.ListPeers(topicName(committee))
}

// replayWindow is how many messages of an author may arrive out of order. An author sends about two every 15 s.
const replayWindow = 64

// replayGuard remembers which sequence numbers of one author's gossip were seen. gossipsub's own cache forgets after two minutes. Authors count by
// one from the nanosecond of their start, so that a restart goes on above.
type replayGuard struct {
	mu      sync.Mutex
	started bool
	highest uint64
	seen    uint64 // bit i: highest-i was seen
}

// fresh reports whether the number has not come before, and notes it.
func (g *replayGuard) fresh(number uint64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case !g.started:
		g.started, g.highest, g.seen = true, number, 1
		return true
	case number > g.highest:
		if ahead := number - g.highest; ahead < replayWindow {
			g.seen = g.seen<<ahead | 1
		} else {
			g.seen = 1
		}
		g.highest = number
		return true
	}
	behind := g.highest - number
	if behind >= replayWindow || g.seen&(1<<behind) != 0 {
		return false
	}
	g.seen |= 1 << behind
	return true
}

// forget lets the author begin anew: it reconnected, perhaps after a restart with a clock that was set back.
func (g *replayGuard) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.started = false
}
