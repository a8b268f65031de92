package dashboard

import (
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode"
)

// Bounds of texts on the page.
const (
	maxWord     = 120 // a name, an address, a key
	maxSentence = 400 // a reason, an alarm
)

// plain makes a text of others harmless to read: valid UTF-8 in one line, without characters that are not seen or that turn the direction of
// what follows, and no longer than most runes. The templates escape it.
func plain(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, strings.ToValidUTF8(clip(text, 4*most), "?"))
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

func clip(text string, bytes int) string {
	if len(text) > bytes {
		return text[:bytes]
	}
	return text
}

func word(text string) string     { return plain(text, maxWord) }
func sentence(text string) string { return plain(text, maxSentence) }

// short is the beginning and the end of a hash, key or peer identity.
func short(text string) string {
	const head, tail = 8, 6
	runes := []rune(word(text))
	if len(runes) <= head+tail+1 {
		return string(runes)
	}
	return string(runes[:head]) + "…" + string(runes[len(runes)-tail:])
}

// group separates the thousands of a decimal number's whole part by narrow spaces.
func group(digits string) string {
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	var out strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteRune('\u202f')
		}
		out.WriteRune(digit)
	}
	if hasFraction {
		return sign + out.String() + "." + fraction
	}
	return sign + out.String()
}

func count(n uint64) string { return group(fmt.Sprint(n)) }

// integer reads a decimal integer of the description; nil: it is none.
func integer(text string) *big.Int {
	const mostDigits = 100
	if len(text) > mostDigits {
		return nil
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil
	}
	return n
}

// fixed writes n / 10^exponent with some decimals, cut off, not rounded.
func fixed(n *big.Int, exponent, decimals int64) string {
	if n == nil {
		return "unknown"
	}
	scaled := new(big.Int).Quo(n, power(exponent-decimals))
	digits := new(big.Int).Abs(scaled).String()
	if missing := int(decimals) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if decimals > 0 {
		cut := len(digits) - int(decimals)
		digits = digits[:cut] + "." + digits[cut:]
	}
	if scaled.Sign() < 0 {
		digits = "-" + digits
	}
	return group(digits)
}

func power(exponent int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(exponent), nil)
}

// Exponents of the units of amounts.
const (
	weiExponent = 18
	rayExponent = 27
)

func ether(wei string, decimals int64) string { return fixed(integer(wei), weiExponent, decimals) }
func rate(ray string, decimals int64) string  { return fixed(integer(ray), rayExponent, decimals) }

// percent writes parts per million as per cent.
func percent(ppm int64) string { return fixed(big.NewInt(ppm), 4, 2) + " %" }

// span writes a length of time with its two largest units.
func span(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}

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
		i.Ago = "in " + span(t.Sub(now))
	} else {
		i.Ago = span(now.Sub(t)) + " ago"
	}
	return &i
}
