//go:build testnet

package reports

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/beacon"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/localnet"
	"github.com/tidemark-oracle/tidemark/execution"
	"github.com/tidemark-oracle/tidemark/gather"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/testnet"
)

const (
	// binariesVariable names the folder with the clients; make test-reports sets it.
	binariesVariable = "TESTNET_BINARIES"
	epochsPerFrame   = 4
	frames           = 10
	committeeSize    = 4
)

var onChain = localnet.OnChain

func TestReportsAreWhatTheChainHolds(t *testing.T) {
	binaries := os.Getenv(binariesVariable)
	require.NotEmpty(t, binaries, "%s does not name the folder with the clients: run make test-reports", binariesVariable)
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Minute)
	defer cancel()
	network := start(ctx, t, binaries)
	t.Cleanup(func() { require.NoError(t, network.Stop()) })
	client, err := ethclient.DialContext(ctx, network.ExecutionURL)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	c := &chain{T: t, ctx: ctx, network: network, client: client}

	c.deploy()
	c.formCommittee(committeeSize)
	c.addKeys(4)
	c.send(c.manifest.Contracts.StakingPool, localnet.Ether(200), bindings.NewStakingPool().PackDeposit(c.account.From, new(big.Int)))
	newStory(c).run()
}

// start starts a network and waits until it is in Electra. On a busy machine Prysm v5.3.0 sometimes ends at the first slots of a genesis, by a fault of
// its own: then the network is started again.
func start(ctx context.Context, t *testing.T, binaries string) *testnet.Network {
	const attempts = 3
	for attempt := 1; ; attempt++ {
		network, err := testnet.Start(ctx, testnet.Options{
			Dir: filepath.Join(t.TempDir(), "network"), Binaries: binaries, ExtraValidators: 4, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		})
		require.NoError(t, err)
		err = network.WaitSlot(ctx, (network.ElectraEpoch+1)*network.SlotsPerEpoch)
		if err == nil {
			return network
		}
		_ = network.Stop() // it has failed already
		if crash := (*testnet.ExitError)(nil); attempt == attempts || !errors.As(err, &crash) {
			require.NoError(t, err)
		}
		t.Logf("attempt %d of %d: %v", attempt, attempts, err)
	}
}

// story is what happens, and what was seen of it.
type story struct {
	*chain
	schedule report.Schedule
	gatherer *gather.Gatherer
	capture  *execution.Capture

	exitAsked                                                                                    bool
	pendingSeen, depositsSeen, sweepSeen, rewardsSeen, exitSeen, missedSeen, queueSeen, accepted int
}

func newStory(c *chain) *story {
	nodes, err := beacon.New(beacon.Options{Endpoints: []string{c.network.BeaconURL}, Network: gather.Network(c.manifest)})
	require.NoError(c, err)
	c.Cleanup(nodes.Close)
	requests, err := execution.NewClient(execution.Options{
		Endpoints: []string{c.network.ExecutionURL}, ChainID: c.manifest.ChainID, HTTP: http.DefaultClient,
		Sleep: func(ctx context.Context, d time.Duration) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(d):
				return nil
			}
		}, Random: func(n int64) int64 { return n / 2 },
	})
	require.NoError(c, err)
	reader, err := execution.NewReader(requests, c.manifest)
	require.NoError(c, err)
	capture, err := execution.NewCapture(reader, 16)
	require.NoError(c, err)
	gatherer, err := gather.New(gather.Options{Manifest: c.manifest, Beacon: nodes, Execution: capture})
	require.NoError(c, err)
	return &story{chain: c, schedule: report.Schedule(c.manifest.Schedule), gatherer: gatherer, capture: capture}
}

func (s *story) run() {
	s.Logf("%8s %6s %6s %6s %14s %14s %14s %10s", "ref slot", "keys", "exited", "missed", "balances gwei", "pending gwei", "vault gwei", "finalize")
	for frame := range uint64(frames) {
		refSlot := s.schedule.RefSlot(frame)
		s.act(frame, refSlot)
		result := s.report(refSlot)
		s.compare(result)
		s.note(result)
		s.submitInTime(result)
		if frame == frames-2 {
			s.runCommands(result)
		}
	}
	require.GreaterOrEqual(s, s.accepted, frames/2, "most frames were too late to be submitted: the machine was too busy for slots of %d seconds", s.network.SecondsPerSlot)
	require.Positive(s, s.pendingSeen, "no frame had pending deposits")
	require.GreaterOrEqual(s, s.depositsSeen, 3, "the deposits did not become validators")
	require.Positive(s, s.sweepSeen, "nothing was swept into the vault")
	require.Positive(s, s.rewardsSeen, "no frame had execution rewards")
	require.Positive(s, s.exitSeen, "no frame had an exited validator")
	require.Positive(s, s.missedSeen, "no frame had a missed slot")
	require.Positive(s, s.queueSeen, "no report finalized a withdrawal request")
}

