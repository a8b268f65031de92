package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

const (
	roomHeight  = 46.0
	layerHeight = 96.0
	margin      = 24.0
	testHeight  = 50.0
	testsInRow  = 3
	legendSpace = 48.0
)

// style is readable on a light and on a dark page.
const style = `
svg { font-family: -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.page { fill: #ffffff; } .panel { fill: #f6f8fa; stroke: #d0d7de; }
.name { fill: #1f2328; font-size: 13px; font-weight: 600; } .what, .note { fill: #57606a; font-size: 11px; }
.room { stroke-width: 1.2; }
.cmd { fill: #fff4e0; stroke: #bf8700; } .protocol { fill: #e3f2e6; stroke: #2da44e; }
.internal { fill: #e6f0fb; stroke: #4184c9; } .test { fill: #f1ebfa; stroke: #8a63d2; }
.arrow { fill: none; stroke: #8c959f; stroke-width: 1.3; } .head { fill: #8c959f; }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117; } .panel { fill: #161b22; stroke: #30363d; }
.name { fill: #e6edf3; } .what, .note { fill: #9da7b3; }
.cmd { fill: #34270d; stroke: #bb8009; } .protocol { fill: #12301b; stroke: #3fb950; }
.internal { fill: #122a45; stroke: #539bf5; } .test { fill: #2a2140; stroke: #986ee2; }
.arrow { stroke: #768390; } .head { fill: #768390; }
}
`

// captions say what a room is for, in the space of a room. A room without one has its name only.
func captions() map[string]string {
	return map[string]string{
		"cmd/oraclenode":     "the member's program",
		"cmd/devnet":         "a network on one machine",
		"consensus":          "agreement, pure",
		"report":             "report and rebase, pure",
		"p2p":                "gossip and sync",
		"contracts":          "Solidity, bindings, deploy",
		"verify":             "check a certificate",
		"internal/audit":     "recompute reports",
		"internal/beacon":    "verified beacon states",
		"internal/bls":       "keys and signatures",
		"internal/cli":       "settings, exit status",
		"internal/endpoint":  "failover, back-off",
		"internal/format":    "amounts, times, texts",
		"internal/clock":     "time, passed in",
		"internal/execution": "proofs, events, sending",
		"internal/journal":   "before it signs",
		"internal/keyfile":   "files of keys",
		"internal/node":      "the running member",
		"internal/operator":  "keys, join, leave, admin",
		"internal/preflight": "checks before it runs",
		"internal/presets":   "public networks",
		"internal/snapshot":  "from nodes to a report",
		"internal/web":       "status, page, metrics",
	}
}

// class is the colour of a room.
func class(room string) string {
	folder, _, inside := strings.Cut(room, "/")
	if inside {
		return folder
	}
	return "protocol"
}

// canvas collects the picture.
type canvas struct{ bytes.Buffer }

func (c *canvas) say(format string, args ...any) { fmt.Fprintf(c, format+"\n", args...) }

func (c *canvas) text(x, y float64, class, anchor, text string) {
	c.say(`<text x="%.0f" y="%.0f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, html.EscapeString(text))
}

// room draws a box with a name, a line below it, and what it needs for whoever points at it.
func (c *canvas) room(x, y, width, height float64, name string, lines []string, title string) {
	c.say(`<g><title>%s</title><rect x="%.0f" y="%.0f" width="%.0f" height="%.0f" rx="7" class="room %s"/>`,
		html.EscapeString(title), x, y, width, height, class(name))
	c.text(x+width/2, y+19, "name", "middle", name)
	for i, line := range lines {
		c.text(x+width/2, y+36+15*float64(i), "what", "middle", line)
	}
	c.say("</g>")
}

func render(l *layout, tests rooms) []byte {
	left, right := l.edges()
	width := max(right-left+2*margin, 900)
	shift := (width - (left + right)) / 2
	for _, layer := range l.layers {
		for _, n := range layer {
			n.x += shift
		}
	}
	below := margin + legendSpace + layerHeight*float64(len(l.layers)-1) + roomHeight + margin
	rows := (len(tests) + testsInRow - 1) / testsInRow
	height := below + margin
	if rows > 0 {
		height = below + 34 + float64(rows)*(testHeight+12) + margin
	}
	c := &canvas{}
	c.say(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="The rooms of the repository and what each imports">`,
		width, height, width, height)
	c.say("<!-- Written by make architecture from the import graph; do not edit. -->")
	c.say("<style>%s</style>", style)
	c.say(`<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0.5 L8,4 L0,7.5 z" class="head"/></marker></defs>`)
	c.say(`<rect width="%.0f" height="%.0f" class="page"/>`, width, height)
	c.legend()
	c.arrows(l)
	for _, layer := range l.layers {
		for _, n := range layer {
			if n.room == "" {
				continue
			}
			var lines []string
			if caption := captions()[n.room]; caption != "" {
				lines = append(lines, caption)
			}
			c.room(n.x-n.halfWidth, l.top(n), roomWidth, roomHeight, n.room, lines, n.room+needs(l.imports(n)))
		}
	}
	if rows > 0 {
		c.tests(tests, below, width, height)
	}
	c.say("</svg>")
	return c.Bytes()
}

