package preflight

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	executionArea   = "execution"
	executionRemedy = "name one with --execution: a node of your own that serves eth_getProof"
	// finalityBlocks is about how old the block of a reference slot is when it becomes final.
	finalityBlocks = 96
	headDoubt      = 2 * time.Minute
)

// checkExecution makes the calls that a report needs, on each execution node: the head, and the contracts by proof, now and as far back as finality.
func (r *run) checkExecution(ctx context.Context) {
	if len(r.Execution) == 0 {
		r.fail(executionArea, "", "no execution node is configured", executionRemedy)
		return
	}
	for _, endpoint := range r.Execution {
		r.checkExecutionNode(ctx, endpoint)
	}
	if len(r.Execution) == 1 {
		r.warn(executionArea, "all", "one node: nothing is read and nothing submitted while it is down", "name a second one")
	}
}

func (r *run) checkExecutionNode(ctx context.Context, endpoint string) {
	client, err := execution.NewClient(execution.Options{
		Endpoints: []string{endpoint}, ChainID: r.Manifest.ChainID, HTTP: r.HTTP, Rounds: 1, Log: r.Log,
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, Random: func(int64) int64 { return 0 },
	})
	if err != nil {
		r.fail(executionArea, "configuration", err.Error(), executionRemedy)
		return
	}
	name := client.Endpoints()[0]
	chain, err := events.NewReader(client, r.Manifest)
	if err != nil {
		r.fail(executionArea, name, err.Error(), "use the manifest of the network that you want to serve")
		return
	}
	head, err := chain.Head(ctx)
	if err != nil {
		r.fail(executionArea, name, err.Error(), "start it, wait until it is synced, and see that it follows chain "+fmt.Sprint(r.Manifest.ChainID))
		return
	}
	r.checkFinalizedBlock(name, head)
	if r.proveContracts(ctx, client, name, head) {
		r.provePast(ctx, client, chain, name, head)
	}
}

func (r *run) checkFinalizedBlock(name string, head events.Block) {
	age := r.Now().Sub(time.Unix(int64(head.Time), 0))
	text := fmt.Sprintf("head is block %d", head.Number)
	if age > headDoubt {
		r.warn(executionArea, name, fmt.Sprintf("%s, %s old", text, age.Round(time.Second)), "see whether it is synced, and whether this machine's clock is right")
		return
	}
	r.pass(executionArea, name, text)
}

// proveContracts reads the contracts with proofs at the head: code hashes, addresses and layout must be the manifest's.
func (r *run) proveContracts(ctx context.Context, client *execution.Client, name string, head events.Block) bool {
	reader, err := execution.NewReader(client, r.Manifest)
	if err != nil {
		r.fail(executionArea, name, err.Error(), "use the manifest of the network that you want to serve")
		return false
	}
	pool, err := reader.Pool(ctx, head.Ref())
	if err != nil {
		r.fail(executionArea, name, fmt.Sprintf("the contracts cannot be proven: %v", err), "use a node that serves eth_getProof, and the manifest that came with the network")
		return false
	}
	r.pass(executionArea, name, "proves every contract of the manifest")
	if r.pool == nil {
		ref := head.Ref()
		r.requests, r.head, r.pool = client, &ref, pool
	}
	return true
}

func (r *run) provePast(ctx context.Context, client *execution.Client, chain *events.Reader, name string, head events.Block) {
	if head.Number < r.Manifest.DeploymentBlock+finalityBlocks {
		r.skip(executionArea, name, "older state: the contracts are younger than finality takes")
		return
	}
	past, err := chain.BlockByNumber(ctx, head.Number-finalityBlocks)
	if err == nil {
		_, _, err = client.Account(ctx, past.Ref(), r.Manifest.Contracts.StakingPool, nil)
	}
	switch {
	case errors.Is(err, execution.ErrPruned):
		r.warn(executionArea, name, fmt.Sprintf("has no state of %d blocks ago", finalityBlocks),
			"a node that runs without pause captures in time; one that was down in the reference slot cannot report then: keep more state (128 blocks is usual)")
	case err != nil:
		r.fail(executionArea, name, fmt.Sprintf("does not prove the state of %d blocks ago: %v", finalityBlocks, err), "see the node's log")
	default:
		r.pass(executionArea, name, fmt.Sprintf("has the state of %d blocks ago: a restart loses no report", finalityBlocks))
	}
}

// refSlotNow is the newest reference slot by this machine's clock.
func (r *run) refSlotNow() (uint64, error) {
	schedule := report.Schedule(r.Manifest.Schedule)
	return schedule.CurrentRefSlot(schedule.SlotAt(uint64(max(0, r.Now().Unix()))))
}
