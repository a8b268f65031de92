package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
)

// computing is a reportComputer that notes what it was asked.
type computing struct{ query computeQuery }

func (c *computing) compute(_ context.Context, q computeQuery) (computedReport, error) {
	c.query = q
	q.progress.bytes("reading the state", 5_000_000, 10_000_000)
	q.log.Info("endpoint answers", "endpoint", cli.WithoutSecrets(q.beacon[0]))
	return sampleComputed(), nil
}

func sampleComputed() computedReport {
	r := sampleReport()
	return computedReport{exits: sampleExits(), schedule: sampleSchedule(), Computed: report.Computed{
		Report: r, Digest: common.Hash{0xd1}, Sections: r.Sections(),
		Explanation: []report.Line{
			{Field: "clValidatorsGwei", Value: "64.000000001 ETH", Sentence: "The sum of the balances, not the effective ones, of the pool's 3 validators in the verified beacon state of slot 9,599,998."},
			{Field: "finalizeUpTo", Value: "17", Sentence: "The last request that fits."},
			{Field: "what stands behind it, at length", Value: "1 ETH", Sentence: "Words."},
			{Field: "digest", Value: common.Hash{0xd1}.Hex(), Sentence: "What members sign."},
		},
		Diagnostics: report.Diagnostics{
			FrontRun: []report.FrontRunDeposit{{Deposit: report.PendingDeposit{PublicKey: [48]byte{0xaa}, AmountGwei: 32_000_000_000}, ForeignCredentials: common.Hash{0x01, 0xff}}},
			Lost:     []report.PendingDeposit{{PublicKey: [48]byte{0xbb}, AmountGwei: 1_000_000_001}},
		},
	}}
}

func sampleSchedule() report.Schedule {
	return report.Schedule{GenesisTime: 1_606_824_023, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 75, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8}
}

// sampleExits is the example of docs/loop.md: three validators must leave.
func sampleExits() *snapshot.Exits {
	return &snapshot.Exits{
		Demand: report.ExitDemandOutput{
			ChurnGwei: 256e9, WithdrawableEpoch: 300_931, SweepEpochs: 1954, HomeEpoch: 302_885, DemandGwei: 150e9, BufferGwei: 20e9, ReleasedGwei: 3e9,
			ExitingGwei: 32_020_000_000, RewardGwei: 8_975_555_555, ComingGwei: 7_180_444_444, ExitGwei: 87_799_555_556,
		},
		Waiting: report.WaitingQueue{
			First: 18, Last: 21, DueWei: big.NewInt(1e18),
			FirstPaid: report.Payment{RefSlot: 9_599_999 + 11*7200, HereGwei: 23e9, HomeGwei: 27e9},
			Steps:     []report.PaymentStep{{RefSlot: 9_599_999 + 11*7200, UpTo: 19}},
			LastPaid:  report.Payment{HereGwei: 23e9, HomeGwei: 39_200_000_000, MissingGwei: 87_800_000_000, IfAskedRefSlot: 9_599_999 + 13*7200},
		},
	}
}

