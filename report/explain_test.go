package report

import (
	"math/big"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
)

func TestTheQueueIsExplained(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Snapshot)
		says   string
	}{
		"found":     {func(*Snapshot) {}, "Of the 2 waiting requests after request 0, the last one that was made by 2023-11-14 21:13:20 UTC"},
		"nothing":   {func(s *Snapshot) { s.Execution.Queue.LastRequestID = 0 }, "No withdrawal request waits."},
		"too young": {func(s *Snapshot) { s.Execution.Queue.RequestMarginSeconds = 3601 }, "None of the 2 waiting requests after request 0 can be paid: it would have to be made by 2023-11-14 21:13:19 UTC"},
		"bunker": {func(s *Snapshot) {
			s.Consensus.Validators[0].BalanceGwei -= 1e9
			s.Execution.Terms.NoisePcm = 10_000
		}, "None of the 2 waiting requests after request 0 can be paid: it would have to be made by 2023-11-13 22:13:19 UTC"},
		"a loss": {func(s *Snapshot) { s.Consensus.Validators[0].BalanceGwei -= 1e9 }, "loses more than noise: the 2 waiting requests wait until the next one confirms the loss or takes it back"},
		"all is lost": {func(s *Snapshot) {
			s.Execution.Doubt.LossesInRow = 3
			s.Consensus.Validators, s.Consensus.Pending, s.Consensus.PoolActiveGwei = nil, nil, 0
			s.Execution.BufferedWei, s.Execution.TotalPooledWei = uint256.Int{}, etherWei(128)
			s.Execution.WithdrawalVaultWei, s.Execution.ELRewardsVaultWei = uint256.Int{}, uint256.Int{}
		}, "no rate to pay the 2 waiting requests at"},
	} {
		t.Run(name, func(t *testing.T) {
			s := quietSnapshot()
			c.change(&s)
			computed, err := Compute(s, marked)
			require.NoError(t, err)
			require.Contains(t, lineOf(t, computed, "finalizeUpTo").Sentence, c.says)
		})
	}
}

func TestBunkerIsExplained(t *testing.T) {
	s := quietSnapshot()
	s.Consensus.Validators[0].BalanceGwei -= 1e9
	c, err := Compute(s, marked)
	require.NoError(t, err)
	require.Equal(t, "yes", lineOf(t, c, "bunker").Value)
	require.Contains(t, lineOf(t, c, "bunker").Sentence, "only requests from before 2023-11-13 22:13:20 UTC are finalized")
	require.Equal(t, "-700000000000000000 wei (-0.7 ETH)", lineOf(t, c, "consensus-layer change").Value)

	slashIn(&s, 1e9, refEpoch-1000)
	s.Consensus.Slashed[0].ExitEpoch = s.Consensus.Slashed[0].WithdrawableEpoch - 256
	c, err = Compute(s, marked)
	require.NoError(t, err)
	require.Contains(t, lineOf(t, c, "bunker").Sentence, "has no known date: no request is finalized")
}

func TestWhatTheRateMayNotHaveYetIsExplained(t *testing.T) {
	s := baseSnapshot()
	s.Execution.TotalPooledWei = etherWei(90)
	c, err := Compute(s, refuse)
	require.NoError(t, err)
	require.Equal(t, "91000000000000000000", c.Rebase.PooledWei.String(), "1 % of 90, and 0.1 of the bucket")
	require.Equal(t, "9000000000000000000 wei (9 ETH)", lineOf(t, c, "unrecognised ether after").Value)
	require.Contains(t, lineOf(t, c, "unrecognised ether after").Sentence, "10 ETH before")
	require.Contains(t, lineOf(t, c, "unrecognised ether after").Sentence, "here of the 86400 seconds since slot 319999")
	require.Equal(t, "100000000 gwei (0.1 ETH)", lineOf(t, c, "bucket").Value)
	require.Contains(t, lineOf(t, c, "bucket").Sentence, "The share rate takes 0.1 ETH of it, the consensus layer's gain 0 ETH")
}

func lineOf(t *testing.T, c Computed, name string) Line {
	t.Helper()
	for _, l := range c.Explanation {
		if l.Field == name {
			return l
		}
	}
	require.Failf(t, "no line", "%s", name)
	return Line{}
}

