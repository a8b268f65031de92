package main

import (
	"context"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// computeFromChain is a reportComputer that asks the nodes of the query.
func computeFromChain(ctx context.Context, q computeQuery) (report.Computed, error) {
	g, closeClients, err := snapshot.Open(snapshot.Endpoints{
		Manifest: q.manifest, Beacon: cli.URLTexts(q.beacon), Execution: cli.URLTexts(q.execution), Log: q.log,
		Progress: func(step snapshot.Step, done, total uint64) { q.progress.bytes(string(step), done, total) },
	})
	if err != nil {
		return report.Computed{}, err
	}
	defer closeClients()
	refSlot, err := wantedSlot(ctx, g, q.slot)
	if err != nil {
		return report.Computed{}, err
	}
	result, err := g.Compute(ctx, refSlot)
	if err != nil {
		return report.Computed{}, err
	}
	return result.Computed, nil
}

func wantedSlot(ctx context.Context, g *snapshot.Builder, slot *uint64) (uint64, error) {
	if slot != nil {
		return *slot, nil
	}
	return g.Latest(ctx)
}
