package node

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestManyReadersOccupyTheRunnerOnceAtATime(t *testing.T) {
	const readers = 200
	r := &runner{parts: &parts{clock: newChainClock(time.Unix(1_700_000_000, 0))}, mail: make(chan func(), mailboxSize), ended: make(chan struct{})}
	d := newStatusProvider(r)
	var group sync.WaitGroup
	var answered atomic.Int64
	for range readers {
		group.Go(func() {
			d.Status()
			answered.Add(1)
		})
	}
	<-r.mail // The first reader's question is there, and the runner has not answered it.
	require.Empty(t, r.mail, "the others wait without filling the mailbox that the members' messages come through")
	close(r.ended)
	group.Wait()
	require.EqualValues(t, readers, answered.Load())
	require.False(t, d.Status().Ready)
}
