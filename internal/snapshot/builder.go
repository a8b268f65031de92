package snapshot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/presets"
	"github.com/tidemark-oracle/tidemark/report"
)

var (
	// ErrNotReportable: the slot asked for is not a reference slot of this network.
	ErrNotReportable = errors.New("not a reference slot")
	// ErrContradiction: verified parts contradict each other or the manifest. Nothing is reported.
	ErrContradiction = errors.New("what was read contradicts itself or the manifest")
)

// Beacon is what is asked of beacon nodes: *beacon.Client.
type Beacon interface {
	Agreement(ctx context.Context) (beacon.Agreement, error)
	ReferenceBlock(ctx context.Context, refSlot uint64) (beacon.ReferenceBlock, error)
	Specs(ctx context.Context) ([]beacon.NodeSpec, error)
	PendingDeposits(ctx context.Context, id beacon.ID, keep func(beacon.PendingDeposit) bool) ([]beacon.PendingDeposit, error)
	ReadState(ctx context.Context, slot uint64, root common.Hash, read func(context.Context, *beacon.StateStream) error) error
}

// Execution gives the contracts at a block, and the block of a hash: *execution.Capture, which remembers, or *execution.Reader.
type Execution interface {
	Block(ctx context.Context, hash common.Hash) (execution.BlockRef, error)
	Pool(ctx context.Context, block execution.BlockRef) (*execution.Pool, error)
	// LikelyKeys are keys of which a state of late is likely to be asked. Nobody vouches for them.
	LikelyKeys(ctx context.Context) []report.PublicKey
}

// Options of a Builder.
type Options struct {
	Manifest  *manifest.Manifest
	Beacon    Beacon
	Execution Execution
	Workers   int      // goroutines that hash a state; 0 for one a processor
	Progress  Progress // may be nil
}

// Progress is told what goes on: done of total bytes, 0 where there is nothing to count or the total is not known. It may be called by any goroutine.
type Progress func(step Step, done, total uint64)

// Step is what a Builder is doing.
type Step string

// Steps in order.
const (
	FindingBlock  Step = "finding the reference block"
	ReadingState  Step = "reading and verifying the beacon state"
	ReadingPool   Step = "reading and verifying the contracts"
	ComputingStep Step = "computing the report"
	ReadingExits  Step = "reading and verifying what is on its way home"
)

// Builder computes reports of one network. It is safe for concurrent use.
type Builder struct {
	o        Options
	schedule report.Schedule
	vault    common.Address
	bounds   report.PoolBounds // immutables of the pool, which are in no storage
	verify   report.DepositVerifier
}

// Result is a report with all that led to it.
type Result struct {
	report.Computed
	Snapshot  report.Snapshot
	Reference beacon.ReferenceBlock // what a block proof is made of
	Committee execution.Committee
	State     *state.State
	Sources   []execution.Source // which endpoint served what

	// For Builder.Exits.
	network network
	pool    *execution.Pool
}

// New makes a Builder for the manifest's network.
func New(o Options) (*Builder, error) {
	schedule := report.Schedule(o.Manifest.Schedule)
	if err := schedule.Validate(); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(Step, uint64, uint64) {}
	}
	return &Builder{
		o: o, schedule: schedule, vault: o.Manifest.Contracts.WithdrawalVault, bounds: o.Manifest.Bounds.Pool(),
		verify: report.NewDepositVerifier([4]byte(o.Manifest.GenesisForkVersion)),
	}, nil
}

// Network is what every beacon node must follow, by the manifest and, on a public network, by what is known of it.
func Network(m *manifest.Manifest) beacon.Network {
	n := beacon.Network{
		GenesisTime: m.Schedule.GenesisTime, GenesisForkVersion: [4]byte(m.GenesisForkVersion), DepositChainID: m.ChainID, DepositContract: m.DepositContract,
		SecondsPerSlot: m.Schedule.SecondsPerSlot, SlotsPerEpoch: m.Schedule.SlotsPerEpoch, Rules: beacon.Rules(m.Rules),
	}
	if public, known := presets.ByChainID(m.ChainID); known {
		n.GenesisValidatorsRoot = public.GenesisValidatorsRoot
		for _, f := range public.Forks {
			n.Forks = append(n.Forks, beacon.Fork(f))
		}
	}
	return n
}

