package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/holiman/uint256"
)

const (
	gweiDecimals = 9
	weiDecimals  = 18
)

// grouped writes a decimal integer with a separator between thousands.
func grouped(digits string) string {
	var out strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(c)
	}
	return out.String()
}

func count(n uint64) string { return grouped(strconv.FormatUint(n, 10)) }

func ethFromGwei(gwei uint64) string { return eth(strconv.FormatUint(gwei, 10), gweiDecimals) }

func ethFromWei(wei *uint256.Int) string { return eth(wei.Dec(), weiDecimals) }

// eth moves the point of an amount by decimals digits: exactly, without trailing zeros.
func eth(digits string, decimals int) string {
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	point := len(digits) - decimals
	text := grouped(digits[:point])
	if fraction := strings.TrimRight(digits[point:], "0"); fraction != "" {
		text += "." + fraction
	}
	return text + " ETH"
}

// size writes bytes exactly, and from a kibibyte on rounded down to a tenth of the largest unit.
func size(bytes uint64) string {
	exact := count(bytes) + " bytes"
	unit, scale := "", uint64(1)
	for _, name := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if bytes/scale < 1024 {
			break
		}
		unit, scale = name, scale*1024
	}
	if unit == "" {
		return exact
	}
	return fmt.Sprintf("%s (%d.%d %s)", exact, bytes/scale, bytes%scale*10/scale, unit)
}

func seconds(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%s.%03d s", count(uint64(ms/1000)), ms%1000)
}

// plural is "1 deposit", "2 deposits".
func plural(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}
