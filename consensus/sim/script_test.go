package sim

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// scriptOf is a script of the items alone.
func scriptOf(size, rounds int, items ...Item) *Script {
	s := &Script{Seed: 7, Size: size, Rounds: rounds, Items: items, Kept: make([]bool, len(items)), calmAt: int64(rounds-1)*frameMillis + faultsInLast}
	for i := range s.Kept {
		s.Kept[i] = true
	}
	return s
}

func TestMoreThanFArbitraryMembersBreakTheCertificate(t *testing.T) {
	r := Run(scriptOf(4, 2,
		Item{Kind: Wrong, Node: 1, Round: 1, Value: 1},
		Item{Kind: Byzantine, Node: 2, Strategy: Equivocate, At: 132_000, Value: 1, Set: 1},
		Item{Kind: Byzantine, Node: 3, Strategy: Equivocate, At: 132_000, Value: 1, Set: 1},
	), Production(), nil)
	require.NotNil(t, r.Violation)
	require.Equal(t, HonestCert, r.Violation.Invariant)
}

// Two certificates whose signers all kept the rules towards the signer: only the third invariant is broken. No schedule comes to it unless another one
// is broken first, so that the check is tested by itself.
func TestASecondCertificateOfARoundIsFound(t *testing.T) {
	w := newWorld(scriptOf(4, 1), Production(), nil)
	f := w.factsOf(consensus.Round{Committee: w.current().committee.Digest, RefSlot: w.frames[0].refSlot})
	for variant := range int64(2) {
		for number := range 3 {
			f.computedBy(variant, number)
			w.nodes[number].monitor.signs(f.round, f.digests[variant])
			w.adversary.keep(w, number, w.nodes[number].vote(f, variant))
		}
		require.Nil(t, w.result.Violation)
		w.checkCertificate(w.nodes[0], w.makeCertificate(f, variant))
	}
	require.NotNil(t, w.result.Violation)
	require.Equal(t, OneCert, w.result.Violation.Invariant)
}

func TestFArbitraryMembersDoNot(t *testing.T) {
	r := Run(scriptOf(4, 2,
		Item{Kind: Wrong, Node: 1, Round: 1, Value: 1},
		Item{Kind: Byzantine, Node: 3, Strategy: Equivocate, At: 132_000, Value: 1, Set: 1},
	), Production(), nil)
	require.Nil(t, r.Violation)
}

func TestARunFollowsFromItsScript(t *testing.T) {
	for seed := uint64(1); seed <= 60; seed++ {
		require.Equal(t, Run(Generate(seed), Production(), nil), Run(Generate(seed), Production(), func(string) {}), "seed %d", seed)
	}
}

func TestLeavingItemsOutKeepsTheOthers(t *testing.T) {
	seed := uint64(1)
	for len(Generate(seed).Items) <= 5 {
		seed++
	}
	s := Generate(seed)
	require.NoError(t, s.Keep([]int{1, 3}))
	require.Equal(t, fmt.Sprintf("make sim SEED=%d KEEP=1,3", seed), s.Command())
	require.Equal(t, Generate(seed).Items, s.Items)
	require.NoError(t, s.Keep(nil))
	require.Equal(t, fmt.Sprintf("make sim SEED=%d KEEP=none", seed), s.Command())
	require.Error(t, s.Keep([]int{len(s.Items)}))
}

func TestSeedsCoverEverySizeKindAndStrategy(t *testing.T) {
	sizes, kinds, strategies, points := map[int]bool{}, map[Kind]bool{}, map[Strategy]bool{}, map[Point]bool{}
	for seed := uint64(1); seed <= 3_000; seed++ {
		s := Generate(seed)
		sizes[s.Size] = true
		for _, item := range s.Items {
			kinds[item.Kind] = true
			switch item.Kind {
			case Byzantine:
				strategies[item.Strategy] = true
			case Crash:
				points[item.Point] = true
			}
		}
	}
	require.Len(t, sizes, 31)
	require.Len(t, kinds, int(kindCount))
	require.Len(t, strategies, int(strategyCount))
	require.Len(t, points, int(pointCount))
}

func TestWhenNothingGoesWrongEveryRoundIsCertified(t *testing.T) {
	for size := 1; size <= 31; size++ {
		r := Run(scriptOf(size, 2), Production(), nil)
		require.Nil(t, r.Violation)
		require.Equal(t, 2, r.Certified, "n = %d", size)
	}
}

// A vote that was decided while the journal took nothing stuck when another report was computed before the next try, though nothing had been written.
func TestNoVoteIsDecidedBeforeItCanBeWritten(t *testing.T) {
	for seed := range uint64(200) {
		s := scriptOf(1, 1,
			Item{Kind: DiskFails, At: 0, Until: 15_000},
			Item{Kind: Wrong, Value: 1, Until: 5_000},
		)
		s.Seed = seed
		r := Run(s, Production(), nil)
		require.Nil(t, r.Violation, "seed %d", seed)
	}
}
