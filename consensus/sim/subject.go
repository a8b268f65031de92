package sim

import "github.com/tidemark-oracle/tidemark/consensus"

// Machine is what is simulated: *consensus.Core, or one with a deliberate fault.
type Machine interface {
	Step(now consensus.Instant, event consensus.Event) consensus.Ready
	Rounds() []consensus.RoundView
	Halted() (consensus.HaltRecord, bool)
	Footprint() int
}

// Disk is where a node's records are kept: *consensus.Ledger, or one with a deliberate fault.
type Disk interface {
	Append(records ...consensus.Record) error
	Records() []consensus.Record
}

// Subject makes the parts that are simulated. Tests put faults in here, to see that the simulator finds them.
type Subject struct {
	NewMachine func(config consensus.Config, records []consensus.Record) (Machine, error)
	NewDisk    func() Disk
	Verifier   func(honest consensus.Verifier) consensus.Verifier
	// EffectsFirst makes the runner persist last. No runner may.
	EffectsFirst bool
	// KeepsCore makes the runner go on with its core after the journal failed, without opening that anew. No runner may.
	KeepsCore bool
}

// Production is what runs in a node.
func Production() Subject {
	return Subject{
		NewMachine: func(config consensus.Config, records []consensus.Record) (Machine, error) {
			core, err := consensus.New(config, records)
			if err != nil {
				return nil, err
			}
			return core, nil
		},
		NewDisk:  func() Disk { return &consensus.Ledger{} },
		Verifier: func(honest consensus.Verifier) consensus.Verifier { return honest },
	}
}
