package p2p

import (
	"math"
	"sync"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/time/rate"
)

// Points that a peer gets for what it did over its own authenticated connection, or signed as an author. They halve every pointsHalfLife. A peer
// gets none for passing on what another signed, but for more messages of no use than an honest one comes to pass on.
const (
	pointsMalformed = 30
	pointsRejected  = 10
	pointsFlood     = 1 // each frame or RPC above the rate
	pointsWaste     = 1 // each message of no use above the rate

	// pointsCut cuts the peer off: the fourth malformed frame, the tenth rejected message, or a flood of a hundred.
	pointsCut      = 100
	pointsHalfLife = 5 * time.Minute
)

// standing is what is remembered of one admitted peer.
type standing struct {
	points   float64
	pointsAt time.Time
	gossip   *rate.Limiter // messages and RPCs, as a neighbour
	tell     *rate.Limiter // messages that it signed, over its own connection
	author   *rate.Limiter // messages that it signed, passed on by others
	waste    *rate.Limiter // messages of no use that it passed on
	sync     *rate.Limiter // frames
	small    *rate.Limiter // hello and address streams
	churn    *rate.Limiter // connections after the last one was lost
	topics   map[string]struct{}
}

// standings is bounded by the peers that are admitted: forget is called for all others.
type standings struct {
	mu    sync.Mutex
	clock Clock
	size  int // of the committee: what a neighbour may send grows with it
	of    map[peer.ID]*standing
}

func newStandings(clock Clock) *standings {
	return &standings{clock: clock, of: make(map[peer.ID]*standing)}
}

// get is called with the lock held. Authors are members, neighbours are admitted: nobody else comes here.
func (s *standings) get(p peer.ID) *standing {
	found, ok := s.of[p]
	if !ok {
		found = &standing{
			pointsAt: s.clock.Now(),
			gossip:   rate.NewLimiter(gossipRate(s.size)),
			tell:     rate.NewLimiter(tellRate, authorBurst),
			author:   rate.NewLimiter(relayRate, authorBurst),
			waste:    rate.NewLimiter(wasteRate(s.size)),
			sync:     rate.NewLimiter(syncRate, syncBurst),
			small:    rate.NewLimiter(smallRate, smallBurst),
			churn:    rate.NewLimiter(churnRate, churnBurst),
			topics:   make(map[string]struct{}),
		}
		s.of[p] = found
	}
	return found
}

// resize sets what a neighbour may send in a committee of n, and forgets all peers but the admitted.
func (s *standings) resize(n int, admitted func(peer.ID) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = n
	gossiped, gossipBurst := gossipRate(n)
	wasted, wasteBurst := wasteRate(n)
	for p, of := range s.of {
		if !admitted(p) {
			delete(s.of, p)
			continue
		}
		of.gossip.SetLimitAt(s.clock.Now(), gossiped)
		of.gossip.SetBurstAt(s.clock.Now(), gossipBurst)
		of.waste.SetLimitAt(s.clock.Now(), wasted)
		of.waste.SetBurstAt(s.clock.Now(), wasteBurst)
	}
}

// blame adds points and tells whether the peer is to be cut off; if so, it starts anew with half of what cuts.
func (s *standings) blame(p peer.ID, points float64) (cut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := s.get(p)
	of.points, of.pointsAt = of.pointsAfter(s.clock.Now())+points, s.clock.Now()
	if of.points < pointsCut {
		return false
	}
	of.points = pointsCut / 2
	return true
}

// points of a peer now.
func (s *standings) points(p peer.ID) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, ok := s.of[p]
	if !ok {
		return 0
	}
	return of.pointsAfter(s.clock.Now())
}

func (of *standing) pointsAfter(now time.Time) float64 {
	passed := max(0, now.Sub(of.pointsAt))
	return of.points * math.Exp2(-passed.Seconds()/pointsHalfLife.Seconds())
}

// mayGossip takes the cost of an RPC from what the peer may send.
func (s *standings) mayGossip(p peer.ID, cost int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).gossip.AllowN(s.clock.Now(), cost)
}

// mayAuthor takes one from the messages of the author that others may pass on.
func (s *standings) mayAuthor(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).author.AllowN(s.clock.Now(), 1)
}

// mayTell takes so many from the messages of its own that the neighbour may say.
func (s *standings) mayTell(p peer.ID, count int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).tell.AllowN(s.clock.Now(), count)
}

// mayWaste takes one from the messages of no use that the neighbour may pass on.
func (s *standings) mayWaste(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).waste.AllowN(s.clock.Now(), 1)
}

func (s *standings) maySync(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).sync.AllowN(s.clock.Now(), 1)
}

func (s *standings) mayOpenSmall(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).small.AllowN(s.clock.Now(), 1)
}

// mayReturn takes one from the connections that the peer may make.
func (s *standings) mayReturn(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(p).churn.AllowN(s.clock.Now(), 1)
}

// mayFollow tells whether the peer may be in one more topic.
func (s *standings) mayFollow(p peer.ID, topic string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	topics := s.get(p).topics
	if _, ok := topics[topic]; !ok && len(topics) >= maxTopicsOfPeer {
		return false
	}
	topics[topic] = struct{}{}
	return true
}

// left forgets the topics of a peer: of one, or of all when it disconnected.
func (s *standings) left(p peer.ID, topic string) {
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

// Thresholds of a neighbour's score. A neighbour without faults has 0 or more; a few faults decay before they matter.
const (
	scoreGossip   = -20 // below: no gossip about messages is exchanged
	scorePublish  = -40 // below: own messages are not sent to it at once
	scoreGraylist = -80 // below: whatever it sends through gossip is not looked at
)

// scoreParams says what counts. Most of gossipsub's defaults are for open networks with steady traffic. Here identities come from a contract, so
// there is nothing to gain by making many (no penalty for a shared address: members may share a data centre), and topics are silent between
// frames (no penalty for delivering little: it would fall on honest members). What is left are faults.
func scoreParams(points func(peer.ID) float64) *pubsub.PeerScoreParams {
	return &pubsub.PeerScoreParams{
		Topics: make(map[string]*pubsub.TopicScoreParams),
		// P5: points for what the peer signed or sent over its own connection, see standing.go. 80 of them graylist, 100 cut off.
		AppSpecificScore:  func(p peer.ID) float64 { return -points(p) },
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
		// P1 and P2: a small preference for neighbours that have been useful, at most 10 + 10: one garbled message costs them little.
		TimeInMeshWeight: 0.01, TimeInMeshQuantum: time.Second, TimeInMeshCap: 1000,
		FirstMessageDeliveriesWeight: 1, FirstMessageDeliveriesDecay: pubsub.ScoreParameterDecay(10 * time.Minute), FirstMessageDeliveriesCap: 10,
		// P4: messages that nobody passes on by mistake: bytes that cannot be decoded, strangers' messages, broken signatures. The square counts,
		// times 10: one is -10, two are -40. With the points of P5 an author of two is in the graylist, and who passes on three, for some minutes.
		InvalidMessageDeliveriesWeight: -10, InvalidMessageDeliveriesDecay: pubsub.ScoreParameterDecay(10 * time.Minute),
	}
}

func scoreThresholds() *pubsub.PeerScoreThresholds {
	return &pubsub.PeerScoreThresholds{
		GossipThreshold: scoreGossip, PublishThreshold: scorePublish, GraylistThreshold: scoreGraylist,
		AcceptPXThreshold: 1e9, // nobody's: addresses come signed, by the address stream
	}
}
