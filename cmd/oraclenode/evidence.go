package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/report"
)

const evidenceLong = `Two votes of one key for two reports of one round prove that a member equivocated. A node keeps such votes in its journal when it sees them. Anybody who has
them may submit them to the oracle, which takes the member's bond and gives the sender the reporter's part.

Evidence comes from a running node (--api), or from a journal that no node uses (--journal). Or it comes from a file with what 'evidence show --json' prints
(--file; - is standard input). Both votes are verified, whatever the source.`

func newEvidence(env environment) *cobra.Command {
	return cli.Group("evidence", "Show proofs that a member signed two reports, and submit them to the oracle", evidenceLong,
		newEvidenceList(env), newEvidenceShow(env), newEvidenceSubmit(env))
}

// evidenceFlags say where evidence comes from and whose network it is of.
type evidenceFlags struct {
	home          homeFlags
	api           *url.URL
	journal, file string
	asJSON        bool
}

func (f *evidenceFlags) add(cmd *cobra.Command, files ...string) {
	f.home.add(cmd, append(files, flagNetwork)...)
	flags := cmd.Flags()
	flags.Var(apiValue(&f.api), "api", "`URL` or HOST:PORT at which a running node answers")
	cli.MarkSecret(flags, "api")
	flags.StringVar(&f.journal, "journal", "", "`FILE` of a journal that no node uses")
	flags.StringVar(&f.file, "file", "", "`FILE` of evidence as JSON; - for standard input")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	cli.MarkSetting(flags, "journal")
	cmd.MarkFlagsMutuallyExclusive("api", "journal", "file")
	cmd.MarkFlagsOneRequired("api", "journal", "file")
	cli.MustMark(cmd.MarkFlagFilename("journal", "db"))
	cli.MustMark(cmd.MarkFlagFilename("file", "json"))
}

// read gives the evidence and the domain that its votes are of.
func (f *evidenceFlags) read(ctx context.Context, env environment) ([]operator.Evidence, report.Domain, error) {
	manifest, err := f.home.manifest()
	if err != nil {
		return nil, report.Domain{}, err
	}
	switch {
	case f.api != nil:
		all, err := askEvidence(ctx, f.api)
		return all, manifest.Domain(), err
	case f.journal != "":
		all, err := operator.JournalEvidence(f.journal)
		return all, manifest.Domain(), err
	case f.file == "":
		return nil, report.Domain{}, cli.Usagef("the source of the evidence has no name: give --api a URL, or --journal or --file a file")
	}
	data, err := env.read(f.file, operator.MaxEvidenceBytes)
	if err != nil {
		return nil, report.Domain{}, fmt.Errorf("--file: %w", err)
	}
	all, err := operator.ParseEvidence(data)
	if err != nil {
		return nil, report.Domain{}, fmt.Errorf("--file %s: %w", f.file, err)
	}
	return all, manifest.Domain(), nil
}

// askEvidence asks a running node.
func askEvidence(ctx context.Context, node *url.URL) ([]operator.Evidence, error) {
	client := newStatusClient()
	defer client.CloseIdleConnections()
	told, _, err := fetchStatus(ctx, client, node)
	if err != nil {
		return nil, err
	}
	return operator.EvidenceOfStatus(told.Evidence)
}

// one is the piece of that number.
func (f *evidenceFlags) one(ctx context.Context, env environment, args []string) (operator.Evidence, report.Domain, error) {
	all, domain, err := f.read(ctx, env)
	if err != nil {
		return operator.Evidence{}, domain, err
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 || n > len(all) {
		return operator.Evidence{}, domain, fmt.Errorf("there is no piece %q: 'evidence list' numbers them, 1 to %d", args[0], len(all))
	}
	return all[n-1], domain, nil
}

func newEvidenceList(env environment) *cobra.Command {
	f := &evidenceFlags{}
	cmd := &cobra.Command{
		Use:   "list --api URL|--journal FILE|--file FILE",
		Short: "List evidence, and say whether it holds",
		Long:  "Number the pieces, name the key of each, and verify both of its votes for the network of the manifest. Exit status 2 when one does not hold.",
		Example: `  oraclenode evidence list --api 127.0.0.1:9110
  oraclenode evidence list --journal journal.db
  oraclenode evidence list --file evidence.json --network mainnet.yaml`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error { return f.list(cmd.Context(), env) }),
	}
	f.add(cmd)
	return cmd
}

// evidenceJSON is a piece in a list.
type evidenceJSON struct {
	Number   int               `json:"number"`
	MemberID common.Hash       `json:"memberId"`
	Holds    bool              `json:"holds"`
	Why      string            `json:"why,omitempty"`
	Evidence operator.Evidence `json:"evidence"`
}

