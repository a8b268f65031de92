package status

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxBytes is the longest description that is read. One of 512 members with all that is bounded has about a megabyte.
const MaxBytes = 8 << 20

// ErrDecode: what was read is no description of a node, or one of another version.
var ErrDecode = errors.New("not a node's status")

// Decode reads one description as a node serves it, and nothing after it. Fields that this version does not know are skipped: newer nodes may have more.
// Errors: ErrDecode, those of the reader.
func Decode(r io.Reader) (Status, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	decoder := json.NewDecoder(limited)
	var s Status
	err := decoder.Decode(&s)
	if err == nil {
		if _, after := decoder.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("something follows it")
		}
	}
	switch {
	case limited.N <= 0:
		return Status{}, fmt.Errorf("%w: more than %d bytes", ErrDecode, MaxBytes)
	case err != nil:
		return Status{}, fmt.Errorf("%w: %w", ErrDecode, err)
	case s.Version != Version:
		return Status{}, fmt.Errorf("%w: it has version %d, and this program reads version %d: use the program of the node's release", ErrDecode, s.Version, Version)
	}
	return s, nil
}
