package p2p

import (
	"sync"

	"golang.org/x/time/rate"
)

// lineBudget bounds how many lines are logged.
type lineBudget struct {
	clock   Clock
	mu      sync.Mutex
	limiter *rate.Limiter
	leftOut uint64
}

// take tells whether a line may be written, and how many were left out since the last one.
func (b *lineBudget) take() (leftOut uint64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.limiter.AllowN(b.clock.Now(), 1) {
		b.leftOut++
		return 0, false
	}
	leftOut, b.leftOut = b.leftOut, 0
	return leftOut, true
}
