package state

import "fmt"

// Fork is a version of the BeaconState container.
type Fork uint8

// Forks that this software reads.
const (
	Deneb Fork = iota + 1
	Electra
	Fulu

	forkCount = Fulu
)

// Forks lists all forks, oldest first.
func Forks() []Fork { return []Fork{Deneb, Electra, Fulu} }

// ParseFork reads a fork's name as the Beacon API writes it in Eth-Consensus-Version. Errors: ErrUnknownFork.
func ParseFork(name string) (Fork, error) {
	for _, f := range Forks() {
		if name == f.String() {
			return f, nil
		}
	}
	if len(name) > 32 {
		name = name[:32] + "..."
	}
	return 0, fmt.Errorf("%w: %q; this software reads %v", ErrUnknownFork, name, Forks())
}

// String is the fork's name in the Beacon API.
func (f Fork) String() string {
	switch f {
	case Deneb:
		return "deneb"
	case Electra:
		return "electra"
	case Fulu:
		return "fulu"
	}
	return fmt.Sprintf("fork %d", uint8(f))
}
