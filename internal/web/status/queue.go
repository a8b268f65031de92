package status

import "time"

// Queue is the withdrawal requests that a node's newest report leaves waiting, when they will be paid, and what exits must bring home for them. Members do not agree on
// it, and no report says it.
type Queue struct {
	RefSlot     uint64   `json:"refSlot"`     // of the report
	Why         string   `json:"why"`         // why nothing of the following is known; empty when it is
	First       uint64   `json:"first"`       // identifier of the first request that waits; 0: none does
	Last        uint64   `json:"last"`        // of the last one
	DueWei      string   `json:"dueWei"`      // what all are paid
	Hold        string   `json:"hold"`        // why no report pays, however much ether there is; a sentence, or empty
	FirstPaid   *Payment `json:"firstPaid"`   // nil: none waits
	LastPaid    *Payment `json:"lastPaid"`    // nil: none waits
	Steps       []Step   `json:"steps"`       // which report pays which request, as far as it is known, bounded
	ExitWei     string   `json:"exitWei"`     // what exits must bring home for all of them
	Explanation []Line   `json:"explanation"` // of exitWei
}

// Step is a report that can pay requests which none before it can.
type Step struct {
	RefSlot uint64    `json:"refSlot"` // of the report
	At      time.Time `json:"at"`      // of that slot
	UpTo    uint64    `json:"upTo"`    // identifier of the last request that it can pay
}

// Payment is when a withdrawal request will be paid, by what was known at the report's reference slot.
type Payment struct {
	Text       string     `json:"text"`       // when and why; a sentence
	RefSlot    uint64     `json:"refSlot"`    // of the first report that can pay it; 0: not known, since it needs ether for which nobody has asked an exit, or losses are in progress
	At         *time.Time `json:"at"`         // of that slot; nil: not known
	HereWei    string     `json:"hereWei"`    // of what is needed, what the pool has
	HomeWei    string     `json:"homeWei"`    // of it, what comes home by itself
	MissingWei string     `json:"missingWei"` // of it, what exits must still be asked for
	IfAskedAt  *time.Time `json:"ifAskedAt"`  // when it could be paid if that was asked for at once; nil: nothing is missing, or not known
}

// Line is a number with its explanation.
type Line struct {
	Field    string `json:"field"`
	Value    string `json:"value"`
	Sentence string `json:"sentence"`
}