func TestEveryFieldIsExplainedInOrder(t *testing.T) {
	quiet, paused, bunker := baseSnapshot(), busySnapshot(), busySnapshot()
	paused.Execution.Queue.PauseFlag, paused.Execution.Queue.PausedUntil = true, refTimestamp
	bunker.Consensus.Validators[0].BalanceGwei -= 10e9
	for name, s := range map[string]Snapshot{"quiet": quiet, "busy": busySnapshot(), "paused": paused, "bunker": bunker} {
		t.Run(name, func(t *testing.T) {
			c, err := Compute(s, marked)
			require.NoError(t, err)
			next := 0
			for _, l := range c.Explanation {
				if next < len(fields()) && l.Field == fields()[next].name {
					next++
				}
				require.NotEmpty(t, l.Value)
				require.True(t, strings.HasSuffix(l.Sentence, "."), "%s: %q", l.Field, l.Sentence)
				require.NotContains(t, l.Value+l.Sentence, "%!", l.Field)
				require.NotContains(t, l.Sentence, "  ", l.Field)
			}
			require.Equal(t, len(fields()), next, "all fields in ABI order")
		})
	}
}

func TestAnExplanationGivesTheNumbersBehindANumber(t *testing.T) {
	c, err := Compute(busySnapshot(), marked)
	require.NoError(t, err)
	for name, want := range map[string][2]string{
		"refBlockRoot":           {"0xb000", "in slot 327197 (there is no block in the 2 slots from there to the reference slot)"},
		"lastRefSlot":            {"slot 319999", "The pool's last report at the reference block."},
		"clInFlightGwei":         {"0 gwei (0 ETH)", "0 before Gloas"},
		"unprovenGwei":           {"0 gwei (0 ETH)", "0 keys at the execution block"},
		"exitGwei":               {"0 gwei (0 ETH)", "0 until exits follow demand"},
		"exitsAskedGwei":         {"0 gwei (0 ETH)", "0 until exits follow demand"},
		"pendingRoot":            {common.Hash{}.Hex(), "0 until they are committed to"},
		"refSlot":                {"slot 327199", "began at 2023-11-14 22:13:20 UTC (timestamp 1700000000), in epoch 10224"},
		"clValidatorsGwei":       {"97000000000 gwei (97 ETH)", "of the 4 validators"},
		"clPendingGwei":          {"33000000000 gwei (33 ETH)", "Making a new validator of the pool: 1; going to one that it has or will have: 1, of which with other credentials, which do not matter then: 1."},
		"exited":                 {"1 validator", "exit epoch is 10224"},
		"depositedWei":           {"128000000000000000000 wei (128 ETH)", "32 ETH of it since the last report, of slot 319999"},
		"withdrawalVaultWei":     {"300000000000000000 wei (0.3 ETH)", "left 0.1 ETH of it there"},
		"finalizeUpTo":           {"request 3", "Of the 3 waiting requests after request 1"},
		"bunker":                 {"no", "Nothing was lost"},
		"consensus-layer change": {"2200000000000000000 wei (2.2 ETH)", "Bunker when negative"},
	} {
		line := lineOf(t, c, name)
		require.Contains(t, line.Value, want[0], name)
		require.Contains(t, line.Sentence, want[1], name)
	}
	require.Contains(t, lineOf(t, c, "finalizeUpTo").Sentence, "they lock 3 ETH of the 4 ETH")
	require.Contains(t, lineOf(t, c, "clPendingGwei").Sentence, "2 deposits with the pool's credentials not counted: another validator was first with the key.")
	require.Contains(t, lineOf(t, c, "clPendingGwei").Sentence, "1 deposit with the pool's credentials not counted: the signature is invalid")
}

func TestEtherIsWrittenExactly(t *testing.T) {
	for text, wei := range map[string]*big.Int{
		"0 ETH": new(big.Int), "0.000000000000000001 ETH": big.NewInt(1), "-0.5 ETH": big.NewInt(-5e17), "1 ETH": big.NewInt(1e18), "1.05 ETH": big.NewInt(105e16),
		"-12 ETH": mul(big.NewInt(-12), big.NewInt(1e18)), "120 ETH": mul(big.NewInt(120), big.NewInt(1e18)),
	} {
		require.Equal(t, text, format.Ether(wei))
	}
}
