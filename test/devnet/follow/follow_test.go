package follow_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/holders"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// committee stands for the members' nodes: it computes as they do, and signs with the keys of their homes.
type committee struct {
	*testing.T
	*network.Network
	follower *follow.Follower
	script   *holders.Script
	gatherer *snapshot.Builder
	keys     []*bls.SecretKey
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
	for _, m := range n.Members {
		stored, err := keyfile.Read(filepath.Join(m.Home, "keystore.json"))
		require.NoError(t, err)
		key, err := stored.Decrypt([]byte("devnet"))
		require.NoError(t, err)
		c.keys = append(c.keys, key)
	}
	c.openReaders()
	c.follow()
	require.NoError(t, c.script.Begin(t.Context(), c.follower.Books()))
	return c
}

func (c *committee) openReaders() {
	client, err := beacon.New(beacon.Options{Endpoints: []string{c.Chain.BeaconURL()}, Network: snapshot.Network(c.Manifest)})
	require.NoError(c, err)
	c.Cleanup(client.Close)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	c.Cleanup(transport.CloseIdleConnections)
	asked, err := execution.NewClient(execution.Options{
		Endpoints: []string{c.Chain.ExecutionURL()}, ChainID: c.Manifest.ChainID, HTTP: &http.Client{Transport: transport},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, Random: func(n int64) int64 { return n / 2 },
	})
	require.NoError(c, err)
	reader, err := execution.NewReader(asked, c.Manifest)
	require.NoError(c, err)
	c.gatherer, err = snapshot.New(snapshot.Options{Manifest: c.Manifest, Beacon: client, Execution: reader})
	require.NoError(c, err)
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

// slot lets a slot pass and a holder act.
func (c *committee) slot() []follow.Event {
	_, err := c.Chain.NextSlot(c.Context())
	require.NoError(c, err)
	events := c.follow()
	require.NoError(c, c.script.Step(c.Context(), c.follower.Books()))
	return events
}

// compute lets slots pass until the report of refSlot can be computed.
func (c *committee) compute(refSlot uint64) *snapshot.Result {
	for limit := refSlot + 20; ; c.slot() {
		require.Less(c, c.Chain.Slot(), limit)
		if latest, err := c.gatherer.Latest(c.Context()); err != nil || latest < refSlot {
			continue
		}
		result, err := c.gatherer.Compute(c.Context(), refSlot)
		if errors.Is(err, beacon.ErrNotFinalized) {
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
	domain := c.Manifest.Domain()
	message := domain.VoteMessage(r.Committee, r.RefSlot, domain.Digest(r))
	var signatures []bls.Signature
	for _, key := range c.keys {
		signatures = append(signatures, key.Sign(message))
	}
	aggregate, err := bls.Aggregate(signatures)
	require.NoError(c, err)
	certificate := bindings.Certificate{Signers: []*big.Int{big.NewInt(15)}, Signature: abi.Signature(aggregate)}
	_, err = c.Send(c.Context(), network.Call{
		From: c.Members[0].Submitter, To: c.Manifest.Contracts.ReportOracle, Gas: 3e6,
		Data: localnet.SubmitData(r, certificate, abi.BlockProof(blockproof.Proof{ChildSlot: result.Reference.ChildSlot, Header: result.Reference.Header})),
	})
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
		events := c.report(c.Schedule.RefSlot(k), unchanged)
		rebases := find[follow.Rebase](events)
		require.Len(t, rebases, 1, "frame %d: %+v", k, find[follow.Submission](events))
		require.Empty(t, rebases[0].Mismatches)
		require.Positive(t, rebases[0].Effect.GainWei.Sign()+rebases[0].Effect.FromRewards.Sign()+rebases[0].Effect.FromWithdrawals.Sign(), "nothing was earned")
	}
	for _, b := range c.follower.Blocks() {
		for _, act := range find[follow.Act](b.Events) {
			done[act.What]++
		}
	}
	for _, deed := range []follow.ActKind{follow.Staked, follow.Moved, follow.Wrapped, follow.Unwrapped, follow.Requested, follow.Claimed, follow.Settled} {
		require.Positive(t, done[deed], "nobody %s in this run: %v", deed, done)
	}
}

func TestALieThatTheContractsTakeIsAMismatch(t *testing.T) {
	c := start(t)
	events := c.report(c.Schedule.RefSlot(0), func(r *report.Report) { r.CLPendingGwei += 1e6 })
	rebases := find[follow.Rebase](events)
	require.Len(t, rebases, 1, "%+v", find[follow.Submission](events))
	require.NotEmpty(t, rebases[0].Mismatches)
}

func TestAnUndoneReportIsTakenOutOfTheBooks(t *testing.T) {
	c := start(t)
	before := c.follower.Books()
	events := c.report(c.Schedule.RefSlot(0), unchanged)
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
	require.Len(t, find[follow.Submission](all(c.follower)), 1, "the undone submission is counted")
}

func all(f *follow.Follower) (events []follow.Event) {
	for _, b := range f.Blocks() {
		events = append(events, b.Events...)
	}
	return events
}
