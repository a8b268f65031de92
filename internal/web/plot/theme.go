package plot

import (
	"github.com/go-analyze/charts"
)

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
