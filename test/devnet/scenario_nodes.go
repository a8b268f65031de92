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
		story:   "A member loses its beacon node, later its execution node: it says that it is not ready and why, the committee goes on, and it recovers.",
		frames:  3,
		relayed: []int{member},
		play: func(ctx context.Context, s *stage) error {
			if _, err := s.reported(ctx, 0); err != nil {
				return err
			}
			nodes := s.fleet.relays[member]
			if err := s.without(ctx, member, 1, "beacon-down", nodes.beacon); err != nil {
				return err
			}
			if err := s.without(ctx, member, 2, "execution-down", nodes.execution); err != nil {
				return err
			}
			return s.await(ctx, "the member computes the report again", s.deadline(3), func() bool {
				told, err := s.fleet.status(ctx, member)
				if err != nil || len(told.Rounds) == 0 {
					return false
				}
				newest := told.Rounds[0]
				return newest.RefSlot >= s.Schedule.RefSlot(2) && newest.Digest != nil && *newest.Digest != (common.Hash{})
			})
		},
	}
}

// without takes a node from a member for the k-th frame, and gives it back.
func (s *stage) without(ctx context.Context, member int, k uint64, reason string, node *relay.Relay) error {
	node.Down()
	s.teller.say("Member %d loses a node.", member)
	by := s.deadline(k)
	if err := s.await(ctx, fmt.Sprintf("member %d is not ready: %s", member, reason), by, func() bool {
		ready, reasons, err := s.fleet.ready(ctx, member)
		return err == nil && !ready && strings.Contains(reasons, reason)
	}); err != nil {
		return err
	}
	s.teller.say("Member %d is not ready: %s.", member, reason)
	if _, err := s.reported(ctx, k); err != nil {
		return err
	}
	if err := node.Up(); err != nil {
		return err
	}
	return s.await(ctx, fmt.Sprintf("member %d is ready again", member), by+s.Schedule.FrameSlots(), func() bool {
		ready, _, err := s.fleet.ready(ctx, member)
		return err == nil && ready
	})
}
