package p2p

import (
	"cmp"
	"slices"
	"sync"
)

// Reason says why something that came, or was to be sent, was not used.
type Reason string

// Reasons. Which of them are held against a peer, and how much, is in standing.go.
const (
	ReasonMalformed    Reason = "malformed"                             // bytes that no node sends
	ReasonOversized    Reason = "too large"                             // more bytes than any such message has
	ReasonRejected     Reason = "rejected"                              // the node says that an honest sender never sends it
	ReasonIgnored      Reason = "ignored"                               // the node has no use for it
	ReasonReplayed     Reason = "replayed"                              // gossip of an author that came before
	ReasonDuplicate    Reason = "seen already"                          // gossip that other neighbours were faster with
	ReasonStranger     Reason = "author is not in the committee"        // of the topic
	ReasonSignature    Reason = "gossip signature does not verify"      // or is missing
	ReasonWrongTopic   Reason = "not of this topic"                     // another committee's message, or a kind that is not gossip
	ReasonRate         Reason = "more than a neighbour may send"        // per peer
	ReasonTalkative    Reason = "more than an author says"              // per author
	ReasonBusy         Reason = "too many of one author at once"        // waiting for the node's judgement
	ReasonThrottled    Reason = "too much gossip at once"               // from all together
	ReasonTopics       Reason = "more topics than there are committees" // subscriptions
	ReasonQueueFull    Reason = "neighbour reads too slowly"            // outgoing
	ReasonUnreachable  Reason = "not connected"                         // outgoing
	ReasonSendFailed   Reason = "sending failed"                        // outgoing
	ReasonNotJoined    Reason = "topic is not joined"                   // outgoing gossip of another committee
	ReasonNotMember    Reason = "peer is neither member nor observer"   // connections
	ReasonCut          Reason = "peer is cut off for a while"           // connections
	ReasonChurn        Reason = "connects again and again"              // connections
	ReasonOtherNetwork Reason = "peer belongs to another network"       // connections
)

// What was dropped.
const (
	whatConnection = "connection"
	whatGossip     = "gossip"
	whatSync       = "sync"
	whatHello      = "hello"
	whatAddresses  = "addresses"
)

// DropCount is how often something was dropped for one reason since the start.
type DropCount struct {
	What   string // connection, gossip, sync, hello or addresses
	Reason Reason
	Count  uint64
}

// drops counts. Its size is bounded by the constants above.
type drops struct {
	mu     sync.Mutex
	counts map[DropCount]uint64 // Count is 0 in the key
}

func newDrops() *drops { return &drops{counts: make(map[DropCount]uint64)} }

func (d *drops) add(what string, reason Reason) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counts[DropCount{What: what, Reason: reason}]++
}

// list is sorted by what and reason.
func (d *drops) list() []DropCount {
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
