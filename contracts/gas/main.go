package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
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
		n, err := network(ctx, filepath.Join(root, "contracts", "test", "fixtures"), size)
		if err != nil {
			return fmt.Errorf("%d members: %w", size, err)
		}
		measured, err := measure(n)
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
	return os.WriteFile(filepath.Join(root, "docs", "gas.md"), page(rows, breakdown(rows[0]), compared), 0o644)
}
