package keeper

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// StateProver proves validators out of verified states: a Prover.
type StateProver struct {
	Manifest *manifest.Manifest
	Beacon   *beacon.Client
	Chain    *events.Reader
	States   *snapshot.Builder
}

// Prove reads the state of the newest final block below the finalized epoch. Errors: those of the beacon nodes, blockproof.ErrNotYet.
func (p StateProver) Prove(ctx context.Context, keys []report.PublicKey) (Proofs, error) {
	agreed, err := p.Beacon.Agreement(ctx)
	if err != nil {
		return Proofs{}, fmt.Errorf("find what is finalized: %w", err)
	}
	schedule := report.Schedule(p.Manifest.Schedule)
	if agreed.Epoch == 0 {
		return Proofs{}, fmt.Errorf("find a final block: %w", beacon.ErrNotFinalized)
	}
	block, err := p.Beacon.ReferenceBlock(ctx, agreed.Epoch*schedule.SlotsPerEpoch-1)
	if err != nil {
		return Proofs{}, err
	}
	validators, builders, err := p.States.Proofs(ctx, block, keys)
	if err != nil {
		return Proofs{}, err
	}
	proofs := Proofs{
		Slot: block.Slot, Validators: make(map[report.PublicKey]bindings.ValidatorProof, len(validators)),
		Builders: make(map[report.PublicKey]bindings.BuilderProof, len(builders)),
	}
	if len(validators)+len(builders) == 0 {
		return proofs, nil
	}
	for _, v := range validators {
		proofs.Validators[v.PublicKey] = abi.ValidatorProof(v)
	}
	for _, b := range builders {
		proofs.Builders[b.PublicKey] = abi.BuilderProof(b)
	}
	proofs.Origin, err = p.origin(ctx, schedule, block)
	return proofs, err
}

// origin proves the block by what EIP-4788 knows at the newest execution block.
func (p StateProver) origin(ctx context.Context, schedule report.Schedule, block beacon.ReferenceBlock) (bindings.BlockProof, error) {
	head, err := p.Chain.Head(ctx)
	if err != nil {
		return bindings.BlockProof{}, err
	}
	source := snapshot.ProofSource{Head: head, Schedule: schedule, Chain: p.Chain, Beacon: p.Beacon, States: p.States}
	proof, err := blockproof.Find(ctx, source, blockproof.Reference{RefSlot: block.Slot, Root: block.Root, Header: block.Header}, p.Manifest.Layouts())
	if err != nil {
		return bindings.BlockProof{}, err
	}
	return abi.BlockProof(proof), nil
}

// Open makes a prover that asks these nodes over the network. close ends its connections. Errors: beacon.ErrConfig, execution.ErrConfig,
// report.ErrImpossibleSchedule.
func Open(e snapshot.Endpoints) (p StateProver, close func(), err error) {
	nodes, close, err := snapshot.OpenNodes(e)
	if err != nil {
		return p, nil, err
	}
	p = StateProver{Manifest: e.Manifest, Beacon: nodes.Beacon, States: nodes.Builder}
	if p.Chain, err = events.NewReader(nodes.Execution, e.Manifest); err != nil {
		close()
		return p, nil, err
	}
	return p, close, nil
}
