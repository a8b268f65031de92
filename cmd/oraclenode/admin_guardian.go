package main

import (
	"context"
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

func newAdminAccept(env environment) *cobra.Command {
	return newAction(env, &cobra.Command{
		Use:   "accept --execution URL --beyond-limits REPORT",
		Short: "Accept the report in quarantine",
		Long: `Apply the report in quarantine although it breaks a soft limit. REPORT is its file, as 'oraclenode report compute --json' writes it: compute it yourself,
and find out why it breaks the limit, before you accept it. Needs GUARDIAN_ROLE of ReportOracle. Ceilings cannot be passed, and acceptance ends when submissions of the frame close: the next
frame's report is computed on what stands then.`,
		Example: `  oraclenode report compute --network manifest.yaml --beacon http://localhost:5052 --execution http://localhost:8545 --json > report.json
  oraclenode admin accept --beyond-limits report.json --execution http://localhost:8545 --signer-keystore guardian.json --signer-password-file guardian.password`,
		Args: exactly(1, "the file of the report in quarantine"),
	}, func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error) {
		r, err := readReport(env, args[0])
		if err != nil {
			return operator.Action{}, err
		}
		return n.AcceptQuarantined(ctx, r)
	}, map[string]string{operator.FlagBeyondLimits: "that the report breaks a limit is known and meant"})
}

func newAdminReject(env environment) *cobra.Command {
	return newAction(env, &cobra.Command{
		Use:     "reject --execution URL",
		Short:   "Reject the report in quarantine",
		Long:    `Drop the report in quarantine. The token stays as it is, and the next frame can be reported. Needs GUARDIAN_ROLE of ReportOracle.`,
		Example: `  oraclenode admin reject --execution http://localhost:8545 --signer-keystore guardian.json --signer-password-file guardian.password`,
		Args:    cli.NoArguments,
	}, func(ctx context.Context, n *operator.Network, _ []string) (operator.Action, error) {
		return n.RejectQuarantined(ctx)
	}, nil)
}

// oneFeature wants what can be paused.
func oneFeature(_ *cobra.Command, args []string) error {
	if len(args) != 1 || !slices.Contains(operator.Features(), args[0]) {
		return cli.Usagef("want one of %s", strings.Join(operator.Features(), ", "))
	}
	return nil
}

func newAdminPause(env environment) *cobra.Command {
	return newAction(env, &cobra.Command{
		Use:   "pause --execution URL deposits|withdrawals|reports",
		Short: "Stop deposits, withdrawal requests or reports",
		Long: `Stop one part: deposits (StakingPool), new requests and finalization (WithdrawalQueue), or reports (ReportOracle). Claims are never stopped. A
pause of withdrawals or reports ends by itself, and who paused can pause that part again only after as long as the pause lasted. Needs PAUSER_ROLE of
that contract.`,
		Example:   `  oraclenode admin pause reports --execution http://localhost:8545 --signer-keystore pauser.json --signer-password-file pauser.password`,
		Args:      oneFeature,
		ValidArgs: operator.Features(),
	}, func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error) {
		return n.Pause(ctx, operator.Feature(args[0]))
	}, nil)
}

func newAdminUnpause(env environment) *cobra.Command {
	return newAction(env, &cobra.Command{
		Use:       "unpause --execution URL deposits|withdrawals|reports",
		Short:     "Let deposits, withdrawal requests or reports go on",
		Long:      `Let one part that was paused go on. Needs RESUMER_ROLE of its contract: StakingPool for deposits, WithdrawalQueue for withdrawals, ReportOracle for reports.`,
		Example:   `  oraclenode admin unpause reports --execution http://localhost:8545 --signer-keystore resumer.json --signer-password-file resumer.password`,
		Args:      oneFeature,
		ValidArgs: operator.Features(),
	}, func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error) {
		return n.Unpause(ctx, operator.Feature(args[0]))
	}, nil)
}
