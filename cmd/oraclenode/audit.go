package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/audit/page"
	"github.com/tidemark-oracle/tidemark/internal/cli"
)

// auditOpener connects to the auditor's nodes: audit.Open.
type auditOpener func(e audit.Endpoints) (chain audit.Chain, compute audit.Compute, close func(), err error)

type auditFlags struct {
	chainFlags
	from, to      pointValue
	cache, names  string
	asJSON, asCSV bool
	html          string
	follow        bool
	interval      cli.PositiveDuration
	webhook       *url.URL
	serve         string
	serveExpose   bool
}

const auditLong = `Check every report that the contract has seen in a range of blocks from the chain's own bytes. The audit checks the certificate in the transaction (who signed
and who did not), the digest, the frame, the block proof and the sanity bounds. It compares the arithmetic of the rebase with the token's real change. With a
beacon node that has the old states it computes each report again, from what it reads and verifies itself: so it finds a report that all members signed
wrongly. Held and rejected reports, missed frames, and members that were ejected or slashed are findings too.

An execution node alone suffices for all but the consensus layer's values. The audit says what it could not check, and why. A range is 30d, 12h or 90m before
its end, slot:N (or N), or block:N. Without --from it begins at the deployment; without --to it ends at the newest final block.

With --cache a second run reads only what is new. --watch never ends: it audits up to the newest block again and again, prints findings when they are new, and posts
them to --webhook.

--serve shows the result as a page and as JSON under /api/v1/, as a node shows itself, until it is interrupted; with --watch the page is live.

Nothing is signed and nothing is ever sent to a chain.

Exit status: 0 all is well, 2 findings, 3 nothing differs but something could not be checked.`

func newAudit(env environment) *cobra.Command {
	f := &auditFlags{interval: cli.PositiveDuration(time.Minute)}
	cmd := &cobra.Command{
		Use:   "audit --network FILE --execution URL [--beacon URL] [--from 30d] [--to slot:N]",
		Short: "Check every report that the contract has seen, and compute it again",
		Long:  auditLong,
		Example: `  oraclenode audit --network mainnet.yaml --execution http://localhost:8545 --from 30d
  oraclenode audit --network mainnet.yaml --execution http://archive:8545 --beacon http://archive:5052 --from 365d --cache audit.cache --html audit.html
  oraclenode audit --network mainnet.yaml --execution http://localhost:8545 --from 7d --watch --cache audit.cache --webhook https://hooks.example.org/…
  oraclenode audit --network mainnet.yaml --execution http://localhost:8545 --from 7d --watch --serve`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE:                  cli.Work(func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), env) }),
	}
	f.add(cmd)
	return cmd
}

func (f *auditFlags) add(cmd *cobra.Command) {
	f.chainFlags.add(cmd, "URL of a beacon node that has old states; repeat for several", "error")
	flags := cmd.Flags()
	flags.Var(&f.from, "from", "where the range begins: 30d, 12h, slot:N, block:N")
	flags.Var(&f.to, "to", "where it ends: 1d, slot:N, block:N, head")
	flags.StringVar(&f.cache, "cache", "", "`FILE` that keeps what is final, so that a second run reads only what is new")
	flags.StringVar(&f.names, "names", "", "`FILE` of members' names: lines of an identifier and a name")
	flags.BoolVar(&f.asJSON, "json", false, "print lines of JSON")
	flags.BoolVar(&f.asCSV, "csv", false, "print the reports as CSV")
	flags.StringVar(&f.html, "html", "", "write a page with plots to this `FILE`, in place of an older one")
	flags.BoolVar(&f.follow, "watch", false, "go on with new blocks, and print what is found")
	flags.Var(&f.interval, "interval", "with --watch: time between two audits")
	flags.Var(cli.URL(&f.webhook), "webhook", "with --watch: `URL` to which findings are posted as JSON")
	flags.StringVar(&f.serve, "serve", "", "show the result at `HOST:PORT`, given as --serve=HOST:PORT")
	flags.Lookup("serve").NoOptDefVal = page.DefaultAddress
	flags.BoolVar(&f.serveExpose, "serve-expose", false, "let --serve listen on an address that other machines reach")
	cli.MarkSetting(flags, "webhook")
	cli.MarkSecret(flags, "webhook")
	cmd.MarkFlagsMutuallyExclusive("json", "csv")
	for _, name := range []string{"cache", "names", "html"} {
		cli.MustMark(cmd.MarkFlagFilename(name))
	}
}

