package consensus

// Core is one node's part in the agreement. It is not safe for use from two goroutines.
type Core struct {
	config Config
}

// New makes a core from what the journal holds: nothing, when it is new. Errors: ErrConfig, ErrRecords.
func New(config Config, records []Record) (*Core, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	return &Core{config: config}, nil
}

// Step takes an event that happened at now and says what to do. Time never runs backwards here: an earlier now counts as the latest one.
func (c *Core) Step(now Instant, event Event) Ready { return Ready{} }

// Rounds shows what is held: the newest round first, then the one before.
func (c *Core) Rounds() []RoundView { return nil }

// Halted tells the round in which a vote of the own key was found that the journal does not hold: the node does not vote.
func (c *Core) Halted() (HaltRecord, bool) { return HaltRecord{}, false }

// Footprint counts what is held for others: observations, reports, votes, evidence, certificates and marks. It is at most MaxFootprint of each round's n.
func (c *Core) Footprint() int { return 0 }
