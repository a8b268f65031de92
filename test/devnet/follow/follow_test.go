package follow_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/holders"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// committee stands for the members' nodes.
type committee struct {
	*testing.T
	*network.Network
	follower *follow.Follower
	script   *holders.Script
	reporter *network.Reporter
}

func start(t *testing.T) *committee { return startWith(t, nil) }

func startWith(t *testing.T, change func(*network.Terms)) *committee {
	t.Helper()
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: 4, Seed: 3, SlotTime: time.Second, Fork: transition.Gloas, Now: time.Now, Log: slog.New(slog.DiscardHandler), Change: change,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	c := &committee{T: t, Network: n, script: holders.New(n, 3)}
	c.follower, err = follow.New(n)
	require.NoError(t, err)
	c.reporter, err = n.NewReporter()
	require.NoError(t, err)
	t.Cleanup(c.reporter.Close)
	c.follow()
	require.NoError(t, c.script.Begin(t.Context(), c.follower.Books()))
	return c
}

// follow reads what is new and gives the events.
func (c *committee) follow() (events []follow.Event) {
	fresh, err := c.follower.Follow(c.Context())
	require.NoError(c, err)
	for _, b := range fresh {
		events = append(events, b.Events...)
	}
	return events
}

// slot lets a slot pass, and a holder and a keeper act.
func (c *committee) slot() []follow.Event {
	_, err := c.Chain.NextSlot(c.Context())
	require.NoError(c, err)
	events := c.follow()
	require.NoError(c, c.script.Step(c.Context(), c.follower.Books()))
	c.chore()
	return events
}

// compute lets slots pass until the report of refSlot can be computed.
func (c *committee) compute(refSlot uint64) *snapshot.Result {
	for limit := refSlot + 20; ; c.slot() {
		require.Less(c, c.Chain.Slot(), limit)
		result, err := c.reporter.Compute(c.Context(), refSlot)
		if errors.Is(err, network.ErrNotYet) {
			continue
		}
		require.NoError(c, err)
		return result
	}
}

// report has all members sign the report of refSlot, after change, and gives what the next block brings.
func (c *committee) report(refSlot uint64, change func(*report.Report)) []follow.Event {
	result := c.compute(refSlot)
	r := result.Report
	change(&r)
	submit, err := c.reporter.SubmitCall(result, r)
	require.NoError(c, err)
	_, err = c.Send(c.Context(), submit)
	require.NoError(c, err)
	return c.slot()
}

func find[E follow.Event](events []follow.Event) (found []E) {
	for _, e := range events {
		if e, ok := e.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

func unchanged(*report.Report) {}

func TestEveryRebaseIsWhatTheLedgerCalculates(t *testing.T) {
	c := start(t)
	done := make(map[follow.ActKind]int)
	for k := range uint64(12) {
		events := c.report(c.RefSlot(k), unchanged)
		rebases := find[follow.Rebase](events)
		require.Len(t, rebases, 1, "frame %d: %+v", k, find[follow.Submission](events))
		require.Empty(t, rebases[0].Mismatches)
		require.Positive(t, rebases[0].Effect.GainWei.Sign()+rebases[0].Effect.FromRewards.Sign()+rebases[0].Effect.FromWithdrawals.Sign(), "nothing was earned")
	}
	for _, b := range c.follower.Blocks() {
		if b.Slot < c.RefSlot(0) {
			continue // set-up
		}
		for _, act := range find[follow.Act](b.Events) {
			done[act.What]++
		}
	}
	for _, deed := range []follow.ActKind{follow.Staked, follow.Moved, follow.Wrapped, follow.Unwrapped, follow.Requested, follow.Claimed, follow.Settled, follow.OpenedKey, follow.ProvedKey, follow.ToppedUpKey} {
		require.Positive(t, done[deed], "nobody %s in this run: %v", deed, done)
	}
}

func TestALieThatTheContractsTakeIsAMismatch(t *testing.T) {
	c := start(t)
	events := c.report(c.RefSlot(0), func(r *report.Report) { r.CLPendingGwei += 1e6 })
	rebases := find[follow.Rebase](events)
	require.Len(t, rebases, 1, "%+v", find[follow.Submission](events))
	require.NotEmpty(t, rebases[0].Mismatches)
}

func TestAnUndoneReportIsTakenOutOfTheBooks(t *testing.T) {
	c := start(t)
	before := c.follower.Books()
	events := c.report(c.RefSlot(0), unchanged)
	require.Len(t, find[follow.Rebase](events), 1)
	at := c.Chain.Slot()
	require.NoError(t, c.Chain.Reorg(t.Context(), at, func(uint64) chain.Action { return chain.ProposeEmpty }))
	require.Empty(t, find[follow.Rebase](c.follow()))
	require.Positive(t, c.follower.Undone())
	_, sharesBefore := before.Totals()
	_, shares := c.follower.Books().Totals()
	require.GreaterOrEqual(t, shares.Cmp(sharesBefore), 0)

	again := find[follow.Rebase](c.slot()) // the transaction is in the pool again
	require.Len(t, again, 1)
	require.Empty(t, again[0].Mismatches)
	submissions := 0
	for _, s := range find[follow.Submission](all(c.follower)) { // those of the set-up are others
		if s.RefSlot == c.RefSlot(0) {
			submissions++
		}
	}
	require.Equal(t, 1, submissions, "the undone submission is counted")
}

func all(f *follow.Follower) (events []follow.Event) {
	for _, b := range f.Blocks() {
		events = append(events, b.Events...)
	}
	return events
}
