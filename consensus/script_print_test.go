package consensus_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cockroachdb/datadriven"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

var hexWords = regexp.MustCompile("(0x[0-9a-f]{6})[0-9a-f]{58}")

// printer collects what followed from a command. What is many and tells little is counted.
type printer struct {
	showAll bool
	lines   []string
	said    map[string]bool // observations and votes that were sent before
	counted map[string]int
}

func (p *printer) begin() { p.lines, p.counted = nil, map[string]int{} }

func (p *printer) answer() string {
	for _, what := range slices.Sorted(maps.Keys(p.counted)) {
		p.lines = append(p.lines, fmt.Sprintf("%d x %s", p.counted[what], what))
	}
	if len(p.lines) == 0 {
		return "ok\n"
	}
	return strings.Join(p.lines, "\n") + "\n"
}

func (s *script) line(n *node, format string, args ...any) {
	s.lines = append(s.lines, fmt.Sprintf("%s n%d: ", s.clock(s.now), n.index)+fmt.Sprintf(format, args...))
}

func (s *script) clock(at consensus.Instant) string {
	at -= started
	return fmt.Sprintf("%d.%03d", at/1000, at%1000)
}

func (s *script) name(digest common.Hash) string {
	if digest == (common.Hash{}) {
		return "-"
	}
	if name, ok := s.names[digest]; ok {
		return name
	}
	return fmt.Sprintf("%x", digest[:4])
}

// rename puts the reports' names into a text with digests.
func (s *script) rename(text string) string {
	for digest, name := range s.names {
		text = strings.ReplaceAll(text, fmt.Sprintf("%x", digest[:4]), name)
	}
	return text
}

func (s *script) printNotices(n *node, ready consensus.Ready) {
	for _, d := range ready.Dropped {
		name := strings.ReplaceAll(d.What, "_", " ")
		what := fmt.Sprintf("dropped %s: %s", name, d.Reason.Text())
		if d.Reason.IsFault() || s.showAll || d.From == "" {
			from := ""
			if d.From != "" {
				from = " of " + string(d.From)
			}
			s.line(n, "dropped %s%s: %s%s", name, from, d.Reason.Text(), map[bool]string{true: " (" + d.Detail + ")"}[d.Detail != ""])
			continue
		}
		s.counted[what]++
	}
	for _, a := range ready.Alarms {
		s.line(n, "ALARM %s", s.rename(a.String()))
	}
	for _, o := range ready.Closed {
		s.line(n, "closed: %s", hexWords.ReplaceAllString(o.String()[strings.Index(o.String(), ": ")+2:], "$1…"))
	}
}

func (s *script) printSend(n *node, out consensus.Outgoing) {
	to := "all"
	if out.To != "" {
		to = string(out.To)
	}
	switch m := out.Message.(type) {
	case *consensus.Observation:
		if s.repeats(n, fmt.Sprint(m.Round, m.Digest, m.Attempt)) {
			s.counted["sent observation again"]++
			return
		}
		s.line(n, "-> %s: observation %s, attempt %d", to, s.name(m.Digest), m.Attempt)
	case *consensus.Vote:
		if s.repeats(n, fmt.Sprint(m.Round, m.Digest)) {
			s.counted["sent vote again"]++
			return
		}
		s.line(n, "-> %s: vote %s", to, s.name(m.Digest))
	case *consensus.Certificate:
		s.line(n, "-> %s: certificate %s by %v", to, s.name(m.Digest), m.Signers.Members())
	default:
		if s.showAll {
			s.line(n, "-> %s: %s", to, s.syncText(m))
			return
		}
		s.counted["sent "+s.syncName(m)]++
	}
}

func (s *script) repeats(n *node, what string) bool {
	what = fmt.Sprint(n.index, what)
	before := s.said[what]
	s.said[what] = true
	return before
}

func (s *script) syncName(m consensus.Message) string {
	switch m.(type) {
	case *consensus.Status:
		return "status"
	case *consensus.RoundRequest:
		return "round request"
	}
	return "round answer"
}

func (s *script) syncText(m consensus.Message) string {
	switch m := m.(type) {
	case *consensus.Status:
		return fmt.Sprintf("status: attempt %d, votes of %v, certified %v", m.Attempt, m.Votes.Members(), m.Certified)
	case *consensus.RoundAnswer:
		var parts []string
		if m.Observation != nil {
			parts = append(parts, "observation "+s.name(m.Observation.Digest))
		}
		for _, v := range m.Votes {
			parts = append(parts, fmt.Sprintf("vote %s of %d", s.name(v.Digest), v.Member))
		}
		if m.Certificate != nil {
			parts = append(parts, "certificate "+s.name(m.Certificate.Digest))
		}
		if !m.Open {
			parts = append(parts, "not held")
		}
		return "round answer: " + strings.Join(parts, ", ")
	}
	return s.syncName(m)
}

func (s *script) recordNames(records []consensus.Record) string {
	var names []string
	for _, record := range records {
		switch r := record.(type) {
		case consensus.JournalOpened:
			names = append(names, fmt.Sprintf("journal opened at %d", r.RefSlot))
		case consensus.VoteRecord:
			names = append(names, "vote "+s.name(r.Digest))
		case consensus.CertificateRecord:
			names = append(names, "certificate "+s.name(r.Certificate.Digest))
		case consensus.SubmissionRecord:
			names = append(names, "submission "+s.name(r.Digest))
		case consensus.EvidenceRecord:
			names = append(names, fmt.Sprintf("evidence against member %d", r.Evidence.Member))
		case consensus.HaltRecord:
			names = append(names, "halt: voted "+s.name(r.Digest))
		}
	}
	return strings.Join(names, ", ")
}

// show prints the newest round of each node.
func (s *script) show(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		if n.core == nil {
			s.line(n, "down")
			continue
		}
		_, halted := n.core.Halted()
		for _, v := range n.core.Rounds() {
			certified := "-"
			if v.Certificate != nil {
				certified = fmt.Sprintf("%s by %v", s.name(v.Certificate.Digest), v.Certificate.Signers.Members())
			}
			votes := ""
			for _, vote := range v.Votes {
				votes += fmt.Sprintf(" %d=%s", vote.Member, s.name(vote.Digest))
			}
			s.line(n, "slot %d of %d: own %s, voted %s, votes%s, certificate %s, evidence %d, submitted %v, halted %v, closed %v", v.Round.RefSlot, v.Members,
				s.name(v.Digest), s.name(v.Voted), votes, certified, len(v.Evidence), v.Submitted, halted, v.Closed != nil)
		}
	}
}
