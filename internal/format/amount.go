package format

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimals of the units that amounts are counted in.
const (
	GweiDecimals = 9  // of one ether
	WeiDecimals  = 18 // of one ether
	RayDecimals  = 27 // of a rate
)

// Group separates the thousands of a decimal number's whole part.
func Group(number, separator string) string {
	whole, fraction, hasFraction := strings.Cut(number, ".")
	digits := strings.TrimPrefix(whole, "-")
	var out strings.Builder
	out.WriteString(whole[:len(whole)-len(digits)])
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteString(separator)
		}
		out.WriteRune(digit)
	}
	if hasFraction {
		out.WriteString("." + fraction)
	}
	return out.String()
}

// Count is "1,234,567".
func Count(n uint64) string { return Group(strconv.FormatUint(n, 10), ",") }

// Plural is "1 deposit", "2,000 deposits".
func Plural[N int | uint32 | uint64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(uint64(n)) + " " + noun + "s"
}

// Fixed writes n / 10^exponent with some decimals, cut off, not rounded. What is cut to nothing has no sign.
func Fixed(n *big.Int, exponent, decimals int) string {
	scaled := new(big.Int).Quo(n, power(exponent-decimals))
	digits := new(big.Int).Abs(scaled).String()
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if point := len(digits) - decimals; decimals > 0 {
		digits = digits[:point] + "." + digits[point:]
	}
	if scaled.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

func power(exponent int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(exponent)), nil)
}

// Exact writes n / 10^exponent with every decimal that it has and thousands separated.
func Exact(n *big.Int, exponent int) string {
	return Group(strings.TrimSuffix(strings.TrimRight(Fixed(n, exponent, exponent), "0"), "."), ",")
}

// Ether is an amount of wei, exactly: "1,234.5 ETH".
func Ether(wei *big.Int) string { return Exact(wei, WeiDecimals) + " ETH" }

// EtherOfGwei is an amount of gwei in ether, exactly.
func EtherOfGwei(gwei uint64) string {
	return Exact(new(big.Int).SetUint64(gwei), GweiDecimals) + " ETH"
}

// Bytes writes a size exactly, and from a kibibyte on rounded down to a tenth of the largest unit.
func Bytes(n uint64) string {
	exact := Count(n) + " bytes"
	unit, scale := "", uint64(1)
	for _, name := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if n/scale < 1024 {
			break
		}
		unit, scale = name, scale*1024
	}
	if unit == "" {
		return exact
	}
	return fmt.Sprintf("%s (%d.%d %s)", exact, n/scale, n%scale*10/scale, unit)
}

// Integer reads a decimal integer, as others write it into JSON; nil: it is none, or has more than 100 digits.
func Integer(text string) *big.Int {
	const mostDigits = 100
	if len(text) > mostDigits {
		return nil
	}
	n, _ := new(big.Int).SetString(text, 10)
	return n
}
