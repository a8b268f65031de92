//go:build browser

package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func TestThePageShowsTheWholeNode(t *testing.T) {
	v := visit(t, newSite(t, sample.Status(4)), desktop("light"))
	content := v.content(t)
	for _, shown := range []string{
		"mainnet", "north · member 2", "Voting: 4 of 5 needed votes", "Member 4 differs in consensus layer, commitment.", "Last report", "6 of 7",
		"The round", "reference slot 12 398 399", "Member 6", "away heard 1 d 2 h ago", "Where reports differ", "clValidatorsGwei", "288009203114882",
		"Members who voted twice", "endpoint-down", "tmETH the balance grows", "100 → 100.294684", "wtmETH the value grows", "1.034192462 → 1.037240069",
		"Yearly rate", "Who signed", "Ready", "beacon-b.example:5052", "It is syncing", "198.51.100.15", "observer", "1.8432 ETH",
	} {
		require.Contains(t, strings.ReplaceAll(content, "\u202f", " "), shown)
	}
	v.await(t, `document.getElementById("live-text").textContent === "Live"`)
	v.nothingNoted(t)
}

func TestThePageFollowsTheRoundWithoutBeingLoadedAgain(t *testing.T) {
	s := newSite(t, sample.Status(0))
	v := visit(t, s, desktop("light"))
	v.await(t, `document.getElementById("live").dataset.state === "on"`)
	ask[bool](t, v, `window.stillThere = true`)
	for step, title := range []string{
		"Waiting for finality", "Computing the report", "Comparing reports: 2 of 7 are the same", "Comparing reports: 5 of 7 are the same",
		"Voting: 4 of 5 needed votes", "Agreed", "Agreed and sent", "Reported", "Reported and final",
	} {
		s.source.Show(sample.Status(step))
		v.await(t, `document.getElementById("now-title").textContent === "`+title+`"`)
	}
	v.await(t, `document.querySelector(".strip").getAttribute("aria-label").startsWith("Of 7 members, 5 voted")`)
	require.True(t, ask[bool](t, v, `window.stillThere`))
	v.nothingNoted(t)
}

func TestAnUpdateLeavesFocusAndOpenedDetailsAlone(t *testing.T) {
	s := newSite(t, sample.Status(3))
	v := visit(t, s, desktop("light"))
	v.await(t, `document.getElementById("live").dataset.state === "on"`)
	ask[int](t, v, `document.querySelector("#all-reports summary").click(), document.querySelector("#own-report summary").focus(), 0`)
	s.source.Show(sample.Status(7))
	v.await(t, `document.getElementById("now-title").textContent === "Reported"`)
	require.True(t, ask[bool](t, v, `document.getElementById("all-reports").open && !document.getElementById("own-report").open`))
	require.True(t, ask[bool](t, v, `document.activeElement === document.querySelector("#own-report summary")`))
	require.Contains(t, v.content(t), "quarantined")
	v.nothingNoted(t)
}

func TestThePageConnectsAgainToANodeThatStartsAgain(t *testing.T) {
	s := newSite(t, sample.Status(1))
	v := visit(t, s, desktop("light"))
	v.await(t, `document.getElementById("live").dataset.state === "on"`)
	ask[int](t, v, `new MutationObserver(() => { window.seen = (window.seen || "") + document.getElementById("live").dataset.state + " "; })
		.observe(document.getElementById("live"), { attributes: true }), 0`)
	s.source.Show(sample.Status(8))
	s.restart()
	v.await(t, `document.getElementById("now-title").textContent === "Reported and final" && document.getElementById("live").dataset.state === "on"`)
	require.Contains(t, ask[string](t, v, `window.seen`), "wait on")
}

func TestThePageIsWholeWithoutScripts(t *testing.T) {
	s := newSite(t, sample.Status(4))
	v := visit(t, s, desktop("light"))
	call(t, v, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	v.do(t, chromedp.Navigate(s.server.URL), chromedp.WaitVisible(chromedp.ID("now-title")))
	read, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("main")))
	require.NoError(t, err)
	require.Contains(t, read, "Voting: 4 of 5 needed votes")
	require.Contains(t, read, "Who signed")
	_, err = chromedp.Run(v.ctx, chromedp.Nodes(chromedp.CSS(`noscript meta[http-equiv="refresh"]`)))
	require.NoError(t, err)
	v.nothingNoted(t)
}

func TestHostileTextsStayTexts(t *testing.T) {
	const attack = `"><img src=x onerror="alert(1)"><script>alert(2)</script><style>*{display:none}</style>'` + "\u202e\x00\xff"
	v := visit(t, newSite(t, hostile(sample.Status(4), attack+strings.Repeat("A", 100_000))), desktop("light"))
	v.await(t, `document.getElementById("live").dataset.state === "on"`)
	require.Zero(t, ask[int](t, v, `document.querySelectorAll("main script, main style, main [onerror], main img:not([src^=plots])").length`))
	content := v.content(t)
	require.Contains(t, content, `"><img src=x onerror="alert(1)">`)
	require.NotContains(t, content, "\u202e")
	require.Less(t, len(content), 60_000)
	require.True(t, ask[bool](t, v, `document.documentElement.scrollWidth <= window.innerWidth`), "a long text makes the page wide")
	v.nothingNoted(t)
}

// hostile puts a text wherever others' texts go.
func hostile(s status.Status, text string) status.Status {
	s.Software, s.Network.Name, s.Self.Name, s.Self.PeerID, s.Self.Key = text, text, text, text, text
	s.Self.Listen = []string{text}
	s.Ready, s.Reasons = false, []status.Reason{{Code: text, Text: text}}
	s.Rounds[0].Why = text
	s.Rounds[0].Seats[4].Differs = []status.Difference{{Section: text, Field: text, Own: text, Theirs: text}}
	s.Rounds[0].Sections = []status.SectionView{{Name: text, Fields: []status.Field{{Name: text, Value: text}}}}
	for i := range s.Members {
		s.Members[i].Key, s.Members[i].PeerID, s.Members[i].Software = text, text, text
	}
	for i := range s.Peers {
		s.Peers[i].PeerID, s.Peers[i].Address, s.Peers[i].Software = text, text, text
	}
	for i := range s.Endpoints {
		s.Endpoints[i].Kind, s.Endpoints[i].Name, s.Endpoints[i].Why = text, text, text
	}
	s.Token.TotalPooledWei, s.Token.ShareRateRay = text, text
	s.Reports[0].Outcome, s.Reports[0].RewardWei = text, text
	s.Missed[0].Result, s.Missed[0].Why = text, text
	s.Submitter.BalanceWei, s.Submitter.Why = text, text
	s.Evidence[0].Key, s.Alarms[0].Kind, s.Alarms[0].Text = text, text, text
	return s
}

func TestAForeignPageCannotReadTheNode(t *testing.T) {
	s := newSite(t, sample.Status(4))
	v := visit(t, s, desktop("light"))
	foreign := newSite(t, sample.Status(4)) // Another origin on the same machine; it is the same site, so the browser lets it ask.
	v.do(t, chromedp.Navigate(strings.Replace(foreign.server.URL, "127.0.0.1", "localhost", 1)))
	read := ask[string](t, v, `fetch("`+s.server.URL+`/api/v1/status").then((answer) => answer.text(), () => "refused")`)
	require.Equal(t, "refused", read)
}
