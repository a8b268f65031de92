package consensus_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// script is a cluster of cores with a network that delivers in order, at once, and loses nothing but what a partition cuts.
type script struct {
	t         *testing.T
	all       []*node
	committee consensus.Committee
	slot      uint64
	now       consensus.Instant
	queue     []envelope
	names     map[common.Hash]string // of digests
	tampering map[int]bool           // nodes whose signatures are bent

	printer
}

type envelope struct {
	from, to int
	message  consensus.Message
}

// node is one runner with its disk.
type node struct {
	index     int
	observer  bool
	core      *consensus.Core // nil: not running
	ledger    consensus.MemoryJournal
	copied    consensus.MemoryJournal
	next      consensus.Instant
	deadline  consensus.Instant
	group     int
	crashAt   string // at the next Ready with records: before-write, after-write
	diskFails bool
}

// started is when scripts begin: zero is no time.
const started consensus.Instant = 1

func domain() report.Domain { return report.Domain{ChainID: big.NewInt(1), Oracle: common.Address{1}} }

func keyOf(i int) consensus.Key { return consensus.Key{byte(i + 1), byte((i + 1) >> 8)} }

func peerOf(i int) consensus.PeerID { return consensus.PeerID(fmt.Sprintf("n%d", i)) }

func newScript(t *testing.T, d *datadriven.TestData) *script {
	s := &script{t: t, now: started, names: map[common.Hash]string{}, tampering: map[int]bool{}, printer: printer{said: map[string]bool{}}}
	n, observers := s.number(d, "n", 4), s.number(d, "observers", 0)
	var members []int
	for i := range n {
		members = append(members, i)
	}
	s.setCommittee(members)
	for i := range n + observers {
		node := &node{index: i, observer: i >= n}
		s.all = append(s.all, node)
		s.start(node)
	}
	s.showAll = d.HasArg("show-all")
	return s
}

func (s *script) setCommittee(members []int) {
	s.committee = consensus.Committee{Digest: crypto.Keccak256Hash([]byte(fmt.Sprint(members)))}
	for _, m := range members {
		s.committee.Members = append(s.committee.Members, consensus.Member{Key: keyOf(m), Peer: peerOf(m)})
	}
}

func (s *script) round() consensus.Round {
	return consensus.Round{Committee: s.committee.Digest, RefSlot: s.slot}
}

// report is the one of that name: they differ in the pool's balances.
func (s *script) report(name string) report.Report {
	r := report.Report{
		Version: report.Version, Committee: s.committee.Digest, RefSlot: s.slot, RefBlockRoot: common.Hash{1}, Validators: 1,
		CLValidatorsGwei: new(big.Int).SetBytes([]byte(name)).Uint64(), BalancesRoot: crypto.Keccak256Hash([]byte(name)),
	}
	s.names[domain().Digest(r)] = name
	return r
}

func (s *script) digest(name string) common.Hash { return domain().Digest(s.report(name)) }

func (s *script) start(n *node) {
	config := consensus.Config{
		Domain: domain(), Verifier: cheapVerifier{}, Software: "tidemark/test", Seed: uint64(n.index), Timing: consensus.DefaultTiming(),
	}
	if !n.observer {
		key := keyOf(n.index)
		config.Key = &key
	}
	core, err := consensus.New(config, n.ledger.Records())
	require.NoError(s.t, err)
	n.core, n.next, n.crashAt = core, 0, ""
}

func (s *script) die(n *node) {
	n.core, n.crashAt = nil, ""
	s.line(n, "crash")
}

// step is the runner: the order of effects is the one that Ready asks for.
func (s *script) step(n *node, event consensus.Event) {
	if n.core == nil {
		return
	}
	ready := n.core.Step(s.now, event)
	n.next = ready.Next
	s.printNotices(n, ready)
	if len(ready.Persist) > 0 {
		if n.crashAt == "before-write" {
			s.die(n)
			return
		}
		err := n.ledger.Append(ready.Persist...)
		if n.diskFails || err != nil {
			require.NoError(s.t, err)
			s.line(n, "write fails: %s", s.recordNames(ready.Persist))
			s.step(n, consensus.PersistFailed{Why: "disk full"})
			return
		}
		s.line(n, "write %s", s.recordNames(ready.Persist))
		if n.crashAt == "after-write" {
			s.die(n)
			return
		}
	}
	if ready.Submit != nil {
		s.line(n, "submit %s in turn %d%s", s.name(ready.Submit.Certificate.Digest), ready.Submit.Turn, map[bool]string{true: ", again"}[ready.Submit.Again])
	}
	for _, out := range ready.Send {
		s.transmit(n, out)
	}
	for _, request := range ready.Sign {
		s.line(n, "sign %s", s.name(request.Digest))
		signature := cheapSign(keyOf(n.index), request.Message)
		if s.tampering[n.index] {
			signature[0] ^= 1
		}
		s.step(n, consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: signature})
	}
}

