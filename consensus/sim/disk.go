package sim

import "github.com/tidemark-oracle/tidemark/consensus"

// before are the records that a copy holds which was made before the reference slot.
func before(refSlot uint64, records []consensus.Record) []consensus.Record {
	var kept []consensus.Record
	for _, record := range records {
		of := uint64(0)
		switch r := record.(type) {
		case consensus.JournalOpened:
			if r.RefSlot >= refSlot {
				return nil // It was made in this round: before, there was none.
			}
		case consensus.VoteRecord:
			of = r.Round.RefSlot
		case consensus.CertificateRecord:
			of = r.Certificate.Round.RefSlot
		case consensus.SubmissionRecord:
			of = r.Round.RefSlot
		case consensus.EvidenceRecord:
			of = r.Evidence.Round.RefSlot
		case consensus.HaltRecord:
			of = r.Round.RefSlot
		}
		if of < refSlot {
			kept = append(kept, record)
		}
	}
	return kept
}

// reopen is what the runner does with a journal that failed: it opens it anew, until that succeeds, and makes a core from what it finds there.
func (n *node) reopen() {
	w := n.w
	if !n.up {
		return
	}
	if n.diskFault() != nil {
		w.queue.push(happening{at: w.now + timing().RetryEvery.Milliseconds(), kind: reopenDisk, node: n.id, life: n.life})
		return
	}
	if w.subject.KeepsCore {
		n.diskGone = false
		return
	}
	n.life++
	n.witness.crashed()
	w.note(n.id, "opens its journal anew")
	n.start()
}
