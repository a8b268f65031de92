package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/node"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/internal/preflight"
	"github.com/tidemark-oracle/tidemark/report"
)

const checkTimeout = 2 * time.Minute

func newCheck(env environment) *cobra.Command {
	f := cli.NewNodeFlags()
	asJSON, timeout := false, cli.PositiveDuration(checkTimeout)
	cmd := &cobra.Command{
		Use:   "check --beacon URL --execution URL [--home DIR]",
		Short: "Check everything that oraclenode run needs, and say what to do about what is missing",
		Long: `Look at everything that oraclenode run needs, with the same settings: clock, disk, keys and journal; every beacon and execution node; the contracts, by proof;
the committee, the account's funds and the network's addresses. Each gets a result and, where it is needed, a remedy. Nothing is changed, signed or sent.

Ends with status 0 if a node would run (warnings may stand), and 2 if something failed.`,
		Example: `  oraclenode check --config oraclenode.yaml
  oraclenode check --beacon http://localhost:5052 --execution http://localhost:8545
  oraclenode check --config oraclenode.yaml --json | jq '.findings[] | select(.verdict != "ok")'`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), time.Duration(timeout))
			defer cancel()
			return checkAll(ctx, env, f, asJSON)
		}),
	}
	f.Add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().Var(&timeout, "timeout", "give up after this time")
	cli.MarkSetting(cmd.Flags(), "timeout")
	return cmd
}

func checkAll(ctx context.Context, env environment, f *cli.NodeFlags, asJSON bool) error {
	c := f.Settings()
	if err := c.Validate(); err != nil {
		return &cli.Outcome{Status: cli.ExitUsage, Err: err}
	}
	in, closeIdle, err := checkInput(c.Resolved(), env)
	if err != nil {
		return err
	}
	defer closeIdle()
	colours := newPalette(env)
	show := func(found preflight.Finding) { printFinding(env, colours, found) }
	if asJSON {
		show = nil
	}
	findings := preflight.Run(ctx, in, show)
	worst := preflight.Worst(findings)
	if asJSON {
		err = writeJSON(env.out, checkJSON{Result: worst, Findings: findings})
	} else {
		err = printConclusion(env, colours, findings)
	}
	if err == nil && worst == preflight.Failed {
		return &cli.Outcome{Status: cli.ExitFindings}
	}
	return err
}

// checkJSON is what --json prints.
type checkJSON struct {
	Result   preflight.CheckResult `json:"verdict"` // ok, warning or failed: the worst
	Findings []preflight.Finding   `json:"findings"`
}

func checkInput(c node.Config, env environment) (in preflight.Input, closeIdle func(), err error) {
	manifest, err := operator.ReadManifest(c.Network)
	if err != nil {
		return in, nil, err
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	in = preflight.Input{
		Manifest: manifest, Beacon: c.Beacon, Execution: c.Execution,
		Keystore: c.Keystore, KeystorePassword: c.KeystorePasswordFile, Identity: c.Identity, Journal: c.Journal, Observe: c.Observe,
		Listen: c.Listen, Bootstrap: slices.Concat(manifest.BootstrapPeers, c.Bootstrap),
		MaxFeeWei: new(big.Int).Mul(new(big.Int).SetUint64(c.MaxFeeGwei), big.NewInt(report.WeiPerGwei)),
		Now:       env.chainNow(), Wall: env.now,
		HTTP: &http.Client{Transport: transport}, Dial: (&net.Dialer{}).DialContext,
	}
	switch {
	case c.RemoteSigner != "":
		address := common.HexToAddress(c.SubmitterAddress)
		in.SubmitterAddress = &address
	case !c.NoSubmit && !absent(c.SubmitterKeystore):
		in.Submitter, in.SubmitterPassword = c.SubmitterKeystore, c.SubmitterPasswordFile
	}
	return in, transport.CloseIdleConnections, nil
}

func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func printFinding(env environment, p palette, f preflight.Finding) {
	paint := map[preflight.CheckResult]func(string) string{
		preflight.Passed: p.good, preflight.Skipped: p.faint, preflight.Warning: p.doubt, preflight.Failed: p.bad,
	}[f.Result]
	subject := ""
	if f.Subject != "" {
		subject = shown(f.Subject) + ": "
	}
	// A line that cannot be written shows in the last one.
	_, _ = fmt.Fprintf(env.out, "%s %-9s %s%s\n", paint(fmt.Sprintf("%-7s", f.Result)), f.Area, subject, shown(f.Text))
	if f.Remedy != "" {
		_, _ = fmt.Fprintf(env.out, "%-18s%s\n", "", p.bold("→ "+shown(f.Remedy)))
	}
}

func printConclusion(env environment, p palette, findings []preflight.Finding) error {
	count := map[preflight.CheckResult]int{}
	for _, f := range findings {
		count[f.Result]++
	}
	text := p.good("A node would run.")
	switch preflight.Worst(findings) {
	case preflight.Failed:
		text = p.bad("A node would not do its part: see what failed.")
	case preflight.Warning:
		text = p.doubt("A node would run: look at the warnings.")
	}
	_, err := fmt.Fprintf(env.out, "\n%s %d ok, %d warnings, %d failed, %d skipped\n", text, count[preflight.Passed], count[preflight.Warning], count[preflight.Failed],
		count[preflight.Skipped])
	return err
}