func (s *script) transmit(n *node, out consensus.Outgoing) {
	s.printSend(n, out)
	for _, to := range s.all {
		if to == n || out.To != "" && out.To != peerOf(to.index) {
			continue
		}
		s.queue = append(s.queue, envelope{n.index, to.index, out.Message})
	}
}

func (s *script) deliver() {
	for len(s.queue) > 0 {
		e := s.queue[0]
		s.queue = s.queue[1:]
		from, to := s.all[e.from], s.all[e.to]
		if from.group != to.group || to.core == nil {
			continue
		}
		s.step(to, consensus.Received{From: peerOf(e.from), Message: e.message})
	}
}

func (s *script) connectAll() {
	for _, n := range s.all {
		s.connect(n)
	}
}

// connect opens streams between a node and all it can reach.
func (s *script) connect(n *node) {
	for _, other := range s.all {
		if other != n && other.group == n.group && n.core != nil && other.core != nil {
			s.step(n, consensus.PeerConnected{Peer: peerOf(other.index)})
			s.step(other, consensus.PeerConnected{Peer: peerOf(n.index)})
		}
	}
}

// recipients of a forged message: to=0+1, or all but the sender.
func (s *script) recipients(d *datadriven.TestData, from int) []int {
	var to []int
	if !d.HasArg("to") {
		for _, n := range s.all {
			if n.index != from {
				to = append(to, n.index)
			}
		}
		return to
	}
	for _, name := range strings.Split(s.text(d, "to"), "+") {
		to = append(to, s.atoi(name))
	}
	return to
}

func (s *script) post(d *datadriven.TestData, from int, m consensus.Message) {
	for _, to := range s.recipients(d, from) {
		s.queue = append(s.queue, envelope{from, to, m})
	}
	if !d.HasArg("hold") {
		s.deliver()
	}
}

func (s *script) forgedVote(d *datadriven.TestData, member int) consensus.Vote {
	id, digest := s.round(), s.digest(s.text(d, "report"))
	v := consensus.Vote{Round: id, Member: uint16(s.place(member)), Digest: digest}
	v.Signature = cheapSign(keyOf(member), domain().VoteMessage(id.Committee, id.RefSlot, digest))
	if d.HasArg("bad") {
		v.Signature[0] ^= 1
	}
	return v
}

func (s *script) place(node int) int {
	return slices.IndexFunc(s.committee.Members, func(m consensus.Member) bool { return m.Key == keyOf(node) })
}

// forgeVote sends what a Byzantine member could send.
func (s *script) forgeVote(d *datadriven.TestData) {
	from := s.number(d, "from", 0)
	v := s.forgedVote(d, s.number(d, "as", from))
	s.post(d, from, &v)
}

func (s *script) forgeObservation(d *datadriven.TestData) {
	from := s.number(d, "from", 0)
	r := s.report(s.text(d, "report"))
	s.post(d, from, &consensus.Observation{
		Round: s.round(), Member: uint16(s.place(s.number(d, "as", from))), Attempt: uint64(s.number(d, "attempt", 1)), Digest: domain().Digest(r), Sections: r.Sections(),
	})
}

func (s *script) forgeAnswer(d *datadriven.TestData) {
	from := s.number(d, "from", 0)
	s.post(d, from, &consensus.RoundAnswer{Round: s.round(), Open: true, Votes: []consensus.Vote{s.forgedVote(d, s.number(d, "as", from))}})
}

func (s *script) forgeCertificate(d *datadriven.TestData) {
	from, id := s.number(d, "from", 0), s.round()
	r := s.report(s.text(d, "report"))
	c := &consensus.Certificate{Round: id, Digest: domain().Digest(r), Report: r, Signers: consensus.NewBitmap(len(s.committee.Members))}
	for _, name := range strings.Split(s.text(d, "signers"), "+") {
		m := s.atoi(name)
		c.Signers.Set(s.place(m))
		c.Signature = xor(c.Signature, cheapSign(keyOf(m), domain().VoteMessage(id.Committee, id.RefSlot, c.Digest)))
	}
	if d.HasArg("bad") {
		c.Signature[0] ^= 1
	}
	if d.HasArg("shows") {
		c.Report = s.report(s.text(d, "shows"))
	}
	s.post(d, from, c)
}

func (s *script) tamper(d *datadriven.TestData) {
	for _, n := range s.nodes(d) {
		s.tampering[n.index] = !d.HasArg("end")
	}
}
