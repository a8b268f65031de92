package dashboard_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func withHolders(t *testing.T, source status.HoldersSource) *dashboard.Dashboard {
	t.Helper()
	d := dashboard.New(sample.NewSource(8), dashboard.Options{Holders: source})
	t.Cleanup(d.Close)
	return d
}

func holdersPage(t *testing.T, h status.Holders) string {
	t.Helper()
	answer := get(withHolders(t, sample.HoldersSource{Shown: h}), "/holders")
	require.Equal(t, http.StatusOK, answer.Code, answer.Body)
	return strings.ReplaceAll(text(t, answer.Body.String()), "\u202f", " ")
}

func TestThePageForHoldersSaysWhatEachCallBringsNow(t *testing.T) {
	h := sample.Holders()
	page := holdersPage(t, h)
	for _, says := range []string{
		"All is open", "It asks for no key", "21 504 488", "19 Aug 2025, 12:32:23 UTC",
		"deposit(address to, uint256 minShares)", "963901230991240114 shares (in parts of 1e18) for 1 ETH", "a thousandth below the price now: 962937329760248873",
		"59.081274 ETH", "148 250.4410 ETH", "of at most 150 000.0000 ETH; full again in 16 min 48 s if nobody deposits",
		"deposit(uint256 assets, address receiver)", "964098678320557013 parts of 1e18 wtmETH for 1 tmETH",
		"redeem(uint256 shares, address receiver, address owner)", "1037238357621998211 wei of tmETH for 1 wtmETH",
		"request(uint256[] amountsWei, address owner)", "[4128] the number of your request", "0.0001 to 1 000 ETH", "0.999999999 ETH",
		"3 requests for 212.4000 ETH", "the pool holds 1 204.5531 ETH, 992.1531 more than they need",
		"claim(uint256[] ids, uint256[] batches, address to)", "up to number 4 124", "1 804.120045 ETH", "Always open",
		"finalizeWithoutReport(uint64 upTo)", "The oracle is not silent", "OracleNotStale[1755519863 1756728815]", "No report for 14 days", "for 182 days",
		"The one that waits longest is 4125", "1.037238357 ETH a share: the rate in force",
		h.Contracts.StakingPool.Hex(), h.Contracts.StakedEther.Hex(), h.Contracts.WrappedStakedEther.Hex(), h.Contracts.WithdrawalQueue.Hex(), "the number 1.",
	} {
		require.Contains(t, page, says)
	}
	require.NotContains(t, page, "closed")
}

func TestThePageForHoldersSaysWhatIsClosedAndWhatEndsIt(t *testing.T) {
	page := holdersPage(t, sample.ClosedHolders())
	for _, says := range []string{
		"Deposits and new requests are closed for now", "Deposits are paused by hand. They go on when",
		"was held. The next report that takes effect ends it", "lost more than usual: 1 209.1200 ETH", "confirms the loss or takes it back",
		"proved that the last report is false. The next report ends it. Only a guardian can accept that one.",
		"The limit of deposits is used up. It fills again", "no price now. Reports that pay some of these requests end it.", "less than a hundredth",
		"The queue is paused: nobody can ask, and nobody is paid. Claims go on. The pause ends by itself in 3 d 5 h",
		"The pool has no ether", "Reports are paused", "(bunker mode)", "8 795.4468 too little: the rest comes when validators are paid out",
		"refused while deposits are closed", "refused while requests are closed", "The rate is in doubt now", "1.020000000 ETH a share: the lowest rate that is known",
		"RateInDoubt[1755519863 1771244015]", "Always open",
	} {
		require.Contains(t, page, says)
	}
}

func TestEachReasonAloneIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*status.Holders)
		says   string
	}{
		"doubt":        {func(h *status.Holders) { h.Doubts.Held, h.Doubts.InDoubt = true, true }, "All is open, and the rate is in doubt"},
		"reports":      {func(h *status.Holders) { h.Reports.PausedUntil = h.Block.Time.Add(time.Hour) }, "All is open, and reports are paused"},
		"nobody waits": {func(h *status.Holders) { h.Requests.Waiting = 0 }, "nobody waits"},
		"one waits":    {func(h *status.Holders) { h.Requests.Waiting = 1 }, "1 request for 212.4000 ETH"},
		"full":         {func(h *status.Holders) { h.Deposits.Limit.FullAt = time.Time{} }, "of at most 150 000.0000 ETH"},
		"closed by limit": {func(h *status.Holders) {
			closeBy(h, "limit")
			h.Deposits.Limit = status.StakeLimit{MaxWei: "0", LeftWei: "0"}
		}, "Only the owner can raise it."},
		"empty pool":       {func(h *status.Holders) { closeBy(h, "no-price"); h.Deposits.NoPrice = "NoPrice[]" }, "The contract says: NoPrice[]."},
		"unknown":          {func(h *status.Holders) { closeBy(h, "eclipse") }, "The contract refuses deposits: eclipse."},
		"unknown requests": {func(h *status.Holders) { h.Requests.Open, h.Requests.ClosedBy = false, []string{"eclipse"} }, "The contract refuses requests: eclipse."},
		"taken":            {func(h *status.Holders) { h.Silence.Refusal = "" }, "It can be called now"},
		"silent":           {func(h *status.Holders) { h.Silence.From = h.Block.Time.Add(-time.Hour) }, "The oracle is silent; the call is not taken at this moment"},
		"silent and calm":  {func(h *status.Holders) { h.Silence.From, h.Silence.FirstWaiting = h.Block.Time.Add(-time.Hour), 0 }, "The oracle is silent, and no request waits"},
	} {
		t.Run(name, func(t *testing.T) {
			h := sample.Holders()
			c.change(&h)
			require.Contains(t, holdersPage(t, h), c.says)
		})
	}
}

func closeBy(h *status.Holders, reason string) {
	h.Deposits.Open, h.Deposits.ClosedBy = false, []string{reason}
}

func TestWhatHoldersCanDoIsAsDescribed(t *testing.T) {
	for name, h := range map[string]status.Holders{"open": sample.Holders(), "closed": sample.ClosedHolders(), "nothing known": {}} {
		t.Run(name, func(t *testing.T) {
			d := describeHandler(t, withHolders(t, sample.HoldersSource{Shown: h}))
			answer := d.check(t, "/api/v1/holders", http.StatusOK)
			var read status.Holders
			require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &read))
			if name != "nothing known" {
				require.Equal(t, h, read)
			}
			require.NotContains(t, answer.Body.String(), "null")
			require.Equal(t, http.StatusOK, get(d.handler, "/holders").Code)
		})
	}
}

func TestContractsThatCannotBeReadAreNoReasonToShowNothing(t *testing.T) {
	d := describeHandler(t, withHolders(t, sample.HoldersSource{Err: errors.New("the contracts could not be read: ask again")}))
	require.Contains(t, d.check(t, "/api/v1/holders", http.StatusServiceUnavailable).Body.String(), "ask again")
	answer := get(d.handler, "/holders")
	require.Equal(t, http.StatusServiceUnavailable, answer.Code)
	page := text(t, answer.Body.String())
	require.Contains(t, page, "Failure The contracts could not be read The contracts could not be read: ask again.")
	require.NotContains(t, page, "deposit(")
}

func TestAPageWithoutHoldersDoesNotNameThem(t *testing.T) {
	plain := dashboard.New(sample.NewSource(8), dashboard.Options{})
	defer plain.Close()
	for _, path := range []string{"/holders", "/api/v1/holders"} {
		require.Equal(t, http.StatusNotFound, get(plain, path).Code, path)
	}
	require.NotContains(t, pageOf(t, plain), `href="holders"`)
	require.Contains(t, pageOf(t, withHolders(t, sample.HoldersSource{Shown: sample.Holders()})), `href="holders"`)
	require.Contains(t, get(withHolders(t, sample.HoldersSource{Shown: sample.Holders()}), "/holders").Body.String(), `href="./"`)
}

func TestTextsOfOthersStayTextsForHolders(t *testing.T) {
	const attack = `"><img src=x onerror="alert(1)">` + "\u202e\x00\xff"
	h := sample.Holders()
	overwrite(reflect.ValueOf(&h).Elem(), attack+strings.Repeat("A", 100_000))
	closeBy(&h, attack)
	answer := get(withHolders(t, sample.HoldersSource{Shown: h}), "/holders")
	require.Equal(t, http.StatusOK, answer.Code)
	page := answer.Body.String()
	require.Contains(t, text(t, page), `"><img src=x onerror="alert(1)">`)
	require.NotContains(t, page, "<img src=x")
	require.NotContains(t, page, "\u202e")
	require.Less(t, len(page), 40_000)
}

// overwrite puts a text into each string of a value.
func overwrite(v reflect.Value, with string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(with)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			overwrite(v.Field(i), with)
		}
	}
}
