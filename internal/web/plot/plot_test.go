package plot_test

import (
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/plot"
)

func chart(values ...float64) plot.Chart {
	c := plot.Chart{Description: "d", Values: values, Width: 560, Height: 200, Theme: plot.Light}
	for i := range values {
		c.Labels = append(c.Labels, fmt.Sprint("at ", i))
	}
	return c
}

// texts parses the picture strictly and returns its texts.
func texts(t *testing.T, svg []byte) []string {
	t.Helper()
	var found []string
	decoder := xml.NewDecoder(strings.NewReader(string(svg)))
	inText := false
	for {
		token, err := decoder.Token()
		if token == nil {
			require.ErrorContains(t, err, "EOF")
			return found
		}
		switch token := token.(type) {
		case xml.StartElement:
			require.Contains(t, []string{"svg", "path", "circle", "text"}, token.Name.Local)
			inText = token.Name.Local == "text"
		case xml.EndElement:
			inText = false
		case xml.CharData:
			if inText {
				found = append(found, string(token))
			}
		}
	}
}

func TestMarksOfTheAxisAreRoundAndAroundTheValues(t *testing.T) {
	svg, err := plot.Line(chart(1.00012, 1.00034, 1.00051))
	require.NoError(t, err)
	require.Subset(t, texts(t, svg), []string{"1.0001", "1.0002", "1.0003", "1.0004", "1.0005", "1.0006", "at 0", "at 2"})
	bars := chart(3, 17, -4)
	bars.FromZero = true
	svg, err = plot.Bars(bars)
	require.NoError(t, err)
	require.Subset(t, texts(t, svg), []string{"-10", "0", "10", "20"})
	svg, err = plot.Line(chart(-12_000, 1_200_000))
	require.NoError(t, err)
	require.Subset(t, texts(t, svg), []string{"-500\u202f000", "0", "1\u202f500\u202f000"})
}

func TestAConstantSeriesAndASingleValueAreDrawn(t *testing.T) {
	for _, values := range [][]float64{{5}, {0}, {0, 0, 0}, {7, 7}, {-3}} {
		for _, draw := range []func(plot.Chart) ([]byte, error){plot.Line, plot.Bars} {
			svg, err := draw(chart(values...))
			require.NoError(t, err)
			require.NotEmpty(t, texts(t, svg))
		}
	}
}

func TestThePictureHasNoStyleNorScriptAndIsDescribed(t *testing.T) {
	c := chart(1, 2, 3)
	c.Description = `rate <from> "1" & up`
	svg, err := plot.Line(c)
	require.NoError(t, err)
	require.NotContains(t, string(svg), "style")
	require.NotContains(t, string(svg), "script")
	require.Contains(t, string(svg), `role="img" aria-label="rate &lt;from&gt; &#34;1&#34; &amp; up"`)
}

func TestHostileTextStaysText(t *testing.T) {
	c := chart(1, 2)
	c.Labels = []string{`<script>alert(1)</script>`, "\x00\xff\"'&" + strings.Repeat("<", 1000)}
	c.Format = func(float64) string { return `"><image href="http://example.org/">` }
	svg, err := plot.Line(c)
	require.NoError(t, err)
	require.Contains(t, texts(t, svg), `<script>alert(1)</script>`)
}

func TestLabelsOfPlacesDoNotCollide(t *testing.T) {
	place := regexp.MustCompile(`<text x="(\d+)"[^>]*>at (\d+)<`)
	for _, n := range []int{1, 2, 3, 7, 8, 13, 39, 100, 365, 1000} {
		for _, draw := range []func(plot.Chart) ([]byte, error){plot.Line, plot.Bars} {
			svg, err := draw(chart(make([]float64, n)...))
			require.NoError(t, err)
			labels := place.FindAllStringSubmatch(string(svg), -1)
			require.NotEmpty(t, labels)
			require.LessOrEqual(t, len(labels), 5)
			last, err := strconv.Atoi(labels[len(labels)-1][2])
			require.NoError(t, err)
			require.GreaterOrEqual(t, 10*last, 9*(n-1), "a place near the end is named")
			for i, label := range labels[1:] {
				before, err := strconv.Atoi(labels[i][1])
				require.NoError(t, err)
				here, err := strconv.Atoi(label[1])
				require.NoError(t, err)
				require.GreaterOrEqual(t, here-before, 40, "%d places", n)
			}
		}
	}
}

func TestEachThemeHasItsColours(t *testing.T) {
	light, err := plot.Line(chart(1, 2))
	require.NoError(t, err)
	c := chart(1, 2)
	c.Theme = plot.Dark
	dark, err := plot.Line(c)
	require.NoError(t, err)
	require.Contains(t, string(light), "rgb(11,110,153)")
	require.Contains(t, string(dark), "rgb(90,184,224)")
}

func TestChartsThatCannotBeDrawnAreRefused(t *testing.T) {
	bad := map[string]func(*plot.Chart){
		"no values":   func(c *plot.Chart) { c.Values, c.Labels = nil, nil },
		"labels":      func(c *plot.Chart) { c.Labels = c.Labels[1:] },
		"too large":   func(c *plot.Chart) { c.Width = 1 << 20 },
		"no height":   func(c *plot.Chart) { c.Height = 0 },
		"not number":  func(c *plot.Chart) { c.Values[0] = math.NaN() },
		"infinite":    func(c *plot.Chart) { c.Values[0] = math.Inf(1) },
		"many values": func(c *plot.Chart) { c.Values = make([]float64, 1001); c.Labels = make([]string, 1001) },
	}
	for name, change := range bad {
		c := chart(1, 2)
		change(&c)
		_, err := plot.Line(c)
		require.ErrorIs(t, err, plot.ErrChart, name)
	}
}

func TestVeryLargeAndVerySmallValuesAreDrawn(t *testing.T) {
	for _, values := range [][]float64{{1e24, 1.5e24}, {1e-18, 2e-18}, {1, 1 + 1e-15}, {math.MaxFloat64 / 4, -math.MaxFloat64 / 4}} {
		_, err := plot.Line(chart(values...))
		require.NoError(t, err)
	}
}
