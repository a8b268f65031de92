package p2p

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func BenchmarkEncodeVote(b *testing.B) {
	vote := testVote(goldenRound, 1)
	for b.Loop() {
		if _, err := Encode(vote); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for name, m := range map[string]consensus.Message{
		"observation": testObservation(goldenRound, 1), "vote": testVote(goldenRound, 1), "certificate": testCertificate(goldenRound, 128),
	} {
		encoded, err := Encode(m)
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(encoded)))
			for b.Loop() {
				if _, err := Decode(encoded, 7); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// hurriedClock is another ten seconds later whenever it is asked: nobody comes to be above a rate.
type hurriedClock struct {
	SystemClock
	asked atomic.Int64
}

func (c *hurriedClock) Now() time.Time {
	return time.Now().Add(time.Duration(c.asked.Add(1)) * 10 * time.Second)
}

// BenchmarkGossip is the time from sending a vote until all members of a committee on loopback have it.
func BenchmarkGossip(b *testing.B) {
	for _, n := range []int{4, 7, 16, 31} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			nodes, c := startCommittee(b, n, func(c *Config) { c.Clock = new(hurriedClock) })
			slot := uint64(0)
			for b.Loop() {
				slot++
				require.NoError(b, nodes[0].Send(b.Context(), consensus.Outgoing{Message: testVote(testRound(c, slot), 0)}))
				for _, node := range nodes[1:] {
					node.next()
				}
			}
		})
	}
}
