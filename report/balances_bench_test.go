package report

import "testing"

// BenchmarkBalanceTree builds the commitment of a pool of 300,000 validators: a pool as large as any.
func BenchmarkBalanceTree(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var tree BalanceTree
		for i := range uint64(300_000) {
			if err := tree.Add(BalanceLeaf{ValidatorIndex: 3 * i, BalanceGwei: 32e9 + i, Exited: i%3 == 0, Slashed: i%1000 == 0}); err != nil {
				b.Fatal(err)
			}
		}
		tree.Root()
	}
}
