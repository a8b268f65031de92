package p2p

import (
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
)

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
