package dashboard

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// Bounds of texts on the page.
const (
	maxWord     = 120 // a name, an address, a key
	maxSentence = 400 // a reason, an alarm
)

func word(text string) string     { return format.Printable(text, maxWord) }
func sentence(text string) string { return format.Printable(text, maxSentence) }

// short is the beginning and the end of a hash, key or peer identity.
func short(text string) string {
	const head, tail = 8, 6
	runes := []rune(word(text))
	if len(runes) <= head+tail+1 {
		return string(runes)
	}
	return string(runes[:head]) + "…" + string(runes[len(runes)-tail:])
}

// group separates thousands by narrow spaces, and writes a minus as typographers do.
func group(number string) string {
	return strings.Replace(format.Group(number, "\u202f"), "-", "−", 1)
}

func count(n uint64) string { return group(strconv.FormatUint(n, 10)) }

func power(exponent int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(exponent), nil)
}

// fixed writes n / 10^exponent with some decimals, cut off; nil: it is not known.
func fixed(n *big.Int, exponent, decimals int) string {
	if n == nil {
		return "unknown"
	}
	return group(format.Fixed(n, exponent, decimals))
}

func ether(wei string, decimals int) string {
	return fixed(format.Integer(wei), format.WeiDecimals, decimals)
}
func rate(ray string, decimals int) string {
	return fixed(format.Integer(ray), format.RayDecimals, decimals)
}

// percent writes parts per million as per cent.
func percent(ppm int64) string { return fixed(big.NewInt(ppm), 4, 2) + " %" }

// instant is a time as the page shows it.
type instant struct {
	Machine string // RFC 3339
	Clock   string // of the day, UTC
	Full    string
	Ago     string // relative to the snapshot: "5 s ago", "in 3 min 2 s"
}

// at describes a time; nil: it is not known.
func at(t, now time.Time) *instant {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	i := instant{Machine: t.Format(time.RFC3339), Clock: t.Format("15:04:05"), Full: t.Format("2 Jan 2006, 15:04:05") + " UTC"}
	if t.After(now) {
		i.Ago = "in " + format.Span(t.Sub(now))
	} else {
		i.Ago = format.Span(now.Sub(t)) + " ago"
	}
	return &i
}