func (c *canvas) legend() {
	x := margin
	for _, entry := range []struct{ class, text string }{
		{"cmd", "programs"}, {"internal", "inside this module only"}, {"protocol", "the protocol"}, {"test", "tests"},
	} {
		c.say(`<rect x="%.0f" y="%.0f" width="14" height="14" rx="3" class="room %s"/>`, x, margin-6, entry.class)
		c.text(x+20, margin+5, "note", "start", entry.text)
		x += 40 + 6.2*float64(len(entry.text))
	}
	c.text(margin, margin+27, "note", "start", "An arrow leads to what is imported. Arrows that follow from others are left out.")
}

// top is the upper edge of a node.
func (l *layout) top(n *node) float64 {
	return margin + legendSpace + layerHeight*float64(len(l.layers)-1-n.layer)
}

// imports are the rooms at the ends of a room's arrows.
func (l *layout) imports(n *node) (names []string) {
	for _, arrow := range l.arrows {
		if arrow[0] == n {
			names = append(names, arrow[len(arrow)-1].room)
		}
	}
	return names
}

func needs(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " → " + strings.Join(names, ", ")
}

// port is where an arrow leaves or meets a room: side by side, in the order of where they go.
func port(n *node, next []*node, other *node) float64 {
	if n.room == "" {
		return n.x
	}
	sorted := slices.Clone(next)
	slices.SortStableFunc(sorted, func(a, b *node) int { return cmp.Compare(a.x, b.x) })
	space := min(30, (roomWidth-40)/float64(len(sorted)))
	return n.x + (float64(slices.Index(sorted, other))-float64(len(sorted)-1)/2)*space
}

// arrows draws each arrow as a line that is upright where it leaves, passes and arrives.
func (c *canvas) arrows(l *layout) {
	for _, arrow := range l.arrows {
		var path strings.Builder
		for i := range arrow[1:] {
			from, to := arrow[i], arrow[i+1]
			x0, y0 := port(from, from.down, to), l.top(from)+roomHeight
			x1, y1 := port(to, to.up, from), l.top(to)
			if i == 0 {
				fmt.Fprintf(&path, "M%.1f,%.1f", x0, y0)
			}
			middle := (y0 + y1) / 2
			fmt.Fprintf(&path, " C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x0, middle, x1, middle, x1, y1)
			if to.room == "" {
				fmt.Fprintf(&path, " V%.1f", y1+roomHeight)
			}
		}
		c.say(`<path d="%s" class="arrow" marker-end="url(#head)"/>`, path.String())
	}
}

// tests draws the rooms of tests with what each needs in words: their arrows would cover the picture.
func (c *canvas) tests(tests rooms, y, width, height float64) {
	c.say(`<rect x="%.0f" y="%.0f" width="%.0f" height="%.0f" rx="9" class="panel"/>`, margin/2, y, width-margin, height-y-margin/2)
	c.text(margin, y+22, "note", "start", "Networks, fakes and measurements. No program of a member imports them.")
	space := 12.0
	boxWidth := (width - 2*margin - space*(testsInRow-1)) / testsInRow
	for i, name := range tests.names() {
		x := margin + float64(i%testsInRow)*(boxWidth+space)
		at := y + 34 + float64(i/testsInRow)*(testHeight+space)
		lines := []string{"imports nothing of this module"}
		if len(tests[name]) > 0 {
			lines = wrapped("→ "+short(tests[name]), int(boxWidth/6))
		}
		c.room(x, at, boxWidth, testHeight, name, lines, name+needs(tests[name]))
	}
}

// short names rooms without the folder that all of their kind have.
func short(names []string) string {
	var words []string
	for _, name := range names {
		words = append(words, strings.TrimPrefix(name, "internal/"))
	}
	return strings.Join(words, ", ")
}

// wrapped breaks a text at its spaces.
func wrapped(text string, width int) (lines []string) {
	for _, word := range strings.Fields(text) {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+1+len(word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
