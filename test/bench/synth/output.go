package synth

import (
	"bufio"
	"encoding/binary"
	"io"
)

// output writes the parts of an encoding. The first error sticks, flush reports it.
type output struct {
	w       *bufio.Writer
	written uint64
	word    [8]byte
}

func newOutput(w io.Writer) *output { return &output{w: bufio.NewWriterSize(w, 256<<10)} }

func (o *output) bytes(p []byte) {
	n, _ := o.w.Write(p)
	o.written += uint64(n)
}

func (o *output) byte(b byte) { o.bytes([]byte{b}) }

func (o *output) uint64s(values ...uint64) {
	for _, v := range values {
		binary.LittleEndian.PutUint64(o.word[:], v)
		o.bytes(o.word[:])
	}
}

func (o *output) offset(v uint64) {
	binary.LittleEndian.PutUint32(o.word[:], uint32(v))
	o.bytes(o.word[:4])
}

// noise writes n random bytes of a stream.
func (o *output) noise(s *State, from stream, n int) {
	for i := uint64(0); n > 0; i++ {
		binary.LittleEndian.PutUint64(o.word[:], s.draw(from, i))
		o.bytes(o.word[:min(n, 8)])
		n -= 8
	}
}

func (o *output) flush() error { return o.w.Flush() }
