package node

import (
	"encoding/json"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// holdersOf is a source that asks a node.
func (w *world) holdersOf(url string) *holdersSource {
	w.Helper()
	client, err := execution.NewClient(execution.Options{Endpoints: []string{url}, ChainID: w.manifest.ChainID, HTTP: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, Rounds: 1})
	require.NoError(w, err)
	reader, err := events.NewReader(client, w.manifest)
	require.NoError(w, err)
	return newHoldersSource(&parts{chain: reader, manifest: w.manifest, schedule: w.schedule, clock: w.clock, log: slog.New(slog.DiscardHandler)})
}

func TestManyReadersOfOneBlockAskTheContractsOnce(t *testing.T) {
	w := newWorld(t, 1)
	var asked atomic.Int64
	transport := &http.Transport{DisableKeepAlives: true}
	counting := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		asked.Add(1)
		forward(out, in, w.ExecutionURL(), transport)
	}))
	defer counting.Close()
	source := w.holdersOf(counting.URL)
	first, err := source.Holders(t.Context())
	require.NoError(t, err)
	require.Equal(t, w.Head().Number, first.Block.Number)
	require.Equal(t, w.Head().ExecutionHash, first.Block.Hash)
	reading := asked.Load()
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			again, err := source.Holders(t.Context())
			require.NoError(t, err)
			require.Equal(t, first, again)
		})
	}
	group.Wait()
	require.EqualValues(t, 50, asked.Load()-reading, "each asks for the head, nobody for more")

	w.stake(1)
	next, err := source.Holders(t.Context())
	require.NoError(t, err)
	require.Greater(t, next.Block.Number, first.Block.Number)
	require.NotEqual(t, first.Requests.BufferedWei, next.Requests.BufferedWei)
}

func TestWhatHoldersCanDoIsServedOrItIsSaidWhatToDo(t *testing.T) {
	w := newWorld(t, 1)
	proxy := w.proxy(w.ExecutionURL())
	n := w.start(0, func(c *Config, _ *Hooks) { c.Execution = []string{proxy.URL} })
	code, body := n.get("/api/v1/holders", "")
	require.Equal(t, http.StatusOK, code, body)
	var h status.Holders
	require.NoError(t, json.Unmarshal([]byte(body), &h))
	require.Equal(t, w.manifest.Contracts.StakingPool, h.Contracts.StakingPool)
	require.True(t, h.Deposits.Open && h.Requests.Open)
	require.Equal(t, "101000000000000000000", h.Rate.TotalPooledWei)
	code, body = n.get("/holders", "text/html")
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, body, w.manifest.Contracts.WithdrawalQueue.Hex())

	proxy.off.Store(true)
	for _, path := range []string{"/api/v1/holders", "/holders"} {
		code, body = n.get(path, "")
		require.Equal(t, http.StatusServiceUnavailable, code, body)
		require.Contains(t, body, "see under Beacon and execution nodes on the first page which node fails")
		require.NotContains(t, body, strings.TrimPrefix(proxy.URL, "http://"), "the address of a node is not for everybody")
	}
	proxy.off.Store(false)
	code, body = n.get("/api/v1/holders", "")
	require.Equal(t, http.StatusOK, code, body)
}

// frameOf100 has reference slots 99, 199, …; submissions close ten slots before, and a slot lasts ten seconds.
func frameOf100() manifest.Schedule {
	return manifest.Schedule{GenesisTime: 1_000, SecondsPerSlot: 10, SlotsPerEpoch: 10, InitialEpoch: 10, EpochsPerFrame: 10, FinalityMarginSlots: 20, CloseSlots: 10}
}

func slotSecond(slot uint64) uint64 { return 1_000 + 10*slot }

