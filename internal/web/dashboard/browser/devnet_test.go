//go:build browser

package browser

import (
	"bufio"
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

// TestThePageFollowsARealCommittee watches member 0 of a devnet while its committee reports.
func TestThePageFollowsARealCommittee(t *testing.T) {
	address := startDevnet(t)
	v := visitAddress(t, address, desktop("light"))
	v.await(t, `document.getElementById("live").dataset.state === "on"`)
	ask[int](t, v, `window.titles = [], new MutationObserver(() => { window.titles.push(document.getElementById("now-title").textContent); })
		.observe(document.getElementById("now"), { characterData: true, childList: true, subtree: true }), 0`)
	v.await(t, `document.querySelectorAll("#all-reports tbody tr").length >= 2`)
	v.await(t, `document.body.textContent.includes("7 of 7")`) // A busy machine may need more than two frames for it.
	v.await(t, `/^Reported/.test(document.getElementById("now-title").textContent)`)
	titles := strings.Join(ask[[]string](t, v, `window.titles`), "\n")
	require.Contains(t, titles, "Waiting for finality", "the round was to be seen as it unfolds")
	ask[int](t, v, openAll)
	content := v.content(t)
	for _, shown := range []string{"member 0 · member 0", "accepted", "7 of 7", "reference slot", "this node", "Ready", "usable", "Share rate"} {
		require.Contains(t, content, shown)
	}
	v.await(t, `[...document.images].filter((i) => i.loading !== "lazy").every((i) => i.complete && i.naturalWidth > 0)`)
	taken, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(screenshots(t), "devnet.png"), taken, 0o644))
	require.Empty(t, ask[[]string](t, v, accessibility))

	v.do(t, chromedp.Click(chromedp.CSS(`nav a[href="holders"]`)), chromedp.WaitVisible(chromedp.ID("deposit")))
	ask[int](t, v, openAll)
	content = v.content(t)
	for _, shown := range []string{"All is open", "shares (in parts of 1e18) for 1 ETH", "The oracle is not silent", "Always open"} {
		require.Contains(t, content, shown)
	}
	require.Empty(t, ask[[]string](t, v, accessibility))
	before := ask[string](t, v, `document.querySelector("#now .facts > div:last-child dd").textContent`)
	v.await(t, `document.querySelector("#now .facts > div:last-child dd").textContent !== `+strconv.Quote(before)) // a later block
	v.nothingNoted(t)
}

// startDevnet builds the program, starts a devnet and returns the address of member 0's page.
func startDevnet(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "devnet")
	built, err := exec.Command("go", "build", "-o", program, "../../../../cmd/devnet").CombinedOutput()
	require.NoError(t, err, string(built))
	command := exec.Command(program, "--slot-time", devnet.SlotTimeHere(time.Now, devnet.DefaultSlotTime).String())
	said, err := command.StdoutPipe()
	require.NoError(t, err)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	require.NoError(t, command.Start())
	ended := make(chan struct{})
	found := make(chan string, 1)
	go func() {
		defer close(ended)
		page := regexp.MustCompile(`dashboard\s+(http://\S+)`)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if match := page.FindStringSubmatch(lines.Text()); match != nil && len(found) == 0 {
				found <- strings.TrimSuffix(match[1], "/")
			}
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt) // It may have ended by itself.
		<-ended
		_ = command.Wait() // Interrupted, it need not end with 0.
	})
	select {
	case address := <-found:
		awaitPage(t, address, ended)
		return address
	case <-ended:
		require.Fail(t, "the devnet ended before it told its page's address", complaints.String())
		return ""
	}
}

// awaitPage waits until the member, which starts while its address is told, serves its page.
func awaitPage(t *testing.T, address string, ended <-chan struct{}) {
	t.Helper()
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	require.Eventually(t, func() bool {
		select {
		case <-ended:
			return true // The visit says that nobody is there.
		default:
		}
		answer, err := client.Get(address)
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}, patience, 100*time.Millisecond, "the page never answered")
}
