package page_test

import (
	"context"
	"errors"
	"io"
	"math/big"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/audit/page"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

const members = 4

// audited is an oracle whose first report is right, whose second one is wrong, and that has ejected its last member; and an audit of it.
func audited(t *testing.T) (*oracletest.Scene, page.Chain, audit.Result) {
	t.Helper()
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../../contracts/test/fixtures", Members: members})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Stake(t.Context(), 200))
	require.NoError(t, s.Fund(t.Context(), 3))
	_, _, err = s.Report(t.Context(), s.Schedule.RefSlot(0), oracletest.Submission{Absent: []int{1}})
	require.NoError(t, err)
	_, _, err = s.Report(t.Context(), s.Schedule.RefSlot(1), oracletest.Submission{Tamper: func(r *report.Report) { r.CLValidatorsGwei += 5 }})
	require.NoError(t, err)
	_, err = s.Eject(t.Context(), members-1)
	require.NoError(t, err)
	chain, compute, closeNodes, err := audit.Open(audit.Endpoints{
		Manifest: s.Manifest, Beacon: []string{s.BeaconURL()}, Execution: []string{s.ExecutionURL()},
	})
	require.NoError(t, err)
	t.Cleanup(closeNodes)
	auditor, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: chain, Compute: compute, Software: "test"})
	require.NoError(t, err)
	head, err := audit.ParsePoint("head")
	require.NoError(t, err)
	blocks, err := auditor.Resolve(t.Context(), audit.Point{}, head)
	require.NoError(t, err)
	r, err := auditor.Run(t.Context(), blocks)
	require.NoError(t, err)
	return s, chain, r
}

// clockAt always shows one time.
type clockAt struct {
	clock.Clock
	now time.Time
}

func (c clockAt) Now() time.Time { return c.now }

func config(m *manifest.Manifest) page.Config {
	return page.Config{
		Manifest: m, Beacon: []string{"beacon.example:5052"}, Execution: []string{"one.example", "two.example"}, Software: "test",
		Clock: clockAt{clock.System(), time.Unix(int64(m.Schedule.GenesisTime)+100_000, 0)},
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func wei(t *testing.T, decimal string) *big.Int {
	t.Helper()
	v, ok := new(big.Int).SetString(decimal, 10)
	require.True(t, ok, decimal)
	return v
}

// get asks a server.
func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	answer, err := client.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s: %s", url, body)
	return string(body)
}

func TestThePageTellsReportsFindingsAndMembers(t *testing.T) {
	scene, chain, r := audited(t)
	p := page.New(config(scene.Manifest))
	changed := p.Changed()
	require.NoError(t, p.Look(t.Context(), chain, r))
	require.True(t, isClosed(changed))
	server, err := p.Serve(t.Context(), "127.0.0.1:0", nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+"api/v1/status", nil)
	require.NoError(t, err)
	answer, err := client.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	s, err := status.DecodeAudit(answer.Body)
	require.NoError(t, err)
	require.True(t, s.Ready)

	require.Len(t, s.Reports, 2)
	wrong, right := s.Reports[0], s.Reports[1] // newest first
	require.Equal(t, []uint64{scene.Schedule.RefSlot(1), scene.Schedule.RefSlot(0)}, []uint64{wrong.RefSlot, right.RefSlot})
	require.Equal(t, []int{0, 2, 3}, right.Signers)
	require.True(t, right.Own)
	require.False(t, wrong.Own)
	require.Equal(t, []string{"accepted", "accepted"}, []string{right.Outcome, wrong.Outcome})
	gained := new(big.Int).Sub(wei(t, wrong.TotalPooledWei), wei(t, right.TotalPooledWei)) // nobody staked or withdrew between them
	require.Equal(t, gained.String(), wrong.RewardWei)
	require.Positive(t, gained.Sign())

	require.Equal(t, "findings", s.Result.Verdict)
	require.Equal(t, map[string]uint64{"wrong-values": 1, "ejected-member": 1}, s.Result.Kinds)
	require.Equal(t, []string{"ejected-member", "wrong-values"}, []string{s.Alarms[0].Kind, s.Alarms[1].Kind})
	require.Equal(t, wrong.RefSlot, s.Alarms[1].RefSlot)
	require.Equal(t, wrong.Time, s.Alarms[1].Time)

	require.Len(t, s.Members, members-1, "the ejected one sits no more")
	for i, m := range s.Members {
		require.Equal(t, i, m.Index)
		require.Len(t, m.Key, 96)
		require.NotEmpty(t, m.PeerID)
	}
	require.Equal(t, wrong.TotalPooledWei, s.Token.TotalPooledWei)
	require.Len(t, s.Endpoints, 3)

	shown := get(t, client, server.URL())
	for _, text := range []string{"There are 2 findings", "wrong-values", "ejected-member", "not what the audit computed", "one.example"} {
		require.Contains(t, shown, text)
	}
	require.NotContains(t, shown, "Members connected")
}

// chainless cannot tell the token's values.
type chainless struct{}

var errGone = errors.New("the state is gone")

func (chainless) BlockByNumber(context.Context, uint64) (events.Block, error) {
	return events.Block{}, nil
}
func (chainless) Token(context.Context, events.Block) (events.Token, error) {
	return events.Token{}, errGone
}

func TestALookThatFailsIsToldAndTheEarlierOneStays(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent()) // geth leaves some of its own
	p := page.New(config(&manifest.Manifest{Schedule: manifest.Schedule{GenesisTime: 1000, SecondsPerSlot: 12, SlotsPerEpoch: 32, EpochsPerFrame: 1}}))
	server, err := p.Serve(t.Context(), "127.0.0.1:0", nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Close()) }()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	begun := get(t, client, server.URL())
	for _, words := range []string{"The first look is not over", "How they are is known when the first look is over", "No report has been read"} {
		require.Contains(t, begun, words)
	}
	require.NotContains(t, begun, "not usable")

	missed := audit.Missed{RefSlot: 31, DeadlineSeconds: 2000}
	refSlot := missed.RefSlot
	r := audit.Result{
		Missed: []audit.Missed{missed}, Findings: []audit.Finding{{Kind: audit.MissedFrame, RefSlot: &refSlot, Text: "No report <b>."}},
		Summary: audit.Summary{Missed: 1, Findings: 1, Conclusion: audit.Found},
	}
	require.ErrorIs(t, p.Look(t.Context(), chainless{}, r), errGone)
	s := p.Audit()
	require.Nil(t, s.Token)
	require.Equal(t, time.Unix(2000, 0).UTC(), s.Alarms[0].Time)
	require.True(t, s.Ready)

	changed := p.Changed()
	p.Fail(errGone)
	require.True(t, isClosed(changed))
	s = p.Audit()
	require.False(t, s.Ready)
	require.Len(t, s.Alarms, 1)
	require.False(t, s.Endpoints[0].Usable)
	shown := get(t, client, server.URL())
	require.Contains(t, shown, "There is 1 finding")
	require.Contains(t, shown, "the state is gone")
	require.Contains(t, shown, "No report &lt;b&gt;.")

	p.Show(r, nil)
	require.True(t, p.Audit().Ready, "a look that works ends the failure")
}

