package consensus

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Event is an input of the core: something that happened to this node. The runner passes each one to Step, with the time at
// which it happened.
type Event interface{ event() }

// Tick says that time has passed. It is due at Ready.Next.
type Tick struct{}

// RoundOpened says that a reference slot has passed and which committee answers for it. It follows the clock, so it comes
// before anybody can have computed the report, and once after each start for the newest frame.
//
// A reference slot below the newest one is refused. The exception is a clock that was set back behind the time at which the
// newest round was opened: the runner followed the same clock, so it opens the present round again.
type RoundOpened struct {
	Committee Committee
	RefSlot   uint64
	Deadline  Instant // when the contract stops taking reports of this frame
}

// CommitteeChanged says that the contract now answers with another committee for the open round. The round begins anew under
// the new digest and nothing said in the old one counts. The runner passes the report again, with the new committee in it.
type CommitteeChanged struct{ Committee Committee }

// Computed says that this node computed the report of the newest round. A later one replaces it.
type Computed struct{ Report report.Report }

// NotComputed says that this node could not compute the report, or not yet. Outcome.Why repeats the reason if the round is
// missed because of it.
type NotComputed struct {
	Round Round
	Why   string
}

// Received is a message from a peer that the transport authenticated. From is the author of gossip, and the other end of a
// stream.
type Received struct {
	From    PeerID
	Message Message
}

// PeerConnected says that a stream to the peer can be opened.
type PeerConnected struct{ Peer PeerID }

// Signed answers a SignRequest.
type Signed struct {
	Round     Round
	Digest    common.Hash
	Signature Signature
}

// PersistFailed says that Persist of the last Ready is not known to be durable, and that nothing else of that Ready has left
// the process or will. It must be the first event after that Ready: any other event tells the core that all of it is durable.
type PersistFailed struct{ Why string }

// Accepted says that the contract took a report for the reference slot, or holds it in quarantine.
type Accepted struct {
	RefSlot   uint64
	Digest    common.Hash
	Finalized bool // no reorganisation can remove the acceptance any more
}

// AcceptanceReverted says that a reorganisation removed an acceptance that was not finalized.
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
