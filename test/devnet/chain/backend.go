package chain

import (
	"context"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
)

// Backend is the execution node for who sends one transaction after the other, such as a deployment: each gets a block at once.
type Backend struct {
	*ethclient.Client
	chain *Chain
}

// Backend sends transactions while nothing else advances the chain: beside Run it would hurry it.
func (c *Chain) Backend() *Backend { return &Backend{Client: c.Client(), chain: c} }

// SendTransaction sends a transaction and lets slots pass until one has a block, which holds the transaction if the pool took it for the next block.
func (b *Backend) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := b.Client.SendTransaction(ctx, tx); err != nil {
		return err
	}
	for {
		slot, err := b.chain.NextSlot(ctx)
		if err != nil || !slot.Missed {
			return err
		}
	}
}
