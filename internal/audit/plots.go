package audit

import (
	"fmt"
	"html/template"
	"math/big"

	"github.com/tidemark-oracle/tidemark/internal/web/plot"
)

// figure is a plot of the page, in both themes.
type figure struct {
	Title, Note string
	Light, Dark template.HTML // by package plot, which escapes every text
}

// series is what a figure shows.
type series struct {
	title, note, unit string
	bars              bool
	labels            []string
	values            []float64
}

// Size of a plot.
const (
	plotWidth  = 560
	plotHeight = 220
)

// figures draws what the result has values for. Values are for the eye: floating point.
func figures(r Result) ([]figure, error) {
	pooled := series{title: "Pooled ether", note: "after each report", unit: "ether"}
	rate := series{title: "Share rate", note: "ether for one share, after each report", unit: "ether"}
	yearly := series{title: "Yearly rate", note: "growth of the share rate since the report before, without compounding", unit: "per cent", bars: true}
	late := series{title: "Latency", note: "from the first slot in which the contract takes a report to its block", unit: "seconds", bars: true}
	gas := series{title: "Gas", note: "of the transaction that brought the report", unit: "gas", bars: true}
	away := series{title: "Divergence", note: "reported consensus-layer balance above (or below) the one that was computed again", unit: "gwei", bars: true}
	for _, one := range r.Reports {
		label := fmt.Sprint(one.RefSlot)
		add := func(s *series, value float64) { s.labels, s.values = append(s.labels, label), append(s.values, value) }
		if one.Rebase != nil {
			add(&pooled, scaled(one.Rebase.PooledAfterWei, 18))
			if one.Rebase.ShareRateRay != nil {
				add(&rate, scaled(one.Rebase.ShareRateRay, 27))
			}
			if one.Rebase.YearlyRatePpm != nil {
				add(&yearly, scaled(one.Rebase.YearlyRatePpm, 4))
			}
		}
		if one.TimeSeconds > 0 {
			add(&late, float64(one.LateSeconds))
			add(&gas, float64(one.GasUsed))
		}
		if gwei, ok := divergenceGwei(one); ok {
			add(&away, gwei)
		}
	}
	var drawn []figure
	for _, s := range []series{pooled, rate, yearly, late, gas, away} {
		if len(s.values) == 0 {
			continue
		}
		f, err := s.draw()
		if err != nil {
			return nil, fmt.Errorf("plot of %s: %w", s.title, err)
		}
		drawn = append(drawn, f)
	}
	return drawn, nil
}

// maxBars is as many as the width shows apart.
const maxBars = 180

func (s series) draw() (f figure, err error) {
	if s.bars && len(s.values) > maxBars { // the newest ones; the table has all
		s.labels, s.values = s.labels[len(s.labels)-maxBars:], s.values[len(s.values)-maxBars:]
		s.note += fmt.Sprintf("; the newest %d", maxBars)
	}
	if most := 5000; len(s.values) > most {
		s.labels, s.values = s.labels[len(s.labels)-most:], s.values[len(s.values)-most:]
	}
	low, high := s.values[0], s.values[0]
	for _, v := range s.values {
		low, high = min(low, v), max(high, v)
	}
	chart := plot.Chart{
		Description: fmt.Sprintf("%s, %s: %d values between %.9g and %.9g %s", s.title, s.note, len(s.values), low, high, s.unit),
		Labels:      s.labels, Values: s.values, FromZero: s.bars, Width: plotWidth, Height: plotHeight,
	}
	draw := plot.Line
	if s.bars {
		draw = plot.Bars
	}
	f = figure{Title: s.title, Note: s.note + ", in " + s.unit}
	for theme, into := range map[plot.Theme]*template.HTML{plot.Light: &f.Light, plot.Dark: &f.Dark} {
		chart.Theme = theme
		svg, err := draw(chart)
		if err != nil {
			return figure{}, err
		}
		*into = template.HTML(svg)
	}
	return f, nil
}

// scaled is an integer of 10^-places units.
func scaled(v *Amount, places int64) float64 {
	unit := new(big.Float).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(places), nil))
	f, _ := new(big.Float).Quo(new(big.Float).SetInt(&v.Int), unit).Float64()
	return f
}

// divergenceGwei is how much more the report says of the consensus layer than was computed again; ok is false when it was not.
func divergenceGwei(r Report) (gwei float64, ok bool) {
	for _, c := range r.Checks {
		if c.Name == checkConsensus && (c.State == OK || c.State == Wrong) {
			ok = true
		}
	}
	for _, d := range r.Divergence {
		if d.Field != "clValidatorsGwei" && d.Field != "clPendingGwei" {
			continue
		}
		reported, good := new(big.Int).SetString(d.Reported, 10)
		computed, fine := new(big.Int).SetString(d.Computed, 10)
		if good && fine {
			difference, _ := new(big.Float).SetInt(reported.Sub(reported, computed)).Float64()
			gwei += difference
		}
	}
	return gwei, ok
}
