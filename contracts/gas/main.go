// Command gas measures ReportOracle.submit for committees of many sizes and writes docs/gas.md.
//
// Each figure comes from one transaction in go-ethereum's EVM (Osaka rules, and Prague for comparison) on a whole deployed set, in a steady frame: the storage
// that a report writes has been written before. "Certificate" is what the call of OracleCommittee.verifyCertificate costs the oracle, the
// access of the cold account and the call itself counted; "submit" is the whole transaction.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

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
	return os.WriteFile(filepath.Join(root, "docs", "gas.md"), page(rows, breakdown(rows[0]), additions(rows[0]), compared), 0o644)
}

// measureSize measures a committee under the rules of Osaka, and of Prague for comparison. It gives the network of the first.
func measureSize(ctx context.Context, root string, size int) (*localnet.Network, []row, error) {
	var networks [2]*localnet.Network
	var measured [2][]row
	for i, prague := range []bool{false, true} {
		n, err := network(ctx, filepath.Join(root, "contracts", "test", "fixtures"), size, prague)
		if err != nil {
			return nil, nil, err
		}
		if measured[i], err = measure(n); err != nil {
			return nil, nil, err
		}
		networks[i] = n
	}
	withPrague(measured[0], measured[1])
	return networks[0], measured[0], nil
}
