package p2p

import (
	"math"
	"sync"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/time/rate"
)

// Penalties for what a peer did over its own authenticated connection, or signed as an author. They add up and halve every
// penaltyHalfLife. Passing on what another signed costs nothing, except more useless messages than an honest peer passes on.
const (
	penaltyMalformed = 30
	penaltyRejected  = 10
	penaltyFlood     = 1 // each frame or RPC above the rate
	penaltyUseless   = 1 // each message of no use above the rate

	// banThreshold bans the peer: the fourth malformed frame, the tenth rejected message, or a flood of a hundred.
	banThreshold    = 100
	penaltyHalfLife = 5 * time.Minute
)

// peerScore is the penalty and the rate limits of one admitted peer.
type peerScore struct {
	penalty      float64
	penaltyAt    time.Time
	gossip       *rate.Limiter // messages and RPCs, as a peer
	authored     *rate.Limiter // messages that it signed, over its own connection
	relayed      *rate.Limiter // messages that it signed, passed on by others
	useless      *rate.Limiter // messages of no use that it passed on
	sync         *rate.Limiter // frames
	smallStreams *rate.Limiter // hello and address streams
	reconnects   *rate.Limiter // connections after the last one was lost
	topics       map[string]struct{}
}

// peerScores holds one score per admitted peer: resize forgets all others.
type peerScores struct {
	mu    sync.Mutex
	clock Clock
	size  int // of the committee: what a peer may send grows with it
	of    map[peer.ID]*peerScore
}

func newPeerScores(clock Clock) *peerScores {
	return &peerScores{clock: clock, of: make(map[peer.ID]*peerScore)}
}

// get is called with the lock held. Authors are members, peers are admitted: nobody else comes here.
func (s *peerScores) get(p peer.ID) *peerScore {
	found, ok := s.of[p]
	if !ok {
		found = &peerScore{
			penaltyAt:    s.clock.Now(),
			gossip:       rate.NewLimiter(gossipRate(s.size)),
			authored:     rate.NewLimiter(authoredRate, authorBurst),
			relayed:      rate.NewLimiter(relayedRate, authorBurst),
			useless:      rate.NewLimiter(uselessRate(s.size)),
			sync:         rate.NewLimiter(syncRate, syncBurst),
			smallStreams: rate.NewLimiter(smallStreamRate, smallStreamBurst),
			reconnects:   rate.NewLimiter(reconnectRate, reconnectBurst),
			topics:       make(map[string]struct{}),
		}
		s.of[p] = found
	}
	return found
}

// resize sets what a peer may send in a committee of n, and forgets all peers but the admitted.
func (s *peerScores) resize(n int, admitted func(peer.ID) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = n
	gossiped, gossipBurst := gossipRate(n)
	wasted, wasteBurst := uselessRate(n)
	for p, of := range s.of {
		if !admitted(p) {
			delete(s.of, p)
			continue
		}
		of.gossip.SetLimitAt(s.clock.Now(), gossiped)
		of.gossip.SetBurstAt(s.clock.Now(), gossipBurst)
		of.useless.SetLimitAt(s.clock.Now(), wasted)
		of.useless.SetBurstAt(s.clock.Now(), wasteBurst)
	}
}

// penalize adds to a peer's penalty and tells whether the peer is to be banned; if so, its penalty starts again at half of the threshold.
func (s *peerScores) penalize(p peer.ID, penalty float64) (ban bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := s.get(p)
	of.penalty, of.penaltyAt = of.penaltyAfter(s.clock.Now())+penalty, s.clock.Now()
	if of.penalty < banThreshold {
		return false
	}
	of.penalty = banThreshold / 2
	return true
}

// penalty of a peer now.
func (s *peerScores) penalty(p peer.ID) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, ok := s.of[p]
	if !ok {
		return 0
	}
	return of.penaltyAfter(s.clock.Now())
}

func (of *peerScore) penaltyAfter(now time.Time) float64 {
	passed := max(0, now.Sub(of.penaltyAt))
	return of.penalty * math.Exp2(-passed.Seconds()/penaltyHalfLife.Seconds())
}

// allowGossip takes the cost of an RPC from what the peer may send.
func (s *peerScores) allowGossip(p peer.ID, cost int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).gossip.AllowN(s.clock.Now(), cost)
}

// allowRelayed takes one from the messages of the author that others may pass on.
func (s *peerScores) allowRelayed(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).relayed.AllowN(s.clock.Now(), 1)
}

