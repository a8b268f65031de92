package keyfile

import "errors"

// Reasons for refusing files. They are wrapped with the path and with what to do.
var (
	// ErrExposed: the file's group or others may read, write or run it.
	ErrExposed = errors.New("open to other users")
	// ErrNotRegular: a directory, a pipe, a socket or a device.
	ErrNotRegular = errors.New("not a regular file")
	// ErrExists: there is a file already, and it may hold the only copy of a key.
	ErrExists = errors.New("exists already")
	// ErrSize: larger than what was to be read can be.
	ErrSize = errors.New("too large")
)
