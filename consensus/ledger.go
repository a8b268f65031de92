package consensus

import "errors"

// A journal refuses these; nothing of the records given with one is kept. ErrRecords is for records that no core wrote.
var (
	// ErrSecondDigest: the journal holds a vote for another digest in this round.
	ErrSecondDigest = errors.New("second digest for a round")
	// ErrOlderRound: the journal holds a vote for a newer reference slot.
	ErrOlderRound = errors.New("round is older than the newest vote")
	// ErrNotOpened: the journal does not begin with JournalOpened.
	ErrNotOpened = errors.New("journal has not been opened")
	// ErrRecords: records contradict each other.
	ErrRecords = errors.New("inconsistent records")
)

// Ledger is the contract of a journal, kept in memory: what must be kept, what must be refused. The journal's tests compare with it; simulators
// use it as the disk.
//
// A journal appends the records of one Ready at once: all or none. It keeps
//   - the first JournalOpened;
//   - each vote of the newest voted reference slot (one a committee), and refuses a second digest for a round (ErrSecondDigest) and a reference slot
//     below the newest vote's (ErrOlderRound); the same vote again is no change;
//   - certificates and submissions of the two newest reference slots it has any of;
//   - all evidence, once a member's key and round, for ever;
//   - the halt, until the operator removes it.
//
// It may keep more.
type Ledger struct {
	records []Record
}

// Append keeps records, all or none. Errors: ErrSecondDigest, ErrOlderRound, ErrNotOpened.
func (l *Ledger) Append(records ...Record) error { return nil }

// Records are what a core is made from, in the order in which they were written.
func (l *Ledger) Records() []Record { return append([]Record(nil), l.records...) }

// RemoveHalt is the operator's word that no second node runs with the key, and that a lost journal is accepted.
func (l *Ledger) RemoveHalt() {}
