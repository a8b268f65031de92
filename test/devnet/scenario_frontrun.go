package devnet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// frontRun has the holder of the next key deposit it for itself before the pool does, and buy in between theft and proof.
func frontRun() scenario {
	return scenario{
		name: "front-run",
		summary: "The operator deposits its next key for itself, before the pool sends it the first ether, and stakes 50 ETH before that is proven. " +
			"Members' keepers show it: the bond pays, the operator is off, and the thief has no more than anybody who staked as much.",
		frames: 4,
		run:    runFrontRun,
	}
}

func runFrontRun(ctx context.Context, env *environment) error {
	thief, staked := env.Accounts.User, localnet.Ether(50)
	stolen, err := keys.Deposit(env.Manifest, network.FirstFreeKey, report.CredentialsOf(thief.Address), report.FirstGwei)
	if err != nil {
		return err
	}
	if _, err := env.Send(ctx, network.Call{From: thief, To: env.Manifest.DepositContract, Wei: localnet.Ether(1), Data: stolen}); err != nil {
		return err
	}
	env.printer.printStep("The operator deposits its next key for itself.")
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	if err := env.await(ctx, "the stolen key has its first ether", env.RefSlot(1), func() bool { return env.countActs(follow.OpenedKey) > network.FirstFreeKey }); err != nil {
		return err
	}
	if _, err := env.Send(ctx, network.Call{
		From: thief, To: env.Manifest.Contracts.StakingPool, Wei: staked, Data: bindings.NewStakingPool().PackDeposit(thief.Address, new(big.Int)),
	}); err != nil {
		return err
	}
	env.printer.printStep("The pool has sent the key its first ether. The thief stakes 50 ETH.")
	if err := env.await(ctx, "the theft is proven", env.RefSlot(3), func() bool { return env.countActs(follow.LostKey) == 1 }); err != nil {
		return err
	}
	if err := env.checkBond(ctx); err != nil {
		return err
	}
	if _, err := env.awaitRebase(ctx, 3); err != nil {
		return err
	}
	return env.checkThief(ctx, thief, staked)
}

// checkBond wants one ether of the operator's bond to be gone, and the operator off.
func (env *environment) checkBond(ctx context.Context) error {
	registry := bindings.NewOperatorRegistry()
	operator, err := network.Query(ctx, env.Network, env.Manifest.Contracts.OperatorRegistry, nil, registry.PackOperatorInfo(new(big.Int)), registry.UnpackOperatorInfo)
	if err != nil {
		return err
	}
	if operator.Active {
		return fmt.Errorf("%w: the operator of the stolen key still gets ether", ErrOutcome)
	}
	env.printer.printStep("A member's keeper has proven it: the bond is %s ETH, and the operator is off.", ether(operator.BondWei, 0))
	return nil
}

// checkThief wants the thief's stake to have grown no faster than the share rate.
func (env *environment) checkThief(ctx context.Context, thief *localnet.Account, staked *big.Int) error {
	token := bindings.NewStakedEther()
	has, err := network.Query(ctx, env.Network, env.Manifest.Contracts.StakedEther, nil, token.PackBalanceOf(thief.Address), token.UnpackBalanceOf)
	if err != nil {
		return err
	}
	most := new(big.Int).Quo(new(big.Int).Mul(staked, env.follower.Books().WeiPerToken()), big.NewInt(1e18))
	if has.Sign() == 0 || has.Cmp(most) > 0 {
		return fmt.Errorf("%w: the thief has %s ETH of 50, and who has held a share from the start has not earned that", ErrOutcome, ether(has, 6))
	}
	env.printer.printStep("The thief has %s ETH of 50, and one ether of bond less for one ether stolen.", ether(has, 6))
	return nil
}
