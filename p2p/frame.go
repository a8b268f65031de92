package p2p

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
)

// A frame on a stream is its length as a varint, at most as many bytes as the reader allows, and the bytes.

// appendFrame is b as a frame.
func appendFrame(b []byte) []byte {
	frame := binary.AppendUvarint(make([]byte, 0, len(b)+binary.MaxVarintLen32), uint64(len(b)))
	return append(frame, b...)
}

// readLength reads a frame's length. Errors: ErrWire for one above limit, io.EOF when the stream ended before it.
func readLength(r io.ByteReader, limit int) (int, error) {
	length, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, err
	}
	if length == 0 || length > uint64(limit) {
		return 0, fmt.Errorf("%w: frame of %d bytes, 1 to %d are possible", ErrWire, length, limit)
	}
	return int(length), nil
}

// readFrame reads one frame from a stream that the reader of, whose memory the resource manager counts until release is called.
func readFrame(s network.Stream, r *bufio.Reader, limit int, within time.Duration) (frame []byte, release func(), err error) {
	length, err := readLength(r, limit)
	if err != nil {
		return nil, nil, err
	}
	if err := s.Scope().ReserveMemory(length, network.ReservationPriorityAlways); err != nil {
		return nil, nil, fmt.Errorf("read frame: %w", err)
	}
	release = func() { s.Scope().ReleaseMemory(length) }
	// A sender that stops in the middle of a frame does not hold its memory for long. Between frames a stream may be quiet.
	err = s.SetReadDeadline(wireDeadline(within))
	frame = make([]byte, length)
	if err == nil {
		_, err = io.ReadFull(r, frame)
	}
	if err == nil {
		err = s.SetReadDeadline(time.Time{})
	}
	if err != nil {
		release()
		return nil, nil, fmt.Errorf("read frame: %w", err)
	}
	return frame, release, nil
}

// wireDeadline is on the machine's clock, as streams are, whatever clock the host was given.
func wireDeadline(within time.Duration) time.Time { return time.Now().Add(within) }

// finish waits until the other side has read all and resets the stream, but not for long.
func finish(s network.Stream, r *bufio.Reader, within time.Duration) {
	if s.CloseWrite() != nil || s.SetReadDeadline(wireDeadline(within)) != nil {
		return
	}
	_, _ = r.ReadByte()
}
