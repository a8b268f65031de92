package state

import (
	"errors"
	"fmt"
	"io"
)

// Fork is a version of the BeaconState container.
type Fork uint8

// Forks that this software reads.
const (
	Deneb Fork = iota + 1
	Electra
	Fulu
	Gloas

	forkCount = Gloas
)

// Forks lists all forks, oldest first.
func Forks() []Fork { return []Fork{Deneb, Electra, Fulu, Gloas} }

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
	case Gloas:
		return "gloas"
	}
	return fmt.Sprintf("fork %d", uint8(f))
}

// Where slot and fork.current_version stand in a state of any fork, and how much of it holds them.
const (
	slotAt    = 8 + 32
	versionAt = slotAt + 8 + 4
	headSize  = versionAt + 4
)

// ForkOf is the fork of the state that r holds, by the network's schedule for the state's slot; the version that the state carries must be that fork's.
// Nothing of it is verified: a reading as that fork does. Errors: an *Error with ErrTruncated, ErrWrongFork or ErrRead.
func ForkOf(r io.ReaderAt, spec Spec) (Fork, error) {
	if spec.SlotsPerEpoch == 0 {
		return 0, fmt.Errorf("%w: SLOTS_PER_EPOCH is 0", ErrSpec)
	}
	var head [headSize]byte
	if n, err := r.ReadAt(head[:], 0); n < headSize {
		if errors.Is(err, io.EOF) {
			return 0, &Error{Field: "fork", Offset: uint64(n), Err: ErrTruncated}
		}
		return 0, &Error{Field: "fork", Offset: uint64(n), Err: fmt.Errorf("%w: %w", ErrRead, err)}
	}
	fork, err := spec.forkOf(uint64At(head[:], slotAt), [4]byte(head[versionAt:]))
	if err != nil {
		return 0, &Error{Field: "fork", Offset: versionAt, Err: err}
	}
	return fork, nil
}

// forkOf is the fork of a state of slot that carries version. Errors: ErrWrongFork when the network has another version then, or none that is known.
func (s Spec) forkOf(slot uint64, version [4]byte) (Fork, error) {
	fork := s.forkAt(slot / s.SlotsPerEpoch)
	if fork == 0 {
		return 0, fmt.Errorf("%w: slot %d is before %s on this network", ErrWrongFork, slot, Deneb)
	}
	if want := s.Activations[fork-1].Version; version != want {
		return 0, fmt.Errorf("%w: the state of slot %d has version %x, this network has %x then (%s)", ErrWrongFork, slot, version, want, fork)
	}
	return fork, nil
}

// checkFork refuses a state whose version or slot belongs to another fork, and settles the epoch of the reading.
func (p *parser) checkFork(b []byte) error {
	epoch, version := p.state.Slot/p.spec.SlotsPerEpoch, [4]byte(b[forkShape.at(1):])
	if want := p.spec.Activations[p.state.Fork-1].Version; version != want {
		return fmt.Errorf("%w: the state has version %x, %s has %x on this network", ErrWrongFork, version, p.state.Fork, want)
	}
	if at := p.spec.forkAt(epoch); at != p.state.Fork {
		return fmt.Errorf("%w: slot %d is of %s on this network, the state was said to be of %s", ErrWrongFork, p.state.Slot, at, p.state.Fork)
	}
	p.scanner.epoch = epoch
	if p.query.Epoch != nil {
		p.scanner.epoch = *p.query.Epoch
	}
	return nil
}
