package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/test/bench/synth"
)

// The targets.
const (
	minAgainstJSON   = 40.0
	maxAgainstReader = 1.1
	maxPeakBytes     = 64 << 20
	maxStartBytes    = 30 << 20
)

// ratios are the targets that a fork has of its own.
type ratios struct{ minAgainstDecode, maxAgainstFloor float64 }

func ratiosOf(fork string) ratios {
	if synth.Fork(fork) == synth.Gloas {
		return ratios{2.5, 1.2}
	}
	return ratios{2, 1.3}
}

// verdict is one target on one number of cores.
type verdict struct {
	target  string
	cores   int
	got     string
	reached bool
}

// ratio is how many times longer a took than b, by the fastest runs: noise only ever adds.
func ratio(a, b samples) float64 { return float64(a.fastest()) / float64(b.fastest()) }

// verdicts judges the reader from a file against the others; memory is judged over all its runs.
func (r *result) verdicts() []verdict {
	var all []verdict
	own := ratiosOf(r.fork)
	for i := range maxCores {
		add := func(target, got string, reached bool) {
			all = append(all, verdict{target, i + 1, got, reached})
		}
		decode, json, floor := ratio(r.decode.cores[i], r.file.cores[i]), ratio(r.json.cores[i], r.file.cores[i]), ratio(r.file.cores[i], r.floor.cores[i])
		add(fmt.Sprintf("at least %g times faster than decode and root", own.minAgainstDecode), fmt.Sprintf("%.2f times", decode), decode >= own.minAgainstDecode)
		add("at least 40 times faster than JSON", fmt.Sprintf("%.1f times", json), json >= minAgainstJSON)
		add(fmt.Sprintf("at most %g times the bare hashing", own.maxAgainstFloor), fmt.Sprintf("%.2f times", floor), floor <= own.maxAgainstFloor)
		inspect, version := ratio(r.inspect.cores[i], r.file.cores[i]), r.version.cores[i].peakBytes()
		add("oraclenode state inspect at most 1.1 times this reader", fmt.Sprintf("%.2f times", inspect), inspect <= maxAgainstReader)
		add("at most 30 MiB resident: oraclenode version", fmt.Sprintf("%.1f MiB", mebibytes(version)), version <= maxStartBytes)
		for _, c := range []*contestant{r.inspect, r.file, r.http, r.hintless, r.large} {
			if c != nil {
				peak := c.cores[i].peakBytes()
				what := fmt.Sprintf("at most 64 MiB resident: %s", c.name)
				if c == r.large {
					what = fmt.Sprintf("at most 64 MiB resident: %s, %s validators", c.name, format.Count(uint64(r.settings.large)))
				}
				add(what, fmt.Sprintf("%.1f MiB", mebibytes(peak)), peak <= maxPeakBytes)
			}
		}
	}
	return all
}

// busy reports whether processes on one core waited for it: in a quiet machine these take hardly more wall time than processor time.
func (r *result) busy() bool {
	for _, c := range []*contestant{r.file, r.decode, r.json, r.floor} {
		if alone := c.cores[0]; alone.fastest() > alone.processor()*11/10 {
			return true
		}
	}
	return false
}

// reached reports whether every target was.
func (r *result) reached() bool {
	for _, v := range r.verdicts() {
		if !v.reached {
			return false
		}
	}
	return true
}

// reached reports whether every target of every fork was.
func (all *results) reached() bool {
	for _, r := range all.forks {
		if !r.reached() {
			return false
		}
	}
	return true
}

// page is the result in Markdown.
func (all *results) page() string {
	var b strings.Builder
	b.WriteString(`# Reading a beacon state

Written by ` + "`make bench-ingest`" + `; do not edit. Whole processes from start to exit, pinned to one core and to two, in rounds, the files in the page cache; peak
memory is what the kernel reports at exit. Every process found the same root, validators and balances. "This reader" is the reader alone; "oraclenode" is the
program that people run, read from disk as an installed one is: the kernel maps a program that was just written in larger pieces, and some 16 MiB more of it.
"Bare hashing" does as many hashes as the state's hash-tree root takes, and nothing else. The reader may do fewer, because it remembers the roots of subtrees
that many validators share.

`)
	fmt.Fprintf(&b, "The harness itself took %.1f MiB: no smaller peak can be seen.\n", mebibytes(all.harnessPeakBytes))
	for _, r := range all.forks {
		r.section(&b)
	}
	b.WriteString("\n## Targets\n\nTimes are those of the fastest runs.\n\n| fork | target | cores | measured | reached |\n|---|---|---:|---:|---|\n")
	for _, r := range all.forks {
		for _, v := range r.verdicts() {
			word := "yes"
			if !v.reached {
				word = "**no**"
			}
			fmt.Fprintf(&b, "| %s | %s | %d | %s | %s |\n", r.fork, v.target, v.cores, v.got, word)
		}
	}
	return b.String()
}

// section is what the page says of one fork.
func (r *result) section(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s: %s validators\n\n", r.fork, format.Count(uint64(r.settings.validators)))
	fmt.Fprintf(b, "%s validators are the pool's, %s deposits are pending. %s MB of SSZ; the validators as JSON take %s MB. The root takes %s hashes of 64 bytes.\n\n",
		format.Count(uint64(r.settings.pool)), format.Count(uint64(r.settings.pendingDeposits)), megabytes(r.stateBytes), megabytes(r.jsonBytes), format.Count(r.hashes))
	if r.busy() {
		b.WriteString("**The machine was busy with other work**: wall times are too long, most of all those of processes that ran only a few times. Judge by processor time.\n\n")
	}
	table(b, r.file, r.file, r.inspect, r.http, r.hintless, r.decode, r.json, r.floor, r.version)
	if r.large != nil {
		fmt.Fprintf(b, "\n### %s: %s validators, %s MB\n\n", r.fork, format.Count(uint64(r.settings.large)), megabytes(r.largeBytes))
		table(b, r.large, r.large, r.largeDecode)
	}
}

// table has a row for each contestant and number of cores; the last column compares with the base.
func table(b *strings.Builder, base *contestant, all ...*contestant) {
	b.WriteString("| process | cores | runs | fastest | median | processor time | peak memory | times this reader's |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	for cores := range maxCores {
		for _, c := range all {
			s := c.cores[cores]
			fmt.Fprintf(b, "| %s | %d | %d | %s | %s | %s | %.1f MiB | %.2f |\n",
				c.name, cores+1, len(s), seconds(s.fastest()), seconds(s.median()), seconds(s.processor()), mebibytes(s.peakBytes()), ratio(s, base.cores[cores]))
		}
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

func megabytes(n uint64) string { return format.Count((n + 500_000) / 1_000_000) }
