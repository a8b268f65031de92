package consensus_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// TestScripts plays testdata/*.txt; its README.md says what the commands do. `go test ./consensus -run TestScripts -rewrite` writes the answers anew.
func TestScripts(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		if !strings.HasSuffix(path, ".txt") {
			return
		}
		var s *script
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd == "cluster" {
				s = newScript(t, d)
				return "ok\n"
			}
			require.NotNil(t, s, "%s: a script begins with cluster", path)
			s.t = t
			return s.play(d)
		})
	})
}

// play carries one command out and returns what followed from it.
func (s *script) play(d *datadriven.TestData) string {
	s.begin()
	commands := map[string]func(*datadriven.TestData){
		"open": s.open, "compute": s.compute, "deliver": func(*datadriven.TestData) { s.deliver() }, "pass": s.pass, "partition": s.partition,
		"heal": s.heal, "crash": s.crash, "restart": s.restart, "disk": s.disk, "vote": s.forgeVote, "observe": s.forgeObservation,
		"certificate": s.forgeCertificate, "committee": s.changeCommittee, "accept": s.accept, "revert": s.revert, "show": s.show,
		"not-computed": s.notComputed, "answer": s.forgeAnswer, "remove-halt": s.removeHalt, "tamper": s.tamper, "backup": s.backup,
	}
	command, ok := commands[d.Cmd]
	if !ok {
		d.Fatalf(s.t, "unknown command %q", d.Cmd)
	}
	command(d)
	return s.answer()
}

func (s *script) open(d *datadriven.TestData) {
	slot, deadline := uint64(s.number(d, "slot", 0)), s.now.After(s.duration(d, "for", time.Hour))
	s.slot = slot
	for _, n := range s.nodes(d) {
		n.deadline = deadline
		s.step(n, consensus.RoundOpened{Committee: s.committee, RefSlot: slot, Deadline: deadline})
	}
	if !d.HasArg("hold") {
		s.deliver()
	}
}

func (s *script) compute(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		s.step(n, consensus.Computed{Report: s.report(s.text(d, "report"))})
	}
}

func (s *script) notComputed(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		s.step(n, consensus.NotComputed{Round: s.round(), Why: strings.ReplaceAll(s.text(d, "why"), "-", " ")})
	}
}

// pass lets time pass: each core is ticked when it asked to be, and messages arrive at once.
func (s *script) pass(d *datadriven.TestData) {
	until := s.now.After(s.duration(d, "time", 0))
	for {
		s.deliver()
		next := until
		for _, n := range s.all {
			if n.core != nil && n.next != 0 && n.next < next {
				next = n.next
			}
		}
		s.now = max(s.now, next)
		if next == until {
			break
		}
		for _, n := range s.all {
			if n.core != nil && n.next != 0 && n.next <= s.now {
				s.step(n, consensus.Tick{})
			}
		}
	}
	for _, n := range s.all {
		if n.core != nil && n.next != 0 && n.next <= s.now {
			s.step(n, consensus.Tick{})
		}
	}
	s.deliver()
}

// partition names the groups that hear each other.
func (s *script) partition(d *datadriven.TestData) {
	for i, group := range d.CmdArgs {
		for _, name := range strings.Split(group.Key, "+") {
			s.all[s.atoi(name)].group = i
		}
	}
}

func (s *script) heal(*datadriven.TestData) {
	for _, n := range s.all {
		n.group = 0
	}
	s.connectAll()
}

func (s *script) crash(d *datadriven.TestData) {
	at := s.text(d, "at")
	for _, n := range s.nodes(d) {
		n.crashAt = at
		if at == "now" {
			s.die(n)
		}
	}
}

func (s *script) restart(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		if d.HasArg("lost-journal") {
			n.ledger = consensus.MemoryJournal{}
		}
		if d.HasArg("old-journal") {
			n.ledger = n.copied
		}
		s.start(n)
		if n.deadline != 0 {
			s.step(n, consensus.RoundOpened{Committee: s.committee, RefSlot: s.slot, Deadline: n.deadline})
			s.connect(n)
		}
	}
	if !d.HasArg("hold") {
		s.deliver()
	}
}

func (s *script) disk(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		n.diskFails = d.HasArg("fails")
	}
}

// backup copies journals, for restart old-journal.
func (s *script) backup(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		n.copied = consensus.MemoryJournal{}
		require.NoError(s.t, n.copied.Append(n.ledger.Records()...))
	}
}

func (s *script) removeHalt(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		n.ledger.RemoveHalt()
	}
}

func (s *script) changeCommittee(d *datadriven.TestData) {
	var members []int
	for _, m := range strings.Split(s.text(d, "members"), "+") {
		members = append(members, s.atoi(m))
	}
	s.setCommittee(members)
	for _, n := range s.nodes(d) {
		s.step(n, consensus.CommitteeChanged{Committee: s.committee})
	}
	s.deliver()
}

func (s *script) accept(d *datadriven.TestData) {
	digest := s.digest(s.text(d, "report"))
	for _, n := range s.nodes(d) {
		s.step(n, consensus.Accepted{RefSlot: s.slot, Digest: digest, Finalized: d.HasArg("final")})
	}
}

func (s *script) revert(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		s.step(n, consensus.AcceptanceReverted{RefSlot: s.slot})
	}
}

// nodes are those that a command names; all when it names none.
func (s *script) nodes(d *datadriven.TestData) []*node {
	var named []*node
	for _, arg := range d.CmdArgs {
		if i, err := strconv.Atoi(arg.Key); err == nil && len(arg.Vals) == 0 {
			named = append(named, s.all[i])
		}
	}
	if named == nil {
		return s.all
	}
	return named
}

func (s *script) text(d *datadriven.TestData, key string) string {
	for _, arg := range d.CmdArgs {
		if arg.Key == key && len(arg.Vals) == 1 {
			return arg.Vals[0]
		}
	}
	d.Fatalf(s.t, "%s needs %s=", d.Cmd, key)
	return ""
}

func (s *script) number(d *datadriven.TestData, key string, otherwise int) int {
	if !d.HasArg(key) {
		return otherwise
	}
	return s.atoi(s.text(d, key))
}

func (s *script) duration(d *datadriven.TestData, key string, otherwise time.Duration) time.Duration {
	if !d.HasArg(key) {
		return otherwise
	}
	duration, err := time.ParseDuration(s.text(d, key))
	require.NoError(s.t, err)
	return duration
}

func (s *script) atoi(text string) int {
	i, err := strconv.Atoi(text)
	require.NoError(s.t, err, fmt.Sprintf("%q is no number", text))
	return i
}
