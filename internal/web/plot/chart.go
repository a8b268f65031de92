package plot

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"math"
	"regexp"
	"strings"
	"unicode"

	"github.com/go-analyze/charts"
)

// Bounds of a chart.
const (
	maxPoints  = 1000
	maxSide    = 4000 // pixels
	maxText    = 64   // bytes of a label
	yLabels    = 5
	xLabels    = 5    // at most
	fontPoints = 11.5 // 15.3 pixels
)

// ErrChart is returned for a chart that cannot be drawn; the message says why.
var ErrChart = errors.New("the chart cannot be drawn")

// Chart is one series of values over labelled places.
type Chart struct {
	Description   string   // for those who cannot see it: what it shows and between which values
	Labels        []string // of the places, as many as values
	Values        []float64
	Format        func(value float64) string // of the axis' labels; nil: the shortest decimal
	FromZero      bool                       // the axis begins at zero
	Width, Height int                        // in pixels of the SVG's own system
	Theme         Theme
}

// Line draws the values as a line.
func Line(c Chart) ([]byte, error) {
	return c.draw(func(painter *charts.Painter, axes axes) error {
		option := charts.NewLineChartOptionWithData([][]float64{c.Values})
		option.Theme, option.XAxis, option.YAxis = axes.palette, axes.x, []charts.YAxisOption{axes.y}
		option.Padding = padding()
		option.Legend.Show = charts.Ptr(false)
		option.LineStrokeWidth = 2
		option.Symbol.Shape = charts.SymbolNone
		if len(c.Values) == 1 {
			option.Symbol.Shape = charts.SymbolDot
		}
		return painter.LineChart(option)
	})
}

// Bars draws each value as a bar.
func Bars(c Chart) ([]byte, error) {
	svg, err := c.draw(func(painter *charts.Painter, axes axes) error {
		option := charts.NewBarChartOptionWithData([][]float64{c.Values})
		option.Theme, option.CategoryAxis, option.ValueAxis = axes.palette, axes.x, []charts.ValueAxisOption{axes.y}
		option.Padding = padding()
		option.Legend.Show = charts.Ptr(false)
		return painter.BarChart(option)
	})
	if err != nil {
		return nil, err
	}
	return widenBars(svg, c.Theme), nil
}

// padding leaves room for the last label, which is centred below the last place, and for the descenders of all.
func padding() charts.Box { return charts.NewBox(4, 10, 30, 8) }

// axes are the parts that every kind of chart has.
type axes struct {
	palette charts.ColorPalette
	x       charts.XAxisOption
	y       charts.YAxisOption
}

func (c Chart) draw(paint func(*charts.Painter, axes) error) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: c.Width, Height: c.Height})
	if err := paint(painter, c.axes()); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChart, err)
	}
	drawn, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChart, err)
	}
	return withoutStyles(drawn, c.Description), nil
}

func (c Chart) check() error {
	switch {
	case len(c.Values) == 0 || len(c.Values) > maxPoints:
		return fmt.Errorf("%w: it has %d values, 1 to %d can be drawn", ErrChart, len(c.Values), maxPoints)
	case len(c.Labels) != len(c.Values):
		return fmt.Errorf("%w: %d labels for %d values", ErrChart, len(c.Labels), len(c.Values))
	case c.Width <= 0 || c.Height <= 0 || c.Width > maxSide || c.Height > maxSide:
		return fmt.Errorf("%w: %d by %d pixels", ErrChart, c.Width, c.Height)
	}
	for _, value := range c.Values {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return fmt.Errorf("%w: a value is %v", ErrChart, value)
		}
	}
	return nil
}

func (c Chart) axes() axes {
	scale := scaleOf(c.Values, c.FromZero)
	format := c.Format
	if format == nil {
		format = scale.format
	}
	short := func(value float64) string { return bounded(format(value)) }
	labels := make([]string, len(c.Labels)) // The others stay empty: the library would let the last ones collide.
	step := (len(labels) + xLabels - 1) / xLabels
	for i := len(labels) - 1 - step/3; i >= 0; i -= step { // Where the last place is labelled, the library moves its label towards the others.
		labels[i] = bounded(c.Labels[i])
	}
	font := charts.NewFontStyleWithSize(fontPoints)
	return axes{
		palette: c.Theme.palette(),
		x:       charts.XAxisOption{Labels: labels, LabelFontStyle: font, LabelCount: len(labels)},
		y: charts.YAxisOption{
			Min: &scale.low, Max: &scale.high, LabelCount: scale.labels, LabelFontStyle: font, ValueFormatter: short,
			RangeValuePaddingScale: charts.Ptr(0.0),
		},
	}
}

// bounded cuts a text that is too long. The library escapes it.
func bounded(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
	}
	return validXML(text)
}

// Theme is the choice of colours.
type Theme string

// The themes: for a bright and for a dark page. Both have a transparent background.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
)

func (t Theme) palette() charts.ColorPalette {
	text, grid, line := "#4a5560", "#e1e5ea", "#0b6e99"
	if t == Dark {
		text, grid, line = "#a9b4c0", "#2a333d", "#5ab8e0"
	}
	return charts.MakeTheme(charts.ThemeOption{
		IsDarkMode: t == Dark, AxisStrokeColor: charts.ColorFromHex(grid), AxisSplitLineColor: charts.ColorFromHex(grid),
		BackgroundColor: charts.ColorTransparent, TextColor: charts.ColorFromHex(text), SeriesColors: []charts.Color{charts.ColorFromHex(line)},
	})
}

// withoutStyles turns each style attribute into attributes of the same names, which SVG has for all that the library sets, and gives the
// picture a role and a description.
func withoutStyles(svg []byte, description string) []byte {
	style := regexp.MustCompile(`style="([^"]*)"`)
	svg = style.ReplaceAllFunc(svg, func(attribute []byte) []byte {
		var attributes []string
		for _, declaration := range strings.Split(string(style.FindSubmatch(attribute)[1]), ";") {
			name, value, found := strings.Cut(declaration, ":")
			if !found {
				continue
			}
			if name == "font-family" {
				value = "system-ui, sans-serif"
			}
			attributes = append(attributes, name+`="`+value+`"`)
		}
		return []byte(strings.Join(attributes, " "))
	})
	label := html.EscapeString(validXML(description))
	svg = bytes.Replace(svg, []byte("<svg "), []byte(`<svg role="img" aria-label="`+label+`" `), 1)
	return bytes.Replace(svg, []byte(` xmlns:xlink="http://www.w3.org/1999/xlink"`), nil, 1)
}

// validXML drops what may not stand in XML at all, escaped or not.
func validXML(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
