package devnet

import (
	"context"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
)

// endpointDown takes a member's nodes away, one after the other.
func endpointDown() scenario {
	const member = 1
	return scenario{
		name:    "endpoint-down",
		summary: "A member loses its beacon node, later its execution node: it says that it is not ready and why, the committee goes on, and it recovers.",
		frames:  3,
		relayed: []int{member},
		run: func(ctx context.Context, env *environment) error {
			if _, err := env.awaitReport(ctx, 0); err != nil {
				return err
			}
			nodes := env.fleet.relays[member]
			if err := env.runWithoutNode(ctx, member, 1, "beacon-down", nodes.beacon); err != nil {
				return err
			}
			if err := env.runWithoutNode(ctx, member, 2, "execution-down", nodes.execution); err != nil {
				return err
			}
			return env.await(ctx, "the member computes the report again", env.deadline(3), func() bool {
				st, err := env.fleet.status(ctx, member)
				if err != nil || len(st.Rounds) == 0 {
					return false
				}
				newest := st.Rounds[0]
				return newest.RefSlot >= env.RefSlot(2) && newest.Digest != nil && *newest.Digest != (common.Hash{})
			})
		},
	}
}

// runWithoutNode takes a node from a member for the k-th frame, and gives it back.
func (env *environment) runWithoutNode(ctx context.Context, member int, k uint64, reason string, node *relay.Relay) error {
	node.Down()
	env.printer.printStep("Member %d loses a node.", member)
	by := env.deadline(k)
	if err := env.await(ctx, fmt.Sprintf("member %d is not ready: %s", member, reason), by, func() bool {
		ready, reasons, err := env.fleet.ready(ctx, member)
		return err == nil && !ready && strings.Contains(reasons, reason)
	}); err != nil {
		return err
	}
	env.printer.printStep("Member %d is not ready: %s.", member, reason)
	if _, err := env.awaitReport(ctx, k); err != nil {
		return err
	}
	if err := node.Up(); err != nil {
		return err
	}
	return env.await(ctx, fmt.Sprintf("member %d is ready again", member), by+env.Schedule.FrameSlots(), func() bool {
		ready, _, err := env.fleet.ready(ctx, member)
		return err == nil && ready
	})
}
