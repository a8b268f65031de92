package status

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxBytes is the longest description that is read. One of 512 members with all that is bounded has about a megabyte.
const MaxBytes = 8 << 20

// Errors of this package.
var (
	// ErrDecode: what was read is no description of a node or an audit, or one of another version.
	ErrDecode = errors.New("not a node's status")
	// ErrAudit: an audit describes itself, and a node was asked for.
	ErrAudit = errors.New("an audit answers there, not a node")
)

// Decode reads one description as a node serves it, and nothing after it. Fields that this version does not know are skipped: newer nodes may have more.
// Errors: ErrDecode, ErrAudit, those of the reader.
func Decode(r io.Reader) (Status, error) {
	var s struct {
		Status
		Audit json.RawMessage `json:"audit"` // an audit's result; nodes have none
	}
	if err := decode(r, &s, &s.Version); err != nil {
		return Status{}, err
	}
	if len(s.Audit) > 0 && string(s.Audit) != "null" {
		return Status{}, ErrAudit
	}
	return s.Status, nil
}

// DecodeAudit reads one description as an audit serves it. Errors: ErrDecode, those of the reader.
func DecodeAudit(r io.Reader) (Audit, error) {
	var s struct {
		Audit
		Result *AuditResult `json:"audit"`
	}
	if err := decode(r, &s, &s.Version); err != nil {
		return Audit{}, err
	}
	if s.Result == nil {
		return Audit{}, fmt.Errorf("%w: it has no result of an audit", ErrDecode)
	}
	s.Audit.Result = *s.Result
	return s.Audit, nil
}

// decode reads a description and compares its version.
func decode(r io.Reader, into any, version *int) error {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	decoder := json.NewDecoder(limited)
	err := decoder.Decode(into)
	if err == nil {
		if _, after := decoder.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("something follows it")
		}
	}
	switch {
	case limited.N <= 0:
		return fmt.Errorf("%w: more than %d bytes", ErrDecode, MaxBytes)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrDecode, err)
	case *version != Version:
		return fmt.Errorf("%w: it has version %d, and this program reads version %d: use the program of the node's release", ErrDecode, *version, Version)
	}
	return nil
}
