package sim

import (
	"errors"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// errDisk is what a disk says in a simulation.
var errDisk = errors.New("disk failure")

// step tells the core an event and does what it says, in the order of Ready, unless the process ends in between.
func (n *node) step(event consensus.Event) {
	if !n.up || n.core == nil {
		return
	}
	w := n.w
	if w.trace != nil {
		w.note(n.id, "<- %s", describe(event))
	}
	life := n.life
	ready := n.core.Step(n.local(), event)
	if !n.arbitrary {
		w.result.Steps++
		n.monitor.event(n, event)
		w.checkReady(n, &ready)
	}
	if w.trace != nil {
		n.noteReady(&ready)
	}
	if n.perform(&ready) && n.life == life && !n.at(AfterReady) {
		n.schedule(ready.Next)
	}
	if n.up && n.core != nil && !n.arbitrary {
		w.checkNode(n)
	}
}

// perform is the runner's duty. It is false when the process ended, or when the core has been told that the journal failed.
func (n *node) perform(ready *consensus.Ready) bool {
	if n.w.subject.EffectsFirst {
		return n.effects(ready) && n.save(ready)
	}
	return n.save(ready) && n.effects(ready)
}

// save makes the records durable.
func (n *node) save(ready *consensus.Ready) bool {
	if len(ready.Persist) == 0 {
		return true
	}
	if n.at(BeforePersist) {
		return false
	}
	if err := n.append(ready.Persist); err != nil {
		n.w.note(n.id, "persist fails: %v", err)
		n.step(consensus.PersistFailed{Why: err.Error()})
		if n.diskGone && !n.w.subject.KeepsCore { // Nothing is said until the journal can be opened again.
			n.core = nil
		}
		return false
	}
	return !n.at(AfterPersist)
}

// append writes to the disk, unless that fails now.
func (n *node) append(records []consensus.Record) error {
	var failure error
	if item := n.diskFault(); item != nil {
		failure = errDisk
		n.diskGone = true
		n.w.queue.push(happening{at: n.w.now + timing().RetryInterval.Milliseconds(), kind: reopenDisk, node: n.id, life: n.life})
		if item.Value == 0 {
			return failure
		}
	}
	if err := n.disk.Append(records...); err != nil {
		if !n.arbitrary {
			n.w.violate(n, Restart, "the journal refuses what the core gives it: %v", err)
		}
		return err
	}
	n.monitor.durable(n.disk, records)
	return failure
}

// diskFault is why the disk does not work now; nil when it does.
func (n *node) diskFault() *pending {
	for i := range n.items {
		if item := &n.items[i]; item.Kind == DiskFails && item.At <= n.w.now && n.w.now < item.Until {
			return item
		}
	}
	return nil
}

// effects does what may leave the node.
func (n *node) effects(ready *consensus.Ready) bool {
	for _, request := range ready.Sign {
		if n.at(BeforeSign) {
			return false
		}
		n.sign(request)
		if n.at(AfterSign) {
			return false
		}
	}
	for _, out := range ready.Send {
		if n.at(BeforeSend) {
			return false
		}
		if out.To == "" {
			n.w.broadcast(n, out.Message)
		} else if to := nodeOf(out.To); to >= 0 && to != n.number {
			n.w.post(n, n.number, to, out.Message)
		}
	}
	if ready.Submit == nil {
		return true
	}
	if n.at(BeforeSubmit) {
		return false
	}
	n.w.submit(n, ready.Submit)
	return !n.at(AfterSubmit)
}

// sign lets the signer make the vote, and brings the answer, unless the signer is slow or says nothing.
func (n *node) sign(request consensus.SignRequest) {
	w := n.w
	if !n.arbitrary {
		w.checkSigning(n, request)
	}
	n.monitor.signs(request.Round, request.Digest)
	delay := int64(0)
	for _, item := range n.items {
		if item.Kind == Signer && item.At <= w.now && w.now < item.Until {
			if item.Value <= 0 {
				return
			}
			delay = item.Value
		}
	}
	signature := signWith(verifier{w.script.Seed}.secret(n.number), request.Message).signature()
	w.queue.push(happening{at: w.now + delay, kind: tell, node: n.id, life: n.life,
		event: consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: signature}})
}

// at reports whether the process ends at this point; then it has ended.
func (n *node) at(point Point) bool {
	for k := range n.items {
		item := &n.items[k]
		if item.Kind != Crash || item.Point != point || item.left <= 0 || n.w.now < item.At || n.w.now >= n.w.script.calmAt {
			continue
		}
		if item.left--; item.left == 0 {
			n.w.note(n.id, "crashes %s", point)
			n.crash(item.Until - item.At)
			return true
		}
	}
	return false
}

// schedule makes sure that the core is ticked at next.
func (n *node) schedule(next consensus.Instant) {
	if next == 0 {
		return
	}
	at := max(int64(next)-epochMillis-n.skew-n.ahead, n.w.now+1)
	if n.tickAt > n.w.now && n.tickAt <= at && n.tickLife == n.life {
		if n.tickAt < at {
			n.wanted = at
		}
		return
	}
	n.tickAt, n.tickLife, n.wanted = at, n.life, at
	n.w.queue.push(happening{at: at, kind: tick, node: n.id, life: n.life})
}

// tick is told to the core when it is due; one that became too early waits.
func (n *node) tick(h happening) {
	if h.at != n.tickAt {
		return
	}
	n.tickAt = 0
	if n.wanted > n.w.now {
		n.tickAt, n.tickLife = n.wanted, n.life
		n.w.queue.push(happening{at: n.wanted, kind: tick, node: n.id, life: n.life})
		return
	}
	n.step(consensus.Tick{})
}

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
		w.queue.push(happening{at: w.now + timing().RetryInterval.Milliseconds(), kind: reopenDisk, node: n.id, life: n.life})
		return
	}
	if w.subject.KeepsCore {
		n.diskGone = false
		return
	}
	n.life++
	n.monitor.crashed()
	w.note(n.id, "opens its journal anew")
	n.start()
}
