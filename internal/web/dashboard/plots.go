package dashboard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/plot"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// plotView is a picture on the page, in both themes.
type plotView struct {
	Title, Note   string
	Light, Dark   string // addresses; they change when the picture does
	Description   string
	Width, Height int
}

// plotWidth and plotHeight are those of every plot.
const plotWidth, plotHeight = 520, 190

// plotKind is one plot over the reports that were accepted.
type plotKind struct {
	name, title, note string
	unit              string
	draw              func(plot.Chart) ([]byte, error)
	fromZero          bool
	value             func(r, oldest status.Report) (float64, bool) // false: the report has none
}

// tokenPlotKinds show how a reward reaches the holders of each form of the token.
func tokenPlotKinds() []plotKind {
	return []plotKind{
		{
			name: "balance", title: "Balance of who held 100 tmETH", note: "The rebasing token: its balance grows.", unit: "tmETH", draw: plot.Line,
			value: func(r, oldest status.Report) (float64, bool) {
				then, now := format.Integer(oldest.ShareRateRay), format.Integer(r.ShareRateRay)
				if then == nil || now == nil || then.Sign() <= 0 {
					return 0, false
				}
				return scaled(balanceWei(then, now), format.WeiDecimals), true
			},
		},
		{
			name: "value", title: "Value of 1 wtmETH", note: "The wrapped token: its value grows. It is the share rate.", unit: "ETH", draw: plot.Line,
			value: func(r, _ status.Report) (float64, bool) { return number(r.ShareRateRay, format.RayDecimals) },
		},
	}
}

// historyPlotKinds show what the reports brought and cost.
func historyPlotKinds() []plotKind {
	return []plotKind{
		{
			name: "yearly", title: "Yearly rate", note: "Growth of the share rate over each frame, in percent a year.", unit: "%", draw: plot.Line, fromZero: true,
			value: func(r, oldest status.Report) (float64, bool) {
				hasNoneBefore := r.RefSlot == oldest.RefSlot && r.YearlyRatePpm == 0
				return float64(r.YearlyRatePpm) / 1e4, !hasNoneBefore
			},
		},
		{
			name: "pooled", title: "Pooled ether", note: "All that the token stands for, in ether.", unit: "ETH", draw: plot.Line,
			value: func(r, _ status.Report) (float64, bool) { return number(r.TotalPooledWei, format.WeiDecimals) },
		},
		{
			name: "latency", title: "From finality to acceptance", note: "Seconds, of the reports that this node saw.", unit: "s", draw: plot.Bars, fromZero: true,
			value: func(r, _ status.Report) (float64, bool) { return r.LatencySeconds, r.LatencySeconds > 0 },
		},
		{
			name: "gas", title: "Gas of each report", note: "Thousands, of the one transaction that submits it.", unit: "thousand gas", draw: plot.Bars, fromZero: true,
			value: func(r, _ status.Report) (float64, bool) { return float64(r.GasUsed) / 1e3, true },
		},
	}
}

func number(text string, exponent int64) (float64, bool) {
	n := format.Integer(text)
	if n == nil {
		return 0, false
	}
	return scaled(n, exponent), true
}

func scaled(n *big.Int, exponent int64) float64 {
	value, _ := new(big.Rat).SetFrac(n, power(exponent)).Float64()
	return value
}

func tokenPlots(o status.Overview) []plotView   { return plotViews(o, tokenPlotKinds()) }
func historyPlots(o status.Overview) []plotView { return plotViews(o, historyPlotKinds()) }

// plotViews are the plots that can be drawn: a line needs two reports.
func plotViews(o status.Overview, kinds []plotKind) []plotView {
	var all []plotView
	shown := revision(o)
	for _, kind := range kinds {
		chart := kind.chart(o)
		if len(chart.Values) < 2 {
			continue
		}
		address := func(theme plot.Theme) string {
			return fmt.Sprintf("plots/%s-%s.svg?of=%s", kind.name, theme, shown)
		}
		all = append(all, plotView{
			Title: kind.title, Note: kind.note, Light: address(plot.Light), Dark: address(plot.Dark), Description: chart.Description,
			Width: plotWidth, Height: plotHeight,
		})
	}
	return all
}

// revision changes whenever the plots do: it is a hash of what they show.
func revision(o status.Overview) string {
	hash := sha256.New()
	for _, r := range acceptedOldestFirst(o) {
		fmt.Fprintf(hash, "%d %d %q %q %d %g %d\n", r.RefSlot, r.Time.Unix(), r.ShareRateRay, r.TotalPooledWei, r.YearlyRatePpm, r.LatencySeconds, r.GasUsed)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// chart collects the values of the accepted reports, oldest first.
func (k plotKind) chart(o status.Overview) plot.Chart {
	const mostReports = 1000
	reports := acceptedOldestFirst(o)
	reports = reports[max(0, len(reports)-mostReports):]
	chart := plot.Chart{FromZero: k.fromZero, Width: plotWidth, Height: plotHeight}
	layout := labelLayout(reports)
	for _, report := range reports {
		if value, known := k.value(report, reports[0]); known {
			chart.Values = append(chart.Values, value)
			chart.Labels = append(chart.Labels, report.Time.UTC().Format(layout))
		}
	}
	if n := len(chart.Values); n > 0 {
		chart.Description = fmt.Sprintf("%s, %d reports: from %.6g %s (%s) to %.6g %s (%s).", k.title, n, chart.Values[0], k.unit, chart.Labels[0],
			chart.Values[n-1], k.unit, chart.Labels[n-1])
	}
	return chart
}

// labelLayout is how the places of a plot are labelled: by the time of day where the reports are of about one day, as a devnet's are.
func labelLayout(oldestFirst []status.Report) string {
	const fewDays = 48 * time.Hour
	if n := len(oldestFirst); n > 0 && oldestFirst[n-1].Time.Sub(oldestFirst[0].Time) < fewDays {
		return "15:04"
	}
	return "2 Jan"
}

// plotCache keeps the pictures of one revision.
type plotCache struct {
	mutex    sync.Mutex
	revision string
	pictures map[string][]byte
}

// picture draws a plot once for each revision. One is drawn at a time: visitors cannot make the node draw more.
func (c *plotCache) picture(o status.Overview, kind plotKind, theme plot.Theme) ([]byte, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if now := revision(o); c.revision != now {
		c.revision, c.pictures = now, map[string][]byte{}
	}
	key := kind.name + "-" + string(theme)
	if drawn, known := c.pictures[key]; known {
		return drawn, nil
	}
	chart := kind.chart(o)
	chart.Theme = theme
	drawn, err := kind.draw(chart)
	if err == nil {
		c.pictures[key] = drawn
	}
	return drawn, err
}

// servePlot answers with one plot: NAME-THEME.svg.
func (d *Dashboard) servePlot(w http.ResponseWriter, r *http.Request) {
	name, isPicture := strings.CutSuffix(r.PathValue("file"), ".svg")
	name, theme, _ := strings.Cut(name, "-")
	for _, kind := range append(tokenPlotKinds(), historyPlotKinds()...) {
		known := theme == string(plot.Light) || theme == string(plot.Dark)
		if !isPicture || !known || kind.name != name {
			continue
		}
		drawn, err := d.plots.picture(d.current().overview(), kind, plot.Theme(theme))
		if err != nil {
			http.Error(w, "There are not enough reports for this plot yet.", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Header().Set("Cache-Control", "private, max-age=3600") // The address changes when the picture does.
		w.Write(drawn)                                           //nolint:errcheck // The reader is gone.
		return
	}
	http.NotFound(w, r)
}
