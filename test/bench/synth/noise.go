package synth

import "encoding/binary"

// stream keeps the draws for different purposes apart.
type stream uint64

const (
	streamKey stream = iota + 1
	streamCredentials
	streamExit
	streamSlashing
	streamBalance
	streamParticipation
	streamScore
	streamQueue
	streamFields // the streams from here on are numbered by field
)

const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection of 64-bit words.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// draw is word i of a stream: for one seed and stream no two indices have the same.
func (s *State) draw(from stream, i uint64) uint64 {
	return mix(mix(s.o.Seed+uint64(from)*golden) + i*golden)
}

// publicKey returns 48 random bytes with the flag of a compressed point; different for different indices.
func (s *State) publicKey(i uint64) (key [48]byte) {
	word := s.draw(streamKey, i)
	for at := 40; at >= 0; at -= 8 {
		binary.LittleEndian.PutUint64(key[at:], word)
		word = mix(word + golden)
	}
	key[0] |= 0x80
	return key
}

func addressCredentials(prefix byte, address [20]byte) (c [32]byte) {
	c[0] = prefix
	copy(c[12:], address[:])
	return c
}
