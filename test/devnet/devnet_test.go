package devnet

import (
	"bytes"
	"context"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

func options(t *testing.T, out *bytes.Buffer) Options {
	return Options{
		Dir: filepath.Join(t.TempDir(), "net"), Members: DefaultMembers, Seed: 1, SlotTime: 100 * time.Millisecond, Frames: 1, Scenario: DefaultScenario,
		// A member that does nothing, and ends with its devnet.
		Member: []string{"/bin/sh", "-c", "while read line; do :; done"}, Out: out, Now: time.Now,
	}
}

func TestADevnetWhoseMembersDoNothingHasNotThePromisedOutcome(t *testing.T) {
	var out bytes.Buffer
	require.ErrorIs(t, Run(t.Context(), options(t, &out)), ErrOutcome)
	require.Contains(t, out.String(), "FAILED.")
}

func TestAMemberThatEndsByItselfIsNoticed(t *testing.T) {
	var out bytes.Buffer
	o := options(t, &out)
	o.Member = []string{"/bin/sh", "-c", "exit 3"}
	err := Run(t.Context(), o)
	require.ErrorContains(t, err, "ended by itself: exit status 3")
	require.NotErrorIs(t, err, ErrOutcome)
}

// onWrite is an output that does something when it is written to.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}

func TestAnEndlessDevnetThatIsInterruptedIsJudgedByTheFramesThatEnded(t *testing.T) {
	o := options(t, nil)
	o.Frames = 0
	ctx, cancel := context.WithCancel(t.Context())
	o.Out = onWrite(cancel) // as soon as it tells what it is
	require.NoError(t, Run(ctx, o), "no frame has ended yet")
}

func TestImpossibleOptionsAreRefused(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"members":  func(o *Options) { o.Members = 3 },
		"slots":    func(o *Options) { o.SlotTime = time.Millisecond },
		"frames":   func(o *Options) { o.Frames = -1 },
		"scenario": func(o *Options) { o.Scenario = "boredom" },
		"program":  func(o *Options) { o.Member = nil },
		"older":    func(o *Options) { o.OlderMembers = 1 },
		"no older": func(o *Options) { o.OlderProgram = "/bin/true" },
		"too many": func(o *Options) { o.OlderProgram, o.OlderMembers = "/bin/true", o.Members+1 },
		"fork":     func(o *Options) { o.Fork = "paris" },
		"crossing": func(o *Options) { o.Fork, o.GloasAt = "electra", 30 },
		"early":    func(o *Options) { o.Fork, o.GloasAt = "fulu", network.FirstEpoch-1 },
		"no Gloas": func(o *Options) { o.Fork, o.Scenario, o.Frames = "fulu", "payload-withheld", 0 },
		"both":     func(o *Options) { o.Scenario = "reorg" },
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t, new(bytes.Buffer))
			change(&o)
			require.ErrorIs(t, Run(t.Context(), o), ErrOptions)
		})
	}
}

func TestAFrameIsFaultyUnlessOneTransactionReportedItAsCalculated(t *testing.T) {
	once := []follow.Submission{{Outcome: follow.Accepted}}
	require.Empty(t, frame{submissions: once, rebase: &follow.Rebase{}}.violations())
	for name, f := range map[string]frame{
		"not reported":     {},
		"only submitted":   {submissions: once},
		"twice":            {submissions: append(once, follow.Submission{Outcome: follow.Reverted}), rebase: &follow.Rebase{}},
		"another balance":  {submissions: once, rebase: &follow.Rebase{Mismatches: []string{"balance of Alice"}}},
		"by no submission": {rebase: &follow.Rebase{}},
	} {
		require.NotEmpty(t, f.violations(), name)
	}
}

func TestEtherIsCutOffAndKeepsItsSign(t *testing.T) {
	for _, c := range []struct {
		wei, want string
	}{
		{"0", "0.0000"}, {"1", "0.0000"}, {"99999999999999", "0.0000"}, {"100000000000000", "0.0001"}, {"1234567890000000000", "1.2345"},
		{"-1500000000000000000", "-1.5000"}, {"32000000000000000000", "32.0000"},
	} {
		wei, ok := new(big.Int).SetString(c.wei, 10)
		require.True(t, ok)
		require.Equal(t, c.want, ether(wei, 4))
	}
	require.Equal(t, "+0.5", signedEther(big.NewInt(5e17), 1))
	require.Equal(t, "", signedEther(new(big.Int), 1))
}

func TestSlotsAreLongerOnASlowerMachine(t *testing.T) {
	const least = 300 * time.Millisecond
	for took, want := range map[time.Duration]time.Duration{
		0: least, speedProbeTime / 2: least, speedProbeTime: least, 4 * speedProbeTime: 4 * least, 100 * speedProbeTime: maxSlowdown * least,
	} {
		require.Equal(t, want, slotTimeFor(least, took), took)
	}
	at := time.Unix(0, 0)
	slow := func() time.Time {
		at = at.Add(3 * speedProbeTime)
		return at
	}
	require.Equal(t, 3*least, SlotTimeHere(slow, least))
}

func TestATrendIsTheLineThroughTheSamples(t *testing.T) {
	start, growth := trend([]uint64{10, 12, 14, 16})
	require.InDelta(t, 10, start, 1e-9)
	require.InDelta(t, 6, growth, 1e-9)
	_, growth = trend([]uint64{10, 14, 10, 14, 10})
	require.InDelta(t, 0, growth, 1e-9)
	start, growth = trend([]uint64{7})
	require.Equal(t, []float64{7, 0}, []float64{start, growth})
}

func TestByzantineMembersAreTheLastThatTheCommitteeBears(t *testing.T) {
	sc := scenario{byzantine: true}
	for n, want := range map[int][]int{4: {3}, 7: {5, 6}, 10: {7, 8, 9}} {
		var byzantine []int
		for i := range n + 1 {
			if sc.isByzantine(i, n) {
				byzantine = append(byzantine, i)
			}
		}
		require.Equal(t, want, byzantine)
	}
}