// act is what holders and operators do before the frame's reference slot.
func (s *story) act(frame, refSlot uint64) {
	switch frame {
	case 1:
		s.fund(2)
	case 2:
		s.requestWithdrawal()
	case 3:
		s.fund(1)
	case 4:
		s.send(s.manifest.Contracts.ELRewardsVault, localnet.Ether(1), nil) // as a block builder pays
	}
	s.exitWhenPossible(refSlot)
	if frame%3 == 2 {
		require.NoError(s, s.network.WaitSlot(s.ctx, refSlot-4))
		slot, err := s.network.MissSlot(s.ctx)
		s.Logf("slot %d is missed: %v", slot, err)
		if err == nil {
			s.missedSeen++
		}
	}
}

// exitWhenPossible asks for the exit of a validator of the pool once it has been active for SHARD_COMMITTEE_PERIOD.
func (s *story) exitWhenPossible(refSlot uint64) {
	if s.exitAsked {
		return
	}
	head, err := s.network.Status(s.ctx)
	require.NoError(s, err)
	epoch := head.HeadSlot / s.network.SlotsPerEpoch
	for _, v := range s.ours(s.validators("head")) {
		if active := v.Validator.ActivationEpoch; active > epoch || epoch-active < 3 {
			continue
		}
		for i := range uint32(3) {
			if v.Validator.PublicKey == fmt.Sprintf("%#x", s.validatorKey(i).PublicKey().Bytes()) {
				s.exit(i, v.Index, epoch)
				s.Logf("validator %d asked to exit before slot %d", v.Index, refSlot)
				s.exitAsked = true
				return
			}
		}
	}
}

func (s *story) requestWithdrawal() {
	token, queue := bindings.NewStakedEther(), bindings.NewWithdrawalQueue()
	amount := localnet.Ether(3)
	s.send(s.manifest.Contracts.StakedEther, nil, token.PackApprove(s.manifest.Contracts.WithdrawalQueue, amount))
	s.send(s.manifest.Contracts.WithdrawalQueue, nil, queue.PackRequest([]*big.Int{localnet.Ether(1), localnet.Ether(2)}, s.account.From))
}

// report waits until the reference slot is final and computes its report.
func (s *story) report(refSlot uint64) *gather.Result {
	s.captureAt(refSlot)
	started, result := time.Time{}, (*gather.Result)(nil)
	// A checkpoint whose first slot was missed is a block of before: the next one decides.
	for epoch := refSlot/s.network.SlotsPerEpoch + 1; result == nil; epoch++ {
		_, err := s.network.WaitFinalizedEpoch(s.ctx, epoch)
		require.NoError(s, err)
		latest, err := s.gatherer.Latest(s.ctx)
		require.NoError(s, err)
		require.GreaterOrEqual(s, latest, refSlot)
		started = time.Now()
		if result, err = s.gatherer.Compute(s.ctx, refSlot); !errors.Is(err, beacon.ErrNotFinalized) {
			require.NoError(s, err)
		}
	}
	s.Logf("computed in %s", time.Since(started).Round(time.Millisecond))
	require.True(s, s.capture.Captured(result.State.Execution.BlockHash), "the block's values were captured before it was final")
	return result
}

// submitInTime submits a report while its frame is open. On a busy machine finality can come too late: then the frame is missed, and nothing is lost.
func (s *story) submitInTime(result *gather.Result) {
	head, err := s.network.Status(s.ctx)
	require.NoError(s, err)
	const roomSlots = 4
	if deadline := s.schedule.NextRefSlot(result.Report.RefSlot + 1); head.HeadSlot+roomSlots > deadline {
		s.Logf("frame missed: slot %d, deadline %d", head.HeadSlot, deadline)
		return
	}
	s.submit(result.Report, result.Reference)
	s.accepted++
}

// captureAt proves the contracts' values as soon as the block of the reference slot is there, long before it is final.
func (s *story) captureAt(refSlot uint64) {
	require.NoError(s, s.network.WaitSlot(s.ctx, refSlot+1))
	header, err := s.client.HeaderByNumber(s.ctx, nil)
	require.NoError(s, err)
	for header.Time > s.schedule.TimeOf(refSlot) {
		header, err = s.client.HeaderByHash(s.ctx, header.ParentHash)
		require.NoError(s, err)
	}
	require.NoError(s, s.capture.Take(s.ctx, header.Hash()))
}

// note remembers what a report has shown.
func (s *story) note(result *gather.Result) {
	r := result.Report
	count := func(seen bool, counter *int) {
		if seen {
			*counter++
		}
	}
	count(r.CLPendingGwei > 0, &s.pendingSeen)
	s.depositsSeen = max(s.depositsSeen, int(r.Validators))
	count(!r.WithdrawalVaultWei.IsZero(), &s.sweepSeen)
	count(!r.ELRewardsVaultWei.IsZero(), &s.rewardsSeen)
	count(r.Exited > 0, &s.exitSeen)
	count(r.FinalizeUpTo > 0, &s.queueSeen)
	vaultGwei := new(big.Int).Div(r.WithdrawalVaultWei.ToBig(), big.NewInt(report.WeiPerGwei))
	s.Logf("%8d %6d %6d %6t %14d %14d %14d %10d", r.RefSlot, r.Validators, r.Exited, result.Reference.Slot < r.RefSlot, r.CLValidatorsGwei, r.CLPendingGwei, vaultGwei, r.FinalizeUpTo)
}
