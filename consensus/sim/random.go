package sim

// random is splitmix64: small, fast, the same on every machine, and without state that outlives a run.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	return scramble(r.state)
}

// below is a number from 0 to n-1; 0 for n < 1.
func (r *random) below(n int) int {
	if n < 1 {
		return 0
	}
	return int(r.next() % uint64(n))
}

// between is a number from low to high, both included.
func (r *random) between(low, high int64) int64 {
	if high <= low {
		return low
	}
	return low + int64(r.next()%uint64(high-low+1))
}

// chance is true so many times in a hundred.
func (r *random) chance(percent int) bool { return r.below(100) < percent }

func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// mix is a number that depends on all of the arguments and on nothing else.
func mix(values ...uint64) uint64 {
	h := uint64(0x2545f4914f6cdd1d)
	for _, v := range values {
		h = scramble(h ^ (v + 0x9e3779b97f4a7c15))
	}
	return h
}