// A report is printed although nobody knows what exits must bring home.
func TestComputePrintsAReportWithoutItsExits(t *testing.T) {
	without := func(context.Context, computeQuery) (computedReport, error) {
		c := sampleComputed()
		c.exits, c.exitsErr = nil, errors.New("the block's state is gone")
		return c, nil
	}
	r := program{compute: without}.run(t, computeArgs()...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "What members sign.")
	require.Contains(t, r.out, "not part of the report")
	require.Contains(t, r.out, "the block's state is gone")
	r = program{compute: without}.run(t, computeArgs("--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, `"why": "the block's state is gone"`)
}

func computeArgs(more ...string) []string {
	return append([]string{"report", "compute", "--network", "testdata/manifest.yaml", "--beacon", "https://user:hunter2@one.example/hunter2",
		"--beacon", "http://two.example:5052", "--execution", "http://localhost:8545"}, more...)
}

func TestComputePrintsAndExplainsEachNumber(t *testing.T) {
	var asked computing
	r := program{compute: asked.compute}.run(t, computeArgs()...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Empty(t, r.err, "only warnings are logged unless more is asked for")
	golden(t, "compute.txt", r.out)

	require.Equal(t, "test network", asked.query.manifest.Name)
	require.Len(t, asked.query.beacon, 2)
	require.Equal(t, "https://user:hunter2@one.example/hunter2", asked.query.beacon[0].String(), "secrets reach who needs them")
	require.Equal(t, "http://localhost:8545", asked.query.execution[0].String())
	require.Nil(t, asked.query.slot, "the newest")
}

func TestComputeAsJSON(t *testing.T) {
	r := program{compute: new(computing).compute}.run(t, computeArgs("--json", "--log-level", "info")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.True(t, json.Valid([]byte(r.out)))
	golden(t, "compute.json", r.out)
	require.NotContains(t, r.err, "hunter2")
}

func TestComputeTakesASlot(t *testing.T) {
	var asked computing
	p := program{compute: asked.compute}
	require.Equal(t, cli.ExitOK, p.run(t, computeArgs("--slot", "9599999")...).status)
	require.Equal(t, uint64(9_599_999), *asked.query.slot)
	require.Equal(t, cli.ExitOK, p.run(t, computeArgs("--slot", "latest")...).status)
	require.Nil(t, asked.query.slot)
	for _, wrong := range []string{"-1", "head", "", "18446744073709551616", "0x10"} {
		r := p.run(t, computeArgs("--slot", wrong)...)
		require.Equal(t, cli.ExitUsage, r.status, wrong)
		require.Contains(t, r.err, "want a slot number or latest")
	}
}

func TestComputeLogsToStandardErrorAsAsked(t *testing.T) {
	p := program{compute: new(computing).compute}
	r := p.run(t, computeArgs("--log-level", "info")...)
	require.Contains(t, r.err, `level=INFO msg="endpoint answers" endpoint=https://one.example`+"\n")
	r = p.run(t, computeArgs("--log-level", "info", "--log-format", "json")...)
	require.True(t, json.Valid([]byte(r.err)), r.err)
	r = p.run(t, computeArgs("--log-level", "error")...)
	require.Empty(t, r.err)
}

func TestComputeShowsProgressOnATerminalOnly(t *testing.T) {
	plain := program{compute: new(computing).compute}.run(t, computeArgs()...)

	requests, bytes := newDrawing("reading requests"), newDrawing("reading the state")
	waiting := func(ctx context.Context, q computeQuery) (computedReport, error) {
		q.progress.bytes("reading requests", 1, 2)
		err := requests.wait(ctx)
		q.progress.bytes("reading the state", 5_000_000, 10_000_000)
		return sampleComputed(), errors.Join(err, bytes.wait(ctx))
	}
	shown := program{compute: waiting, terminal: true, errOut: io.MultiWriter(requests, bytes)}.run(t, computeArgs()...)
	require.Equal(t, cli.ExitOK, shown.status)
	require.Equal(t, plain.out, shown.out)
}

func TestComputeGivesUpAfterTheTimeout(t *testing.T) {
	waiting := func(ctx context.Context, _ computeQuery) (computedReport, error) {
		<-ctx.Done()
		return computedReport{}, ctx.Err()
	}
	r := program{compute: waiting}.run(t, computeArgs("--timeout", "1ns")...)
	require.Equal(t, result{cli.ExitError, "", "oraclenode: gave up after 1ns (--timeout): context deadline exceeded\n"}, r)
	for _, wrong := range []string{"0s", "-1m", "5", "soon"} {
		r := program{compute: waiting}.run(t, computeArgs("--timeout", wrong)...)
		require.Equal(t, cli.ExitUsage, r.status, wrong)
	}
}

func TestComputeIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	waiting := func(ctx context.Context, _ computeQuery) (computedReport, error) {
		cancel()
		<-ctx.Done()
		return computedReport{}, ctx.Err()
	}
	r := program{ctx: ctx, compute: waiting}.run(t, computeArgs()...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "interrupted")
}

func TestComputeEndsWithTheErrorOfTheComputation(t *testing.T) {
	failing := func(context.Context, computeQuery) (computedReport, error) {
		return computedReport{}, errors.New("the node is syncing")
	}
	r := program{compute: failing}.run(t, computeArgs()...)
	require.Equal(t, result{cli.ExitError, "", "oraclenode: the node is syncing\n"}, r)
}

func TestComputeHasALimitOfTime(t *testing.T) {
	var left time.Duration
	asking := func(ctx context.Context, _ computeQuery) (computedReport, error) {
		deadline, ok := ctx.Deadline()
		require.True(t, ok)
		left = time.Until(deadline)
		return sampleComputed(), nil
	}
	p := program{compute: asking, environ: []string{"ORACLENODE_TIMEOUT=1h"}}
	require.Equal(t, cli.ExitOK, p.run(t, computeArgs()...).status)
	require.Greater(t, left, 30*time.Minute)
	require.Equal(t, cli.ExitOK, p.run(t, computeArgs("--timeout", "10m")...).status)
	require.LessOrEqual(t, left, 10*time.Minute)
}

func TestComputeRefusesWrongManifestsAndMissingFlags(t *testing.T) {
	p := program{compute: new(computing).compute}
	r := p.run(t, computeArgs("--network", write(t, "m.yaml", "version: 1\nfoo: 2\n"))...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "foo")
	r = p.run(t, computeArgs("--network", "absent.yaml")...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "network manifest: open absent.yaml")
	require.Contains(t, r.err, "get it from whoever runs the network, and name it with --network")
	r = p.run(t, "report", "compute")
	require.Equal(t, cli.ExitUsage, r.status)
	require.Contains(t, r.err, `"beacon", "execution", "network" not set`)
}