func (f *evidenceFlags) list(ctx context.Context, env environment) error {
	all, domain, err := f.read(ctx, env)
	if err != nil {
		return err
	}
	var s sheet
	views, broken := []evidenceJSON{}, 0
	if len(all) == 0 {
		s.line("There is no evidence.")
	}
	for i, e := range all {
		view := evidenceJSON{Number: i + 1, MemberID: e.MemberID(), Holds: true, Evidence: e}
		verdict := "holds"
		if err := e.Verify(domain); err != nil {
			view.Holds, view.Why, verdict = false, err.Error(), err.Error()
			broken++
		}
		views = append(views, view)
		s.line("%d  slot %s  member %s  %s", view.Number, format.Count(e.RefSlot), view.MemberID.Hex(), verdict)
	}
	if f.asJSON {
		err = writeJSON(env.out, views)
	} else {
		err = s.writeTo(env.out)
	}
	if err == nil && broken > 0 {
		return &cli.Outcome{Status: cli.ExitFindings}
	}
	return err
}

func newEvidenceShow(env environment) *cobra.Command {
	f := &evidenceFlags{}
	cmd := &cobra.Command{
		Use:   "show --api URL|--journal FILE|--file FILE NUMBER",
		Short: "Print one piece of evidence",
		Long:  "Print both votes and whether they hold. With --json the piece is printed as it can be handed on: to 'evidence submit --file', or to somebody else.",
		Example: `  oraclenode evidence show 1 --api 127.0.0.1:9110
  oraclenode evidence show 1 --journal journal.db --json > evidence.json`,
		Args: exactly(1, "the number of one piece, as 'oraclenode evidence list' gives it"),
		RunE: cli.Work(func(cmd *cobra.Command, args []string) error { return f.show(cmd.Context(), env, args) }),
	}
	f.add(cmd)
	return cmd
}

func (f *evidenceFlags) show(ctx context.Context, env environment, args []string) error {
	e, domain, err := f.one(ctx, env, args)
	if err != nil {
		return err
	}
	holds := e.Verify(domain)
	err = env.print(f.asJSON, e, func(s *sheet) {
		verdict := "yes: the key signed both"
		if holds != nil {
			verdict = holds.Error()
		}
		s.title("Evidence")
		s.row("holds", verdict)
		s.row("member", e.MemberID().Hex())
		s.row("key", hexutil.Encode(e.Key.Bytes()))
		s.row("reference slot", format.Count(e.RefSlot))
		s.row("committee", e.Committee.Hex())
		s.row("signed", e.DigestA.Hex())
		s.row("and", e.DigestB.Hex())
	})
	if err == nil && holds != nil {
		return &cli.Outcome{Status: cli.ExitFindings}
	}
	return err
}

func newEvidenceSubmit(env environment) *cobra.Command {
	f := &evidenceFlags{}
	var account accountFlags
	var yes bool
	cmd := &cobra.Command{
		Use:   "submit --api URL|--journal FILE|--file FILE --execution URL NUMBER",
		Short: "Submit one piece of evidence to the oracle: the member is slashed",
		Long: `Verify the piece, ask the chain whether the oracle would take it, and send ReportOracle.slashEquivocation. Anybody may: the sender gets the reporter's part
of the bond. The account that signs is that of --signer-keystore or --signer-remote-signer; without either, the submitter's of the home folder.`,
		Example: `  oraclenode evidence submit 1 --api 127.0.0.1:9110 --execution http://localhost:8545
  oraclenode evidence submit 1 --file evidence.json --execution http://localhost:8545 --signer-keystore me.json --signer-password-file me.password --yes`,
		Args: exactly(1, "the number of one piece, as 'oraclenode evidence list' gives it"),
		RunE: cli.Work(func(cmd *cobra.Command, args []string) error { return f.submit(cmd.Context(), env, account, yes, args) }),
	}
	f.add(cmd, flagSubmitter, flagSubmitterPassword)
	account.add(cmd, "signer", "the account that reports")
	cmd.Flags().BoolVar(&yes, "yes", false, "send without asking")
	return cmd
}

func (f *evidenceFlags) submit(ctx context.Context, env environment, account accountFlags, yes bool, args []string) error {
	e, domain, err := f.one(ctx, env, args)
	if err != nil {
		return err
	}
	if err := e.Verify(domain); err != nil {
		return err
	}
	s, closeNetwork, err := account.sender(ctx, env, f.home, progressPrinter(env))
	if err != nil {
		return err
	}
	defer closeNetwork()
	if _, err := s.Network.Slashing(ctx, e); err != nil {
		return err
	}
	fmt.Fprintf(env.errOut, "Member %s signed two reports for slot %d. This brings both votes to the oracle: the member loses its bond and its place at once,\nand %s gets the reporter's part.\n",
		e.MemberID().Hex(), e.RefSlot, s.Signer.Address().Hex())
	if err := env.confirm("Send it?", yes); err != nil {
		return err
	}
	receipt, err := s.Slash(ctx, e)
	if err != nil {
		return err
	}
	return env.print(f.asJSON, slashedJSON{MemberID: e.MemberID(), Transaction: receipt.Hash, Block: receipt.Block}, func(s *sheet) {
		s.line("Member %s is slashed by transaction %s in block %d.", e.MemberID().Hex(), receipt.Hash.Hex(), receipt.Block)
	})
}

// slashedJSON is the result of a submission.
type slashedJSON struct {
	MemberID    common.Hash `json:"memberId"`
	Transaction common.Hash `json:"transaction"`
	Block       uint64      `json:"block"`
}
