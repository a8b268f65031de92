package bls

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

func BenchmarkSign(b *testing.B) {
	key := testKey(b, 1)
	for b.Loop() {
		key.Sign([32]byte{1})
	}
}

func BenchmarkVerify(b *testing.B) {
	key := testKey(b, 1)
	public, signature := key.PublicKey(), key.Sign([32]byte{1})
	for b.Loop() {
		require.True(b, signature.Verify(public, [32]byte{1}))
	}
}

// votesOf makes n votes on one message, the signatures encoded as they arrive.
func votesOf(b *testing.B, n int, message [32]byte) (keys []PublicKey, encoded [][]byte) {
	b.Helper()
	for i := range n {
		key, err := NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{byte(i), byte(i >> 8)}, 16)))
		require.NoError(b, err)
		keys, encoded = append(keys, key.PublicKey()), append(encoded, key.Sign(message).Bytes())
	}
	return keys, encoded
}

func parseAll(b *testing.B, encoded [][]byte) []Signature {
	signatures := make([]Signature, len(encoded))
	for i := range encoded {
		var err error
		if signatures[i], err = ParseSignature(encoded[i]); err != nil {
			b.Fatal(err)
		}
	}
	return signatures
}

// BenchmarkThousandVotes measures, in turn and in one run, what this package takes for 1,000 votes (parse each,
// AggregateVotes) and what the bare library takes for the least that must be done (1,000 deserializations, one aggregate
// check). The promise is a ratio of at most 1.3.
func BenchmarkThousandVotes(b *testing.B) {
	message := [32]byte{1}
	keys, encoded := votesOf(b, 1000, message)
	bareKeys := make([]herumi.PublicKey, len(keys))
	for i := range keys {
		bareKeys[i] = keys[i].v
	}
	var ours, bare time.Duration
	var ratios []float64
	for b.Loop() {
		before := b.Elapsed()
		_, bad, err := AggregateVotes(keys, parseAll(b, encoded), message)
		if err != nil || len(bad) > 0 {
			b.Fatal(bad, err)
		}
		between := b.Elapsed()
		signatures := make([]herumi.Sign, len(encoded))
		for i := range encoded {
			if err := signatures[i].Deserialize(encoded[i]); err != nil {
				b.Fatal(err)
			}
		}
		var aggregate herumi.Sign
		aggregate.Aggregate(signatures)
		if !aggregate.FastAggregateVerify(bareKeys, message[:]) {
			b.Fatal("the aggregate must verify")
		}
		after := b.Elapsed()
		ours, bare = ours+between-before, bare+after-between
		ratios = append(ratios, (between-before).Seconds()/(after-between).Seconds())
	}
	b.ReportMetric(0, "ns/op") // both together: says nothing
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ms/1000-votes")
	b.ReportMetric(bare.Seconds()*1000/float64(b.N), "ms/floor")
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "ratio-of-sums")
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "median-ratio") // what a shared machine disturbs least
}

// BenchmarkBadVotes is the cost of finding k bad ones among 1,000 by bisection, signatures parsed before.
func BenchmarkBadVotes(b *testing.B) {
	message := [32]byte{1}
	keys, encoded := votesOf(b, 1000, message)
	for name, k := range map[string]int{"0": 0, "1": 1, "10": 10, "333": 333} {
		b.Run(name, func(b *testing.B) {
			signatures := parseAll(b, encoded)
			for i := range k {
				signatures[i*3] = testKey(b, 1).Sign([32]byte{2})
			}
			for b.Loop() {
				_, bad, err := AggregateVotes(keys, signatures, message)
				if err != nil || len(bad) != k {
					b.Fatal(len(bad), err)
				}
			}
		})
	}
}

func BenchmarkInvalidVotesOf1000(b *testing.B) {
	message := [32]byte{1}
	keys, encoded := votesOf(b, 1000, message)
	signatures := parseAll(b, encoded)
	for b.Loop() {
		bad, err := InvalidVotes(keys, signatures, message, testRandom(1))
		if err != nil || len(bad) > 0 {
			b.Fatal(bad, err)
		}
	}
}
