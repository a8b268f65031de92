// Command gas measures ReportOracle.submit for committees of many sizes, and the calls of everyone else, and writes docs/gas.md.
//
// Each figure comes from one transaction in go-ethereum's EVM (the rules of Prague, Osaka and Amsterdam) on a whole deployed set, in a steady frame: the storage
// that a report writes has been written before. "Certificate" is what the call of OracleCommittee.verifyCertificate costs the oracle, the
// access of the cold account and the call itself counted; "submit" is the whole transaction.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func main() {
	root := flag.String("root", ".", "folder of the repository; make fixtures has run in it")
	flag.Parse()
	if err := run(context.Background(), *root); err != nil {
		fmt.Fprintln(os.Stderr, "gas:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root string) error {
	var rows []row
	var compared []comparison
	for _, size := range sizes() {
		fmt.Fprintf(os.Stderr, "measuring %d members\n", size)
		n, measured, err := measureSize(ctx, root, size)
		if err != nil {
			return fmt.Errorf("%d members: %w", size, err)
		}
		if len(rows) == 0 {
			if compared, err = compare(n); err != nil {
				return fmt.Errorf("compare with single signatures: %w", err)
			}
		}
		rows = append(rows, measured...)
	}
	fmt.Fprintln(os.Stderr, "measuring the other calls")
	others, err := measureCalls(ctx, fixturesIn(root))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "docs", "gas.md"), page(rows, breakdown(rows[0]), additions(rows[0]), others, compared), 0o644)
}

// measureSize measures a committee under the rules of every fork. It gives Osaka's network, and its rows with what they cost by the others'.
func measureSize(ctx context.Context, root string, size int) (*localnet.Network, []row, error) {
	measured := make(map[evm.Fork][]row)
	var osaka *localnet.Network
	for _, fork := range evm.Forks() {
		n, err := network(ctx, fixturesIn(root), size, fork)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", fork, err)
		}
		if measured[fork], err = measure(n); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", fork, err)
		}
		if fork == evm.Osaka {
			osaka = n
		}
	}
	rows := measured[evm.Osaka]
	for _, fork := range evm.Forks() {
		withOthers(rows, measured[fork], fork)
	}
	return osaka, rows, nil
}

func fixturesIn(root string) string { return filepath.Join(root, "contracts", "test", "fixtures") }
