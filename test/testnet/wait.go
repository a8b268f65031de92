package testnet

import (
	"context"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
)

const pollInterval = 250 * time.Millisecond

// WaitFinalized returns the finalized checkpoint as soon as one after genesis is finalized, which is about four
// epochs (96 seconds) after the genesis time. The error wraps an *ExitError when a client fails before.
func (n *Network) WaitFinalized(ctx context.Context) (Checkpoint, error) {
	return n.WaitFinalizedEpoch(ctx, 1)
}

// WaitFinalizedEpoch returns the finalized checkpoint as soon as it is of the epoch or of a later one.
func (n *Network) WaitFinalizedEpoch(ctx context.Context, epoch uint64) (Checkpoint, error) {
	status, err := n.waitStatus(ctx, fmt.Sprintf("finality of epoch %d", epoch), func(s Status) bool { return s.Finalized.Epoch >= epoch })
	return status.Finalized, err
}

// WaitSlot returns when the head of the chain is at the slot or after it.
func (n *Network) WaitSlot(ctx context.Context, slot uint64) error {
	_, err := n.waitStatus(ctx, fmt.Sprintf("a block in slot %d or later", slot), func(s Status) bool { return s.HeadSlot >= slot })
	return err
}

func (n *Network) waitStatus(ctx context.Context, what string, reached func(Status) bool) (Status, error) {
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	var status Status
	err := poll(ctx, what, func() (bool, error) {
		var err error
		status, err = n.Status(ctx)
		return err == nil && reached(status), err
	})
	return status, err
}

// waitExecution waits for geth to answer.
func (n *Network) waitExecution(ctx context.Context) error {
	client, err := ethclient.DialContext(ctx, n.ExecutionURL)
	if err != nil {
		return fmt.Errorf("connect to geth: %w", err)
	}
	defer client.Close()
	return poll(ctx, "geth to answer", func() (bool, error) {
		id, err := client.ChainID(ctx)
		return err == nil && id.IsUint64() && id.Uint64() == ChainID, err
	})
}

// beaconAnswers waits for a beacon node to serve the genesis that it was given.
func (n *Network) beaconAnswers(node int) func(context.Context) error {
	return func(ctx context.Context) error {
		var genesis struct {
			Data struct {
				Time decimal `json:"genesis_time"`
			} `json:"data"`
		}
		return poll(ctx, "the beacon node to answer", func() (bool, error) {
			err := n.beacon(node).get(ctx, "/eth/v1/beacon/genesis", &genesis)
			return err == nil && uint64(genesis.Data.Time) == n.GenesisTime, err
		})
	}
}

// poll asks again and again until the answer is yes; errors of the question are reported only if time runs out.
func poll(ctx context.Context, what string, ask func() (bool, error)) error {
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		reached, err := ask()
		if reached {
			return nil
		}
		select {
		case <-ctx.Done():
			if err != nil {
				return fmt.Errorf("wait for %s: %w (the last question ended with: %v)", what, context.Cause(ctx), err)
			}
			return fmt.Errorf("wait for %s: %w", what, context.Cause(ctx))
		case <-ticker.C:
		}
	}
}
