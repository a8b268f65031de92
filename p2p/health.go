package p2p

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// Health is the state of the network for operators.
type Health struct {
	Members     int           // in the allowlist, this node included if it is one
	Connected   int           // of them, this node included
	Observers   int           // connected
	ClockOffset time.Duration // members' median clock less this node's
	ClockPeers  int           // members that it was measured with
	Reasons     []HealthReason
}

// HealthCode is the code of a reason why the node is not ready.
type HealthCode string

// Reasons why a node cannot do its part in the committee.
const (
	ClockSkewed HealthCode = "clock-skewed"
	FewMembers  HealthCode = "few-members"
	SecondNode  HealthCode = "second-node"
)

// HealthReason is why a node is not ready, and what to do.
type HealthReason struct {
	Code HealthCode
	Text string
}

// Health returns the state of the network now.
func (h *Host) Health() Health {
	n, _ := h.gater.size()
	health := Health{Members: n}
	if h.gater.isMember(h.self) {
		health.Connected++
	}
	for _, p := range h.connected() {
		if h.gater.isMember(p) {
			health.Connected++
		} else {
			health.Observers++
		}
	}
	health.ClockOffset, health.ClockPeers = h.hellos.clockOffset()
	if health.ClockOffset.Abs() > h.config.MaxClockOffset {
		health.Reasons = append(health.Reasons, HealthReason{ClockSkewed, fmt.Sprintf("the clock differs by %v from the median of %d members: check the time synchronisation of this machine",
			health.ClockOffset.Round(time.Millisecond), health.ClockPeers)})
	}
	if n > 0 && health.Connected < report.Quorum(n) {
		health.Reasons = append(health.Reasons, HealthReason{FewMembers, fmt.Sprintf("%d of %d members are connected, a quorum is %d: check the network, the firewall and the bootstrap addresses",
			health.Connected, n, report.Quorum(n))})
	}
	if saying := h.hellos.countSecondNode(); saying > report.MaxFaulty(n) {
		health.Reasons = append(health.Reasons, HealthReason{SecondNode, fmt.Sprintf("%d members are connected to another process with this node's identity: another node runs "+
			"with this node's keys; stop one of them before both vote", saying)})
	}
	return health
}

// Peers returns the connected peers, sorted by id.
func (h *Host) Peers() []Peer {
	connected := h.connected()
	found := make([]Peer, 0, len(connected))
	for _, p := range connected {
		n := h.hellos.get(p)
		n.ID, n.Member, n.Score = consensus.PeerID(p), h.gater.isMember(p), h.gossip.score(p)
		if conns := h.libp2p.Network().ConnsToPeer(p); len(conns) > 0 {
			n.Address = conns[0].RemoteMultiaddr().String()
		}
		found = append(found, n)
	}
	return found
}

// InTopic returns the connected peers that follow the committee's topic. Gossip that is sent before they follow reaches nobody.
func (h *Host) InTopic(committee consensus.Committee) []consensus.PeerID {
	followers := h.gossip.topicPeers(committee.Digest)
	found := make([]consensus.PeerID, len(followers))
	for i, p := range followers {
		found[i] = consensus.PeerID(p)
	}
	return found
}

// Memory returns what libp2p's resource manager counts for connections and streams, and its limit. Neither includes the first window
// of QUIC connections, see MaxMemoryBytes.
func (h *Host) Memory() (usedBytes, limitBytes int64) {
	_, all := h.gater.size()
	return h.memoryUsed(), countedMemoryBytes(all)
}

// Reason is a code that says why something that came, or was to be sent, was not used. It is a label of metrics.
type Reason string

// Reasons. Which of them cost a peer a penalty, and how much, is in score.go.
const (
	ReasonMalformed     Reason = "malformed"           // bytes that no node sends
	ReasonOversized     Reason = "oversized"           // more bytes than any such message has
	ReasonRejected      Reason = "rejected"            // the handler says that an honest sender never sends it
	ReasonIgnored       Reason = "ignored"             // the handler has no use for it
	ReasonReplayed      Reason = "replayed"            // gossip with a sequence number that its author used before
	ReasonDuplicate     Reason = "duplicate"           // gossip that another peer delivered first
	ReasonNotAuthor     Reason = "not_in_committee"    // the author of gossip is not in the topic's committee
	ReasonSignature     Reason = "bad_signature"       // the signature of gossip is missing or does not verify
	ReasonWrongTopic    Reason = "wrong_topic"         // another committee's message, or a kind that is not gossip
	ReasonRate          Reason = "rate_limited"        // more than a peer may send
	ReasonAuthorRate    Reason = "author_rate_limited" // more than an author may say
	ReasonBusy          Reason = "author_busy"         // too many messages of one author wait for the handler
	ReasonOverloaded    Reason = "overloaded"          // too much gossip at once, from all peers together
	ReasonTopics        Reason = "too_many_topics"     // a peer subscribes to more topics than there are committees
	ReasonQueueFull     Reason = "queue_full"          // outgoing: the peer reads too slowly
	ReasonNotConnected  Reason = "not_connected"       // outgoing: no connection to the peer
	ReasonSendFailed    Reason = "send_failed"         // outgoing: the stream failed
	ReasonNotJoined     Reason = "not_joined"          // gossip of a committee whose topic the host is not in
	ReasonNotMember     Reason = "not_admitted"        // connections: the peer is neither member nor observer
	ReasonBanned        Reason = "banned"              // connections: the peer is banned for a while
	ReasonReconnectRate Reason = "reconnect_limited"   // connections: the peer connects again and again
	ReasonOtherNetwork  Reason = "other_network"       // connections: the peer belongs to another network
)

// What was dropped.
const (
	whatConnection = "connection"
	whatGossip     = "gossip"
	whatSync       = "sync"
	whatHello      = "hello"
	whatAddresses  = "addresses"
)

// DropCount says how often something was dropped for one reason since the start.
type DropCount struct {
	What   string // connection, gossip, sync, hello or addresses
	Reason Reason
	Count  uint64
}

// dropCounter counts. Its size is bounded by the constants above.
type dropCounter struct {
	mu     sync.Mutex
	counts map[DropCount]uint64 // Count is 0 in the key
}

func newDropCounter() *dropCounter { return &dropCounter{counts: make(map[DropCount]uint64)} }

func (d *dropCounter) add(what string, reason Reason) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counts[DropCount{What: what, Reason: reason}]++
}

// list is sorted by what and reason.
func (d *dropCounter) list() []DropCount {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]DropCount, 0, len(d.counts))
	for key, count := range d.counts {
		key.Count = count
		all = append(all, key)
	}
	slices.SortFunc(all, func(a, b DropCount) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.Reason, b.Reason))
	})
	return all
}
