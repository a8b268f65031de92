package p2p

import (
	"fmt"
	"testing"

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

// BenchmarkGossip is the time from sending a vote until all members of a committee on loopback have it. A node that sends more than about a hundred at
// once is above the rate: run it with -benchtime 100x.
func BenchmarkGossip(b *testing.B) {
	for _, n := range []int{4, 7, 16, 31} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			nodes, c := startCommittee(b, n)
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
