package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
)

const (
	warmRounds = 1_000
	heapRounds = 10_000
	mostGrowth = 64 << 10 // bytes in heapRounds rounds: what the runtime itself may take; a leak of 7 bytes a round shows
	mostRatio  = 1.3
)

// errTarget: a number is worse than it may be.
var errTarget = errors.New("target missed")

// measure prints the numbers, and writes them where asked.
func measure(out io.Writer, file string) error {
	var page strings.Builder
	page.WriteString("# Numbers of the agreement\n\nWritten by `make bench-consensus WRITE=1`. Every figure comes out of the run that wrote the file.\n\n")
	for _, part := range []func(io.Writer) error{traffics, verifications, memory} {
		if err := part(&page); err != nil {
			_, _ = io.WriteString(out, page.String()) // What was measured until then tells why.
			return err
		}
	}
	if _, err := io.WriteString(out, page.String()); err != nil {
		return fmt.Errorf("print the numbers: %w", err)
	}
	if file == "" {
		return nil
	}
	if err := os.WriteFile(file, []byte(page.String()), 0o644); err != nil {
		return fmt.Errorf("write the numbers: %w", err)
	}
	return nil
}

// traffics is what a round costs the network, and how long it takes.
func traffics(out io.Writer) error {
	fmt.Fprintf(out, "## A round in which nothing goes wrong\n\nNot the first one of a committee, in which every node also asks all others, because its journal is new. All members compute at once, which\n"+
		"is the most that they can say; each that holds a quorum's votes before a certificate makes and sends one.\n"+
		"Sent is what members say; delivered is once to each other member, as in a full mesh. Bytes are the fields of the messages delivered, without the\n"+
		"transport's frame. A delay is the time of one message from a node to another: in a round in which a quorum and no more has computed, from its\n"+
		"last observation to the certificate at the first node, and at the last of those that had no report yet; without any timer.\n\n"+
		"| n | q | observations | votes | certificates | other | delivered | KiB delivered | delays to the first certificate | to the last |\n"+
		"|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, n := range []int{4, 16, 64, 256} {
		w, err := newNetwork(n)
		if err != nil {
			return err
		}
		if _, err := w.round(n); err != nil {
			return fmt.Errorf("first round of %d: %w", n, err)
		}
		clear(w.traffic)
		if _, err := w.round(n); err != nil {
			return fmt.Errorf("second round of %d: %w", n, err)
		}
		counted := w.traffic
		w.traffic = map[string]*traffic{}
		last, err := w.round(0)
		if err != nil {
			return fmt.Errorf("third round of %d: %w", n, err)
		}
		w.traffic = counted
		if err := w.row(out, last); err != nil {
			return err
		}
	}
	return nil
}

func (w *network) row(out io.Writer, last consensus.Instant) error {
	sent, delivered, bytes, other := map[string]int{}, 0, 0, 0
	for kind, t := range w.traffic {
		sent[kind] = t.sent
		delivered += t.delivered
		bytes += t.bytes
		if kind != "observation" && kind != "vote" && kind != "certificate" {
			other += t.sent
		}
	}
	first, slowest := w.certified[0], w.certified[0]
	for i, at := range w.certified {
		if at == 0 {
			return fmt.Errorf("node %d of %d has no certificate", i, len(w.cores))
		}
		first, slowest = min(first, at), max(slowest, at)
	}
	if first-last > 2*messageDelay {
		return fmt.Errorf("%w: the first certificate of %d members comes after %s message delays", errTarget, len(w.cores), delays(first-last))
	}
	fmt.Fprintf(out, "| %d | %d | %d | %d | %d | %d | %d | %d | %s | %s |\n", len(w.cores), w.cores[0].Rounds()[0].Quorum, sent["observation"], sent["vote"],
		sent["certificate"], other, delivered, bytes/1024, delays(first-last), delays(slowest-last))
	return nil
}

func delays(took consensus.Instant) string {
	if took%messageDelay == 0 {
		return fmt.Sprint(int64(took / messageDelay))
	}
	return fmt.Sprintf("%d.%03d", took/messageDelay, took%messageDelay)
}

// verifications compares what many votes cost with the least that they can cost.
func verifications(out io.Writer) error {
	v, err := measureVerification()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n## Verification\n\nProcessor time, the least of %d attempts.\n\n| %d votes, as the core verifies them | %d signatures read and one aggregate checked | ratio, at most %.1f |\n|--:|--:|--:|\n| %s | %s | %.2f |\n",
		attempts, verifiedVotes, verifiedVotes, mostRatio, v.votes.Round(10*time.Microsecond), v.floor.Round(10*time.Microsecond), v.ratio())
	if v.floor <= 0 || v.ratio() > mostRatio {
		return fmt.Errorf("%w: verification takes %s, the least is %s", errTarget, v.votes, v.floor)
	}
	return nil
}

// memory reports whether anything grows with the rounds.
func memory(out io.Writer) error {
	w, err := newNetwork(4)
	if err != nil {
		return err
	}
	before, err := w.heapAfter(warmRounds)
	if err != nil {
		return err
	}
	after, err := w.heapAfter(heapRounds)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n## Memory\n\nHeap in use of four members with their journals, after a collection.\n\n| after %d rounds | after %d more | growth |\n|--:|--:|--:|\n| %d bytes | %d bytes | %d bytes |\n",
		warmRounds, heapRounds, before, after, int64(after)-int64(before))
	if after > before+mostGrowth {
		return fmt.Errorf("%w: the heap grew by %d bytes in %d rounds", errTarget, after-before, heapRounds)
	}
	return nil
}

func (w *network) heapAfter(rounds int) (uint64, error) {
	for range rounds {
		if _, err := w.round(len(w.cores)); err != nil {
			return 0, err
		}
	}
	w.waiting = nil
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	runtime.KeepAlive(w)
	return m.HeapAlloc, nil
}
