//go:build browser

package browser

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// visitHolders opens the committee's page and goes on to that for holders, as people do.
func visitHolders(t *testing.T, s *site, d device) *visitor {
	t.Helper()
	v := visit(t, s, d)
	v.do(t, chromedp.Click(chromedp.CSS(`nav a[href="holders"]`)), chromedp.WaitVisible(chromedp.ID("deposit")))
	v.await(t, `document.getElementById("live-text").textContent === "Live"`)
	ask[int](t, v, openAll)
	return v
}

func closedSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t, sample.Status(8))
	s.holders.Store(&sample.HoldersSource{Shown: sample.ClosedHolders()})
	return s
}

func TestHoldersSeeWhatTheyCanDo(t *testing.T) {
	v := visitHolders(t, newSite(t, sample.Status(8)), desktop("light"))
	content := strings.ReplaceAll(v.content(t), "\u202f", " ")
	for _, shown := range []string{
		"All is open", "Deposit ether", "963901230991240114", "Wrap and unwrap", "Ask to withdraw", "Claim your ether", "When no report comes", "The contracts", "21 504 488",
	} {
		require.Contains(t, content, shown)
	}
	v.do(t, chromedp.Click(chromedp.CSS(`nav a[href="./"]`)), chromedp.WaitVisible(chromedp.ID("round")))
	v.nothingNoted(t)
}

func TestHoldersCopyWhatTheyCall(t *testing.T) {
	v := visitHolders(t, newSite(t, sample.Status(8)), desktop("light"))
	ask[int](t, v, `Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } }), 0`)
	v.do(t, chromedp.Click(chromedp.CSS("#deposit .copy")))
	v.await(t, `window.copied === "`+sample.Holders().Contracts.StakingPool.Hex()+`"`)
	v.await(t, `document.querySelector("#deposit .copy").textContent === "Copied" && document.getElementById("copied").textContent === "Copied: " + window.copied`)
	v.await(t, `document.querySelector("#deposit .copy").textContent === "Copy"`)
	ask[int](t, v, `navigator.clipboard.writeText = async () => { throw new Error("refused"); }, 0`)
	v.do(t, chromedp.Click(chromedp.CSS("#claim .copy")))
	v.await(t, `getSelection().toString() === "`+sample.Holders().Contracts.WithdrawalQueue.Hex()+`"`)
	v.await(t, `document.getElementById("copied").textContent.startsWith("Selected: 0x")`)
	v.nothingNoted(t)
}

func TestThePageForHoldersFollowsTheChain(t *testing.T) {
	s := newSite(t, sample.Status(8))
	v := visitHolders(t, s, desktop("light"))
	ask[bool](t, v, `window.stillThere = true`)
	s.holders.Store(&sample.HoldersSource{Shown: sample.ClosedHolders()})
	v.await(t, `document.getElementById("now-title").textContent === "Deposits and new requests are closed for now"`)
	s.holders.Store(&sample.HoldersSource{Err: errors.New("the contracts could not be read: ask again")})
	v.await(t, `document.getElementById("now-title").textContent === "The contracts could not be read" && !document.getElementById("deposit")`)
	s.holders.Store(&sample.HoldersSource{Shown: sample.Holders()})
	v.await(t, `document.getElementById("deposit") && document.querySelectorAll("nav li").length === 7`)
	require.True(t, ask[bool](t, v, `window.stillThere`))
}

func TestThePageForHoldersIsWholeWithoutScripts(t *testing.T) {
	s := newSite(t, sample.Status(8))
	v := visit(t, s, desktop("light"))
	call(t, v, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	v.do(t, chromedp.Navigate(s.server.URL+"/holders"), chromedp.WaitVisible(chromedp.ID("silence")))
	read, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("main")))
	require.NoError(t, err)
	require.Contains(t, read, "StakingPool.finalizeWithoutReport")
	require.NotContains(t, read, "Copy", "a button that does nothing")
	v.nothingNoted(t)
}

