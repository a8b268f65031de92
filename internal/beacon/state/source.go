package state

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// source counts bytes and knows when to stop.
type source struct {
	ctx      context.Context
	r        io.Reader
	offset   uint64
	most     uint64
	progress func(bytesRead uint64)
}

// fill reads len(buf) bytes of field. Errors: *Error.
func (s *source) fill(field string, buf []byte) error {
	n, err := s.upTo(field, buf)
	if err == nil && n < len(buf) {
		err = s.fail(field, ErrTruncated)
	}
	return err
}

// upTo reads len(buf) bytes of field, or fewer when the source ends. Errors: *Error.
func (s *source) upTo(field string, buf []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, s.fail(field, fmt.Errorf("%w: %w", ErrRead, context.Cause(s.ctx)))
	}
	n, err := io.ReadFull(s.r, buf)
	s.offset += uint64(n)
	if s.progress != nil {
		s.progress(s.offset)
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return n, s.fail(field, fmt.Errorf("%w: %w", ErrRead, err))
	case s.offset > s.most:
		return n, s.fail(field, fmt.Errorf("%w: more than %d bytes", ErrTooLong, s.most))
	}
	return n, nil
}

func (s *source) fail(field string, err error) error {
	return &Error{Field: field, Offset: s.offset, Err: err}
}
