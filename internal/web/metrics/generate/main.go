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
	if err := os.WriteFile(args[0], []byte(reference()), 0o644); err != nil {
		return fmt.Errorf("write the reference: %w", err)
	}
	return nil
}

// reference describes all metrics as Markdown.
func reference() string {
	var page strings.Builder
	page.WriteString(referenceHead)
	for _, m := range metrics.Table() {
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s |\n", m.Name, m.Kind, strings.Join(m.Labels, ", "), m.Help)
	}
	writeCodes(&page)
	return page.String()
}

// writeCodes describes the values of labels.
func writeCodes(page *strings.Builder) {
	page.WriteString(codesHead)
	for _, table := range metrics.CodeTables() {
		for _, c := range table.Codes {
			meaning := c.Meaning
			if meaning == "" {
				meaning = c.Text
			}
			fmt.Fprintf(page, "| `%s` | %s | `%s` | %s |\n", table.Metric, table.Label, c.Code, meaning)
		}
	}
}

const codesHead = `
## Label values

Values of labels are codes. ` + "`tidemark_not_ready`" + ` has the reasons of [reasons.md](reasons.md) and ` + "`tidemark_alarms_total`" + ` its alarms,
with an underscore for each hyphen. Other labels are counted from zero (` + "`member`" + `), or are names.

| metric | label | code | meaning |
|---|---|---|---|
`

const referenceHead = `<!-- Written by make docs from the metrics themselves. -->
# Metrics

A node serves them at ` + "`/metrics`" + ` of the address that its setting ` + "`api`" + ` names, in Prometheus' formats. The usual ` + "`go_…` and `process_…`" + `
are there too. One scrape shows one snapshot. Wei are floating point here, as every value of Prometheus is; the exact amounts are in
` + "`/api/v1/status`" + `. A metric without a value is one that the node does not know yet. Dashboard and alert rules: [operations](../ops/README.md).

| name | kind | labels | meaning |
|---|---|---|---|
`
