package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/report"
)

const intro = `# Performance of a committee

Written by ` + "`make bench-node WRITE=1`" + `; do not edit. Each committee is a devnet on one machine: every member is a process with its own keys, journal and
connections over QUIC; another process is the chain, and the people who use the token meanwhile. All times are the machine's.

What is not as on mainnet:

- All members share this machine's cores with each other and with the chain. A member of a real committee has its own.
- The chain is small: some fifty validators. A report of mainnet's size takes longer to compute; [ingest.md](ingest.md) measures the reading of 2.2 million validators, which is most of it.
- Slots are fast, so the wait for the next block is short. On mainnet a slot takes 12 s.
- Loopback loses nothing. The simulated delay is fixed and without loss: a relay before each member holds every datagram back for that long, both ways, so a message
  takes the delay, and an answer comes after twice the delay. Members know each other by the relays' addresses only, and the run fails if any two are nearer. Between a member and its
  beacon and execution nodes there is no delay.

`

const stepsText = `
## From finality to acceptance

Seconds; each cell is median / worst over all members and frames. A frame before those is not counted: journals are new in it, and members ask each other before they vote.
A frame that was not reported in time, or whose end not all members had seen two slots after, is left out and counted: a quiet machine has none.

- *seen*: from the start of the slot whose block makes the reference slot final, until a member sees that it is final. The chain builds the block in this time.
- *computed*: until the member has its report: the state read and hashed, contracts read, everything proven.
- *voted*: until the member knows that a quorum has the same report, and has signed, durably.
- *certified*: until it has a quorum's certificate.
- *submitted*: at the member whose turn it is, from its certificate until its transaction is sent: simulation first.
- *accepted*: from the certificate until the member sees the report in a block. This waits for the next slot of the chain, and then for the member's next look at
  the chain, once a slot.
- *all*: from *seen* to *accepted*.

| members | between them | slot | frames | left out | seen | computed | voted | certified | submitted | accepted | all |
|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`

const latencyText = `
## Latency of a certificate

Milliseconds, from the moment at which a quorum of members has computed the report. Two messages lie between it and the first certificate, by which nobody is waited for: the last
observation and the last vote. *first* is the first member that has a certificate, *members* all of them; median / worst over frames, and over members and frames. *gathering* is how long
after the first member a quorum had computed: what shared cores cost before the time that is measured here. *round trip* is what members measured between each other.

| members | quorum | between them | round trip | gathering | first | members |
|--:|--:|---|--:|--:|--:|--:|
`

const usageText = `
## Memory and processor time of one member

From the kernel's account of each process, over loopback. Memory is median / worst over members and frames: *before* is just before finality, *after* just
after acceptance, *peak* the most since the start. Processor time is mean / worst, since the kernel tells it in steps of 10 ms: *of a round* is from two slots before
finality until two slots after acceptance, and *beyond idle* is what is left of it without what the member used just before, while it waited.

| members | before | after | peak | processor time of a round | beyond idle |
|--:|--:|--:|--:|--:|--:|
`

const idleText = `
A member that waits for finality follows the chain, keeps its connections and serves its page to nobody. Measured in devnets of slower slots, in which it looks at the chain once a slot, and finds
a block there each time. On mainnet a slot takes 12 s. Memory is median / worst, the share mean / worst:

| members | slot | watched for | resident | share of one core |
|--:|--:|--:|--:|--:|
`

const stateText = `
Reading a state of mainnet's size adds what [ingest.md](ingest.md) says of the reader: it streams the state and does not keep it.
`

// page is the result in Markdown.
func (r *result) page() string {
	var b strings.Builder
	b.WriteString(intro)
	fmt.Fprintf(&b, "%s. %s.\n", r.machine, r.load)
	if r.load.noisy() {
		b.WriteString("\n**The machine was busy with other work**: times are too long, most of all those of many members.\n")
	}
	r.crowdNote(&b)
	b.WriteString(stepsText)
	for _, m := range r.rounds {
		m.stepsRow(&b)
	}
	b.WriteString(latencyText)
	for _, m := range r.rounds {
		fmt.Fprintf(&b, "| %d | %d | %s | %s | %s | %s | %s |\n", m.members, report.Quorum(m.members), lineName(m.delay), milliseconds(spreadOf(m.roundTrips)),
			milliseconds(over(m.rounds, round.gathering)), milliseconds(over(m.rounds, round.firstCertificate)), milliseconds(over(m.rounds, round.certification)))
	}
	r.usageTables(&b)
	return b.String()
}

// crowdNote tells of committees whose members are more than the cores can serve at once.
func (r *result) crowdNote(b *strings.Builder) {
	largest := 0
	for _, m := range r.rounds {
		largest = max(largest, m.members)
	}
	if largest > r.machine.cores {
		fmt.Fprintf(b, "\nAll members compute and verify in the same moment, and up to %d of them share %d cores here: with many members the figures tell how long the\n"+
			"machine has work, not how long the agreement takes. [consensus-numbers.md](consensus-numbers.md) counts messages and delays, which do not depend on the machine.\n", largest, r.machine.cores)
	}
}

func (m *measured) stepsRow(b *strings.Builder) {
	fmt.Fprintf(b, "| %d | %s | %s | %d | %d |", m.members, lineName(m.delay), m.slot, len(m.rounds), m.late)
	cells := []spread[time.Duration]{
		over(m.rounds, func(r round) []time.Duration { return r.at(finality) }),
		took(m.rounds, finality, computed), took(m.rounds, computed, voted), took(m.rounds, voted, certified), took(m.rounds, certified, submitted),
		took(m.rounds, certified, accepted), took(m.rounds, finality, accepted),
	}
	for _, cell := range cells {
		fmt.Fprintf(b, " %s |", seconds(cell))
	}
	b.WriteString("\n")
}

func (r *result) usageTables(b *strings.Builder) {
	b.WriteString(usageText)
	for _, watched := range r.idle {
		for _, m := range r.rounds {
			if m.members == watched.members && m.delay == 0 {
				u := m.usage
				fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s |\n", m.members, mebibytes(spreadOf(u.beforeBytes)), mebibytes(spreadOf(u.afterBytes)),
					mebibytes(spreadOf(u.peakBytes)), processor(u.processor), processor(u.beyondIdle))
			}
		}
	}
	b.WriteString(idleText)
	for _, d := range r.idle {
		share := spreadOf(d.shares)
		fmt.Fprintf(b, "| %d | %s | %.1f s | %s | %.2f %% / %.2f %% |\n", d.members, d.slot, d.lasted.Seconds(), mebibytes(spreadOf(d.residentBytes)),
			100*share.mean, 100*share.worst)
	}
	b.WriteString(stateText)
}

func seconds(s spread[time.Duration]) string {
	if s.count == 0 {
		return "none"
	}
	return fmt.Sprintf("%.3f / %.3f", s.median.Seconds(), s.worst.Seconds())
}

func milliseconds(s spread[time.Duration]) string {
	if s.count == 0 {
		return "none"
	}
	const millisecond = float64(time.Millisecond)
	return fmt.Sprintf("%.1f / %.1f", float64(s.median)/millisecond, float64(s.worst)/millisecond)
}

func processor(used []time.Duration) string {
	s := spreadOf(used)
	return fmt.Sprintf("%d / %d ms", s.mean.Milliseconds(), s.worst.Milliseconds())
}

func mebibytes(s spread[uint64]) string {
	const mebibyte = 1 << 20
	return fmt.Sprintf("%.1f / %.1f MiB", float64(s.median)/mebibyte, float64(s.worst)/mebibyte)
}
