package plot

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
)

// barPath is an area with four corners as the library writes it: left top, right top, right bottom, left bottom, left top.
var barPath = regexp.MustCompile(`<path d="M (-?\d+) (-?\d+)\nL (-?\d+) \d+\nL -?\d+ (-?\d+)\nL -?\d+ \d+\nL -?\d+ \d+" stroke="none" fill="([^"]*)"/>`)

// widenBars makes bars visible that the library draws too narrow: it leaves two pixels on each side of a bar, so that of the places of a
// chart with a hundred values nothing, or less, is left. Such a bar gets four fifths of its place, and at least one pixel.
func widenBars(svg []byte, theme Theme) []byte {
	const share, least = 0.8, 1.0
	colour := theme.palette().GetSeriesColor(0)
	fill := fmt.Appendf(nil, "rgb(%d,%d,%d)", colour.R, colour.G, colour.B)
	var lefts []float64
	for _, bar := range barPath.FindAllSubmatch(svg, -1) {
		if bytes.Equal(bar[5], fill) {
			lefts = append(lefts, coordinate(bar[1]))
		}
	}
	if len(lefts) < 2 {
		return svg
	}
	place := (lefts[len(lefts)-1] - lefts[0]) / float64(len(lefts)-1)
	return barPath.ReplaceAllFunc(svg, func(path []byte) []byte {
		bar := barPath.FindSubmatch(path)
		left, right, top, bottom := coordinate(bar[1]), coordinate(bar[3]), bar[2], bar[4]
		if !bytes.Equal(bar[5], fill) || right-left >= place/2 {
			return path
		}
		middle, width := (left+right)/2, max(share*place, least)
		return fmt.Appendf(nil, "<path d=\"M %.2f %[3]s\nL %.2[2]f %[3]s\nL %.2[2]f %[4]s\nL %.2[1]f %[4]s\nL %.2[1]f %[3]s\" stroke=\"none\" fill=\"%[5]s\"/>",
			middle-width/2, middle+width/2, top, bottom, fill)
	})
}

// coordinate reads a whole number that barPath has found.
func coordinate(digits []byte) float64 {
	value, _ := strconv.ParseFloat(string(digits), 64)
	return value
}
