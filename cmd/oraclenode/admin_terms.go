package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// optionalNumber is a number of at most some bits that may be left out.
func optionalNumber(at **uint64, bits int) pflag.Value {
	parse := func(text string) (*uint64, error) {
		n, err := strconv.ParseUint(text, 10, bits)
		if err != nil {
			return nil, fmt.Errorf("want a whole number of at most %d bits", bits)
		}
		return &n, nil
	}
	return cli.Optional(at, "N", parse, func(n *uint64) string { return strconv.FormatUint(*n, 10) })
}

// change sets a number that was given.
func change[N uint16 | uint32 | uint64](to *N, given *uint64) {
	if given != nil {
		*to = N(*given)
	}
}

const timelockNote = `The admin is the timelock: the first run announces the change, and the same command run again after the delay executes it.`

func newAdminLimits(env environment) *cobra.Command {
	var gain, gift, loss, validators, exits, request *uint64
	cmd := newAction(env, &cobra.Command{
		Use:   "limits --execution URL [--annual-gain-bps N] …",
		Short: "Change the soft limits on what a report may say",
		Long: `Change some of the soft limits beyond which a report goes to quarantine; those that are not named stay. None can pass its ceiling. Needs
DEFAULT_ADMIN_ROLE of SanityChecker. ` + timelockNote,
		Example: `  oraclenode admin limits --exits-per-epoch 48 --execution http://localhost:8545 --signer-keystore owner.json --signer-password-file owner.password
  oraclenode admin limits --annual-gain-bps 1500 --loosen --execution http://localhost:8545 --calldata`,
		Args: cli.NoArguments,
	}, func(ctx context.Context, n *operator.Network, _ []string) (operator.Action, error) {
		to, _, err := n.Limits(ctx)
		if err != nil {
			return operator.Action{}, err
		}
		change(&to.AnnualGainBps, gain)
		change(&to.GiftMarginGwei, gift)
		change(&to.LossWindowPcm, loss)
		change(&to.NewValidatorsPerEpoch, validators)
		change(&to.ExitsPerEpoch, exits)
		change(&to.RequestMarginSeconds, request)
		return n.SetLimits(ctx, to)
	}, map[string]string{operator.FlagLoosen: "that a limit becomes looser is meant"})
	flags := cmd.Flags()
	flags.Var(optionalNumber(&gain, 32), "annual-gain-bps", "most that validators may earn in a year, in parts per 10,000")
	flags.Var(optionalNumber(&gift, 64), "gift-margin-gwei", "most of the pool's bucket that one report may take for what others give, in gwei")
	flags.Var(optionalNumber(&loss, 32), "loss-window-pcm", "most that the last sixteen reports may lose together, in parts per 100,000")
	flags.Var(optionalNumber(&validators, 32), "new-validators-per-epoch", "most new validators for each epoch elapsed")
	flags.Var(optionalNumber(&exits, 32), "exits-per-epoch", "most exits for each epoch elapsed")
	flags.Var(optionalNumber(&request, 32), "request-margin-seconds", "least age of a request at the reference slot, in seconds")
	return cmd
}

func newAdminTerms(env environment) *cobra.Command {
	var fee, operators, reward, noise *uint64
	var treasury *common.Address
	cmd := newAction(env, &cobra.Command{
		Use:   "terms --execution URL [--fee-bps N] …",
		Short: "Change the pool's fee, treasury, normal reward and noise",
		Long: `Change some of the pool's terms; those that are not named stay. Each has a ceiling for ever (bounds in the manifest). Needs DEFAULT_ADMIN_ROLE of StakingPool.
` + timelockNote,
		Example: `  oraclenode admin terms --fee-bps 500 --execution http://localhost:8545 --signer-keystore owner.json --signer-password-file owner.password
  oraclenode admin terms --fee-bps 500 --execution http://localhost:8545 --cancel --signer-keystore owner.json --signer-password-file owner.password`,
		Args: cli.NoArguments,
	}, func(ctx context.Context, n *operator.Network, _ []string) (operator.Action, error) {
		to, err := n.Terms(ctx)
		if err != nil {
			return operator.Action{}, err
		}
		change(&to.FeeBps, fee)
		change(&to.OperatorsBps, operators)
		change(&to.NormalRewardBps, reward)
		change(&to.NoisePcm, noise)
		if treasury != nil {
			to.Treasury = *treasury
		}
		return n.SetTerms(ctx, to)
	}, map[string]string{
		operator.FlagMoveFees: "that holders pay more, or others receive the fee, is meant",
		operator.FlagLoosen:   "that deposits pay less in advance, or larger losses pass unconfirmed, is meant",
	})
	flags := cmd.Flags()
	flags.Var(optionalNumber(&fee, 16), "fee-bps", "part of the profit that is the fee, in parts per 10,000")
	flags.Var(optionalNumber(&operators, 16), "operators-bps", "the operators' part of the fee, in parts per 10,000")
	flags.Var(optionalNumber(&reward, 32), "normal-reward-bps", "what validators earn normally in a year, in parts per 10,000: deposits pay for it in advance, and more pays no fee")
	flags.Var(optionalNumber(&noise, 16), "noise-pcm", "a loss above it waits for the next report to confirm it, in parts per 100,000 of the pool's ether")
	flags.Var(addressValue(&treasury), "treasury", "account that receives the rest of the fee")
	return cmd
}

func newAdminGloas(env environment) *cobra.Command {
	var epoch uint64
	return newAction(env, &cobra.Command{
		Use:   "gloas --execution URL EPOCH",
		Short: "Tell the contracts the epoch of the Gloas fork",
		Long: `Move the epoch from which on StateProofs expects states of Gloas, because the fork got a date or another one; 18446744073709551615 stands for none. It works
until the earlier of both epochs: announce it at least the timelock's delay before that. With a wrong epoch in the past no proof into the state verifies until
the fork really comes. Needs DEFAULT_ADMIN_ROLE of StateProofs. ` + timelockNote + `
Every member then needs a manifest with the same epoch (states.gloasForkEpoch).`,
		Example: `  oraclenode admin gloas 500000 --execution http://localhost:8545 --signer-keystore owner.json --signer-password-file owner.password`,
		Args: func(cmd *cobra.Command, args []string) (err error) {
			if err := exactly(1, "the epoch of the fork")(cmd, args); err != nil {
				return err
			}
			if epoch, err = strconv.ParseUint(args[0], 10, 64); err != nil {
				return cli.Usagef("epoch %q: want a whole number", args[0])
			}
			return nil
		},
	}, func(ctx context.Context, n *operator.Network, _ []string) (operator.Action, error) {
		return n.SetGloasEpoch(ctx, epoch)
	}, nil)
}