func TestEveryoneCanReadThePageForHolders(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		for name, s := range map[string]*site{"open": newSite(t, sample.Status(8)), "closed": closedSite(t)} {
			t.Run(scheme+", "+name, func(t *testing.T) {
				v := visitHolders(t, s, desktop(scheme))
				require.Empty(t, ask[[]string](t, v, accessibility))
				require.Greater(t, ask[int](t, v, `window.judgedTexts`), 150, "the script must have judged the page's texts")
			})
		}
	}
}

func TestThePageForHoldersFitsSmallScreens(t *testing.T) {
	for _, width := range []int64{320, 390, 768} {
		v := visitHolders(t, closedSite(t), device{width: width, height: 800, phone: true, scheme: "light", motion: "reduce"})
		wide := ask[[]string](t, v, `[...document.querySelectorAll("main *, header *, footer *")]
			.filter((e) => !e.closest(".hidden, .hidden-text") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))`)
		require.Empty(t, wide, "%d pixels", width)
		require.True(t, ask[bool](t, v, `document.documentElement.scrollWidth <= innerWidth`), "%d pixels", width)
		small := ask[[]string](t, v, `[...document.querySelectorAll("nav a, button")].filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.textContent)`)
		require.Empty(t, small, "too small for a finger")
	}
}

func TestThePageForHoldersCanBeUsedWithTheKeyboardAlone(t *testing.T) {
	v := visitHolders(t, newSite(t, sample.Status(8)), desktop("light"))
	v.do(t, chromedp.Navigate(v.home+"/holders"), chromedp.WaitVisible(chromedp.ID("silence")))
	ask[int](t, v, openAll)
	reached := tabbed(t, v, 80)
	require.Equal(t, "a Skip to the content", reached[0])
	require.Subset(t, reached, []string{"a Deposit", "a Silence", "a The committee", "summary Deposit StakingPool.deposit", "button Copy deposit(address to, uint256 minShares)", "a holders"})
}

func TestHostileTextsStayTextsForHolders(t *testing.T) {
	const attack = `"><img src=x onerror="alert(1)"><script>alert(2)</script>` + "\u202e"
	s := newSite(t, sample.Status(8))
	h := sample.ClosedHolders()
	text := attack + strings.Repeat("A", 100_000)
	h.Network, h.Deposits.NoPrice, h.Silence.Refusal, h.Rate.WeiPerToken, h.Deposits.SharesPerEther = text, text, text, text, text
	h.Deposits.ClosedBy, h.Requests.ClosedBy = []string{"no-price", text}, []string{text}
	s.holders.Store(&sample.HoldersSource{Shown: h})
	v := visitHolders(t, s, desktop("light"))
	require.Zero(t, ask[int](t, v, `document.querySelectorAll("main script, main img, [onerror]").length`))
	require.Contains(t, v.content(t), `"><img src=x onerror="alert(1)">`)
	require.True(t, ask[bool](t, v, `document.documentElement.scrollWidth <= window.innerWidth`), "a long text makes the page wide")
	v.nothingNoted(t)
}

// TestPicturesOfThePageForHolders leaves the pictures that a person should look at after each change.
func TestPicturesOfThePageForHolders(t *testing.T) {
	folder := screenshots(t)
	for name, h := range map[string]status.Holders{"open": sample.Holders(), "closed": sample.ClosedHolders()} {
		for _, scheme := range []string{"light", "dark"} {
			for kind, d := range map[string]device{"desktop": desktop(scheme), "phone": {width: 390, height: 844, phone: true, scheme: scheme, motion: "reduce"}} {
				s := newSite(t, sample.Status(8))
				s.holders.Store(&sample.HoldersSource{Shown: h})
				v := visitHolders(t, s, d)
				ask[int](t, v, `document.querySelectorAll("details").forEach((d) => { d.open = d.id === "call-deposit"; }), 0`)
				first, err := chromedp.Run(v.ctx, chromedp.CaptureScreenshot())
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("holders-%s-%s-%s-first.png", name, kind, scheme)), first, 0o644))
				taken, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("holders-%s-%s-%s.png", name, kind, scheme)), taken, 0o644))
			}
		}
	}
}
