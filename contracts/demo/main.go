// Command demo shows the contracts at work on a chain in memory: a committee of seven signs reports with BLS, one transaction a frame brings them on
// chain, the token rebases, a withdrawal is paid, a lie is quarantined and an equivocation slashed. Each rebase is checked against report.Rebase.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func main() {
	root := flag.String("root", ".", "folder of the repository; make fixtures has run in it")
	flag.Parse()
	if err := run(context.Background(), *root, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root string, out io.Writer) error {
	fmt.Fprintln(out, "Deploying the set on a chain in memory …")
	n, err := localnet.New(ctx, localnet.Options{
		Fixtures: filepath.Join(root, "contracts", "test", "fixtures"), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	s := &demo{Network: n, out: out, alice: localnet.NewAccount("Alice"), bob: localnet.NewAccount("Bob")}
	for _, chapter := range []func() error{s.committee, s.stake, s.frames, s.withdrawal, s.falseReport, s.equivocation} {
		if err := chapter(); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "\nEvery rebase equals the Go calculation to the wei: %d of %d.\n", s.checked, s.checked)
	return nil
}
