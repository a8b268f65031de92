package metrics

import (
	"fmt"
	"io"
	"strings"
)

// Names are the names of all metrics, in the order of the table; a histogram is named without _bucket, _sum and _count.
func Names() []string {
	var names []string
	for _, m := range table() {
		names = append(names, m.name)
	}
	return names
}

// Labels are the labels of a metric; nil for one that has none or that there is not.
func Labels(name string) []string {
	for _, m := range table() {
		if m.name == name {
			return m.labels
		}
	}
	return nil
}

// WriteReference writes the description of all metrics as Markdown.
func WriteReference(w io.Writer) error {
	var page strings.Builder
	page.WriteString(referenceHead)
	for _, m := range table() {
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s |\n", m.name, m.kind, strings.Join(m.labels, ", "), m.help)
	}
	writeCodes(&page)
	if _, err := io.WriteString(w, page.String()); err != nil {
		return fmt.Errorf("write the description of the metrics: %w", err)
	}
	return nil
}

// writeCodes describes the values of labels.
func writeCodes(page *strings.Builder) {
	page.WriteString(codesHead)
	for _, table := range codeTables() {
		for _, c := range table.codes {
			meaning := c.meaning
			if meaning == "" {
				meaning = c.text
			}
			fmt.Fprintf(page, "| `%s` | %s | `%s` | %s |\n", table.metric, table.label, c.code, meaning)
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

A node serves them at ` + "`/metrics`" + ` of the address that its setting ` + "`api`" + ` names, in Prometheus' formats, with the usual ` + "`go_…` and `process_…`" + ` of the
Go runtime and the process. One scrape shows one snapshot. Wei are floating point here, as every value of Prometheus is; the exact amounts are in
` + "`/api/v1/status`" + `. A metric without a value is one that the node does not know yet. Dashboard and alert rules: [operations](../ops/README.md).

| name | kind | labels | meaning |
|---|---|---|---|
`
