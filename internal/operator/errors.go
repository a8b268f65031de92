package operator

import "errors"

// Reasons for refusing. They are wrapped with the file, key or account, and with what to do.
var (
	// ErrNoKey: a key that is needed is not in the home folder.
	ErrNoKey = errors.New("no such key")
	// ErrImport: what was to be imported is no key.
	ErrImport = errors.New("cannot import")
	// ErrWrongOwner: the member belongs to another account, for ever.
	ErrWrongOwner = errors.New("the member belongs to another account")
	// ErrKeyTaken: the key or peer id is bound to something else on the chain.
	ErrKeyTaken = errors.New("taken already")
	// ErrSpent: the key was a member once and can never be again.
	ErrSpent = errors.New("the key cannot join again")
	// ErrSlashed: the key signed two things for one round.
	ErrSlashed = errors.New("the key was slashed")
	// ErrNotRegistered: the key is not known to the committee contract.
	ErrNotRegistered = errors.New("not registered")
	// ErrState: a member is not where it must be for this.
	ErrState = errors.New("not now")
	// ErrRole: the account does not hold the role.
	ErrRole = errors.New("the account may not do this")
	// ErrArgument: a value with which nothing can be done.
	ErrArgument = errors.New("impossible value")
)
