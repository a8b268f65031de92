package events_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// quickToSilence makes an oracle of frames that is soon called silent.
func quickToSilence(c *deploy.Config) {
	frameSeconds := c.Schedule.FrameSlots() * c.Schedule.SecondsPerSlot
	c.Schedule.CloseSlots, c.QuarantineSeconds, c.Pool.Bounds.StaleAfterSeconds = 4, 1, 2*frameSeconds+2
}

func holders(t *testing.T, s *oracletest.Scene, r *events.Reader) events.Holders {
	t.Helper()
	head, err := r.Head(t.Context())
	require.NoError(t, err)
	h, err := r.Holders(t.Context(), head)
	require.NoError(t, err)
	require.Equal(t, s.Head().Number, h.Block.Number)
	return h
}

// TestWhatHoldersCanDoIsReadAsItIs does what the values promise, and compares.
func TestWhatHoldersCanDoIsReadAsItIs(t *testing.T) {
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../../contracts/test/fixtures", Members: 4, Change: quickToSilence})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	reader, err := s.Watcher()
	require.NoError(t, err)
	ctx, set := t.Context(), s.Manifest.Contracts

	h := holders(t, s, reader)
	require.Equal(t, localnet.Ether(150_000), h.Limit.LeftWei)
	require.Equal(t, localnet.Ether(150_000), h.Limit.MaxWei)
	require.EqualValues(t, 24*3600, h.Limit.RefillSeconds)
	require.Empty(t, h.NoPrice)
	require.Equal(t, h.SharesForEther, h.DepositShares, "nothing is due yet")
	require.Zero(t, h.LastRequestID+h.FirstWaitingAt)
	require.Empty(t, h.SilentRefusal, "nobody waits")
	require.False(t, h.DepositsPaused || h.QueuePaused || h.ReportsPaused != 0)

	before := h.BufferedWei
	require.NoError(t, s.Stake(ctx, 100))
	h = holders(t, s, reader)
	require.Equal(t, localnet.Ether(100), new(big.Int).Sub(h.BufferedWei, before))
	require.Equal(t, h.BufferedWei, h.FreeWei)
	require.Equal(t, localnet.Ether(149_900), h.Limit.LeftWei)

	require.NoError(t, s.Request(ctx, 7))
	h = holders(t, s, reader)
	require.EqualValues(t, 1, h.LastRequestID)
	require.Equal(t, h.Block.Time, h.FirstWaitingAt)
	require.Equal(t, localnet.Ether(7), h.WaitingValueWei)
	require.Equal(t, localnet.Ether(1), h.RequestValueWei)
	require.Equal(t, localnet.Ether(7), new(big.Int).Sub(h.BufferedWei, h.FreeWei))
	require.Contains(t, h.SilentRefusal, "OutsideSilentWindow")

	for _, part := range []common.Address{set.StakingPool, set.WithdrawalQueue, set.ReportOracle} {
		_, err := s.Send(ctx, s.Accounts.Pauser, part, nil, bindings.NewReportOracle().PackPause())
		require.NoError(t, err)
	}
	h = holders(t, s, reader)
	require.True(t, h.DepositsPaused && h.QueuePaused)
	require.Equal(t, s.Manifest.Schedule.SecondsPerSlot, h.ReportsPaused-h.QueuePausedUntil, "the pause of reports began a block later")
	for _, part := range []common.Address{set.StakingPool, set.WithdrawalQueue} {
		_, err := s.Send(ctx, s.Accounts.Resumer, part, nil, bindings.NewReportOracle().PackUnpause())
		require.NoError(t, err)
	}

	untilSilent(t, s, reader)
	_, err = s.Send(ctx, s.Accounts.Guardian, set.StakingPool, nil, bindings.NewStakingPool().PackFinalizeWithoutReport(1))
	require.NoError(t, err, "the contract was said to take the call")
	h = holders(t, s, reader)
	require.EqualValues(t, 1, h.LastFinalizedID)
	require.Equal(t, localnet.Ether(7), h.LockedWei)
	require.Zero(t, h.WaitingShares.Sign())
}

// untilSilent lets slots pass until the contract is said to take a call without a report. In each slot it must be said as it is.
func untilSilent(t *testing.T, s *oracletest.Scene, reader *events.Reader) {
	t.Helper()
	refusals := make(map[string]bool)
	for range 20 * s.Schedule.FrameSlots() {
		h := holders(t, s, reader)
		name, _, _ := strings.Cut(h.SilentRefusal, "[")
		refusals[name] = true
		if name == "" {
			require.Greater(t, h.Block.Time, h.SilentFrom)
			require.Greater(t, h.Block.Time, h.FirstWaitingAt+s.Manifest.Bounds.StaleAfterSeconds)
			require.True(t, refusals["OutsideSilentWindow"], refusals)
			return
		}
		_, err := s.NextSlot(t.Context())
		require.NoError(t, err)
	}
	require.Fail(t, "the contract never takes the call", refusals)
}

func TestDoubtsAreReadWithTheFlags(t *testing.T) {
	s := newScene(t)
	flags := report.PoolFlags(0)
	l := lying(t, s.ExecutionURL(), func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage {
		pool := bindings.NewStakingPool()
		if method == "eth_call" && strings.Contains(string(params[0]), common.Bytes2Hex(pool.PackHead())) {
			var words []byte
			for _, word := range []uint64{1, uint64(flags), 0, 0, 0, 0} {
				words = append(words, common.BigToHash(new(big.Int).SetUint64(word)).Bytes()...)
			}
			return json.RawMessage(`"0x` + common.Bytes2Hex(words) + `"`)
		}
		return result
	})
	reader, err := s.Watcher(l.url)
	require.NoError(t, err)
	for _, flags = range []report.PoolFlags{report.FlagBunker, report.FlagHeld | report.FlagUnconfirmed, report.FlagFalse} {
		require.Equal(t, flags, holders(t, s, reader).Flags)
	}
}

func TestAnswersAboutHoldersThatAreNoneAreRefused(t *testing.T) {
	s := newScene(t)
	l := lying(t, s.ExecutionURL(), honest)
	reader, err := s.Watcher(l.url)
	require.NoError(t, err)
	head, err := reader.Head(t.Context())
	require.NoError(t, err)
	for _, method := range []string{"eth_call", "eth_getStorageAt"} {
		l.set(func(asked string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			if asked == method {
				return json.RawMessage(`"nothing"`)
			}
			return result
		})
		_, err = reader.Holders(t.Context(), head)
		require.ErrorIs(t, err, execution.ErrMalformed, method)
		require.ErrorContains(t, err, "what holders can do")
	}
}
