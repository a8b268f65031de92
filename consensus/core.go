package consensus

import (
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig is returned for a configuration that cannot work. It is wrapped with what is wrong.
var ErrConfig = errors.New("impossible consensus configuration")

// MaxSoftwareBytes bounds the name and version that a node sends to others.
const MaxSoftwareBytes = 64

// Instant is a time in milliseconds since the Unix epoch. Only instants of one node are ever compared. Zero means no time.
type Instant int64

// After is the instant d later.
func (i Instant) After(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Config sets up a core. It does not change afterwards.
type Config struct {
	Domain   report.Domain // the oracle's EIP-712 domain: digests and vote messages are bound to it
	Key      *Key          // this node's member key; nil for an observer, which never signs
	Verifier Verifier      // verifies signatures: BLSVerifier in production
	Software string        // name and version sent to others, at most MaxSoftwareBytes
	Seed     uint64        // for the jitter on resends: any number that differs between members
	Timing   Timing
}

// Timing says how often the core repeats itself. Safety does not depend on it.
type Timing struct {
	ResendInterval time.Duration // observation and vote of an open round, with up to a fifth of jitter either way
	StatusInterval time.Duration // status to every connected peer
	SubmitStagger  time.Duration // between the turns of two members to submit
	RetryInterval  time.Duration // after a failed write to the journal, or a signature that did not come
}

// DefaultTiming is the timing for mainnet.
func DefaultTiming() Timing {
	return Timing{ResendInterval: 15 * time.Second, StatusInterval: 30 * time.Second, SubmitStagger: 2 * time.Minute, RetryInterval: 5 * time.Second}
}

// Validate checks whether a core can work with the configuration. Errors: ErrConfig.
func (c Config) Validate() error {
	switch t := c.Timing; {
	case c.Domain.ChainID == nil:
		return fmt.Errorf("%w: the domain has no chain", ErrConfig)
	case c.Verifier == nil:
		return fmt.Errorf("%w: no verifier", ErrConfig)
	case len(c.Software) > MaxSoftwareBytes:
		return fmt.Errorf("%w: the software's name has %d bytes, at most %d are sent", ErrConfig, len(c.Software), MaxSoftwareBytes)
	case t.ResendInterval < time.Millisecond || t.StatusInterval < time.Millisecond || t.RetryInterval < time.Millisecond || t.SubmitStagger < 0:
		return fmt.Errorf("%w: an interval is too short: %+v", ErrConfig, t)
	}
	return nil
}

// Core is the state machine of one node. It is not safe for concurrent use. See the package documentation for how to drive it.
type Core struct {
	config    Config
	clock     clock
	now       Instant  // never runs backwards
	rounds    []*round // newest first, at most two
	history   voteHistory
	restored  restored
	opened    *JournalOpened // nil: the journal is new, and no round has been opened with it
	firstSlot *uint64        // reference slot of the first round that the process opened
	halt      *HaltRecord

	pending     []Record // records to be written as soon as the journal takes them
	retryAt     Instant  // no write before
	writeFailed bool     // a write has failed: votes go alone, since they may be why
	statusAt    Instant
	jitter      uint64

	ready Ready
	undo  []func() // reverts what the last Ready assumed to be durable
}

// New makes a core from the records of its journal, in the order in which MemoryJournal.Records returns them; there are none if
// the journal is new. Errors: ErrConfig, ErrRecords.
func New(config Config, records []Record) (*Core, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	c := &Core{config: config, jitter: config.Seed, history: voteHistory{votes: map[Round]*ownVote{}}}
	if config.Key != nil {
		key := *config.Key
		c.config.Key = &key
	}
	if err := c.restore(records); err != nil {
		return nil, err
	}
	return c, nil
}

// Rounds returns a view of the rounds that are held: the newest first, then the one before.
func (c *Core) Rounds() []RoundView {
	views := make([]RoundView, len(c.rounds))
	for i, r := range c.rounds {
		views[i] = c.view(r)
	}
	return views
}

// Halted returns the vote of this node's key that was found and that the journal does not hold, if there is one. The node does not
// vote then.
func (c *Core) Halted() (HaltRecord, bool) {
	if c.halt == nil {
		return HaltRecord{}, false
	}
	return *c.halt, true
}

// Step applies an event that happened at now, by the machine's clock, and returns what the node must do. The clock may jump:
// timers go on, a round that it closed too early resumes when the clock is right, and jumps that matter raise an alarm.
func (c *Core) Step(now Instant, event Event) Ready {
	c.ready = Ready{}
	c.readClock(now)
	if failed, ok := event.(PersistFailed); ok {
		c.persistFailed(failed)
	}
	c.undo = nil
	c.resumeClosed()
	c.apply(event)
	c.advance()
	if next := c.next(); next != 0 {
		c.ready.Next = c.clock.wallTime(next)
	}
	c.clock.expected = c.ready.Next
	return c.ready
}

// apply changes the state by an event; advance then does what the state calls for.
func (c *Core) apply(event Event) {
	switch e := event.(type) {
	case RoundOpened:
		c.handleRoundOpened(e)
	case CommitteeChanged:
		c.handleCommitteeChanged(e)
	case Computed:
		c.handleComputed(e)
	case NotComputed:
		c.handleNotComputed(e)
	case Received:
		c.handleReceived(e)
	case PeerConnected:
		c.handlePeerConnected(e)
	case Signed:
		c.handleSigned(e)
	case Accepted:
		c.handleAccepted(e)
	case AcceptanceReverted:
		c.handleAcceptanceReverted(e)
	}
}

// advance does all that the state calls for by now. Doing it twice does nothing more.
func (c *Core) advance() {
	r := c.newest()
	if r != nil {
		c.closeAtDeadline(r)
	}
	c.flushPending()
	if r == nil {
		return
	}
	if r.closed == nil {
		c.vote(r)
		c.certify(r)
	}
	c.saveCertificates()
	if r.closed == nil {
		c.submit(r)
		c.resend(r)
	}
	c.sendStatus(r)
}

// handleReceived checks what holds for every message and hands it on.
func (c *Core) handleReceived(e Received) {
	if e.Message == nil {
		c.ready.Dropped = append(c.ready.Dropped, DroppedInput{From: e.From, What: "nothing", Reason: ReasonMalformed})
		return
	}
	if err := e.Message.Validate(); err != nil {
		c.dropMessage(e, ReasonMalformed, err.Error())
		return
	}
	if request, ok := e.Message.(*RoundRequest); ok {
		c.handleRoundRequest(e.From, request)
		return
	}
	r, reason := c.find(e.Message.InRound())
	if r == nil {
		c.noteFutureRound(e, reason)
		c.dropMessage(e, reason, "")
		return
	}
	switch m := e.Message.(type) {
	case *Observation:
		c.handleObservation(e, r, m)
	case *Vote:
		c.handleVote(e, r, m)
	case *Certificate:
		c.handleCertificate(e, r, m)
	case *Status:
		c.handleStatus(e, r, m)
	case *RoundAnswer:
		c.handleRoundAnswer(e, r, m)
	}
}

// newest is the round in which the node acts; nil before the first.
func (c *Core) newest() *round {
	if len(c.rounds) == 0 {
		return nil
	}
	return c.rounds[0]
}

// find is the round that is held under the name, or why it is not.
func (c *Core) find(id Round) (*round, Reason) {
	for _, r := range c.rounds {
		if r.id == id {
			return r, ""
		}
	}
	newest := c.newest()
	switch {
	case newest == nil || id.RefSlot > newest.id.RefSlot:
		return nil, ReasonFutureRound
	case id.RefSlot < newest.id.RefSlot:
		return nil, ReasonOldRound
	}
	return nil, ReasonCommittee
}

// voteMessage is what is signed in the round for the digest.
func (c *Core) voteMessage(id Round, digest common.Hash) [32]byte {
	return c.config.Domain.VoteMessage(id.Committee, id.RefSlot, digest)
}
