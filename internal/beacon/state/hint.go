package state

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ethereum/go-ethereum/common"
)

// ReadAt is Read for a state whose bytes can be read anywhere, such as a file of size bytes. It looks at the pending deposits first, unverified, so that one pass
// suffices. Errors: as Read, without *HintError.
func ReadAt(ctx context.Context, r io.ReaderAt, size int64, fork Fork, spec Spec, want *common.Hash, q Query) (*State, error) {
	if hint, err := pendingKeys(r, size, fork, spec, q.Credentials); err == nil {
		q.Hint = hint // wrong or missing, it costs a second pass and no more
	}
	return ReadAgain(ctx, func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(r, 0, size)), nil
	}, fork, spec, want, q)
}

// ReadAgain is Read, and once more with what it asks for when q.Hint lacked keys of pending deposits: open is called for each pass.
// Errors: as Read, without *HintError unless the two passes were of different states; those of open.
func ReadAgain(ctx context.Context, open func(context.Context) (io.ReadCloser, error), fork Fork, spec Spec, want *common.Hash, q Query) (*State, error) {
	s, err := readOpened(ctx, open, fork, spec, want, q)
	if incomplete := (*HintError)(nil); errors.As(err, &incomplete) {
		q.Hint = incomplete.Keys
		return readOpened(ctx, open, fork, spec, want, q)
	}
	return s, err
}

func readOpened(ctx context.Context, open func(context.Context) (io.ReadCloser, error), fork Fork, spec Spec, want *common.Hash, q Query) (*State, error) {
	r, err := open(ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close() // what was read has been verified
	return Read(ctx, r, fork, spec, want, q)
}

// firstKeys is for how many keys there is room at first: what the offsets say is not verified.
const firstKeys = 1 << 16

// pendingKeys reads the keys of pending deposits from where the offsets say they are. Nothing of it is verified.
func pendingKeys(r io.ReaderAt, size int64, fork Fork, spec Spec, credentials []common.Hash) ([]PendingKey, error) {
	if err := spec.check(fork); err != nil {
		return nil, err
	}
	begin, end, err := pendingSpan(r, size, fork, spec)
	if err != nil || begin == end {
		return nil, err
	}
	elementSize := int64(pendingDepositShape.size())
	if begin > end || end > size || (end-begin)%elementSize != 0 {
		return nil, fmt.Errorf("%w: pending_deposits from %d to %d of %d bytes", ErrOffset, begin, end, size)
	}
	s := scanner{vaults: vaultsOf(credentials)}
	found := make([]PendingKey, 0, min((end-begin)/elementSize, firstKeys))
	section, element := io.NewSectionReader(r, begin, end-begin), make([]byte, elementSize*512)
	for {
		n, err := io.ReadFull(section, element)
		for b := element[:n]; int64(len(b)) >= elementSize; b = b[elementSize:] {
			found = append(found, PendingKey{[publicKeySize]byte(b), s.isPool(b[depositCredentialsAt:depositAmountAt])})
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return sortedKeys(found), nil
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrRead, err)
		}
	}
}

// pendingSpan finds where pending_deposits begin and end, 0 and 0 for a fork without them.
func pendingSpan(r io.ReaderAt, size int64, fork Fork, spec Spec) (begin, end int64, err error) {
	at, next := uint64(0), false
	for _, f := range fieldsOf(fork, spec) {
		if f.variable() && (next || f.name == pendingDepositsField) {
			var offset [offsetSize]byte
			if _, err := r.ReadAt(offset[:], int64(at)); err != nil {
				return 0, 0, fmt.Errorf("%w: %w", ErrRead, err)
			}
			if next {
				return begin, int64(uint32At(offset[:], 0)), nil
			}
			begin, next = int64(uint32At(offset[:], 0)), true
		}
		at += f.fixedSize()
	}
	if next {
		return begin, size, nil
	}
	return 0, 0, nil
}
