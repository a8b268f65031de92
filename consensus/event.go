package consensus

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Event is what happens to a node. The runner tells each one to Step, with the time at which it happened.
type Event interface{ event() }

// Tick: time has passed. It is due at Ready.Next.
type Tick struct{}

// RoundOpened: the reference slot has passed and this committee answers for it. It comes by the clock, before anybody can have computed, and once
// after every start for the newest frame. A lower reference slot than the newest is refused, unless the clock was set back behind the time at which the newest was
// opened: the runner, which went by the same clock, then tells the round of the present again.
type RoundOpened struct {
	Committee Committee
	RefSlot   uint64
	Deadline  Instant // when submissions of the frame close
}

// CommitteeChanged: the contract answers with another committee for the open round. The round begins anew under the new digest; nothing said in
// the old one counts. The runner gives the report anew, with the new committee in it.
type CommitteeChanged struct{ Committee Committee }

// Computed: the own node computed the newest round's report. A later one replaces it.
type Computed struct{ Report report.Report }

// NotComputed: the own node could not compute the report (yet). Why is told when the round ends because of it.
type NotComputed struct {
	Round Round
	Why   string
}

// Received: a message has come from a peer that the transport authenticated. For gossip the peer is the author, for a stream the other end.
type Received struct {
	From    PeerID
	Message Message
}

// PeerConnected: a stream to the peer can be opened.
type PeerConnected struct{ Peer PeerID }

// Signed answers a SignRequest.
type Signed struct {
	Round     Round
	Digest    common.Hash
	Signature Signature
}

// PersistFailed: Persist of the last Ready is not known to be durable. Nothing else of that Ready has left or will. It must be the first event after
// that Ready; any other event first tells the core that all of it was made durable.
type PersistFailed struct{ Why string }

// Accepted: the contract has taken a report for the reference slot (or holds it in quarantine).
type Accepted struct {
	RefSlot   uint64
	Digest    common.Hash
	Finalized bool // the acceptance can no longer be reorganised away
}

// AcceptanceReverted: a reorganisation removed an acceptance that was not finalized.
type AcceptanceReverted struct{ RefSlot uint64 }

func (Tick) event()               {}
func (RoundOpened) event()        {}
func (CommitteeChanged) event()   {}
func (Computed) event()           {}
func (NotComputed) event()        {}
func (Received) event()           {}
func (PeerConnected) event()      {}
func (Signed) event()             {}
func (PersistFailed) event()      {}
func (Accepted) event()           {}
func (AcceptanceReverted) event() {}
