package metrics

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

const (
	millisecondsPerSecond = 1e3
	ray                   = 1e27 // of a share rate
	partsPerMillion       = 1e6
)

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// emitDecimal emits a decimal integer, as the nearest floating-point number, divided by unit; nothing for what is none.
func emitDecimal(e emit, text string, unit float64) {
	if n := format.Integer(text); n != nil {
		value, _ := new(big.Float).SetInt(n).Float64()
		e(value / unit)
	}
}

// unix is a time in seconds since 1970; the zero time is 0.
func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / millisecondsPerSecond
}

func seconds(milliseconds float64) float64 { return milliseconds / millisecondsPerSecond }

func number(n int) string { return strconv.Itoa(n) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
