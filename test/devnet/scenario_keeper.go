package devnet

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
)

// keeperDown has nobody do the pool's chores, and then somebody who is no member.
func keeperDown() scenario {
	return scenario{
		name: "keeper-down",
		summary: "No member's node does what anybody may do for the pool: its ether waits, and every frame is reported. Then somebody without any role runs a keeper: " +
			"keys get their first ether, are proven, and get the rest.",
		frames:    5,
		noKeepers: true,
		run:       runKeeperDown,
	}
}

func runKeeperDown(ctx context.Context, env *environment) error {
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	opened, toppedUp := env.countActs(follow.OpenedKey), env.countActs(follow.ToppedUpKey)
	if _, err := env.awaitRebase(ctx, 1); err != nil {
		return err
	}
	if env.countActs(follow.OpenedKey) != opened || env.countActs(follow.ToppedUpKey) != toppedUp {
		return fmt.Errorf("%w: somebody has sent ether to keys", ErrOutcome)
	}
	env.printer.printStep("Nobody has sent ether to keys. %s ETH of the buffer could go to them.", ether(env.follower.Books().UsableWei(), 4))
	k, closeNodes, err := env.NewKeeper(func(ctx context.Context, _ time.Duration) error { return env.awaitSlot(ctx, env.Chain.Slot()+1) })
	if err != nil {
		return err
	}
	defer closeNodes()
	if err := env.keep(ctx, k, toppedUp); err != nil {
		return err
	}
	env.printer.printStep("Somebody without any role has opened %d keys, and sent %d times the rest of one's ether.",
		env.countActs(follow.OpenedKey)-opened, env.countActs(follow.ToppedUpKey)-toppedUp)
	if who := env.Accounts.Keeper.Address; env.countActsOf(follow.OpenedKey, who) <= opened || env.countActsOf(follow.ToppedUpKey, who) <= toppedUp {
		return fmt.Errorf("%w: somebody else did it", ErrOutcome)
	}
	_, err = env.awaitRebase(ctx, 4)
	return err
}

// keep has a keeper look once a slot until a key more has got the rest of its ether.
func (env *environment) keep(ctx context.Context, k *keeper.Keeper, toppedUp int) error {
	for last := env.RefSlot(4); env.countActs(follow.ToppedUpKey) == toppedUp; {
		if env.Chain.Slot() >= last {
			return fmt.Errorf("%w: no key has got its ether until slot %d", ErrOutcome, last)
		}
		if err := k.Step(ctx); err != nil {
			return err
		}
		if err := env.awaitSlot(ctx, env.Chain.Slot()+1); err != nil {
			return err
		}
	}
	return nil
}