// Latest is the newest reference slot that can be computed: a finalized checkpoint begins above it. Errors: report.ErrBeforeFirstFrame, and those of the
// beacon nodes.
func (g *Builder) Latest(ctx context.Context) (uint64, error) {
	agreed, err := g.o.Beacon.Agreement(ctx)
	if err != nil {
		return 0, fmt.Errorf("find what is finalized: %w", err)
	}
	refSlot, err := g.schedule.CurrentRefSlot(agreed.Epoch * g.schedule.SlotsPerEpoch)
	if err != nil {
		return 0, fmt.Errorf("find the newest reference slot below finalized epoch %d: %w", agreed.Epoch, err)
	}
	return refSlot, nil
}

// Compute computes the report of refSlot from verified readings. Errors: ErrNotReportable, ErrContradiction, those of packages beacon, beacon/state, execution
// and report.
func (g *Builder) Compute(ctx context.Context, refSlot uint64) (*Result, error) {
	if refSlot != g.schedule.NextRefSlot(refSlot) {
		return nil, fmt.Errorf("%w: slot %d; the next one is %d", ErrNotReportable, refSlot, g.schedule.NextRefSlot(refSlot))
	}
	g.o.Progress(FindingBlock, 0, 0)
	reference, err := g.o.Beacon.ReferenceBlock(ctx, refSlot)
	if err != nil {
		return nil, fmt.Errorf("find the reference block of slot %d: %w", refSlot, err)
	}
	s, n, err := g.readState(ctx, reference)
	if err != nil {
		return nil, err
	}
	g.o.Progress(ReadingPool, 0, 0)
	block, err := g.executionBlock(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("find the execution block of slot %d: %w", refSlot, err)
	}
	pool, err := g.o.Execution.Pool(ctx, block)
	if err != nil {
		return nil, fmt.Errorf("read the contracts at execution block %d: %w", block.Number, err)
	}
	unproven, err := pool.UnprovenKeys(ctx)
	if err == nil {
		s, err = g.find(ctx, reference, n.Spec, s, unproven)
	}
	if err != nil {
		return nil, fmt.Errorf("find the unproven keys of slot %d: %w", refSlot, err)
	}
	committee, err := pool.Committee(ctx, refSlot)
	if err != nil {
		return nil, fmt.Errorf("read the committee of slot %d: %w", refSlot, err)
	}
	g.o.Progress(ComputingStep, 0, 0)
	snapshot := g.snapshot(ctx, reference, ConsensusLayer(s, n.Spec, unproven), pool, committee)
	computed, err := report.Compute(snapshot, g.verify)
	if err != nil {
		return nil, fmt.Errorf("compute the report of slot %d: %w", refSlot, err)
	}
	return &Result{
		Computed: computed, Snapshot: snapshot, Reference: reference, Committee: committee, State: s, Sources: pool.Sources(), network: n, pool: pool,
	}, nil
}

// Endpoints are the nodes that Open asks.
type Endpoints struct {
	Manifest  *manifest.Manifest
	Beacon    []string // URLs in order of preference
	Execution []string
	Log       *slog.Logger // nil: silent
	Progress  Progress     // may be nil
}

// Open makes a Builder that asks these nodes over the network, without early capture: the execution nodes must still have the state of the reference block.
// close ends its connections. Errors: beacon.ErrConfig, execution.ErrConfig, report.ErrImpossibleSchedule.
func Open(e Endpoints) (g *Builder, close func(), err error) {
	nodes, close, err := OpenNodes(e)
	if err != nil {
		return nil, nil, err
	}
	return nodes.Builder, close, nil
}

// Nodes are clients of the nodes that Open asks, and a Builder on them.
type Nodes struct {
	Beacon    *beacon.Client
	Execution *execution.Client
	Builder   *Builder
}

// OpenNodes is Open for who asks the nodes for more than a report.
func OpenNodes(e Endpoints) (n Nodes, close func(), err error) {
	n.Beacon, err = beacon.New(beacon.Options{Endpoints: e.Beacon, Network: Network(e.Manifest), Log: e.Log})
	if err != nil {
		return n, nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	close = func() {
		n.Beacon.Close()
		transport.CloseIdleConnections()
	}
	if err = n.open(e, transport); err != nil {
		close()
		return n, nil, err
	}
	return n, close, nil
}

func (n *Nodes) open(e Endpoints, transport http.RoundTripper) (err error) {
	n.Execution, err = execution.NewClient(execution.Options{
		Endpoints: e.Execution, ChainID: e.Manifest.ChainID, HTTP: &http.Client{Transport: transport}, Log: e.Log,
	})
	if err != nil {
		return err
	}
	reader, err := execution.NewReader(n.Execution, e.Manifest)
	if err != nil {
		return err
	}
	n.Builder, err = New(Options{Manifest: e.Manifest, Beacon: n.Beacon, Execution: reader, Progress: e.Progress})
	return err
}