func (f *auditFlags) run(ctx context.Context, env environment) error {
	switch {
	case f.webhook != nil && !f.follow:
		return cli.Usagef("--webhook goes with --watch")
	case f.follow && f.to.point != (audit.Point{}):
		return cli.Usagef("--watch goes up to the newest block: leave --to out")
	}
	if err := f.checkServe(); err != nil {
		return err
	}
	m, bar, log, err := f.open(env)
	if err != nil {
		return err
	}
	defer bar.end()
	chain, compute, closeNodes, err := env.openAudit(audit.Endpoints{
		Manifest: m, Beacon: cli.URLTexts(f.beacon.Items), Execution: cli.URLTexts(f.execution.Items), Log: log,
	})
	if err != nil {
		return err
	}
	defer closeNodes()
	options, err := f.options(env, m)
	if err != nil {
		return err
	}
	options.Chain, options.Compute = chain, compute
	options.Progress = bar.steps
	auditor, err := audit.New(options)
	if err != nil {
		return err
	}
	shown, err := f.openPage(ctx, env, auditPage{chain: chain, manifest: m, log: log, software: options.Software, out: bar.above(env.errOut)})
	if err != nil {
		return err
	}
	run := f.once
	if f.follow {
		run = f.goOn
	}
	return errors.Join(run(ctx, env, following{auditor, options.Cache, log, bar, shown}), shown.close())
}

// following is what an audit needs while it runs.
type following struct {
	auditor *audit.Auditor
	cache   *audit.Cache
	log     *slog.Logger
	bar     *progress
	shown   *auditPage
}

// once audits one range. Whoever looks at the page ends it.
func (f *auditFlags) once(ctx context.Context, env environment, a following) error {
	blocks, err := a.auditor.Resolve(ctx, f.from.point, f.to.point)
	if err != nil {
		return err
	}
	result, err := a.auditor.Run(ctx, blocks)
	a.bar.end()
	if err != nil {
		return errors.Join(err, f.keep(a.cache)) // what was read need not be read again
	}
	if err := errors.Join(f.keep(a.cache), f.print(env, result)); err != nil {
		return err
	}
	a.shown.look(ctx, result)
	a.shown.wait(ctx)
	return auditOutcome(result.Summary.Conclusion)
}

// options reads the files that the flags name.
func (f *auditFlags) options(env environment, m *manifest.Manifest) (o audit.Options, err error) {
	o = audit.Options{Manifest: m, Software: cli.DescribeBuild(env.buildInfo)}
	if o.Names, err = readNames(f.names); err != nil {
		return o, err
	}
	o.Cache, err = readAuditCache(f.cache, m)
	return o, err
}

// auditOutcome is the exit status of a conclusion.
func auditOutcome(c audit.Conclusion) error {
	switch c {
	case audit.Found:
		return &cli.Outcome{Status: cli.ExitFindings}
	case audit.Unchecked:
		return &cli.Outcome{Status: cli.ExitUnchecked}
	case audit.Clean:
	}
	return nil
}

// goOn follows the chain.
func (f *auditFlags) goOn(ctx context.Context, env environment, a following) error {
	poster, err := f.poster(env)
	if err != nil {
		return err
	}
	var waiting []audit.Finding
	unchecked := 0
	err = a.auditor.Follow(ctx, audit.Following{
		From: f.from.point, Interval: time.Duration(f.interval), Clock: env.clock,
		Failed: func(err error) {
			a.shown.fail(err)
			a.log.Error("the audit failed, and is repeated", "reason", err)
		},
		Each: func(r audit.Result, fresh []audit.Finding) error {
			a.shown.look(ctx, r)
			if n := r.Summary.Unchecked; n != unchecked {
				if unchecked = n; n > 0 {
					a.log.Error("not everything could be checked; it is tried again at every look", "result", r.Text())
				}
			}
			waiting = append(waiting, fresh...)
			if poster != nil && len(waiting) > 0 {
				taken, err := poster.Post(ctx, r.Head, waiting)
				waiting = waiting[taken:]
				if err != nil {
					a.log.Error("findings wait for the webhook", "findings", len(waiting), "reason", err)
				}
			}
			if err := f.keep(a.cache); err != nil {
				return err
			}
			return f.printFresh(env, a.bar, r, fresh)
		},
	})
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil // who follows ends it by a signal
	}
	return err
}

func (f *auditFlags) poster(env environment) (*audit.Webhook, error) {
	if f.webhook == nil {
		return nil, nil
	}
	return audit.NewWebhook(f.webhook.String(), http.DefaultTransport, env.sleep)
}

// pointValue is a flag of where a range begins or ends.
type pointValue struct{ point audit.Point }

func (v *pointValue) Type() string   { return "point" }
func (v *pointValue) String() string { return v.point.String() }

func (v *pointValue) Set(text string) (err error) {
	v.point, err = audit.ParsePoint(text)
	return err
}
