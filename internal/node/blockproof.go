package node

import (
	"context"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// settledSlots is how far behind the newest block a payload must be before a proof that is made with it stays true. In calm it is far behind when a report is
// certified; while payloads are withheld, the first one that comes may be the newest block.
const settledSlots = 8

// settled tells whether no reorganisation undoes the payload that a proof is made with.
func settled(s report.Schedule, head events.Block, p blockproof.Proof) bool {
	return s.SlotAt(head.Time) >= p.ChildSlot+settledSlots
}

// blockProof makes the proof of a reference block that the contract takes at head; it is before while that stands. Errors: blockproof.ErrNotYet, and others.
func (p *parts) blockProof(ctx context.Context, head events.Block, b beacon.ReferenceBlock, before *blockproof.Proof) (*blockproof.Proof, error) {
	source := snapshot.ProofSource{Head: head, Schedule: p.schedule, Chain: p.chain, Beacon: p.beacon, States: p.builder}
	return blockproof.Renew(ctx, source, blockproof.Reference{RefSlot: b.RefSlot, Root: b.Root, Header: b.Header}, p.manifest.Layouts(), before)
}
