package state

import (
	"errors"
	"fmt"
)

// Why a state is refused. All come inside an *Error, which names field and offset.
var (
	// ErrTruncated: the bytes end before the state does.
	ErrTruncated = errors.New("truncated: the bytes end inside the state; download it again")
	// ErrOffset: an offset points elsewhere than SSZ prescribes.
	ErrOffset = errors.New("wrong SSZ offset")
	// ErrWrongSize: a list's bytes are no whole number of elements (the last list of a state that was cut off, or has bytes behind its end, shows so), or
	// lists that go together differ in length.
	ErrWrongSize = errors.New("wrong size")
	// ErrTooLong: a list is longer than its limit, or the state larger than Query.MaxBytes.
	ErrTooLong = errors.New("too long")
	// ErrMalformed: a value that has no meaning in SSZ.
	ErrMalformed = errors.New("malformed value")
	// ErrWrongFork: the state is of another fork than was said, or than the network has at its slot.
	ErrWrongFork = errors.New("wrong fork")
	// ErrWrongRoot: the bytes are a state, but not the one that the block commits to.
	ErrWrongRoot = errors.New("hash-tree root differs from the block's state root: the endpoint serves another or an altered state; use another one")
	// ErrRead: the source failed.
	ErrRead = errors.New("read the state")
)

// ErrSpec: network parameters that are missing or impossible. It is wrapped with the parameter's name.
var ErrSpec = errors.New("unusable network parameter")

// ErrQuery: what was asked of a state cannot be answered.
var ErrQuery = errors.New("unusable query of a state")

// ErrUnknownFork: this software has no table for the fork.
var ErrUnknownFork = errors.New("unknown fork")

// ErrIncompleteHint: the state is genuine, but holds pending deposits for keys that were not looked out for. The error is a *HintError.
var ErrIncompleteHint = errors.New("pending deposits for keys that the hint lacked; read again with the keys of this error")

// ErrBrokenHasher: vectorised SHA-256 gives other results than the standard library on this machine.
var ErrBrokenHasher = errors.New("vectorised SHA-256 does not work on this processor")

// Error says where in a state something is wrong.
type Error struct {
	Field  string // of the BeaconState
	Offset uint64 // in bytes from its beginning
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("beacon state, %s at byte %d: %v", e.Field, e.Offset, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// HintError carries what to look out for at the second reading.
type HintError struct {
	Keys []PendingKey // every key that the state's pending deposits have
}

func (e *HintError) Error() string { return ErrIncompleteHint.Error() }

func (e *HintError) Unwrap() error { return ErrIncompleteHint }
