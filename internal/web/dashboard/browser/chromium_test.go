//go:build browser

package browser

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// patience is how long anything may take on a busy machine.
const patience = 5 * time.Minute

// site is a dashboard that a browser can visit. Its handler can be replaced, as by a node that starts again.
type site struct {
	source  *sample.Source
	holders atomic.Pointer[sample.HoldersSource]
	server  *httptest.Server
	current atomic.Pointer[dashboard.Dashboard]
}

func newSite(t *testing.T, shown status.Status) *site {
	t.Helper()
	s := &site{source: sample.NewSource(0)}
	s.source.Show(shown)
	s.holders.Store(&sample.HoldersSource{Shown: sample.Holders()})
	s.restart()
	s.server = httptest.NewUnstartedServer(nil)
	s.server.Config = dashboard.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.current.Load().ServeHTTP(w, r) }))
	s.server.Start()
	t.Cleanup(func() {
		s.current.Load().Close()
		s.server.Close()
	})
	return s
}

// restart ends the streams and serves from anew.
func (s *site) restart() {
	if before := s.current.Swap(dashboard.New(s.source, dashboard.Options{Holders: s})); before != nil {
		before.Close()
	}
}

// Holders is what the site shows to holders now.
func (s *site) Holders(ctx context.Context) (status.Holders, error) {
	return s.holders.Load().Holders(ctx)
}

// visitor is a browser with one window.
type visitor struct {
	ctx   context.Context
	home  string      // address of the page
	noted chan string // what the console said, exceptions, requests to elsewhere
}

// device is what a page is looked at with.
type device struct {
	width, height int64
	phone         bool
	scheme        string // light or dark
	motion        string // reduce or no-preference
}

func desktop(scheme string) device {
	return device{width: 1280, height: 900, scheme: scheme, motion: "no-preference"}
}

// visit opens the site in a browser of its own.
func visit(t *testing.T, s *site, d device) *visitor {
	t.Helper()
	return visitAddress(t, s.server.URL, d)
}

// visitAddress opens a page in a browser of its own.
func visitAddress(t *testing.T, home string, d device) *visitor {
	t.Helper()
	program := os.Getenv("CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	path, err := exec.LookPath(program)
	require.NoError(t, err, "these tests need Chromium: make test-browser installs it, or name it in CHROMIUM")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.DisableGPU, chromedp.WSURLReadTimeout(patience))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's sandbox refuses to run as root.
	}
	bounded, cancelBound := context.WithTimeout(context.Background(), patience)
	allocated, cancelAllocator := chromedp.NewExecAllocator(bounded, options...)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("Chromium did not end by itself:", err)
		}
		cancel()
		cancelAllocator()
		cancelBound()
	})
	v := &visitor{ctx: ctx, home: home, noted: make(chan string, 1000)}
	v.listen(t)
	d.emulate(t, v)
	v.do(t, chromedp.Navigate(home), chromedp.WaitVisible(chromedp.ID("now-title")))
	return v
}

// emulate makes the window one of the device.
func (d device) emulate(t *testing.T, v *visitor) {
	t.Helper()
	call(t, v, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: d.width, Height: d.height, DeviceScaleFactor: 1, Mobile: d.phone})
	call(t, v, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: d.scheme}, {Name: "prefers-reduced-motion", Value: d.motion},
	}})
}

// call sends one command of Chromium's protocol.
func call[P any](t *testing.T, v *visitor, command cdp.Command[P, cdp.Empty], parameters P) {
	t.Helper()
	_, err := chromedp.Call(v.ctx, command, parameters)
	require.NoError(t, err)
}

// listen notes everything that a good page never causes.
func (v *visitor) listen(t *testing.T) {
	t.Helper()
	require.NoError(t, chromedp.Listen(v.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			v.noted <- "the console said " + string(e.Type)
		case *runtime.EventExceptionThrown:
			v.noted <- "exception: " + e.ExceptionDetails.Text
		case *log.EventEntryAdded:
			v.noted <- "log: " + string(e.Entry.Level) + ": " + e.Entry.Text
		case *page.EventJavascriptDialogOpening:
			v.noted <- "dialog: " + e.Message
		case *network.EventRequestWillBeSent:
			if !v.own(e.Request.URL) {
				v.noted <- "asked elsewhere: " + e.Request.URL
			}
		}
	}))
	call(t, v, network.Enable, network.EnableParams{})
	call(t, v, log.Enable, cdp.Empty{})
	call(t, v, runtime.Enable, cdp.Empty{})
}

func (v *visitor) own(address string) bool {
	return strings.HasPrefix(address, v.home)
}

// do runs actions in the page.
func (v *visitor) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	require.NoError(t, chromedp.Do(v.ctx, actions...))
}

// ask evaluates a script in the page. The browser's own tools may: the page's policy does not bind them.
func ask[T any](t *testing.T, v *visitor, script string) T {
	t.Helper()
	answer, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	require.NoError(t, err)
	return answer
}

// await waits until a script's value is true. It is not chromedp.Poll, which makes functions of texts: the page's policy forbids that.
func (v *visitor) await(t *testing.T, condition string) {
	t.Helper()
	require.True(t, ask[bool](t, v, `(async () => {
		const end = performance.now() + 150000;
		while (performance.now() < end) {
			if (`+condition+`) return true;
			await new Promise((next) => setTimeout(next, 50));
		}
		return false;
	})()`), "this did not come true: %s", condition)
}

// content is the text that a reader sees.
func (v *visitor) content(t *testing.T) string {
	t.Helper()
	return ask[string](t, v, `document.body.innerText.replace(/\s+/g, " ")`)
}

// nothingNoted fails if the page caused anything that a good page never does.
func (v *visitor) nothingNoted(t *testing.T) {
	t.Helper()
	for {
		select {
		case note := <-v.noted:
			t.Error(note)
		default:
			return
		}
	}
}