func quietHolders(second uint64) events.Holders {
	ether := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), wholeToken()) }
	return events.Holders{
		Block: events.Block{Number: 7, Time: second}, TotalPooledWei: ether(1_100), TotalShares: ether(1_000), SharesForEther: big.NewInt(909_090_909_090_909_090),
		DepositShares: big.NewInt(9e17), LowestHeldRate: new(big.Int), RateBefore: new(big.Int), LastReportAt: slotSecond(130), SilentFrom: slotSecond(130) + 3_000,
		Limit: events.StakeLimit{MaxWei: ether(100), LeftWei: ether(100), RefillSeconds: 1_000}, BufferedWei: ether(50), FreeWei: ether(50),
		WaitingValueWei: new(big.Int), WaitingShares: new(big.Int), RequestMarginSeconds: 60,
	}
}

func describeAt(h events.Holders) status.Holders {
	return describeHolders(h, &manifest.Manifest{Schedule: frameOf100(), Bounds: manifest.Bounds{StaleAfterSeconds: 3_000, DoubtAfterSeconds: 9_000}})
}

func TestTheFirstReportForARequestIsAMarginLater(t *testing.T) {
	for slot, want := range map[uint64]uint64{50: 99, 93: 99, 94: 199, 99: 199, 100: 199, 193: 199, 194: 299} {
		r := describeAt(quietHolders(slotSecond(slot))).Reports
		require.Equal(t, want, r.NextRefSlot, "slot %d", slot)
		require.Equal(t, unix(slotSecond(want)), r.NextRefAt)
		require.Equal(t, unix(slotSecond(want+20)), r.NextFrom)
		require.Equal(t, unix(slotSecond(want+90)), r.NextUntil)
	}
	r := describeAt(quietHolders(slotSecond(93) + 1)).Reports
	require.EqualValues(t, 199, r.NextRefSlot, "a second too late")
}

func TestTheWindowOfSilenceIsTheFirstThatIsPossible(t *testing.T) {
	// Silent from slot 430 on: the first window after it is from slot 489 to 497.
	h := quietHolders(slotSecond(140))
	s := describeAt(h).Silence
	require.Equal(t, []time.Time{unix(slotSecond(489)), unix(slotSecond(498))}, []time.Time{s.WindowFrom, s.WindowUntil})
	require.Zero(t, s.FirstWaiting)

	h.LastRequestID, h.LastFinalizedID, h.FirstWaitingAt, h.SilentRefusal = 9, 4, slotSecond(198), "OracleNotStale[1 2]"
	s = describeAt(h).Silence
	require.EqualValues(t, 5, s.FirstWaiting)
	require.Equal(t, unix(slotSecond(498)), s.FirstRipeAt, "the request must be old enough too")
	require.Equal(t, []time.Time{unix(slotSecond(589)), unix(slotSecond(598))}, []time.Time{s.WindowFrom, s.WindowUntil}, "slot 498 is too late for the window before")
	require.Equal(t, h.SilentRefusal, s.Refusal)

	h.FirstWaitingAt = slotSecond(192)
	s = describeAt(h).Silence
	require.Equal(t, unix(slotSecond(492)+1), s.WindowFrom, "inside a window it begins when the request is old enough")

	h = quietHolders(slotSecond(495))
	require.Equal(t, unix(slotSecond(495)), describeAt(h).Silence.WindowFrom, "now")
	h = quietHolders(slotSecond(498))
	require.Equal(t, unix(slotSecond(589)), describeAt(h).Silence.WindowFrom, "the last two slots are the report's")
}

func TestSilencePaysAtTheLowestRateThatIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		flags            report.PoolFlags
		held, rateBefore int64 // thousandths
		want             string
		doubt            bool
	}{
		"no doubt":     {0, 0, 0, "1100000000000000000", false},
		"bunker":       {report.FlagBunker, 0, 0, "1100000000000000000", true},
		"unconfirmed":  {report.FlagUnconfirmed, 0, 0, "1100000000000000000", true},
		"held, lower":  {report.FlagHeld | report.FlagDoubt, 900, 0, "900000000000000000", true},
		"held, higher": {report.FlagHeld, 0, 0, "1100000000000000000", false},
		"false":        {report.FlagFalse, 0, 1_000, "1000000000000000000", true},
		"both":         {report.FlagFalse, 1_050, 1_000, "1000000000000000000", true},
		"false, high":  {report.FlagFalse, 0, 1_200, "1100000000000000000", true},
	} {
		t.Run(name, func(t *testing.T) {
			h := quietHolders(slotSecond(140))
			h.Flags, h.LowestHeldRate, h.RateBefore = c.flags, big.NewInt(c.held*1e15), big.NewInt(c.rateBefore*1e15)
			described := describeAt(h)
			require.Equal(t, c.want, described.Silence.RateWei)
			require.Equal(t, c.doubt, described.Doubts.InDoubt)
		})
	}
}

func TestEachThingThatClosesDepositsIsNamed(t *testing.T) {
	require.True(t, describeAt(quietHolders(slotSecond(140))).Deposits.Open)
	for code, change := range map[string]func(*events.Holders){
		"paused":           func(h *events.Holders) { h.DepositsPaused = true },
		"report-held":      func(h *events.Holders) { h.Flags = report.FlagHeld },
		"loss-unconfirmed": func(h *events.Holders) { h.Flags = report.FlagUnconfirmed },
		"report-false":     func(h *events.Holders) { h.Flags = report.FlagFalse },
		"limit":            func(h *events.Holders) { h.Limit.LeftWei = new(big.Int) },
		"no-price":         func(h *events.Holders) { h.NoPrice, h.DepositShares = "NoPrice[]", nil },
		"rate-too-low": func(h *events.Holders) {
			h.TotalPooledWei = new(big.Int).Sub(new(big.Int).Mul(big.NewInt(10), wholeToken()), big.NewInt(1))
		},
	} {
		h := quietHolders(slotSecond(140))
		change(&h)
		d := describeAt(h).Deposits
		require.False(t, d.Open)
		require.Equal(t, []string{code}, d.ClosedBy)
	}
}

func TestALimitIsFullWhenWhatIsMissingHasComeBack(t *testing.T) {
	h := quietHolders(slotSecond(140))
	require.True(t, describeAt(h).Deposits.Limit.FullAt.IsZero())
	h.Limit.LeftWei = new(big.Int).Add(new(big.Int).Mul(big.NewInt(75), wholeToken()), big.NewInt(1))
	require.Equal(t, unix(h.Block.Time+250), describeAt(h).Deposits.Limit.FullAt, "rounded up")
	h.Limit.MaxWei, h.Limit.LeftWei = new(big.Int), new(big.Int)
	require.True(t, describeAt(h).Deposits.Limit.FullAt.IsZero(), "a limit of nothing is never full")
}

func TestTheQueueIsToldAsItStands(t *testing.T) {
	h := quietHolders(slotSecond(140))
	h.LastRequestID, h.LastFinalizedID = 9, 4
	h.WaitingValueWei, h.WaitingShares, h.FreeWei = big.NewInt(6e18), big.NewInt(5e18), big.NewInt(1)
	h.BufferedWei = big.NewInt(5e18)
	r := describeAt(h).Requests
	require.EqualValues(t, 5, r.Waiting)
	require.Equal(t, []string{"6000000000000000000", "5500000000000000000", "500000000000000000"}, []string{r.WaitingValueWei, r.WaitingPayWei, r.MissingWei}, "paid the lower")
	h.WaitingValueWei = big.NewInt(4e18)
	r = describeAt(h).Requests
	require.Equal(t, []string{"4000000000000000000", "0"}, []string{r.WaitingPayWei, r.MissingWei})
	require.True(t, r.Open && r.PausedUntil.IsZero())

	h.QueuePaused, h.QueuePausedUntil, h.TotalPooledWei = true, slotSecond(300), new(big.Int)
	r = describeAt(h).Requests
	require.Equal(t, []string{"paused", "pool-empty"}, r.ClosedBy)
	require.Equal(t, unix(slotSecond(300)), r.PausedUntil)
}
