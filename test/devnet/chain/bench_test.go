package chain_test

import (
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// BenchmarkSlot is what the machine needs for one slot: transition, hash-tree root, payload, execution. Slots cannot be shorter.
func BenchmarkSlot(b *testing.B) {
	for _, validators := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("validators=%d", validators), func(b *testing.B) {
			c := benchmarkChain(b, validators)
			b.ResetTimer()
			for range b.N {
				if _, err := c.NextSlot(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSlotWithTransfers is a slot whose block holds 50 transfers.
func BenchmarkSlotWithTransfers(b *testing.B) {
	c := benchmarkChain(b, 100)
	user := localnet.NewAccount("user")
	nonce := uint64(0)
	for range b.N {
		b.StopTimer()
		for range 50 {
			if err := c.Client().SendTransaction(b.Context(), transfer(b, c, user, common.HexToAddress("0x77"), nonce)); err != nil {
				b.Fatal(err)
			}
			nonce++
		}
		b.StartTimer()
		if _, err := c.NextSlot(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkChain(b *testing.B, validators int) *chain.Chain {
	b.Helper()
	return start(b, func(config *chain.Config) {
		var err error
		if config.Validators, err = chain.Bystanders(validators, bystandersPurse); err != nil {
			b.Fatal(err)
		}
	})
}
