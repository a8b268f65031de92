package sim

import (
	"fmt"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Invariant names what must hold on every schedule. The first seven are those of the protocol, by their number there.
type Invariant string

// Invariants.
const (
	OneDigest   Invariant = "1: one digest for each round and key"
	DurableVote Invariant = "2: no vote before its record is durable"
	OneCert     Invariant = "3: no two certificates of a round"
	HonestCert  Invariant = "4: a certificate holds q-f honest computations of its digest"
	Liveness    Invariant = "5: q that agree are certified in bounded time"
	Memory      Invariant = "6: memory is bounded by n"
	Restart     Invariant = "7: a restarted node needs no operator"
	// What the design promises besides.
	Proof      Invariant = "evidence: two votes of a member that were received are kept as a proof"
	Submitting Invariant = "submission: only a report that the node computed itself, and not after it was accepted"
	Blame      Invariant = "blame: no honest member is accused or its message rejected"
	Work       Invariant = "work: a step sends and drops a number of things bounded by n, and the core comes to rest"
)

// Violation is an invariant that did not hold.
type Violation struct {
	Invariant Invariant
	At        int64 // milliseconds from the start
	Node      int   // -1 for nobody
	Text      string
}

func (v *Violation) String() string {
	return fmt.Sprintf("invariant %s\n  at %s, node %d: %s", v.Invariant, seconds(v.At), v.Node, v.Text)
}

// violate ends the run at the first violation.
func (w *world) violate(n *node, i Invariant, format string, args ...any) {
	if w.result.Violation != nil {
		return
	}
	v := &Violation{Invariant: i, At: w.now, Node: -1, Text: fmt.Sprintf(format, args...)}
	if n != nil {
		v.Node = n.number
	}
	w.result.Violation = v
	w.done = true
	w.note(v.Node, "VIOLATES %s", v)
}

// checkSigning checks what the signer is asked for: invariants 1 and 2.
func (w *world) checkSigning(n *node, s consensus.SignRequest) {
	if s.Message != w.domain.VoteMessage(s.Round.Committee, s.Round.RefSlot, s.Digest) {
		w.violate(n, OneDigest, "asked to sign what is not the vote for %x in %s", s.Digest[:4], s.Round)
	}
	for _, p := range n.monitor.signed {
		if p.round == s.Round && p.digest != s.Digest && !n.monitor.lostVote {
			w.violate(n, OneDigest, "signs %x in %s after %x", s.Digest[:4], s.Round, p.digest[:4])
		}
	}
	if !n.monitor.holds(s.Round, s.Digest) {
		w.violate(n, DurableVote, "signs %x in %s, but the disk does not hold it", s.Digest[:4], s.Round)
	}
	if f := w.factsOf(s.Round); f == nil || f.computers(s.Digest)>>n.number&1 == 0 {
		w.violate(n, HonestCert, "signs %x in %s, which it never computed", s.Digest[:4], s.Round)
	}
}

// checkPromise: a vote with a new journal comes after q-1 others have been asked, since the one before may hold another.
func (w *world) checkPromise(n *node, v consensus.VoteRecord) {
	f := w.factsOf(v.Round)
	if f == nil || !n.recovering(v.Round) {
		return
	}
	if answers := bits.OnesCount64(n.monitor.answers[v.Round]); answers < f.q-1 {
		w.violate(n, OneDigest, "votes in %s with a new journal when %d others have answered, not %d", v.Round, answers, f.q-1)
	}
}

// checkReady checks what a step wants done.
func (w *world) checkReady(n *node, r *consensus.Ready) {
	for _, record := range r.Persist {
		switch e := record.(type) {
		case consensus.CertificateRecord:
			w.checkCertificate(n, &e.Certificate)
		case consensus.VoteRecord:
			w.checkPromise(n, e)
		}
	}
	for _, out := range r.Send {
		switch m := out.Message.(type) {
		case *consensus.Certificate:
			w.checkCertificate(n, m)
		case *consensus.Vote:
			w.checkOwnVote(n, m)
		}
	}
	for _, a := range r.Alarms {
		w.checkAlarm(n, a)
	}
	for _, d := range r.Dropped {
		if author := nodeOf(d.From); d.Reason.IsFault() && author >= 0 && !w.nodes[author].arbitrary {
			w.violate(n, Blame, "rejects a %s of honest node %d in %s: %s %s", d.What, author, d.Round, d.Reason.Text(), d.Detail)
		}
	}
	if most := 4*len(w.nodes) + 16; len(r.Send) > most || len(r.Dropped) > most || len(r.Alarms) > most || len(r.Sign) > 1 {
		w.violate(n, Work, "one step sends %d, drops %d, signs %d and alarms %d times", len(r.Send), len(r.Dropped), len(r.Sign), len(r.Alarms))
	}
	if w.result.Steps > 3_000_000 {
		w.violate(n, Work, "it does not come to rest")
	}
}

// checkOwnVote is invariant 2 on what leaves the node.
func (w *world) checkOwnVote(n *node, v *consensus.Vote) {
	if !n.monitor.holds(v.Round, v.Digest) {
		w.violate(n, DurableVote, "sends its vote for %x in %s, but the disk does not hold it", v.Digest[:4], v.Round)
	}
}

// checkAlarm: nobody honest may be accused of what only arbitrary members do.
func (w *world) checkAlarm(n *node, a consensus.Alarm) {
	switch a.Kind {
	case consensus.AlarmEquivocation, consensus.AlarmBadVote, consensus.AlarmBadRelay:
	case consensus.AlarmTwoCertificates:
		w.violate(n, OneCert, "%s", a)
		return
	case consensus.AlarmOwnSignature:
		w.violate(n, Blame, "%s", a)
		return
	default:
		return
	}
	f := w.factsOf(a.Round)
	if f == nil || a.Member < 0 || a.Member >= f.electorate.size() {
		w.violate(n, Blame, "accuses nobody: %s", a)
		return
	}
	if m := w.nodes[f.electorate.members[a.Member]]; !m.arbitrary && !m.monitor.lostVote {
		w.violate(n, Blame, "accuses honest node %d: %s", m.number, a)
	}
}

// checkCertificate checks a certificate that an honest node has accepted or made: invariants 3 and 4.
func (w *world) checkCertificate(n *node, c *consensus.Certificate) {
	f := w.factsOf(c.Round)
	if f == nil {
		w.violate(n, HonestCert, "accepts a certificate of %s, which there is not", c.Round)
		return
	}
	for _, checked := range f.checked {
		if checked == c {
			return
		}
	}
	f.checked = append(f.checked, c)
	if f.certified == (common.Hash{}) {
		f.certified = c.Digest
	}
	if f.certified != c.Digest {
		w.violate(n, OneCert, "%x and %x are certified in %s", f.certified[:4], c.Digest[:4], c.Round)
	}
	honest, computed := 0, f.computers(c.Digest)
	for _, m := range c.Signers.Members() {
		if m >= f.electorate.size() {
			w.violate(n, HonestCert, "certificate of %s with a signer %d", c.Round, m)
			return
		}
		signer := f.electorate.members[m]
		if !w.hasSigned(signer, c.Round, c.Digest) {
			w.violate(n, HonestCert, "certificate of %s names node %d, which did not sign %x", c.Round, signer, c.Digest[:4])
		}
		if !w.nodes[signer].arbitrary && computed>>signer&1 == 1 {
			honest++
		}
	}
	if honest < f.q-f.f {
		w.violate(n, HonestCert, "certificate for %x in %s holds %d honest computations, not %d", c.Digest[:4], c.Round, honest, f.q-f.f)
	}
	if count := c.Signers.Count(); count < f.q {
		w.violate(n, HonestCert, "certificate for %x in %s has %d signers, not %d", c.Digest[:4], c.Round, count, f.q)
	}
	if w.domain.Digest(c.Report) != c.Digest {
		w.violate(n, HonestCert, "certificate for %x in %s has another report", c.Digest[:4], c.Round)
	}
}

func (w *world) hasSigned(number int, round consensus.Round, digest common.Hash) bool {
	for _, n := range w.nodes {
		if n.number == number && n.monitor.hasSigned(round, digest) {
			return true
		}
	}
	return false
}

// checkSubmission: a node brings in what it computed, once, and not what is there already.
func (w *world) checkSubmission(n *node, s *consensus.Submission) {
	w.checkCertificate(n, &s.Certificate)
	f := w.factsOf(s.Certificate.Round)
	if f == nil || f.computers(s.Certificate.Digest)>>n.number&1 == 0 {
		w.violate(n, Submitting, "submits %x in %s, which it did not compute", s.Certificate.Digest[:4], s.Certificate.Round)
	}
	if n.monitor.accepted >= s.Certificate.Round.RefSlot {
		w.violate(n, Submitting, "submits for %d, and knows that the contract has a report", s.Certificate.Round.RefSlot)
	}
}

// checkNode checks a node after a step: invariants 6 and 7.
func (w *world) checkNode(n *node) {
	most := 2*consensus.MaxFootprint(w.script.Size+spare) + 2*(w.script.Size+spare) + 8
	if held := n.core.Footprint(); held > most {
		w.violate(n, Memory, "holds %d things, at most %d are allowed in committees of %d", held, most, w.script.Size)
	}
	if _, halted := n.core.Halted(); halted && !n.monitor.lostVote {
		w.violate(n, Restart, "has halted, though no vote was lost with a journal")
	}
}
