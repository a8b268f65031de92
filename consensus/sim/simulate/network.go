package main

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/consensus/sim"
	"github.com/tidemark-oracle/tidemark/report"
)

// messageDelay is how long each message takes, in milliseconds of simulated time.
const messageDelay = 1_000

// network is a committee on which nothing goes wrong: every message arrives after messageDelay, nothing is ticked.
type network struct {
	committee consensus.Committee
	cores     []*consensus.Core
	disks     []*consensus.MemoryJournal
	sign      sim.Signing
	domain    report.Domain
	now       consensus.Instant
	waiting   []flight // by time of arrival, as all take equally long
	traffic   map[string]*traffic
	certified []consensus.Instant // when each node had the certificate of the newest round
	refSlot   uint64
}

type flight struct {
	at       consensus.Instant
	from, to int
	message  consensus.Message
}

// traffic counts one kind of message.
type traffic struct{ sent, delivered, bytes int }

func newNetwork(n int) (*network, error) {
	w := &network{sign: sim.NewSigning(1), domain: sim.Oracle(), now: 1_700_000_000_000, traffic: map[string]*traffic{}, refSlot: 100}
	w.committee.Digest = common.Hash{byte(n >> 8), byte(n), 1}
	for i := range n {
		w.committee.Members = append(w.committee.Members, consensus.Member{Key: w.sign.Key(i), Peer: consensus.PeerID(fmt.Sprintf("peer-%04d", i))})
	}
	for i := range n {
		key := w.sign.Key(i)
		core, err := consensus.New(consensus.Config{
			Domain: w.domain, Key: &key, Verifier: w.sign.Verifier(), Software: "oraclenode/1.0.0", Seed: uint64(i), Timing: consensus.DefaultTiming(),
		}, nil)
		if err != nil {
			return nil, fmt.Errorf("make core %d: %w", i, err)
		}
		w.cores, w.disks = append(w.cores, core), append(w.disks, &consensus.MemoryJournal{})
	}
	w.certified = make([]consensus.Instant, n)
	return w, nil
}

// round opens a round and lets so many members compute at once; when those are too few, the others follow when all has been delivered: first the last
// needed one, then the rest. It returns when the last needed one computed. Nothing is left on its way.
func (w *network) round(atOnce int) (lastNeeded consensus.Instant, err error) {
	w.refSlot += 50
	w.now += 3_600_000
	clear(w.certified)
	for i := range w.cores {
		if err := w.step(i, consensus.RoundOpened{Committee: w.committee, RefSlot: w.refSlot, Deadline: w.now + 3_000_000}); err != nil {
			return 0, err
		}
	}
	if err := w.deliver(); err != nil {
		return 0, err
	}
	q, computed := max(report.Quorum(len(w.cores)), atOnce), w.report()
	for i := range q {
		if i == q-1 && i >= atOnce {
			if err := w.deliver(); err != nil {
				return 0, err
			}
		}
		lastNeeded = w.now
		if err := w.step(i, consensus.Computed{Report: computed}); err != nil {
			return 0, err
		}
	}
	if err := w.deliver(); err != nil {
		return 0, err
	}
	for i := q; i < len(w.cores); i++ {
		if err := w.step(i, consensus.Computed{Report: computed}); err != nil {
			return 0, err
		}
	}
	if err := w.deliver(); err != nil {
		return 0, err
	}
	for i := range w.cores {
		accepted := consensus.Accepted{RefSlot: w.refSlot, Digest: w.domain.Digest(computed), Finalized: true}
		if err := w.step(i, accepted); err != nil {
			return 0, err
		}
	}
	return lastNeeded, w.deliver()
}

func (w *network) report() report.Report {
	return report.Report{
		Version: report.Version, Committee: w.committee.Digest, RefSlot: w.refSlot, RefBlockRoot: common.Hash{1},
		CLValidatorsGwei: 64_000_000_000, Validators: 2, DepositedWei: *uint256.NewInt(64), BalancesRoot: common.Hash{2},
	}
}

func (w *network) deliver() error {
	for len(w.waiting) > 0 {
		f := w.waiting[0]
		w.waiting = w.waiting[1:]
		w.now = f.at
		if err := w.step(f.to, consensus.Received{From: w.committee.Members[f.from].Peer, Message: f.message}); err != nil {
			return err
		}
	}
	return nil
}

func (w *network) step(i int, event consensus.Event) error {
	ready := w.cores[i].Step(w.now, event)
	if len(ready.Persist) > 0 {
		if err := w.disks[i].Append(ready.Persist...); err != nil {
			return fmt.Errorf("node %d: %w", i, err)
		}
	}
	for _, record := range ready.Persist {
		if _, ok := record.(consensus.CertificateRecord); ok {
			w.certified[i] = w.now
		}
	}
	for _, out := range ready.Send {
		w.send(i, out)
	}
	for _, s := range ready.Sign {
		if err := w.step(i, consensus.Signed{Round: s.Round, Digest: s.Digest, Signature: w.sign.Sign(i, s.Message)}); err != nil {
			return err
		}
	}
	return nil
}

func (w *network) send(from int, out consensus.Outgoing) {
	kind, size := wire(out.Message)
	t := w.traffic[kind]
	if t == nil {
		t = &traffic{}
		w.traffic[kind] = t
	}
	t.sent++
	for to := range w.cores {
		if to != from && (out.To == "" || w.committee.Members[to].Peer == out.To) {
			w.waiting = append(w.waiting, flight{w.now + messageDelay, from, to, out.Message})
			t.delivered++
			t.bytes += size
		}
	}
}

// Sizes in bytes of what messages are made of, each field as wide as it is; the transport adds its frame.
const (
	roundBytes       = 32 + 8
	reportBytes      = 2 + 32 + 8 + 32 + 8 + 8 + 4 + 4 + 4 + 3*16 + 8 + 1 + 32
	voteBytes        = roundBytes + 2 + 32 + 96
	observationBytes = roundBytes + 2 + 8 + 32 + report.SectionCount*32
)

// wire is a message's kind and size.
func wire(m consensus.Message) (kind string, size int) {
	switch m := m.(type) {
	case *consensus.Observation:
		return "observation", observationBytes + len(m.Software)
	case *consensus.Vote:
		return "vote", voteBytes
	case *consensus.Certificate:
		return "certificate", roundBytes + 32 + reportBytes + len(m.Signers) + 96
	case *consensus.Status:
		return "status", roundBytes + 8 + len(m.Votes) + 1
	case *consensus.RoundRequest:
		return "round request", roundBytes
	case *consensus.RoundAnswer:
		size := roundBytes + 1 + len(m.Votes)*voteBytes
		if m.Observation != nil {
			size += observationBytes + len(m.Observation.Software)
		}
		if m.Report != nil {
			size += reportBytes
		}
		if m.Certificate != nil {
			_, more := wire(m.Certificate)
			size += more
		}
		return "round answer", size
	}
	return fmt.Sprintf("%T", m), 0
}
