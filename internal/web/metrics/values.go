package metrics

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"time"
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

// decimal reads a decimal integer of any size as the nearest floating-point number; what is none has no value.
func decimal(text string) (float64, bool) {
	const maxDigits = 100
	if len(text) > maxDigits {
		return 0, false
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return 0, false
	}
	value, _ := new(big.Float).SetInt(n).Float64()
	return value, true
}

// emitDecimal emits a decimal integer divided by unit, or nothing.
func emitDecimal(e emit, text string, unit float64) {
	if value, ok := decimal(text); ok {
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
