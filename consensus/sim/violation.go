package sim

import "fmt"

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
	Submitting Invariant = "submission: only the own report, and not after it was accepted"
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
