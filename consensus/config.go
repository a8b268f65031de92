package consensus

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig: the core cannot work like that. It is wrapped with what is wrong.
var ErrConfig = errors.New("impossible consensus configuration")

// MaxSoftwareBytes bounds the name and version that a node tells of itself.
const MaxSoftwareBytes = 64

// Instant is a time in milliseconds since the Unix epoch. Only the own node's instants are ever compared. Zero is no time.
type Instant int64

// After is the instant d later.
func (i Instant) After(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Config is what a core is told once.
type Config struct {
	Domain   report.Domain // of the oracle: what digests and vote messages are bound to
	Key      *Key          // the own member key; nil for an observer, who never signs
	Verifier Verifier      // of signatures: BLS in production
	Software string        // name and version told to the others, at most MaxSoftwareBytes
	Seed     uint64        // of the jitter on resends: any number that differs between members
	Timing   Timing
}

// Timing is how often the core repeats itself. None of it matters to safety.
type Timing struct {
	ResendEvery   time.Duration // observation and vote of an open round, with up to a fifth of jitter either way
	StatusEvery   time.Duration // status to every connected peer
	SubmitStagger time.Duration // between one member's turn to submit and the next one's
	RetryEvery    time.Duration // after a failed write to the journal, or a signature that did not come
}

// DefaultTiming is right for mainnet.
func DefaultTiming() Timing {
	return Timing{ResendEvery: 15 * time.Second, StatusEvery: 30 * time.Second, SubmitStagger: 2 * time.Minute, RetryEvery: 5 * time.Second}
}

// Validate refuses what the core cannot work with. Errors: ErrConfig.
func (c Config) Validate() error {
	switch t := c.Timing; {
	case c.Domain.ChainID == nil:
		return fmt.Errorf("%w: the domain has no chain", ErrConfig)
	case c.Verifier == nil:
		return fmt.Errorf("%w: no verifier", ErrConfig)
	case len(c.Software) > MaxSoftwareBytes:
		return fmt.Errorf("%w: the software's name has %d bytes, at most %d are sent", ErrConfig, len(c.Software), MaxSoftwareBytes)
	case t.ResendEvery < time.Millisecond || t.StatusEvery < time.Millisecond || t.RetryEvery < time.Millisecond || t.SubmitStagger < 0:
		return fmt.Errorf("%w: an interval is too short: %+v", ErrConfig, t)
	}
	return nil
}
