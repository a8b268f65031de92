package plot

import (
	"math"
	"strconv"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// scale is a value axis whose marks are round numbers.
type scale struct {
	low, high, step float64
	labels          int
}

// scaleOf chooses an axis of about yLabels marks around all values.
func scaleOf(values []float64, fromZero bool) scale {
	low, high := values[0], values[0]
	for _, value := range values {
		low, high = min(low, value), max(high, value)
	}
	if fromZero {
		low, high = min(low, 0), max(high, 0)
	}
	if low == high {
		margin := max(math.Abs(low)*1e-3, 1e-9)
		low, high = low-margin, high+margin
	}
	step := roundStep((high - low) / (yLabels - 1))
	s := scale{low: math.Floor(low/step) * step, high: math.Ceil(high/step) * step, step: step}
	s.labels = int(math.Round((s.high-s.low)/step)) + 1
	return s
}

// roundStep is the smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least step.
func roundStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, factor := range []float64{1, 2, 2.5, 5} {
		if factor*power >= step*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
}

// format writes a mark with as many decimals as the step needs.
func (s scale) format(value float64) string {
	const mostDecimals = 12
	decimals := 0
	for step := s.step; decimals < mostDecimals && math.Abs(step-math.Round(step)) > 1e-9*step; step *= 10 {
		decimals++
	}
	return grouped(strconv.FormatFloat(value, 'f', decimals, 64))
}

// grouped separates the thousands of a number's whole part by narrow spaces, from five digits on.
func grouped(number string) string {
	whole, _, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	if len(whole) < 5 {
		return number
	}
	return format.Group(number, "\u202f")
}