// allowAuthored takes so many from the messages of its own that the peer may say.
func (s *peerScores) allowAuthored(p peer.ID, count int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).authored.AllowN(s.clock.Now(), count)
}

// allowUseless takes one from the messages of no use that the peer may pass on.
func (s *peerScores) allowUseless(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).useless.AllowN(s.clock.Now(), 1)
}

func (s *peerScores) allowSync(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).sync.AllowN(s.clock.Now(), 1)
}

func (s *peerScores) allowSmallStream(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).smallStreams.AllowN(s.clock.Now(), 1)
}

// allowReconnect takes one from the connections that the peer may make.
func (s *peerScores) allowReconnect(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).reconnects.AllowN(s.clock.Now(), 1)
}

// allowTopic reports whether the peer may be in one more topic.
func (s *peerScores) allowTopic(p peer.ID, topic string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	topics := s.get(p).topics
	if _, ok := topics[topic]; !ok && len(topics) >= maxTopicsOfPeer {
		return false
	}
	topics[topic] = struct{}{}
	return true
}

// leftTopic forgets the topics of a peer: of one, or of all when it disconnected.
func (s *peerScores) leftTopic(p peer.ID, topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, ok := s.of[p]
	if !ok {
		return
	}
	delete(of.topics, topic)
	if topic == "" {
		clear(of.topics)
	}
}

// Thresholds of a peer's score. A peer without faults has 0 or more; a few faults decay before they matter.
const (
	scoreGossip   = -20 // below: no gossip about messages is exchanged
	scorePublish  = -40 // below: own messages are not sent to it at once
	scoreGraylist = -80 // below: whatever it sends through gossip is not looked at
)

// scoreParams says what counts. Most of gossipsub's defaults are for open networks with steady traffic. Here identities come from a contract, so
// there is nothing to gain by making many (no penalty for a shared address: members may share a data centre), and topics are silent between
// frames (no penalty for delivering little: it would fall on honest members). What is left are faults.
func scoreParams(penalty func(peer.ID) float64) *pubsub.PeerScoreParams {
	return &pubsub.PeerScoreParams{
		Topics: make(map[string]*pubsub.TopicScoreParams),
		// P5: penalties for what the peer signed or sent over its own connection, see penaltyMalformed and the others. 80 graylist, 100 ban.
		AppSpecificScore:  func(p peer.ID) float64 { return -penalty(p) },
		AppSpecificWeight: 1,
		// P7: re-grafting too early, promising messages and not delivering them. Above 6 the square counts: 10 faults are -16, 16 are -100.
		BehaviourPenaltyWeight:    -1,
		BehaviourPenaltyThreshold: 6,
		BehaviourPenaltyDecay:     pubsub.ScoreParameterDecay(10 * time.Minute),
		DecayInterval:             time.Second,
		DecayToZero:               0.01,
		// To reconnect does not wash clean.
		RetainScore: time.Hour,
	}
}

// topicScoreParams are for one topic, in units of scoreParams.
func topicScoreParams() *pubsub.TopicScoreParams {
	return &pubsub.TopicScoreParams{
		TopicWeight: 1,
		// P1 and P2: a small preference for peers that have been useful, at most 10 + 10: one garbled message costs them little.
		TimeInMeshWeight: 0.01, TimeInMeshQuantum: time.Second, TimeInMeshCap: 1000,
		FirstMessageDeliveriesWeight: 1, FirstMessageDeliveriesDecay: pubsub.ScoreParameterDecay(10 * time.Minute), FirstMessageDeliveriesCap: 10,
		// P4: messages that nobody passes on by mistake: bytes that cannot be decoded, strangers' messages, broken signatures. The square counts,
		// times 10: one is -10, two are -40. With the penalties of P5 an author of two is in the graylist, and who passes on three, for some minutes.
		InvalidMessageDeliveriesWeight: -10, InvalidMessageDeliveriesDecay: pubsub.ScoreParameterDecay(10 * time.Minute),
	}
}

func scoreThresholds() *pubsub.PeerScoreThresholds {
	return &pubsub.PeerScoreThresholds{
		GossipThreshold: scoreGossip, PublishThreshold: scorePublish, GraylistThreshold: scoreGraylist,
		AcceptPXThreshold: 1e9, // nobody's: addresses come signed, by the address stream
	}
}
