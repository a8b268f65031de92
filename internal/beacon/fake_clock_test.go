package beacon_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fakeClock fires the timers that pass says at once and keeps the others until they are fired by their duration.
type fakeClock struct {
	pass func(time.Duration) bool

	mu      sync.Mutex
	changed *sync.Cond
	timers  []*fakeTimer
	set     []time.Duration // every timer that was ever set
}

type fakeTimer struct {
	d time.Duration
	f func()
}

func newFakeClock(pass func(time.Duration) bool) *fakeClock {
	c := &fakeClock{pass: pass}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// pausesPass tells pauses between tries, which are below the standard time-outs and intervals, from those.
func pausesPass(d time.Duration) bool { return d < 10*time.Second }

func (c *fakeClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = append(c.set, d)
	if c.pass(d) {
		go f()
		return func() bool { return false }
	}
	timer := &fakeTimer{d, f}
	c.timers = append(c.timers, timer)
	c.changed.Broadcast()
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		i := slices.Index(c.timers, timer)
		if i < 0 {
			return false
		}
		c.timers = slices.Delete(c.timers, i, i+1)
		return true
	}
}

// fire waits until a timer of duration d is set, and fires it.
func (c *fakeClock) fire(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.find(d)
	go c.timers[i].f()
	c.timers = slices.Delete(c.timers, i, i+1)
}

// await returns when a timer of duration d is set.
func (c *fakeClock) await(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.find(d)
}

// find waits for a timer of duration d and gives its place.
func (c *fakeClock) find(d time.Duration) int {
	for {
		i := slices.IndexFunc(c.timers, func(t *fakeTimer) bool { return t.d == d })
		if i >= 0 {
			return i
		}
		c.changed.Wait()
	}
}

// pauses are the timers of those durations that pass at once, in order.
func (c *fakeClock) pauses() (passed []time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.set {
		if c.pass(d) {
			passed = append(passed, d)
		}
	}
	return passed
}

// receive fails the test when nothing comes.
func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	select {
	case value, ok := <-from:
		require.True(t, ok, "the channel was closed")
		return value
	case <-ctx.Done():
		require.Fail(t, "nothing was received")
		panic("unreachable")
	}
}
