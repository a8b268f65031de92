package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the file to write: generate docs/metrics.md")
	}
	var page strings.Builder
	if err := metrics.WriteReference(&page); err != nil {
		return err
	}
	if err := os.WriteFile(args[0], []byte(page.String()), 0o644); err != nil {
		return fmt.Errorf("write the reference: %w", err)
	}
	return nil
}
