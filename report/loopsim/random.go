package loopsim

import "math/bits"

// random is splitmix64: small, fast, and the same on every machine.
type random struct{ state uint64 }

func newRandom(seed uint64) *random {
	return &random{state: seed*0x9e3779b97f4a7c15 + 0x2545f4914f6cdd1d}
}

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1; 0 for n of 0.
func (r *random) below(n uint64) uint64 {
	if n == 0 {
		return 0
	}
	return r.next() % n
}

// between is a number from low to high, both included.
func (r *random) between(low, high uint64) uint64 { return low + r.below(high-low+1) }

// chance is true so many times in a thousand.
func (r *random) chance(perMille uint64) bool { return r.below(1000) < perMille }

// spread is a number from low, which is not 0, to high, of any order of magnitude alike: powers of two are drawn first.
func (r *random) spread(low, high uint64) uint64 {
	length := r.between(uint64(bits.Len64(low)), uint64(bits.Len64(high)))
	return r.between(max(low, 1<<(length-1)), min(high, 1<<length-1))
}