func TestWhatIsLockedForWithdrawalsIsNoLoss(t *testing.T) {
	p := page.New(config(&manifest.Manifest{Schedule: manifest.Schedule{SecondsPerSlot: 12, SlotsPerEpoch: 32, EpochsPerFrame: 1}}))
	amount := func(v int64) *audit.Amount {
		a := new(audit.Amount)
		a.SetInt64(v)
		return a
	}
	rebase := &audit.Rebase{PooledBeforeWei: amount(100), PooledAfterWei: amount(90), LockWei: amount(15), YearlyRatePpm: amount(-7)}
	p.Show(audit.Result{
		Head:    audit.Head{FinalBlock: 10},
		Reports: []audit.Report{{RefSlot: 1, Block: 10, Outcome: audit.AcceptedByGuardian, Rebase: rebase}, {RefSlot: 2, Block: 11, Outcome: audit.Quarantined}},
	}, nil)
	held, judged := p.Audit().Reports[0], p.Audit().Reports[1]
	require.Equal(t, []string{"5", "0"}, []string{judged.RewardWei, held.RewardWei})
	require.Equal(t, []string{"accepted", "quarantined"}, []string{judged.Outcome, held.Outcome})
	require.Equal(t, []bool{true, false}, []bool{judged.Finalized, held.Finalized})
	require.EqualValues(t, -7, judged.YearlyRatePpm)
}

func TestAPageForOthersMustBeAskedFor(t *testing.T) {
	for _, address := range []string{"127.0.0.1:9111", "localhost:0", "[::1]:9111"} {
		require.NoError(t, page.CheckAddress(address, false), address)
	}
	for _, address := range []string{"0.0.0.0:9111", ":9111", "example.org:80", "192.0.2.1:80"} {
		require.ErrorIs(t, page.CheckAddress(address, false), page.ErrAddress, address)
		require.NoError(t, page.CheckAddress(address, true), address)
	}
	require.ErrorIs(t, page.CheckAddress("9111", true), page.ErrAddress)
}

func TestAPortThatIsTakenIsRefused(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent()) // geth leaves some of its own
	p := page.New(config(&manifest.Manifest{Schedule: manifest.Schedule{SecondsPerSlot: 12, SlotsPerEpoch: 32, EpochsPerFrame: 1}}))
	server, err := p.Serve(t.Context(), "127.0.0.1:0", nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Close()) }()
	_, err = p.Serve(t.Context(), server.URL()[len("http://"):len(server.URL())-1], nil)
	require.ErrorIs(t, err, page.ErrListen)
}
