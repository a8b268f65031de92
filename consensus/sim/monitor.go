package sim

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// monitor is what the simulator itself has seen of a node at its signer, disk and wire. The checks trust it, not the core.
type monitor struct {
	signed   []promise           // ever, with this key by this process
	onDisk   []promise           // vote records that are durable
	lostVote bool                // the journal, when a vote of the newest frame had been signed
	accepted uint64              // reference slot of which the running process knows that the contract has a report
	heard    map[voter]heardVote // by the running process, in the rounds that it holds
	proofs   []proofDue
	answers  map[consensus.Round]uint64 // nodes that told the running process what they hold of a round
}

// promise is a digest in a round.
type promise struct {
	round  consensus.Round
	digest common.Hash
}

// heardVote is what a member itself sent to the running process.
type heardVote struct {
	digest  common.Hash
	spoiled bool // it sent a bad one, so that nothing more need be taken from it
}

// voter is a member in a round.
type voter struct {
	round  consensus.Round
	member uint16
}

// proofDue is evidence that must come to the disk.
type proofDue struct {
	round  consensus.Round
	member uint16
	at     int64
}

func (t *monitor) signs(round consensus.Round, digest common.Hash) {
	for _, p := range t.signed {
		if p.round == round && p.digest == digest {
			return
		}
	}
	t.signed = append(t.signed, promise{round, digest})
}

func (t *monitor) hasSigned(round consensus.Round, digest common.Hash) bool {
	for _, p := range t.signed {
		if p.round == round && p.digest == digest {
			return true
		}
	}
	return false
}

func (t *monitor) signedIn(refSlot uint64) bool {
	for _, p := range t.signed {
		if p.round.RefSlot == refSlot {
			return true
		}
	}
	return false
}

// holds reports whether the vote's record is durable.
func (t *monitor) holds(round consensus.Round, digest common.Hash) bool {
	for _, p := range t.onDisk {
		if p.round == round && p.digest == digest {
			return true
		}
	}
	return false
}

// promised reports whether a vote for another digest is on the disk.
func (t *monitor) promised(round consensus.Round, but common.Hash) bool {
	for _, p := range t.onDisk {
		if p.round == round && p.digest != but {
			return true
		}
	}
	return false
}

// durable notes what the disk holds after a write: what was to be written, if it is read back.
func (t *monitor) durable(disk Disk, records []consensus.Record) {
	for _, record := range records {
		switch r := record.(type) {
		case consensus.VoteRecord:
			for _, held := range disk.Records() {
				if v, ok := held.(consensus.VoteRecord); ok && v.Round == r.Round && v.Digest == r.Digest {
					t.onDisk = append(t.onDisk, promise{r.Round, r.Digest})
					break
				}
			}
		case consensus.EvidenceRecord:
			for k, due := range t.proofs {
				if due.round == r.Evidence.Round && due.member == r.Evidence.Member {
					t.proofs = append(t.proofs[:k:k], t.proofs[k+1:]...)
					break
				}
			}
		}
	}
}

func (t *monitor) crashed() {
	t.accepted, t.heard, t.proofs, t.answers = 0, nil, nil, nil
}

// forget keeps of the promises those that another disk holds.
func (t *monitor) forget(other Disk) {
	t.onDisk = nil
	for _, record := range other.Records() {
		if v, ok := record.(consensus.VoteRecord); ok {
			t.onDisk = append(t.onDisk, promise{v.Round, v.Digest})
		}
	}
}

// event notes what the process has been told about the contract.
func (t *monitor) event(n *node, e consensus.Event) {
	switch e := e.(type) {
	case consensus.Accepted:
		if n.opened >= 0 && n.w.frames[n.opened].refSlot == e.RefSlot {
			t.accepted = e.RefSlot
		}
	case consensus.AcceptanceReverted:
		if t.accepted == e.RefSlot {
			t.accepted = 0
		}
	}
}

// received notes the votes that members sent themselves: two valid ones for two digests must become evidence.
func (t *monitor) received(n *node, author int, m consensus.Message) {
	if a, ok := m.(*consensus.RoundAnswer); ok && a.Open && n.w.factsOf(a.Round) != nil {
		if t.answers == nil {
			t.answers = map[consensus.Round]uint64{}
		}
		t.answers[a.Round] |= 1 << author
		return
	}
	v, ok := m.(*consensus.Vote)
	if !ok || n.arbitrary || author == n.number {
		return
	}
	f := n.w.factsOf(v.Round)
	if f == nil || int(v.Member) >= f.electorate.size() || f.electorate.members[v.Member] != author {
		return
	}
	if t.heard == nil {
		t.heard = map[voter]heardVote{}
	}
	who := voter{v.Round, v.Member}
	had := t.heard[who]
	switch {
	case had.spoiled:
	case !n.w.validVote(author, v):
		had.spoiled = true
	case v.Round != n.holds:
	case had.digest == (common.Hash{}):
		had.digest = v.Digest
	case had.digest != v.Digest:
		had.spoiled = true
		if !n.evidenceOnDisk(v.Round, v.Member) {
			t.proofs = append(t.proofs, proofDue{v.Round, v.Member, n.w.now})
		}
	}
	t.heard[who] = had
}

func (n *node) evidenceOnDisk(round consensus.Round, member uint16) bool {
	for _, held := range n.disk.Records() {
		if e, ok := held.(consensus.EvidenceRecord); ok && e.Evidence.Round == round && e.Evidence.Member == member {
			return true
		}
	}
	return false
}

func (w *world) validVote(node int, v *consensus.Vote) bool {
	message := w.domain.VoteMessage(v.Round.Committee, v.Round.RefSlot, v.Digest)
	return signWith(verifier{w.script.Seed}.secret(node), message).signature() == v.Signature
}

// recovering reports whether a vote in the round may have been lost: the journal that there is was new when that round was the newest, or later; or it is the first
// of the process, so that the journal may be an older copy.
func (n *node) recovering(round consensus.Round) bool {
	if round.RefSlot <= n.first {
		return true
	}
	for _, record := range n.disk.Records() {
		if opened, ok := record.(consensus.JournalOpened); ok {
			return round.RefSlot <= opened.RefSlot
		}
	}
	return true
}

// forgetRounds forgets what was heard in rounds that the core does not hold any more.
func (t *monitor) forgetRounds(held []consensus.RoundView) {
	for who := range t.heard {
		if !slices.ContainsFunc(held, func(v consensus.RoundView) bool { return v.Round == who.round }) {
			delete(t.heard, who)
		}
	}
}
